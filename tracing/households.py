"""Living with somebody: what co-residence makes of a person, day by day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from tracing.control import Control, controls
from tracing.days import MOMENT, end_of, midnight, whole
from tracing.earlier import Earlier, remembering
from tracing.facts import Residence
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, not_counted, timeless
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.terms import HouseholdClock
from tracing.together import Days, LivedTogether, Resident, lived_together, resident, residents_between
from tracing.windows import Status, Stretch


class Households:
    """Who lived with whom, each person's days at home computed once."""

    def __init__(self, question: Question, earlier: "Earlier[Households] | None" = None) -> None:
        self.question = question
        self.controls = remembering(self._controls, earlier, lambda worker: worker.controls)
        self.resident = remembering(self._resident, earlier, lambda worker: worker.resident)
        self.of = cache(self._of)
        self._everybody_in = cache(self._residents)

    def _controls(self, person: str) -> list[Control]:
        return controls(self.question.known, person, self.question.as_of)

    def _resident(self, person: str, household: str) -> Resident:
        return resident(self.question, person, household, self.controls(person))

    def _of(self, person: str) -> list[str]:
        """Return the households somebody has lived in, sorted."""
        return sorted({residence.household for residence in self.question.known.of(Residence, person)})

    def others(self, person: str, household: str) -> list[str]:
        """Return everybody else who has lived in a household, sorted."""
        return [each for each in self._everybody_in(household) if each != person]

    def _residents(self, household: str) -> list[str]:
        residences = self.question.known.naming(Residence, household)
        return sorted({self.question.known.answers_for(residence.person) for residence in residences})

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
        found = self.shared(person, shared, reason)
        if found is None or not found.counted or found.last is None:
            return found
        onset = source.window.onset
        before_onset = onset is not None and found.last.date() < onset
        return replace(found, estimated=source.window.estimated, before_onset=before_onset)

    def by_clock(self, findings: list[Finding], statuses: Mapping[str, Status]) -> list[Finding]:
        """Return the findings of one household as its clock has them.

        Where the household counts from its first case, the others no longer count, and the first
        counts from its anchor for everybody.
        """
        clocks = [_clock_of(statuses[each.source]) for each in findings if each.source and each.counted]
        anchored = [clock for clock in clocks if clock]
        if not anchored:
            return findings
        first = min(anchored, key=lambda clock: (clock.day, clock.source))
        return [self._on_clock(each, first) for each in findings]

    def _on_clock(self, finding: Finding, clock: "Clock") -> Finding:
        if not finding.counted:
            return finding
        if finding.source != clock.source:
            return not_counted(finding, Reason(Says.FIRST_CASE_HOLDS, {}, (), None, (finding.reason,)))
        day = whole(clock.day, self.question.known.zone)
        values = {**finding.reason.values, "first": day.first, "last": day.last, "ongoing": False}
        reason = replace(finding.reason, values=values)
        return replace(finding, first=day.first, last=day.last, ongoing=False, reason=reason)

    def _no_window(self, source: Status) -> Reason:
        says = Says.NO_WINDOW if source.is_case else Says.SOURCE_RULED_OUT
        return Reason(says, {"source": source.person}, (), None, (source.reason,))

    def shared(self, person: str, sharing: "Sharing", reason: Reason) -> Finding | None:
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


class Clock(NamedTuple):
    """The first case of a household from which everybody in it counts, and the day."""

    source: str
    day: date


def _clock_of(source: Status) -> Clock | None:
    """Return from which day a household counts by this case; None if it counts days together."""
    rule = source.edition.household
    if rule is None or rule.clock != HouseholdClock.FIRST_CASE:
        return None
    days = (source.anchors.get(anchor) for anchor in rule.anchors)
    return next((Clock(source.person, day) for day in days if day), None)


_ALL_DAYS = Days(date.min.toordinal(), date.max.toordinal())


def days_of(stretch: Stretch) -> Days:
    """Return the days on which any moment of a stretch lies."""
    last = (stretch.end - MOMENT).date() if stretch.end else date.max
    return Days(stretch.start.date().toordinal(), last.toordinal())
