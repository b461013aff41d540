"""All that only reads: figures, lists, history, forecast, ranking, what falls due."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaguectl.reports import activities as activities
    from leaguectl.reports import counties as counties
    from leaguectl.reports import due as due
    from leaguectl.reports import figures as figures
    from leaguectl.reports import forecast as forecast
    from leaguectl.reports import journal as journal
    from leaguectl.reports import ledger as ledger
    from leaguectl.reports import members as members
    from leaguectl.reports import operations as operations
    from leaguectl.reports import organizations as organizations
    from leaguectl.reports import quota_check as quota_check
    from leaguectl.reports import ranking as ranking
    from leaguectl.reports import rulebook as rulebook
    from leaguectl.reports import why as why
    from leaguectl.reports import yearly as yearly
    from leaguectl.reports import years as years


def __getattr__(name: str) -> ModuleType:
    """Load a module of this room when a command asks for the first of its functions.

    :raises AttributeError: there is none of that name.
    """
    if find_spec(f"{__name__}.{name}") is None:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
