"""Cadres and their training: seats held on a day, heads counted once."""

from leaguectl.reports.figures.figure import Figure
from leaguectl.reports.predicates import exists_on, is_held_on

HOLDER = """
    coalesce(CAST(post.person AS TEXT), post.organization || '/' || post.name)
"""
"""A head: the person, or a name alone within its organisation."""

_POSTS = f"""
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND {is_held_on()} AND {exists_on()}
"""
_GRASSROOTS = "organization.sector IN ('village', 'community')"
# None and not 0 where no post is recorded at all: nothing was counted, which is not nobody.
_DEPUTIES = """
    SELECT CASE WHEN EXISTS (SELECT 1 {posts}) THEN (
        SELECT count(DISTINCT {holder}) {posts} AND post.title = 'deputy secretary' AND {which}
    ) END
"""


def _deputies(which: str) -> str:
    return _DEPUTIES.format(posts=_POSTS, holder=HOLDER, which=which)


SEATS = f"""
    SELECT organization.code, tree.name, organization.sector,
        coalesce(organization.secretary_seats, 0) AS secretary_seats,
        CASE WHEN coalesce(organization.committee_seats, 0)
                > coalesce(organization.secretary_seats, 0)
            THEN organization.committee_seats - coalesce(organization.secretary_seats, 0)
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

_FILLED = """
    SELECT sum(CASE WHEN secretaries < secretary_seats THEN secretaries ELSE secretary_seats END
               {held}), CASE WHEN EXISTS (SELECT 1 {posts}) THEN sum(secretary_seats {seats}) END
    FROM ({all}) AS organization WHERE {which}
"""
_OTHERS = "+ CASE WHEN others < other_seats THEN others ELSE other_seats END"


def _filled(held: str, seats: str) -> str:
    return _FILLED.format(held=held, seats=seats, all=SEATS, which=_GRASSROOTS, posts=_POSTS)


# A trainee who is known by name alone belongs to no organisation, so counts in the whole only.
_TRAINED = """
    FROM training LEFT JOIN trainee ON trainee.training = training.id
    WHERE training.day BETWEEN :first AND :last AND (:org = '' OR trainee.person IN (
        SELECT person FROM post WHERE organization IN (SELECT code FROM below)
        UNION SELECT person FROM membership WHERE organization IN (SELECT code FROM below)))
"""
_PEOPLE = "SELECT nullif(count(DISTINCT coalesce(CAST(trainee.person AS TEXT), trainee.name)), 0)"
_COURSES = "AND training.category IN ('basics', 'qingma')"

CADRES: tuple[Figure, ...] = (
    Figure("cadres.total", "person", f"SELECT nullif(count(DISTINCT {HOLDER}), 0) {_POSTS}"),
    Figure("cadres.secretary_filled_rate", "ratio", _filled("", ""), places=4),
    Figure("cadres.posts_filled_rate", "ratio", _filled(_OTHERS, "+ other_seats"), places=4),
    Figure(
        "cadres.on_duty_rate",
        "ratio",
        f"SELECT count(DISTINCT CASE WHEN post.duty = 'on' THEN {HOLDER} END),"
        f" count(DISTINCT {HOLDER}) {_POSTS} AND {_GRASSROOTS} AND post.duty IS NOT NULL",
        places=4,
    ),
    Figure(
        "cadres.seconded_deputies",
        "person",
        _deputies(
            "post.basis = 'seconded' AND organization.code IN"
            " (SELECT code FROM tree WHERE parent IS NULL)"
        ),
    ),
    Figure(
        "cadres.volunteer_deputies",
        "person",
        _deputies(
            "post.basis = 'part-time' AND post.source = 'western plan'"
            " AND organization.type = 'committee'"
            " AND coalesce(organization.domain, 'society') = 'society'"
            " AND organization.code IN (SELECT code FROM tree WHERE parent IN"
            " (SELECT code FROM tree WHERE parent IS NULL))"
        ),
    ),
    Figure("training.drill_people", "person", f"{_PEOPLE} {_TRAINED} AND category = 'drill'"),
    Figure(
        "training.sessions",
        "session",
        f"SELECT nullif(count(DISTINCT training.id), 0) {_TRAINED} {_COURSES}",
    ),
    Figure("training.people", "person", f"{_PEOPLE} {_TRAINED} {_COURSES}"),
)
