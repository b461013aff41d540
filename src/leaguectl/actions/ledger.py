"""The ledger looked at: a number and its history, blocks, gaps, disputes. Light, for scripts."""

import json
from typing import Any

from leaguectl.actions.identify import identify_person, organization_code
from leaguectl.findings import NotFound
from leaguectl.reports import lists as views
from leaguectl.reports.figures import Queryable
from leaguectl.reports.lists import ledger as shown
from leaguectl.store import Location
from leaguectl.store.reading import open_reader


def number_card(location: Location, number: str) -> views.Row:
    """One number with all that hangs on it, and every state that it was in.

    :raises NotFound: the ledger does not have it.
    """
    with open_reader(location) as reader:
        card = shown.number(reader, number)
        return {**card, "states": _states(reader, card)}


def _states(reader: Queryable, card: views.Row) -> list[views.Row]:
    """Since which operation it was in which state, with whom, in whose block."""
    before = [(by, json.loads(text)) for by, text in shown.states(reader, "number", card["number"])]
    made = [one["operation"] for _, one in before[:1]] + [by for by, _ in before]
    now = reader.rows("SELECT quota, person FROM number WHERE number = :n", {"n": card["number"]})
    present = dict(zip(("quota", "person"), now[0], strict=True))
    told = [one for _, one in before] + [{**card, **present}]
    quotas = shown.owners(reader, {one["quota"] for one in told if one["quota"] is not None})
    people = shown.people(reader, {one["person"] for one in told if one["person"] is not None})
    found: list[dict[str, Any]] = [
        {
            "operation": operation,
            "state": one["state"],
            "organization": quotas.get(one["quota"]),
            "holder": people.get(one["person"]),
            "void": one["reason"],
        }
        for operation, one in zip(made or [card["operation"]], told, strict=True)
    ]
    operations = {one["operation"]: views.operations(reader, one["operation"])[0] for one in found}
    return shown.named_states(found, operations)


def usage(location: Location, year: int, org: str | None = None) -> list[views.Row]:
    """The year's blocks with the states of their numbers."""
    with open_reader(location) as reader:
        return shown.usage(reader, year, organization_code(reader, org))


def gaps(location: Location, year: int, org: str | None = None) -> list[views.Row]:
    """The numbers below the highest one in use that nobody has, and why."""
    with open_reader(location) as reader:
        return shown.gaps(reader, year, organization_code(reader, org))


def disputes(location: Location, *, every: bool = False) -> list[views.Row]:
    """The numbers that two people claim."""
    with open_reader(location) as reader:
        return shown.disputes(reader, every=every)


def form_cards(location: Location, text: str) -> list[views.Row]:
    """The form of that serial, or those of a person.

    :raises NotFound: neither is there.
    """
    with open_reader(location) as reader:
        found = shown.forms(reader, serial=text) or shown.forms(
            reader, person=identify_person(reader, text)
        )
    if not found:
        raise NotFound("form-not-found", text=text)
    return found


def certificate_cards(location: Location, text: str) -> list[views.Row]:
    """All certificates of a person, or of the holder of that serial, each with what it was before.

    :raises NotFound: neither is there.
    """
    with open_reader(location) as reader:
        held = shown.certificates(reader, serial=text)
        person = held[0]["person"] if held else identify_person(reader, text)
        found = shown.certificates(reader, person=person)
        if not found:
            raise NotFound("certificate-not-found", text=text)
        for one in found:
            before = [json.loads(text) for _, text in
                      shown.states(reader, "certificate", one["certificate"])]  # fmt: skip
            keys = ("state", "issued", "copies", "reason", "operation")
            one["before"] = [{key: was[key] for key in keys} for was in before]
    return found
