"""What happens to organisations and people: the tables of it.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alias",
        sa.Column("id_number", sa.String(length=18), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(id_number) = 18", name="ck_alias_id_number"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_alias_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_alias_person"),
        sa.PrimaryKeyConstraint("id_number", name="pk_alias"),
    )
    op.create_index("ix_alias_person", "alias", ["person"], unique=False)

    op.create_table(
        "candidacy",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("applied", sa.Date(), nullable=True),
        sa.Column("talked", sa.Date(), nullable=True),
        sa.Column("activist", sa.Date(), nullable=True),
        sa.Column("contact_1", sa.Text(), nullable=True),
        sa.Column("contact_2", sa.Text(), nullable=True),
        sa.Column("course_hours", sa.Float(), nullable=True),
        sa.Column("service_hours", sa.Float(), nullable=True),
        sa.Column("candidate", sa.Date(), nullable=True),
        sa.Column("reviewed", sa.Date(), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_to", sa.Date(), nullable=True),
        sa.Column("introducer_1", sa.Text(), nullable=True),
        sa.Column("introducer_2", sa.Text(), nullable=True),
        sa.Column("form_given", sa.Date(), nullable=True),
        sa.Column("meeting", sa.Date(), nullable=True),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("told", sa.Date(), nullable=True),
        sa.Column("oath", sa.Date(), nullable=True),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.Column("route", sa.String(length=20), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (closed IS NULL)", name="ck_candidacy_closed"),
        sa.CheckConstraint(
            "route IN ('recommendation', 'points', 'appraisal')", name="ck_candidacy_route"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'admitted', 'refused', 'withdrawn')", name="ck_candidacy_state"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_candidacy_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_candidacy_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_candidacy_person"),
        sa.PrimaryKeyConstraint("id", name="pk_candidacy"),
    )
    op.create_index("ix_candidacy_organization", "candidacy", ["organization"], unique=False)
    op.create_index("ix_candidacy_person", "candidacy", ["person"], unique=False)
    op.create_index(
        "uq_candidacy_open",
        "candidacy",
        ["person"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )

    op.create_table(
        "discipline",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('warning', 'serious warning', 'removal from post', 'probation', 'expulsion')",
            name="ck_discipline_kind",
        ),
        sa.CheckConstraint("until >= since", name="ck_discipline_until_after_since"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_discipline_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_discipline_person"),
        sa.PrimaryKeyConstraint("id", name="pk_discipline"),
    )
    op.create_index("ix_discipline_person", "discipline", ["person"], unique=False)

    op.create_table(
        "distinct_pair",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("first < second", name="ck_distinct_pair_in_order"),
        sa.ForeignKeyConstraint(["first"], ["person.id"], name="fk_distinct_pair_first"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_distinct_pair_operation"),
        sa.ForeignKeyConstraint(["second"], ["person.id"], name="fk_distinct_pair_second"),
        sa.PrimaryKeyConstraint("id", name="pk_distinct_pair"),
        sa.UniqueConstraint("first", "second", name="uq_distinct_pair_first_second"),
    )
    op.create_index("ix_distinct_pair_second", "distinct_pair", ["second"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('recommended to league', 'recommended to party', 'applied to party', 'joined party', 'lost contact')",
            name="ck_milestone_kind",
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_milestone_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_milestone_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_milestone_person"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("person", "kind", name="uq_milestone_person_kind"),
    )
    op.create_index("ix_milestone_day", "milestone", ["day"], unique=False)

    op.create_table(
        "organization_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('founded', 'renamed', 'moved', 'merged', 'split', 'retyped', 'elected', 'closed')",
            name="ck_organization_event_kind",
        ),
        sa.ForeignKeyConstraint(
            ["operation"], ["operation.id"], name="fk_organization_event_operation"
        ),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_organization_event_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organization_event"),
    )
    op.create_index(
        "ix_organization_event_organization", "organization_event", ["organization"], unique=False
    )

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=True),
        sa.Column("registered", sa.Date(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('excellent', 'qualified', 'barely qualified', 'unqualified')",
            name="ck_registration_grade",
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_registration_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_registration_person"),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("person", "year", name="uq_registration_person_year"),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("destination", sa.Text(), nullable=True),
        sa.Column("settled", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'pending') = (settled IS NULL)", name="ck_transfer_settled"),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'refused', 'lapsed')", name="ck_transfer_state"
        ),
        sa.CheckConstraint("(source IS NULL) <> (origin IS NULL)", name="ck_transfer_from"),
        sa.CheckConstraint("(target IS NULL) <> (destination IS NULL)", name="ck_transfer_to"),
        sa.CheckConstraint("settled >= requested", name="ck_transfer_settled_after_requested"),
        sa.CheckConstraint("source IS NOT NULL OR target IS NOT NULL", name="ck_transfer_ours"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_transfer_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_transfer_person"),
        sa.ForeignKeyConstraint(["source"], ["organization.code"], name="fk_transfer_source"),
        sa.ForeignKeyConstraint(["target"], ["organization.code"], name="fk_transfer_target"),
        sa.PrimaryKeyConstraint("id", name="pk_transfer"),
    )
    op.create_index("ix_transfer_person", "transfer", ["person"], unique=False)
    op.create_index(
        "uq_transfer_pending",
        "transfer",
        ["person"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("claimant", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(settled IS NULL) = (outcome IS NULL)", name="ck_dispute_settled_says_how"
        ),
        sa.CheckConstraint("settled >= opened", name="ck_dispute_settled_after_opened"),
        sa.ForeignKeyConstraint(["claimant"], ["person.id"], name="fk_dispute_claimant"),
        sa.ForeignKeyConstraint(["number"], ["number.number"], name="fk_dispute_number"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_dispute_operation"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )
    op.create_index(
        "uq_dispute_open",
        "dispute",
        ["number"],
        unique=True,
        sqlite_where=sa.text("settled IS NULL"),
        postgresql_where=sa.text("settled IS NULL"),
    )

    op.create_index("ix_person_born", "person", [sa.text("substr(id_number, 7, 8)")])
