"""The entities, and the snapshot of the registry that rules look at.

An entity is declared once, as a frozen record (:mod:`leaguectl.model.declaration`). A
:class:`Snapshot` holds the records that a piece of work touches; rules query it, and a plan puts
its changes into it. It uses no database, no file and no clock.

Everything public of the modules below is imported from here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaguectl.model.county import *
    from leaguectl.model.declaration import *
    from leaguectl.model.entities import *
    from leaguectl.model.keys import *
    from leaguectl.model.league import *
    from leaguectl.model.ledger import *
    from leaguectl.model.likeness import *
    from leaguectl.model.snapshot import *
    from leaguectl.model.subject import *

_MODULES = (
    "league",
    "ledger",
    "county",
    "declaration",
    "entities",
    "subject",
    "likeness",
    "keys",
    "snapshot",
)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load the entities when the first of them is needed.

        Creating their classes takes longer than counting a year's figures, which only need
        :mod:`leaguectl.model.periods`.
        """
        # A module is imported by itself; the import system does so where there is no attribute.
        if not name.startswith("_") and name not in (*_MODULES, "days", "indexes", "periods"):
            for module in _MODULES:
                public = vars(import_module(f"{__name__}.{module}"))
                globals().update({key: public[key] for key in public if not key.startswith("_")})
        try:
            return globals()[name]
        except KeyError:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
