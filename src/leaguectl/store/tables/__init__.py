"""The tables and what the database itself holds true: the second wall behind the rules.

The classes do not leave the store; the nouns of :mod:`leaguectl.model` do, and a test holds
their fields together. What only writes rows does without them: ``schema`` has the statements that
make them, and a test holds those together too (``python tests/schema.py`` renews them).
"""

from leaguectl import model as nouns
from leaguectl.store.tables import county, league, ledger
from leaguectl.store.tables.base import HistoryTable, OperationTable, SettingTable, Table

__all__ = ["TABLES", "HistoryTable", "OperationTable", "SettingTable", "Table"]

TABLES: dict[type[nouns.Entity], type[Table]] = {
    noun: getattr(module, f"{noun.__name__}Table")
    for noun in nouns.ENTITIES
    for module in (league, ledger, county)
    if hasattr(module, f"{noun.__name__}Table")
}
"""Where each noun sleeps, in the order in which foreign keys allow to write them."""
