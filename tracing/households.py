"""Living with somebody: what co-residence makes of a person, day by day."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from tracing.control import Control, controls
from tracing.days import MOMENT, end_of, midnight
from tracing.facts import Residence
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, timeless
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.together import Days, LivedTogether, Resident, lived_together, resident, residents_between
from tracing.windows import Status, Stretch


class Households:
    """Who lived with whom, each person's days at home computed once."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.controls = cache(self._controls)
        self.resident = cache(self._resident)

    def _controls(self, person: str) -> list[Control]:
        return controls(self.question.known, person, self.question.as_of)

    def _resident(self, person: str, household: str) -> Resident:
        return resident(self.question, person, household, self.controls(person))

    def of(self, person: str) -> list[str]:
        """Return the households somebody has lived in, sorted."""
        return sorted({residence.household for residence in self.question.known.of(Residence, person)})

    def others(self, person: str, household: str) -> list[str]:
        """Return everybody else who has lived in a household, sorted."""
        residences = self.question.known.naming(Residence, household)
        people = {self.question.known.answers_for(residence.person) for residence in residences}
        return sorted(people - {person})

    def together(self, person: str, other: str, household: str, between: Days) -> LivedTogether | None:
        """Return the days two people shared a household between two days."""
        one, two = self.resident(person, household), self.resident(other, household)
        return lived_together(one, two, between, self.question.today)

    def is_dormitory(self, household: str, largest: int, between: Days) -> bool:
        """Return whether more people lived in a household between two days than a home has."""
        first = date.fromordinal(between.first)
        last = date.fromordinal(min(between.last, self.question.today.toordinal()))
        return len(residents_between(self.question.known, household, first, last)) > largest

    def finding(self, person: str, source: Status, household: str) -> Finding | None:
        """Return what living with a case or former case makes; None if they never lived together."""
        rule = source.edition.household
        if source.window is None or rule is None:
            why_not = self._no_window(source)
            both = self.together(person, source.person, household, _ALL_DAYS)
            return timeless(household, source.person, why_not) if both else None
        ref = self.question.rulings.ref(source.edition, rule.basis)
        shared = Sharing(household, source.person, source.window.at_home, rule.makes, rule.largest)
        values = {"source_category": source.category}
        reason = Reason(Says.LIVED_TOGETHER, values, (), ref, (source.reason,))
        return self.shared(person, shared, reason, estimated=source.window.estimated)

    def _no_window(self, source: Status) -> Reason:
        says = Says.NO_WINDOW if source.is_case else Says.SOURCE_RULED_OUT
        return Reason(says, {"source": source.person}, (), None, (source.reason,))

    def shared(
        self, person: str, sharing: "Sharing", reason: Reason, *, estimated: bool = False
    ) -> Finding | None:
        """Return what sharing a household during a stretch makes; None if they never shared it."""
        between = days_of(sharing.stretch)
        both = self.together(person, sharing.source, sharing.household, between)
        values = {**reason.values, "source": sharing.source, "household": sharing.household}
        if both is None:
            if not self.together(person, sharing.source, sharing.household, _ALL_DAYS):
                return None
            why_not = replace(reason, says=Says.NOT_LIVING_TOGETHER, values=values)
            return timeless(sharing.household, sharing.source, why_not)
        if self.is_dormitory(sharing.household, sharing.largest, between):
            why_not = replace(reason, says=Says.DORMITORY, values=values | {"largest": sharing.largest})
            return timeless(sharing.household, sharing.source, why_not)
        first, last = self._moments(both, sharing.stretch)
        values |= {"first": first, "last": last, "ongoing": both.ongoing}
        return Finding(
            sharing.household,
            sharing.source,
            sharing.makes,
            first,
            last,
            replace(reason, values=values, facts=both.facts),
            estimated=estimated,
            ongoing=both.ongoing,
        )

    def _moments(self, both: LivedTogether, stretch: Stretch) -> tuple[datetime, datetime]:
        """Return the first and last moment of living together within a stretch."""
        zone = self.question.known.zone
        first = max(midnight(both.first_day, zone), stretch.start)
        last = end_of(both.last_day, zone)
        if stretch.end:
            last = min(last, stretch.end - MOMENT)
        return first, max(first, min(last, self.question.as_of) if both.ongoing else last)


class Sharing(NamedTuple):
    """Living in a household with a source of contact during a stretch."""

    household: str
    source: str
    stretch: Stretch
    makes: Category
    largest: int


_ALL_DAYS = Days(date.min.toordinal(), date.max.toordinal())


def days_of(stretch: Stretch) -> Days:
    """Return the days on which any moment of a stretch lies."""
    last = (stretch.end - MOMENT).date() if stretch.end else date.max
    return Days(stretch.start.date().toordinal(), last.toordinal())
