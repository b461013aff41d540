"""What a transaction on a registry can do: load records, save changes, query the journal."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple, TypeVar

from leaguectl.findings import DoneBefore, Refused
from leaguectl.model import KEYS, Change, Entity, Keys, NewRows, Setting, Snapshot
from leaguectl.store import chain, provenance
from leaguectl.store.connection import Connection, Parameters, Row
from leaguectl.store.erasure import erase
from leaguectl.store.integrity import Violation, violations
from leaguectl.store.load import load, load_slice, load_whole
from leaguectl.store.save import as_json, save
from leaguectl.store.schema import JOURNAL, Operation, tables

T = TypeVar("T", bound=Entity)


class Mark(NamedTuple):
    """A registry at a moment: the digest of its first operation, which identifies the registry, and
    the last operation that changed data, with its digest."""

    registry: str | None
    operation: int
    digest: str | None


class Transaction:
    """One transaction on an open registry."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # -- reading ---------------------------------------------------------------------------------

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of a query, seen from within this transaction."""
        return self.connection.rows(sql, parameters or {})

    def named_rows(self, sql: str, parameters: Parameters | None = None) -> list[dict[str, Any]]:
        """The same, each row by the names of its columns."""
        return self.connection.named_rows(sql, parameters or {})

    def settings(self) -> dict[str, str]:
        """What the registry knows about itself."""
        rows = self.rows("SELECT key, value FROM setting")
        return {str(key): str(value) for key, value in rows}

    def mark(self) -> "Mark":
        """Which registry it is, and how far it has come."""
        first = self.connection.value("SELECT min(id) FROM operation")
        # An operation that wrote only its own row records a look, a copy or an approval.
        last = self.connection.value("SELECT max(operation) FROM content WHERE noun <> 'operation'")
        last = first if last is None else last
        return Mark(self.digest_of(first), last, self.digest_of(last))

    def digest_of(self, operation: int) -> str | None:
        """The digest of an operation; None where there is none."""
        digest = self.connection.value(
            "SELECT digest FROM operation WHERE id = :id", {"id": operation}
        )
        return None if digest is None else str(digest)

    def nouns_since(self, operation: int) -> set[str]:
        """The entities whose rows were changed after that operation; ``undo`` stands for any
        undo."""
        query = """SELECT noun FROM content WHERE operation > :id
            UNION SELECT noun FROM history WHERE operation > :id
            UNION SELECT 'undo' FROM operation WHERE id > :id AND undoes IS NOT NULL"""
        found = {str(noun) for (noun,) in self.rows(query, {"id": operation})}
        return found - {declaration.name for declaration in JOURNAL}

    def approvers(self, digest: str) -> set[str]:
        """Who approved the plan with that digest."""
        rows = self.rows("SELECT actor, sources FROM operation WHERE command = 'approve'")
        return {
            str(actor)
            for actor, sources in rows
            if any(source.get("sha256") == digest for source in json.loads(sources))
        }

    def whole(self) -> Snapshot:
        """Everything there is."""
        snapshot = Snapshot(settings=self.settings())
        load_whole(self.connection, snapshot)
        return snapshot

    def slice(self, keys: Keys) -> Snapshot:
        """What the keys touch (:func:`leaguectl.store.load.load_slice`)."""
        snapshot = Snapshot(settings=self.settings())
        load_slice(self.connection, snapshot, keys)
        snapshot.facts = provenance.FactSources(self.connection)
        return snapshot

    def all(self, entity: type[T]) -> list[T]:
        """All records of an entity that has few."""
        return list(load(self.connection, entity))

    def find(self, entity: type[T], key: Any) -> T | None:
        """One record by its key."""
        condition = f'"{KEYS[entity]}" = :key'
        return next(load(self.connection, entity, condition, {"key": key}), None)

    def written_by(self, entity: type[T], operation: int) -> list[T]:
        """The records of an entity that an operation wrote."""
        return list(
            load(self.connection, entity, "operation = :operation", {"operation": operation})
        )

    def refuse_done(self, once: str, asked: str | None) -> None:
        """Refuse to do a second time what was done under a key.

        :raises DoneBefore: the same was done.
        :raises Refused: something else was done.
        """
        query = "SELECT id, command, asked FROM operation WHERE once = :once"
        for operation, done, of in self.rows(query, {"once": once}):
            facts = {"operation": operation, "once": once, "command": done}
            if of != asked:  # not by the command: for a plan that is the command that made it
                raise Refused("once-of-another", **facts)
            raise DoneBefore("done-before", **facts)

    def violations(self) -> list[Violation]:
        """Every constraint that the stored rows violate."""
        return list(violations(self.connection))

    # -- writing ---------------------------------------------------------------------------------

    def setting_changes(self, settings: Mapping[str, str]) -> list[Change]:
        """The changes that set what the registry knows about itself."""
        return [
            Change(self.find(Setting, key), Setting(key, value)) for key, value in settings.items()
        ]

    def save(
        self,
        changes: Iterable[Change | NewRows],
        operation: Operation,
        *,
        restoring: bool = False,
        origins: Sequence[provenance.Origin] = (),
        erased: Collection[int] = (),
    ) -> int:
        """Write the changes as one operation, and keep what they replace; its number.
        ``origins`` say which rows of its files tell of which records; the personal values of the
        people who are ``erased`` go from everywhere.

        Rows get the number of the operation; with ``restoring`` they keep their own, and the
        operation is undone from its last step to its first.

        :raises Conflict: a row is no longer as the changes found it.
        """
        number = self._record(operation)
        backwards = restoring and self._is_backwards(operation.undoes)
        stamp = None if restoring else number
        written = save(self.connection, changes, number, stamp, backwards=backwards)
        provenance.keep(self.connection, number, origins)
        anew = erase(self.connection, number, erased) if erased else ()
        chain.link(self.connection, number, written, anew)
        return number

    def _is_backwards(self, undone: int | None) -> bool:
        """Whether undoing this operation is written backwards: an undo was written backwards
        itself, so undoing it goes forwards."""
        if undone is None:
            return True
        query = "SELECT undoes FROM operation WHERE id = :id"
        before = self.connection.value(query, {"id": undone})
        return before is None or not self._is_backwards(before)

    def _record(self, operation: Operation) -> int:
        """Write the operation's own row; its number."""
        last = self.connection.value("SELECT max(id) FROM operation")
        number = chain.FIRST if last is None else last + 1
        values = {item.name: getattr(operation, item.name) for item in fields(operation)}
        values["id"] = number
        for name, column in tables()["operation"].fields.items():
            if column.spec.json:
                values[name] = as_json(values[name])
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        self.connection.run(f"INSERT INTO operation ({names}) VALUES ({marks})", values)  # noqa: S608
        return number
