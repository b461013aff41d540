"""The tables of a sheet: lists below one another, those of which the title says the kind, wide
ones, and all that are known by their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.organizations import typed_by_name
from leaguectl.kinds.registrations import RegistrationLine
from leaguectl.kinds.repeated_headings import lists_of
from leaguectl.kinds.titles import TitledKind, kinds_of_titles
from leaguectl.kinds.wide_headings import REGISTRATION, WIDE, Wide
from leaguectl.kinds.wide_tables import Table, parts_of, said_above, with_roster
from leaguectl.reader import Sheet
from leaguectl.workbooks.headings import find_tables, has_data
from leaguectl.workbooks.sheet_kinds import Match, SheetKind
from leaguectl.workbooks.texts import count_filled, fold, folded


def tables_of(sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]) -> list[Table]:
    """The tables of a sheet. By their columns alone, people who signed in at a training would be
    cadres, and cadres members, so the title decides first where it says a kind. Wide tables are
    read instead of tables that lack a column, and of a roster in which only its registrations say
    that it is about members."""
    found = [*map(typed_by_name, find_tables(sheet, kinds, mapped))]
    if found and len(lists := lists_of(sheet, found[0])) > 1:
        return [table for each in lists for table in tables_of(each, kinds, mapped)]
    if found and (top := _top_below_others(sheet, found[0])):
        upper, lower = (replace(sheet, rows=part) for part in (sheet.rows[:top], sheet.rows[top:]))
        if above := tables_of(upper, kinds, mapped):  # by their columns alone they are none
            return [*above, *tables_of(lower, kinds, mapped)]
    if len(kinds) > 1 and (titled := _titled(sheet, kinds, mapped)):
        return titled
    if len(found) == 1 and _is_of_registrations(found[0], kinds):
        chosen = [kind for kind in kinds if kind.name == RegistrationLine.kind]
        found = find_tables(sheet, chosen, mapped) or found
    ordinary = [Table(sheet, match, {}) for match in found]
    if len(found) > 1 or any(not match.imported for match in found):
        return ordinary
    is_complete = bool(found) and not (found[0].missing or found[0].doubled)
    for wide in WIDE:
        kind = next((kind for kind in kinds if kind.name == wide.kind), None)
        if kind is None or (is_complete and not _has_registrations(sheet, found[0], wide)):
            continue
        if parts := list(parts_of(sheet, kind, wide, mapped)):
            return with_roster(sheet, found[0], parts, wide) if is_complete else parts
    return ordinary


def _top_below_others(sheet: Sheet, match: Match) -> int | None:
    """The position of the title of the first table that is known by its columns, where above it
    there are rows that may be another one."""
    top = match.header - match.depth + 1
    while top and count_filled(sheet.rows[top - 1][1]) <= 1:
        top -= 1
    above = [row for row in sheet.rows[:top] if count_filled(row[1]) > 1]
    return top if len(above) > 1 and any(map(has_data, above)) else None


def _is_of_registrations(match: Match, kinds: Sequence[SheetKind]) -> bool:
    """Whether a list with nothing but names, ID numbers and branches has a column of registrations:
    only its year may stand elsewhere, as in the name of the sheet."""
    if match.kind != MemberLine.kind or not MemberLine.signs.isdisjoint(match.fields):
        return False
    known = {
        fold(text)
        for kind in kinds
        for column in kind.columns
        if kind.name == RegistrationLine.kind and column.field in REGISTRATION
        for text in column.headings
    }
    return not known.isdisjoint(map(fold, match.ignored))


def _has_registrations(sheet: Sheet, match: Match, wide: Wide) -> bool:
    """Whether a table that is complete by itself has columns of registrations, too. A large roster
    is not searched once more for nothing."""
    said = said_above(sheet, match)
    is_asked = wide.kind == RegistrationLine.kind
    return is_asked and any(wide.read(folded(text), said) for text in match.ignored)


def _titled(sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]) -> list[Table]:
    """The tables of a sheet as the kind that its title says; none where it says nothing, or they
    lack what such a kind must have."""
    read = (_read_as(titled, sheet, kinds, mapped) for titled in kinds_of_titles(sheet))
    return next(filter(None, read), [])


def _read_as(
    titled: TitledKind, sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]
) -> list[Table]:
    chosen = [
        kind.with_given(titled.given).with_headings(titled.headings)
        for kind in kinds
        if kind.name == titled.kind
    ]
    matches = find_tables(sheet, chosen, mapped)
    if not all(
        titled.needed <= match.fields.keys() and titled.never.isdisjoint(map(fold, match.ignored))
        for match in matches
    ):
        return []
    # What every row of the kind is about may stand in the title.
    return [
        Table(
            sheet,
            replace(
                match,
                missing=match.missing | (titled.given - match.fields.keys()),
                keys=match.keys or titled.needed,
            ),
            {},
        )
        for match in matches
    ]
