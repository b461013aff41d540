"""The nouns, and the slice of the registry that rules look at.

A noun is a frozen record with the same fields as its table. A :class:`Snapshot` holds the nouns
that one piece of work touches; rules ask it questions, a plan puts its changes into it. It knows
no database, no file and no clock.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaguectl.model.changes import Change, NewRows, one_by_one
    from leaguectl.model.county import (
        ACTIVITY_CATEGORIES,
        BASES,
        DUTIES,
        POSTS,
        STAGES,
        TRAINING_CATEGORIES,
        Activity,
        Closing,
        Coverage,
        Post,
        Reported,
        Review,
        Score,
        Survey,
        Task,
        Trainee,
        Training,
    )
    from leaguectl.model.declaration import DECLARATIONS, Entity, is_private, mark_private
    from leaguectl.model.entities import ENTITIES, KEYS, as_plain, from_plain, key_of
    from leaguectl.model.keys import Keys, RuleSubject, age_at
    from leaguectl.model.league import (
        BRANCH_TYPES,
        DISCIPLINES,
        DOMAINS,
        ENTRIES,
        GRADES,
        LEAVING_REASONS,
        MILESTONES,
        ORGANIZATION_EVENTS,
        ORGANIZATION_TYPES,
        PARENTS,
        PRECISIONS,
        SCHOOL_SECTORS,
        SECTORS,
        TRANSFER_STATES,
        Alias,
        Discipline,
        DistinctPair,
        Membership,
        Milestone,
        Organization,
        OrganizationEvent,
        Person,
        Registration,
        Transfer,
        born_by,
        sex_by,
    )
    from leaguectl.model.ledger import (
        CANDIDACY_STATES,
        CERTIFICATE_STATES,
        FORM_STATES,
        NUMBER_STATES,
        ROUTES,
        Admission,
        Candidacy,
        Certificate,
        Dispute,
        Form,
        Number,
        Quota,
    )
    from leaguectl.model.likeness import LIKENESSES, Pair, likeness_of, pairs
    from leaguectl.model.prospect import NOT_YET, NotKnownYet, Prospective, is_known, prospective
    from leaguectl.model.snapshot import Snapshot, T

__all__ = [
    "ACTIVITY_CATEGORIES",
    "BASES",
    "BRANCH_TYPES",
    "CANDIDACY_STATES",
    "CERTIFICATE_STATES",
    "DECLARATIONS",
    "DISCIPLINES",
    "DOMAINS",
    "DUTIES",
    "ENTITIES",
    "ENTRIES",
    "FORM_STATES",
    "GRADES",
    "KEYS",
    "LEAVING_REASONS",
    "LIKENESSES",
    "MILESTONES",
    "NOT_YET",
    "NUMBER_STATES",
    "ORGANIZATION_EVENTS",
    "ORGANIZATION_TYPES",
    "PARENTS",
    "POSTS",
    "PRECISIONS",
    "ROUTES",
    "SCHOOL_SECTORS",
    "SECTORS",
    "STAGES",
    "TRAINING_CATEGORIES",
    "TRANSFER_STATES",
    "Activity",
    "Admission",
    "Alias",
    "Candidacy",
    "Certificate",
    "Change",
    "Closing",
    "Coverage",
    "Discipline",
    "Dispute",
    "DistinctPair",
    "Entity",
    "Form",
    "Keys",
    "Membership",
    "Milestone",
    "NewRows",
    "NotKnownYet",
    "Number",
    "Organization",
    "OrganizationEvent",
    "Pair",
    "Person",
    "Post",
    "Prospective",
    "Quota",
    "Registration",
    "Reported",
    "Review",
    "RuleSubject",
    "Score",
    "Snapshot",
    "Survey",
    "T",
    "Task",
    "Trainee",
    "Training",
    "Transfer",
    "age_at",
    "as_plain",
    "born_by",
    "from_plain",
    "is_known",
    "is_private",
    "key_of",
    "likeness_of",
    "mark_private",
    "one_by_one",
    "pairs",
    "prospective",
    "sex_by",
]

_MODULES = (
    "changes", "county", "declaration", "entities", "keys", "league", "ledger", "likeness",
    "prospect", "snapshot",
)  # fmt: skip

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load the entities when the first of them is asked for.

        Making their classes takes longer than counting a year's figures, which need
        :mod:`leaguectl.model.periods` alone.
        """
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(name)
        for module in _MODULES:
            public = vars(import_module(f"{__name__}.{module}"))
            globals().update((key, public[key]) for key in __all__ if key in public)
        return globals()[name]
