"""What a line of each kind of sheet says: its fields, their headings and synonyms, their types.

A kind is declared once, by family; recognition, typing, templates and messages come from it.
Headings match after folding width, case, spaces, ``*`` and bracketed hints, so they are written
bare.
"""

from leaguectl.kinds.lines.candidates import CASE_STAGES, CandidateLine
from leaguectl.kinds.lines.county import (
    ACTIVITIES,
    BASES,
    DUTIES,
    STAGES,
    TRAININGS,
    ActivityLine,
    AssessmentLine,
    CadreLine,
    ReviewLine,
    SurveyLine,
    TaskLine,
    TrainingLine,
)
from leaguectl.kinds.lines.declared import Line
from leaguectl.kinds.lines.league import (
    DOMAINS,
    REASONS,
    SECTORS,
    SEXES,
    TYPES,
    MemberLine,
    MilestoneLine,
    OrganizationLine,
)
from leaguectl.kinds.lines.ledger import ROUTES, AdmissionLine, QuotaLine

__all__ = [
    "ACTIVITIES", "BASES", "CASE_STAGES", "DOMAINS", "DUTIES", "LINES", "REASONS", "ROUTES",
    "SECTORS", "SEXES", "STAGES", "TRAININGS", "TYPES", "ActivityLine", "AdmissionLine",
    "AssessmentLine", "CadreLine", "CandidateLine", "Line", "MemberLine", "MilestoneLine",
    "OrganizationLine",
    "QuotaLine", "ReviewLine", "SurveyLine", "TaskLine", "TrainingLine",
]  # fmt: skip

LINES: tuple[type[Line], ...] = (
    OrganizationLine,
    QuotaLine,
    MemberLine,
    AdmissionLine,
    CandidateLine,
    MilestoneLine,
    CadreLine,
    TrainingLine,
    ActivityLine,
    AssessmentLine,
    ReviewLine,
    TaskLine,
    SurveyLine,
)
"""The kinds in the order in which they must be taken in: what is named before what names it."""
