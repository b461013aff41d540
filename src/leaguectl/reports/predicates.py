"""The conditions that queries share, as SQL, so that all queries agree about a day.

Each takes the alias of its table and the name of a parameter with a day, and returns a condition in
parentheses. Conditions on periods are made from the declarations in :mod:`leaguectl.model.periods`,
the condition on age from the same digits that :mod:`leaguectl.rules.membership_terms` compares; no
other module writes such a condition.
"""

from leaguectl.model.periods import MEMBERSHIP, ORGANIZATION, POST, Bounds


def _column(alias: str, field: str) -> str:
    return f'{alias}."{field}"'  # quoted, since a membership's end is called "left"


def _since(bounds: Bounds, alias: str) -> str:
    fields = ", ".join(_column(alias, field) for field in bounds.since)
    return f"coalesce({fields})" if len(bounds.since) > 1 else fields


def _holds_within(bounds: Bounds, alias: str, first: str, last: str) -> str:
    """Whether a row's period contains some day from the first to the last."""
    since, until = _since(bounds, alias), _column(alias, bounds.until)
    return f"(({since} IS NULL OR {since} <= {last}) AND ({until} IS NULL OR {until} > {first}))"


def holds_on(bounds: Bounds, alias: str, day: str) -> str:
    """Whether a row's period contains the day."""
    return _holds_within(bounds, alias, day, day)


def is_member_on(alias: str = "membership", day: str = ":last") -> str:
    """Whether a membership is kept on that day."""
    return holds_on(MEMBERSHIP, alias, day)


def is_held_on(alias: str = "post", day: str = ":last") -> str:
    """Whether a post is held on that day."""
    return holds_on(POST, alias, day)


def exists_on(alias: str = "organization", day: str = ":last") -> str:
    """Whether an organisation exists on that day."""
    return holds_on(ORGANIZATION, alias, day)


def is_not_dissolved(alias: str = "organization") -> str:
    """Whether no end of an organisation is recorded, on any day."""
    return f"({_column(alias, ORGANIZATION.until)} IS NULL)"


def existed_within(alias: str = "organization", first: str = ":first", last: str = ":last") -> str:
    """Whether an organisation existed on some day from the first to the last."""
    return _holds_within(ORGANIZATION, alias, first, last)


def begun(alias: str = "membership") -> str:
    """The day from which an organisation keeps a membership."""
    return _since(MEMBERSHIP, alias)


def value_on(
    field: str, alias: str, key: str = "id", day: str = ":last", *, table: str = ""
) -> str:
    """The value of a dated field of a row on a day: the former value that held until the first
    later day, else the present value. Of several former values until the same day, only the first
    held on any day. The table is that of the alias by default. ``graduates`` and seats are
    numbers."""
    former = (
        "SELECT former.value FROM former_value AS former"
        f" WHERE former.noun = '{(table or alias).replace('_', '')}'"
        f" AND former.key = CAST({alias}.{key} AS TEXT) AND former.field = '{field}'"
        f" AND former.until > {day} ORDER BY former.until, former.id LIMIT 1"
    )
    type_ = "INTEGER" if field in ("secretary_seats", "committee_seats", "graduates") else "TEXT"
    return f"coalesce(CAST(({former}) AS {type_}), {alias}.{field})"


def home_of_step() -> str:
    """The organisation of a milestone: the one named with it, else the home of that day or the last
    before it, else the first home."""
    homes = "SELECT home.organization FROM membership AS home WHERE home.person = milestone.person"
    since = begun("home")
    return (
        f"coalesce(milestone.organization, ({homes} AND ({since} IS NULL OR {since} <="
        f" milestone.day) ORDER BY {since} IS NULL, {since} DESC LIMIT 1),"
        f" ({homes} ORDER BY {since} LIMIT 1))"
    )


def was_held(paper: str, key: str) -> str:
    """Whether the person of a membership held a paper (its table and key) on ``:last``."""
    held = "IN ('used', 'foreign')" if paper == "number" else "IN ('valid')"
    # Most papers never changed: for these an index is enough, the others are looked up singly.
    now = "person IS NOT NULL" if paper == "number" else "state = 'valid'"
    changed = f"""
        SELECT {paper}.person FROM former_value AS changed JOIN {paper}
        ON {paper}.{key} = changed.key WHERE changed.noun = '{paper}' AND changed.field = 'state'
        AND changed.until > :last AND {value_on("state", paper, key)}
    """
    return f"""(
        (membership.person IN (SELECT person FROM {paper} WHERE {now})
            AND membership.person NOT IN ({changed} NOT {held} AND {paper}.person IS NOT NULL))
        OR membership.person IN ({changed} {held})
    )"""


def was_said(papers: str, states: str) -> str:
    """Whether on ``:last`` one of these papers of a member's file, without a known serial, was
    recorded in one of these states (both as SQL lists)."""
    state = value_on("state", "paper_state")
    return f"""membership.person IN (
        SELECT paper_state.person FROM paper_state
        WHERE paper_state.paper IN ({papers}) AND {state} IN ({states})
    )"""


def has_post_on(person: str = "person.id", day: str = ":day") -> str:
    """Whether somebody (an expression for their id) holds a post on that day."""
    held = is_held_on("held", day)
    return f"EXISTS (SELECT 1 FROM post AS held WHERE held.person = {person} AND {held})"


def is_latest_number(person: str = "person.id", alias: str = "number") -> str:
    """Whether a number is the one that somebody holds now: a person who left and was admitted again
    has one from each time."""
    latest = f"SELECT max(own.number) FROM number AS own WHERE own.person = {person}"
    return f"{alias}.person = {person} AND {alias}.number = ({latest})"


def is_of_age(alias: str = "person", youngest: str = ":youngest") -> str:
    """Whether a person has reached the age of leaving: born no later than the youngest who has,
    both as the eight digits of ``membership_terms.youngest_of_age``."""
    return f"substr({alias}.id_number, 7, 8) <= {youngest}"


def joined_party(person: str = "person.id", day: str = ":day") -> str:
    """The day on which somebody joined the Party, if by that day, from their milestone."""
    return (
        f"(SELECT min(joining.day) FROM milestone AS joining WHERE joining.person = {person}"
        f" AND joining.kind = 'joined party' AND joining.day <= {day})"
    )
