"""中文。"""

from leaguectl.words.zh import cells, errors, plans, rules
from leaguectl.words.zh.figures import FIGURES
from leaguectl.words.zh.help import HELP
from leaguectl.words.zh.lines import LINES
from leaguectl.words.zh.names import FIELDS, UNITS, VALUES

__all__ = ["CODES", "FIELDS", "FIGURES", "HELP", "LINES", "UNITS", "VALUES"]

CODES = cells.CODES | plans.CODES | rules.CODES | errors.CODES
