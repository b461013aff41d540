"""Cadres and their training: seats held on a day, heads counted once."""

from dataclasses import replace

from leaguectl.reports.figures.figure import About, Figure
from leaguectl.reports.predicates import exists_on, is_held_on, is_member_on, value_on

HOLDER = """
    coalesce(CAST(post.person AS TEXT), post.organization || '/' || post.name)
"""
"""A holder: the person, or only a name within its organisation."""

_POSTS = f"""
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND {is_held_on()} AND {exists_on()}
"""
_SECTOR = value_on("sector", "organization", "code")
_DUTY = value_on("duty", "post")
_SECRETARY_SEATS = value_on("secretary_seats", "organization", "code")
_COMMITTEE_SEATS = value_on("committee_seats", "organization", "code")
_GRASSROOTS = f"{_SECTOR} IN ('village', 'community')"

SEATS = f"""
    SELECT organization.code, tree.name, {_SECTOR} AS sector,
        coalesce({_SECRETARY_SEATS}, 0) AS secretary_seats,
        CASE WHEN coalesce({_COMMITTEE_SEATS}, 0)
                > coalesce({_SECRETARY_SEATS}, 0)
            THEN {_COMMITTEE_SEATS} - coalesce({_SECRETARY_SEATS}, 0)
            ELSE 0 END AS other_seats,
        (SELECT count(*) FROM post WHERE post.organization = organization.code
            AND post.title = 'secretary' AND {is_held_on()}) AS secretaries,
        (SELECT count(*) FROM post WHERE post.organization = organization.code
            AND post.title IN ('deputy secretary', 'committee member') AND {is_held_on()}) AS others
    FROM organization JOIN tree ON tree.code = organization.code
    WHERE organization.code IN (SELECT code FROM below) AND {exists_on()}
"""
"""The seats of each organisation and who holds them that day. 班子应配 counts the secretary in, so
the others are what is left of it."""

_ON_DUTY = f"{_DUTY} = 'on'"
_HEADS = f"count(DISTINCT {HOLDER})"
_HOLDER = About(
    organization="post.organization", person="post.person", name="post.name",
    sector=_SECTOR, basis="post.basis", head=HOLDER,
)  # fmt: skip
_SEAT = About(organization="organization.code", sector="organization.sector")


def _heads(part: str) -> str:
    return f"count(DISTINCT CASE WHEN {part} THEN {HOLDER} END)"


def _deputies(key: str, which: str) -> Figure:
    part = f"(post.title = 'deputy secretary' AND {which})"
    # None rather than 0 where no post is recorded at all: nothing was counted.
    counted = f"CASE WHEN count(*) > 0 THEN {_heads(part)} END"
    return Figure(key, "person", counted, _POSTS, _HOLDER, part=part)


def _filled(key: str, held: str, seats: str) -> Figure:
    """The seats of villages and communities that are held, never more than there are."""
    counted = f"sum({held}), CASE WHEN EXISTS (SELECT 1 {_POSTS}) THEN sum({seats}) END"
    rows = f"FROM ({SEATS}) AS organization WHERE sector IN ('village', 'community')"
    return Figure(key, "ratio", counted, rows, replace(_SEAT, amount=held, whole=seats), places=4)


_SECRETARIES = "CASE WHEN secretaries < secretary_seats THEN secretaries ELSE secretary_seats END"
_OTHERS = "CASE WHEN others < other_seats THEN others ELSE other_seats END"

# Trainees are of the organisations in which they were members or held a post on that day. One who
# is known only by name belongs to no organisation, so only counts in the whole.
TRAINED = f"""
    FROM training LEFT JOIN trainee ON trainee.training = training.id
    WHERE training.day BETWEEN :first AND :last AND (:org = ''
        OR EXISTS (SELECT 1 FROM post WHERE post.person = trainee.person
            AND post.organization IN (SELECT code FROM below)
            AND {is_held_on(day="training.day")})
        OR EXISTS (SELECT 1 FROM membership WHERE membership.person = trainee.person
            AND membership.organization IN (SELECT code FROM below)
            AND {is_member_on(day="training.day")}))
"""
_TRAINEE = About(
    person="trainee.person", day="training.day", name="trainee.name", category="training.category",
    head="coalesce(CAST(trainee.person AS TEXT), trainee.name)",
)  # fmt: skip
_COURSE = About(
    day="training.day", name="training.name", category="training.category", head="training.id"
)
_COURSES = "AND training.category IN ('basics', 'qingma')"


def _trained(key: str, unit: str, about: About, which: str) -> Figure:
    counted = f"nullif(count(DISTINCT {about.head}), 0)"
    return Figure(key, unit, counted, f"{TRAINED} {which}", about)


CADRES: tuple[Figure, ...] = (
    Figure("cadres.total", "person", f"nullif({_HEADS}, 0)", _POSTS, _HOLDER),
    _filled("cadres.secretary_filled_rate", _SECRETARIES, "secretary_seats"),
    _filled(
        "cadres.posts_filled_rate", f"{_SECRETARIES} + {_OTHERS}", "secretary_seats + other_seats"
    ),
    Figure(
        "cadres.on_duty_rate", "ratio", f"{_heads(_ON_DUTY)}, {_HEADS}",
        f"{_POSTS} AND {_GRASSROOTS} AND {_DUTY} IS NOT NULL", _HOLDER, part=_ON_DUTY, places=4,
    ),
    _deputies(
        "cadres.seconded_deputies",
        "post.basis = 'seconded' AND organization.code IN"
        " (SELECT code FROM tree WHERE parent IS NULL)",
    ),
    _deputies(
        "cadres.volunteer_deputies",
        "post.basis = 'part-time' AND post.source = 'western plan'"
        f" AND {value_on('type', 'organization', 'code')} = 'committee'"
        f" AND coalesce({value_on('domain', 'organization', 'code')}, 'society') = 'society'"
        " AND organization.code IN (SELECT code FROM tree WHERE parent IN"
        " (SELECT code FROM tree WHERE parent IS NULL))",
    ),
    _trained("training.drill_people", "person", _TRAINEE, "AND category = 'drill'"),
    _trained("training.sessions", "session", _COURSE, _COURSES),
    _trained("training.people", "person", _TRAINEE, _COURSES),
)  # fmt: skip
