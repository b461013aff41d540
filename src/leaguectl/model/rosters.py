"""Since when the members of organisations are known: who comes up after it came from elsewhere."""

from dataclasses import dataclass, field
from datetime import date

from leaguectl.model.league import Organization


@dataclass
class FirstRosters:
    """Since when the registry knows the members of organisations: a roster tells of everybody who
    is there, so whoever comes up later and joined before was elsewhere."""

    by_organization: dict[str, date] = field(default_factory=dict)
    """The day of the first roster of each organisation that is asked about."""
    first: date | None = None
    """The day of the first roster of all; None before there was any."""
    newer: set[str] = field(default_factory=set)
    """Organisations without a roster that are newer in the registry than the first of all."""
    had_any: bool = False
    """Whether there was a roster before this work began."""

    def begun(self, organization: Organization) -> date | None:
        """The day from which the members of an organisation are known; None where the next roster
        is its first."""
        code = organization.code
        if (day := self.by_organization.get(code)) is not None:
            return day
        # A branch that came after the first roster was empty: its members come from somewhere.
        is_newer = code in self.newer or (self.had_any and organization.operation == 0)
        return self.first if is_newer else None

    def is_after(self, organization: Organization, joined: date | None, day: date | None) -> bool:
        """Whether somebody whom a roster of that day names for the first time has come since the
        members of the organisation are known, having joined before."""
        begun = self.begun(organization)
        if begun is None or day is None or day <= begun:
            return False
        return joined is None or joined < begun

    def note(self, code: str, day: date | None) -> None:
        """Take in that a roster of that day told of the members of an organisation."""
        if day is not None:
            self.by_organization[code] = min(day, self.by_organization.get(code, day))
            self.first = min(day, self.first or day)
