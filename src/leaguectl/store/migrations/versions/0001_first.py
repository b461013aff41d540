"""The first schema.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operation"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_history_operation"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_noun_key", "history", ["noun", "key"], unique=False)
    op.create_index("ix_history_operation", "history", ["operation"], unique=False)
    op.create_table(
        "organization",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("domain", sa.String(length=20), nullable=True),
        sa.Column("sector", sa.String(length=24), nullable=True),
        sa.Column("secretary_seats", sa.Integer(), nullable=True),
        sa.Column("committee_seats", sa.Integer(), nullable=True),
        sa.Column("founded", sa.Date(), nullable=True),
        sa.Column("dissolved", sa.Date(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("domain IN ('school', 'society')", name="ck_organization_domain"),
        sa.CheckConstraint(
            "sector IN ('village', 'community', 'junior middle', 'senior middle', 'vocational', 'government', 'public institution', 'state enterprise', 'private enterprise', 'social organisation', 'other')",
            name="ck_organization_sector",
        ),
        sa.CheckConstraint(
            "type IN ('committee', 'work committee', 'general branch', 'branch', 'graduating branch')",
            name="ck_organization_type",
        ),
        sa.CheckConstraint("dissolved >= founded", name="ck_organization_dissolved_after_founded"),
        sa.CheckConstraint("parent <> code", name="ck_organization_not_its_own_parent"),
        sa.CheckConstraint(
            "secretary_seats >= 0 AND committee_seats >= 0", name="ck_organization_seats"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_organization_operation"),
        sa.ForeignKeyConstraint(["parent"], ["organization.code"], name="fk_organization_parent"),
        sa.PrimaryKeyConstraint("code", name="pk_organization"),
    )
    op.create_index("ix_organization_folded", "organization", ["folded"], unique=False)
    op.create_index("ix_organization_parent", "organization", ["parent"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.String(length=18), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("politics", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(id_number) = 18", name="ck_person_id_number"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_person_operation"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("id_number", name="uq_person_id_number"),
    )
    op.create_index("ix_person_name", "person", ["name"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('valid', 'replaced', 'recalled')", name="ck_certificate_state"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_certificate_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_certificate_person"),
        sa.PrimaryKeyConstraint("serial", name="pk_certificate"),
    )
    op.create_index(
        "uq_certificate_valid",
        "certificate",
        ["person"],
        unique=True,
        sqlite_where=sa.text("state = 'valid'"),
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_table(
        "form",
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('valid', 'void')", name="ck_form_state"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_form_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_form_person"),
        sa.PrimaryKeyConstraint("serial", name="pk_form"),
    )
    op.create_index(
        "uq_form_valid",
        "form",
        ["person"],
        unique=True,
        sqlite_where=sa.text("state = 'valid'"),
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("joined_precision", sa.String(length=5), nullable=False),
        sa.Column("entry", sa.String(length=12), nullable=False),
        sa.Column("left", sa.Date(), nullable=True),
        sa.Column("leaving_reason", sa.String(length=12), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "entry IN ('admitted', 'recorded', 'transferred')", name="ck_membership_entry"
        ),
        sa.CheckConstraint(
            "joined_precision IN ('day', 'month')", name="ck_membership_joined_precision"
        ),
        sa.CheckConstraint(
            "leaving_reason IN ('age', 'transferred', 'resigned', 'removed', 'expelled', 'deceased', 'other')",
            name="ck_membership_leaving_reason",
        ),
        sa.CheckConstraint('"left" >= joined', name="ck_membership_left_after_joined"),
        sa.CheckConstraint(
            'leaving_reason IS NULL OR "left" IS NOT NULL', name="ck_membership_reason_with_day"
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_membership_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_membership_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_membership_person"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    op.create_index("ix_membership_organization", "membership", ["organization"], unique=False)
    op.create_index("ix_membership_person", "membership", ["person"], unique=False)
    op.create_index(
        "uq_membership_open",
        "membership",
        ["person"],
        unique=True,
        sqlite_where=sa.text('"left" IS NULL'),
        postgresql_where=sa.text('"left" IS NULL'),
    )
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("first", sa.String(length=12), nullable=False),
        sa.Column("last", sa.String(length=12), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "CAST(substr(first, 1, 4) AS INTEGER) = year AND CAST(substr(last, 1, 4) AS INTEGER) = year",
            name="ck_quota_year",
        ),
        sa.CheckConstraint("length(first) = 12 AND length(last) = 12", name="ck_quota_digits"),
        sa.CheckConstraint(
            "places > 0 AND CAST(last AS BIGINT) - CAST(first AS BIGINT) + 1 = places",
            name="ck_quota_places",
        ),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_quota_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_quota_organization"
        ),
        sa.ForeignKeyConstraint(["parent"], ["quota.id"], name="fk_quota_parent"),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    op.create_index("ix_quota_organization_year", "quota", ["organization", "year"], unique=False)
    op.create_index("ix_quota_parent", "quota", ["parent"], unique=False)
    op.create_table(
        "number",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'foreign') = (quota IS NULL)", name="ck_number_foreign"),
        sa.CheckConstraint(
            "(state = 'void') = (reason IS NOT NULL)", name="ck_number_void_says_why"
        ),
        sa.CheckConstraint(
            "(state IN ('used', 'foreign')) = (person IS NOT NULL)", name="ck_number_held"
        ),
        sa.CheckConstraint("state IN ('free', 'used', 'void', 'foreign')", name="ck_number_state"),
        sa.CheckConstraint("CAST(substr(number, 1, 4) AS INTEGER) = year", name="ck_number_year"),
        sa.CheckConstraint("quota IS NULL OR length(number) = 12", name="ck_number_digits"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_number_operation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_number_person"),
        sa.ForeignKeyConstraint(["quota"], ["quota.id"], name="fk_number_quota"),
        sa.PrimaryKeyConstraint("number", name="pk_number"),
    )
    op.create_index("ix_number_quota_state", "number", ["quota", "state", "number"], unique=False)
    op.create_index(
        "uq_number_person",
        "number",
        ["person"],
        unique=True,
        sqlite_where=sa.text("person IS NOT NULL"),
        postgresql_where=sa.text("person IS NOT NULL"),
    )
    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("certificate", sa.String(length=40), nullable=True),
        sa.Column("applied", sa.Date(), nullable=False),
        sa.Column("activist", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=False),
        sa.Column("approved", sa.Date(), nullable=False),
        sa.Column("course_hours", sa.Float(), nullable=False),
        sa.Column("introducer_1", sa.Text(), nullable=False),
        sa.Column("introducer_2", sa.Text(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Date(), nullable=True),
        sa.Column("service_hours", sa.Float(), nullable=True),
        sa.Column("candidate", sa.Date(), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_to", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("route", sa.String(length=20), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "route IN ('recommendation', 'points', 'appraisal')", name="ck_admission_route"
        ),
        sa.CheckConstraint("applied <= meeting AND meeting <= approved", name="ck_admission_dates"),
        sa.CheckConstraint("in_favour <= present AND present <= due", name="ck_admission_votes"),
        sa.CheckConstraint("introducer_1 <> introducer_2", name="ck_admission_two_introducers"),
        sa.ForeignKeyConstraint(
            ["certificate"], ["certificate.serial"], name="fk_admission_certificate"
        ),
        sa.ForeignKeyConstraint(["form"], ["form.serial"], name="fk_admission_form"),
        sa.ForeignKeyConstraint(["number"], ["number.number"], name="fk_admission_number"),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name="fk_admission_operation"),
        sa.ForeignKeyConstraint(
            ["organization"], ["organization.code"], name="fk_admission_organization"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_admission_person"),
        sa.PrimaryKeyConstraint("id", name="pk_admission"),
        sa.UniqueConstraint("certificate", name="uq_admission_certificate"),
        sa.UniqueConstraint("form", name="uq_admission_form"),
        sa.UniqueConstraint("number", name="uq_admission_number"),
        sa.UniqueConstraint("person", name="uq_admission_person"),
    )
    op.create_index("ix_admission_meeting", "admission", ["meeting"], unique=False)
    op.create_index("ix_admission_organization", "admission", ["organization"], unique=False)
    op.create_index(
        "uq_organization_name",
        "organization",
        [sa.text("coalesce(parent, '')"), "folded"],
        unique=True,
        sqlite_where=sa.text("dissolved IS NULL"),
        postgresql_where=sa.text("dissolved IS NULL"),
    )
    op.create_index(
        "uq_quota_first", "quota", [sa.text("coalesce(parent, 0)"), "first"], unique=True
    )
