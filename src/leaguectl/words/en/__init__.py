"""English."""

from leaguectl.words.en import cells, errors, plans, rules
from leaguectl.words.en.figures import FIGURES
from leaguectl.words.en.help import HELP
from leaguectl.words.en.lines import LINES
from leaguectl.words.en.names import FIELDS, UNITS, VALUES

__all__ = ["CODES", "FIELDS", "FIGURES", "HELP", "LINES", "UNITS", "VALUES"]

CODES = cells.CODES | plans.CODES | rules.CODES | errors.CODES
