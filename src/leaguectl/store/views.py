"""Views for other programs: DB Browser, Datasette or a spreadsheet opens a registry and finds a
table for each entity, with the names of referenced records and private columns masked. They are
made from the declarations of the entities, and created again whenever the schema changes, so
migrations need not mention them.
"""

from collections.abc import Iterator

from leaguectl.model import (
    DECLARATIONS,
    IN_ERROR,
    Activity,
    Admission,
    Candidacy,
    Certificate,
    Discipline,
    Entity,
    Form,
    Membership,
    Milestone,
    Number,
    Organization,
    OrganizationEvent,
    Participant,
    Person,
    Post,
    Quota,
    Registration,
    Review,
    Score,
    Survey,
    Task,
    Trainee,
    Training,
    Transfer,
)
from leaguectl.model.declaration import Declaration, EntityField

VIEWS: dict[str, type[Entity]] = {
    "v_organizations": Organization,
    "v_organization_events": OrganizationEvent,
    "v_memberships": Membership,
    "v_cadres": Post,
    "v_quotas": Quota,
    "v_numbers": Number,
    "v_candidates": Candidacy,
    "v_admissions": Admission,
    "v_forms": Form,
    "v_certificates": Certificate,
    "v_transfers": Transfer,
    "v_registrations": Registration,
    "v_milestones": Milestone,
    "v_discipline": Discipline,
    "v_trainings": Training,
    "v_trainees": Trainee,
    "v_activities": Activity,
    "v_participants": Participant,
    "v_reviews": Review,
    "v_scores": Score,
    "v_tasks": Task,
    "v_surveys": Survey,
}
"""Each view, and the entity whose records are its rows."""

MEMBERS = "v_members"
"""Everybody who is or was a member, once, as lists have them: with the latest membership, number,
form and certificate. Members of today have no ``left``."""

_NAMED = {"organization": "name", "person": "name", "activity": "name", "training": "name"}
"""The column that names the records of a table."""


def create(database: str) -> Iterator[str]:
    """The statements that create the views on ``sqlite`` or ``postgresql``."""
    yield f"CREATE VIEW {MEMBERS} AS {_members(database)}"
    for name, entity in VIEWS.items():
        yield f"CREATE VIEW {name} AS {_records(DECLARATIONS[entity], database)}"


def drop() -> Iterator[str]:
    """The statements that remove the views, where they exist."""
    for name in (MEMBERS, *VIEWS):
        yield f"DROP VIEW IF EXISTS {name}"


def _records(table: Declaration, database: str) -> str:
    """The records of an entity, each with the names of the records it refers to."""
    columns, joins = [], []
    for name, field in table.fields.items():
        if name == "operation" or field.spec.json:
            continue
        columns.append(_column(table.table, field, database, table.key))
        if (other := field.spec.references) in _NAMED:
            joins.append(
                f'LEFT JOIN {other} AS of_{name} ON of_{name}."{_key(other)}"'
                f' = {table.table}."{name}"'
            )
            called = "name" if name == "person" and "name" not in table.fields else f"{name}_name"
            columns.append(f"of_{name}.{_NAMED[other]} AS {called}")
    return " ".join([f"SELECT {', '.join(columns)} FROM {table.table}", *joins])


def _members(database: str) -> str:
    person, membership = DECLARATIONS[Person], DECLARATIONS[Membership]
    columns = [
        _column(table.table, field, database, table.key)
        for table, left_out in (
            (person, ("operation",)), (membership, ("id", "person", "operation")),
        )
        for name, field in table.fields.items()
        if name not in left_out
    ]  # fmt: skip
    columns.append("organization.name AS organization_name")
    columns.append("(SELECT max(number) FROM number WHERE number.person = person.id) AS number")
    columns += [
        f"(SELECT serial FROM {paper} WHERE {paper}.person = person.id"
        f" AND {paper}.state = 'valid') AS {paper}"
        for paper in ("form", "certificate")
    ]
    latest = (
        "(SELECT max(latest.id) FROM membership AS latest WHERE latest.person = person.id"
        f" AND coalesce(latest.leaving_reason, '') <> '{IN_ERROR}')"
    )
    return (
        f"SELECT {', '.join(columns)} FROM person JOIN membership ON membership.id = {latest}"
        " JOIN organization ON organization.code = membership.organization"
    )


def _key(table: str) -> str:
    return next(each.key for each in DECLARATIONS.values() if each.table == table)


def _column(table: str, field: EntityField, database: str, key: str) -> str:
    column = f'{table}."{field.name}"'
    spec = field.spec
    if spec.private:
        return f'{_masked(column, database)} AS "{field.name}"'
    is_free = field.type is str and not (spec.values or spec.references or spec.generated)
    if is_free and field.name != key:
        return f'{_without_digits(column, database)} AS "{field.name}"'
    return column


def _masked(column: str, database: str) -> str:
    """A private value as :func:`leaguectl.masks.masked` shows it: the last two digits of a
    telephone number; nothing of an ID number or anything else."""
    stars, length = "*" * 32, f"length({column})"
    digits = f"{column} NOT GLOB '*[^0-9]*'" if database == "sqlite" else f"{column} ~ '^[0-9]+$'"
    telephone = f"substr('{stars}', 1, {length} - 2) || substr({column}, {length} - 1)"
    return (
        f"CASE WHEN {length} BETWEEN 5 AND 11 AND {digits} THEN {telephone}"
        f" ELSE substr('{stars}', 1, {length}) END"
    )


def _without_digits(column: str, database: str) -> str:
    """A text, unless it has eleven digits in a row, which may be somebody's ID number or telephone
    in the wrong column; a development number, which has twelve, is public."""
    many = f"GLOB '*{'[0-9]' * 11}*'" if database == "sqlite" else "~ '[0-9]{11}'"
    return f"CASE WHEN {column} {many} AND length({column}) <> 12 THEN '***' ELSE {column} END"
