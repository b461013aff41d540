"""What the county does: the tables of it.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "closing",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_closing_operation"),
        sa.PrimaryKeyConstraint("year", name="pk_closing"),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("module", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_task_operation"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("module", "task", name="uq_task_module_task"),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('drill', 'basics', 'qingma', 'other')", name="ck_training_category"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_training_operation"),
        sa.PrimaryKeyConstraint("id", name="pk_training"),
        sa.UniqueConstraint("name", "day", name="uq_training_name_day"),
    )
    op.create_index("ix_training_day", "training", ["day"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("attendances", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('theme day', 'joining and leaving', 'red study', 'oath', 'league lesson', 'branch meeting', 'committee meeting', 'group meeting', 'seminar', 'youth lectures', 'congress lectures', 'youth study', 'scarf study', 'joint meeting', 'other')",
            name="ck_activity_category",
        ),
        sa.CheckConstraint("attendances >= 0", name="ck_activity_attendances"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_activity_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_activity_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sa.UniqueConstraint(
            "name", "day", "organization", name="uq_activity_name_day_organization"
        ),
    )
    op.create_index("ix_activity_day", "activity", ["day"], unique=False)
    op.create_index("ix_activity_organization", "activity", ["organization"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=12), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("duty", sa.String(length=3), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis IN ('full-time', 'part-time', 'seconded')", name="ck_post_basis"),
        sa.CheckConstraint("duty IN ('on', 'off')", name="ck_post_duty"),
        sa.CheckConstraint(
            "title IN ('secretary', 'deputy secretary', 'committee member', 'other')",
            name="ck_post_title",
        ),
        sa.CheckConstraint("until >= since", name="ck_post_until_after_since"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_post_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_post_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_post_person"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint(
            "organization", "said", "name", "since", name="uq_post_organization_said_name_since"
        ),
    )
    op.create_index("ix_post_organization", "post", ["organization"], unique=False)
    op.create_index("ix_post_person", "post", ["person"], unique=False)

    op.create_table(
        "reported",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_reported_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_reported_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reported"),
    )
    op.create_index("ix_reported_year", "reported", ["year"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('excellent', 'qualified', 'barely qualified', 'unqualified')",
            name="ck_review_grade",
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_review_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_review_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_review_person"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint(
            "year", "organization", "name", name="uq_review_year_organization_name"
        ),
    )
    op.create_index("ix_review_person", "review", ["person"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("full", sa.Float(), nullable=True),
        sa.Column("self_score", sa.Float(), nullable=True),
        sa.Column("veto", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint('score >= 0 AND self_score >= 0 AND "full" > 0', name="ck_score_marks"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_score_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_score_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_score"),
        sa.UniqueConstraint("year", "organization", "item", name="uq_score_year_organization_item"),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("students", sa.Integer(), nullable=True),
        sa.Column("youth", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('junior graduating', 'senior graduating', 'junior middle', 'senior middle', 'vocational', 'youth')",
            name="ck_survey_stage",
        ),
        sa.CheckConstraint(
            "students >= 0 AND youth >= 0 AND members >= 0", name="ck_survey_counts"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_survey_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_survey_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_survey"),
        sa.UniqueConstraint(
            "year", "organization", "stage", name="uq_survey_year_organization_stage"
        ),
    )
    op.create_table(
        "trainee",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("training", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_trainee_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_trainee_person"),
        sa.ForeignKeyConstraint(["training"], ["training.id"], name="fk_trainee_training"),
        sa.PrimaryKeyConstraint("id", name="pk_trainee"),
        sa.UniqueConstraint("training", "person", name="uq_trainee_training_person"),
    )
    op.create_index("ix_trainee_person", "trainee", ["person"], unique=False)
    op.create_index("ix_trainee_training", "trainee", ["training"], unique=False)

    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("activity", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity"], ["activity.id"], name="fk_coverage_activity"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_coverage_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_coverage_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coverage"),
        sa.UniqueConstraint("activity", "organization", name="uq_coverage_activity_organization"),
    )
    op.create_index("ix_coverage_organization", "coverage", ["organization"], unique=False)
