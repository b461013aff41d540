"""Since when the members of organisations are known: new names after that came from elsewhere."""

from dataclasses import dataclass, field
from datetime import date

from leaguectl.model.league import Organization


@dataclass
class FirstRosters:
    """Since when the registry knows the members of organisations: a roster lists everybody, so
    people who first appear later but joined before it were elsewhere."""

    by_organization: dict[str, date] = field(default_factory=dict)
    """The day of the first roster of each organisation in question."""
    first: date | None = None
    """The day of the first roster of all; None before there was any."""
    newer: set[str] = field(default_factory=set)
    """Organisations without a roster that were recorded after the first roster of all."""
    had_any: bool = False
    """Whether there was a roster before this work began."""

    def begun(self, organization: Organization) -> date | None:
        """The day from which the members of an organisation are known; None where the next roster
        is its first."""
        code = organization.code
        if (day := self.by_organization.get(code)) is not None:
            return day
        # A branch that was recorded after the first roster began empty: its members come from
        # somewhere.
        is_newer = code in self.newer or (self.had_any and organization.operation == 0)
        return self.first if is_newer else None

    def is_after(self, organization: Organization, joined: date | None, day: date | None) -> bool:
        """Whether a person who first appears on a roster of that day must have come from elsewhere:
        the members of the organisation were known before, and the person joined before that."""
        begun = self.begun(organization)
        if begun is None or day is None or day <= begun:
            return False
        return joined is None or joined < begun

    def shows_arrival(
        self, organization: Organization, joined: date | None, said: date | None, day: date | None
    ) -> bool:
        """Whether somebody new must have come from elsewhere, by a roster of that day that may say
        itself which roster was the first to have them. A registry that knew no roster takes what is
        said from the registry that wrote it, which knew who had come."""
        if said is not None and not self.had_any:
            return False
        return self.is_after(organization, joined, said or day)

    def note(self, code: str, day: date | None) -> None:
        """Note that a roster of that day lists the members of an organisation."""
        if day is not None:
            self.by_organization[code] = min(day, self.by_organization.get(code, day))
            self.first = min(day, self.first or day)
