"""Everything that somebody had in common with a case: meetings, homes, journeys, places."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from tracing.contacts import (
    Aboard,
    Visiting,
    environment_finding,
    meeting_finding,
    ride_finding,
    visit_finding,
    visiting,
)
from tracing.earlier import Earlier, remembering
from tracing.facts import Exposure, Journey, Ride, Visit
from tracing.facts.vocabulary import WITHOUT_SOURCE_PERSON, Category, ExposureKind
from tracing.findings import Finding, not_counted
from tracing.households import Households
from tracing.meetings import add_up, is_protected, meeting_rule
from tracing.periods import Grounds, Makes, period
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.rules import Edition
from tracing.windows import Status


class Encounters:
    """Finds what people had in common with cases; who was where is looked up once an occasion.

    ``met`` and ``visited``: what a person and a case make of each other by a meeting, and at a place.
    """

    def __init__(
        self,
        question: Question,
        statuses: Mapping[str, Status],
        households: Households,
        earlier: "Earlier[Encounters] | None" = None,
    ) -> None:
        self.question = question
        self.statuses = statuses
        self.households = households
        self._sources_at = cache(self._sources)
        self._aboard = cache(self._cases_aboard)
        self._cases_at = cache(self._cases_visiting)
        self._own_visits = cache(self._visits_by_place)
        self.met = remembering(self._meeting, earlier, lambda worker: worker.met, people=2)
        self.visited = remembering(self._visiting, earlier, lambda worker: worker.visited, people=2)

    def findings(self, person: str) -> Iterator[Finding]:
        """Yield everything somebody had in common with a case or a former case, in no set order."""
        yield from self._meetings(person)
        yield from self._co_residence(person)
        yield from self._rides(person)
        yield from self._visits(person)

    def _meetings(self, person: str) -> Iterator[Finding]:
        too_short: dict[str, list[Exposure]] = {}
        for exposure in self.question.known.of(Exposure, person):
            if exposure.start.first > self.question.as_of:
                continue
            if exposure.kind in WITHOUT_SOURCE_PERSON:
                yield self._environment(person, exposure)
                continue
            for source in self._sources_at(exposure.fact_id):
                if source.person == person:
                    continue
                finding = self.met(person, source.person, exposure.fact_id)
                if finding.reason.says == Says.TOO_SHORT:
                    too_short.setdefault(source.person, []).append(exposure)
                else:
                    yield finding
        for other, exposures in too_short.items():
            yield from self._short_meetings(person, self.statuses[other], exposures)

    def _meeting(self, person: str, source: str, exposure_id: str) -> Finding:
        exposure = cast(Exposure, self.question.known.thing(Exposure, exposure_id))
        return meeting_finding(self.question, person, self.statuses[source], exposure)

    def _short_meetings(self, person: str, source: Status, exposures: list[Exposure]) -> Iterator[Finding]:
        """Yield meetings each too short by itself, added up where the rule adds them up."""
        rules = {rule.basis: rule for each in exposures if (rule := meeting_rule(source.edition, each.kind))}
        enough: set[str] = set()
        for rule in rules.values():
            enough |= add_up([each for each in exposures if each.kind in rule.kinds], rule)
        for each in exposures:
            long_enough = each.fact_id in enough
            yield meeting_finding(self.question, person, source, each, long_enough=long_enough)

    def _sources(self, exposure_id: str) -> tuple[Status, ...]:
        known = self.question.known
        exposure = known.thing(Exposure, exposure_id)
        people = {known.answers_for(each) for each in exposure.participants} if exposure else ()
        return tuple(self.statuses[each] for each in sorted(people) if each in self.statuses)

    def _environment(self, person: str, exposure: Exposure) -> Finding:
        last = min(exposure.span.last, self.question.as_of)
        asked = period(self.question, environment_category(exposure.kind), Grounds(last.date()))
        edition = asked.edition if asked else self.question.rulings.editions_until(self.question.today)[-1]
        finding = environment_finding(self.question, exposure, edition)
        if is_protected(self.question, exposure, person):
            return not_counted(finding, Reason(Says.PROTECTED, {}, (exposure.fact_id,)))
        return finding

    def _co_residence(self, person: str) -> Iterator[Finding]:
        for household in self.households.of(person):
            others = self.households.others(person, household)
            sources = [self.statuses[other] for other in others if other in self.statuses]
            found = [self.households.finding(person, source, household) for source in sources]
            yield from self.households.by_clock([each for each in found if each], self.statuses)

    def _rides(self, person: str) -> Iterator[Finding]:
        for own in self.question.known.of(Ride, person):
            journey = self.question.known.thing(Journey, own.journey)
            for case, source in self._aboard(own.journey):
                if journey and source.person != person:
                    finding = ride_finding(self.question, Aboard(own, case, journey), source)
                    if finding:
                        yield finding

    def _cases_aboard(self, journey: str) -> tuple[tuple[Ride, Status], ...]:
        rides = self.question.known.naming(Ride, journey)
        people = ((ride, self.question.known.answers_for(ride.person)) for ride in rides)
        return tuple((ride, self.statuses[person]) for ride, person in people if person in self.statuses)

    def _visits(self, person: str) -> Iterator[Finding]:
        for place in self._own_visits(person):
            for source in self._cases_at(place):
                finding = self.visited(person, source, place) if source != person else None
                if finding:
                    yield finding

    def _visiting(self, person: str, source: str, place: str) -> Finding | None:
        own, theirs = self._own_visits(person)[place], self._cases_at(place)[source]
        return visit_finding(self.question, own, theirs, self.statuses[source])

    def _visits_by_place(self, person: str) -> dict[str, list[Visiting]]:
        found: dict[str, list[Visiting]] = {}
        for visit in self.question.known.of(Visit, person):
            if visit.start.first <= self.question.as_of:
                found.setdefault(visit.place, []).append(visiting(self.question, visit))
        return found

    def _cases_visiting(self, place: str) -> dict[str, list[Visiting]]:
        found: dict[str, list[Visiting]] = {}
        for visit in self.question.known.naming(Visit, place):
            person = self.question.known.answers_for(visit.person)
            if person in self.statuses and visit.start.first <= self.question.as_of:
                found.setdefault(person, []).append(visiting(self.question, visit))
        return found


def environment_category(kind: ExposureKind) -> Makes:
    """Return what an exposure without a source person makes, by edition."""

    def makes(edition: Edition) -> Category | None:
        rule = meeting_rule(edition, kind)
        return rule.makes if rule else None

    return makes
