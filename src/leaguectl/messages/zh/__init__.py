"""中文。"""

from leaguectl.messages.zh import cells, errors, plans, rules
from leaguectl.messages.zh.figures import FIGURES
from leaguectl.messages.zh.help import HELP
from leaguectl.messages.zh.lines import LINES
from leaguectl.messages.zh.names import FIELDS, UNITS, VALUES

__all__ = ["CODES", "FIELDS", "FIGURES", "HELP", "LINES", "UNITS", "VALUES"]

CODES = cells.CODES | plans.CODES | rules.CODES | errors.CODES
