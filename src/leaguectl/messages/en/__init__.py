"""English."""

from leaguectl.messages.en import cells, errors, plans, rules
from leaguectl.messages.en.figures import FIGURES
from leaguectl.messages.en.help import HELP
from leaguectl.messages.en.lines import LINES
from leaguectl.messages.en.names import FIELDS, UNITS, VALUES

__all__ = ["CODES", "FIELDS", "FIGURES", "HELP", "LINES", "UNITS", "VALUES"]

CODES = cells.CODES | plans.CODES | rules.CODES | errors.CODES
