"""Whom a change can touch: stratum by stratum, and no further than what a stratum says changes.

Recording facts changes what is known of the people they name. Others are touched only where what
they see of these changes: whoever shared an occasion with somebody whose own status or whereabouts
changed; whoever met or lived with somebody who became, or is no longer, or is otherwise a close
contact. An exposure of people of whom nothing is to be said touches nobody (:func:`is_idle`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from tracing.assessment import Assessor
from tracing.claims import Claim
from tracing.contacts import time_aboard
from tracing.control import forever
from tracing.days import Span
from tracing.facts import (
    Exposure,
    Fact,
    Journey,
    Order,
    Residence,
    Ride,
    Transfer,
    Visit,
)
from tracing.facts.vocabulary import WITHOUT_SOURCE_PERSON
from tracing.known import Known
from tracing.neighbourhood import Neighbourhood
from tracing.ports import Records
from tracing.unanswered import Unanswered, or_unanswered
from tracing.windows import Status, Stretch

T = TypeVar("T")

_WHEREABOUTS = frozenset(
    {*("residence", "stay", "moved", "death", "isolation", "order", "transfer", "release", "merge", "person")}
)
_PRESENCE = _WHEREABOUTS | {"ride", "visit"}
"""Kinds of facts about a source that move others although the source's own status stays as it was."""
ABOUT_PEOPLE_ALONE = frozenset(
    {
        *("diagnosis", "recovery", "death", "isolation", "symptoms", "test", "immunity"),
        *("order", "transfer", "release", "notice", "check", "call", "lost", "determination"),
        *("exposure", "ride", "visit", "residence", "stay", "moved", "arrival"),
    }
)
"""Kinds of facts that leave all that others are by their own facts as it was."""


class Change(NamedTuple):
    """A fact that was recorded, withdrawn or put back, by its kind, and the people it is about."""

    kind: str
    subject: Fact
    people: frozenset[str]


class Sides(NamedTuple):
    """What is known before and after a change, ready to be asked."""

    before: Assessor
    after: Assessor

    def known(self) -> tuple[Known, Known]:
        return self.before.question.known, self.after.question.known


class Circle(NamedTuple):
    """People reached by a change; ``passing`` only visited a place at the same time."""

    met: set[str]
    passing: set[str]


def is_idle(records: Records, changes: Collection[Change], at: datetime) -> bool:
    """Return whether changes leave every answer as it is, as can be told without working any out.

    That is where people met, before ``at`` and not because of an animal or a place, of none of whom an
    answer is kept or due: nobody there is a case, a close contact or a returnee, now or by facts known
    already, so nobody there becomes anything by it.
    """
    met = all(is_over(change.subject, at) for change in changes)
    return met and not records.of_note(_people_in(changes))


def people_changed(changes: Collection[Change]) -> frozenset[str]:
    """Return the people that changes are about, if of all others the same is known as before; else nobody."""
    alone = all(change.kind in ABOUT_PEOPLE_ALONE for change in changes)
    return frozenset(_people_in(changes) if alone else ())


def is_over(fact: Fact, at: datetime) -> bool:
    """Return whether people met each other, and nothing else, before a moment."""
    return isinstance(fact, Exposure) and fact.kind not in WITHOUT_SOURCE_PERSON and fact.span.last < at


def _people_in(changes: Iterable[Change]) -> set[str]:
    return {person for change in changes for person in change.people}


class Spread:
    """Follows changes outwards from the people they are about."""

    def __init__(self, records: Records, hood: Neighbourhood, changes: Iterable[Change]) -> None:
        self._records = records
        self._hood = hood
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._homes: set[str] = set()
        for change in changes:
            for person in change.people:
                self._kinds[person].add(change.kind)
            if isinstance(change.subject, Residence):
                self._homes.add(change.subject.household)

    @property
    def named(self) -> set[str]:
        """The people that the changes are about."""
        return set(self._kinds)

    def met_a_source(self, sides: Sides) -> Circle:
        """Return who is touched because somebody's own status, return or whereabouts changed."""
        circle = Circle(self._records.present_at(self._homes) if self._homes else set(), set())
        for person, kinds in sorted(self._answering(sides).items()):
            if _source_changed(sides, person, kinds):
                self._around_a_source(sides, person, circle)
            if _return_changed(sides, person, kinds):
                self._around_a_returnee(sides, person, circle)
        return circle

    def met_a_contact(self, sides: Sides, people: Collection[str]) -> set[str]:
        """Return who is touched because one of these people is a close contact in another way now."""
        own = self._answering(sides)
        tested = {person for person, kinds in own.items() if "test" in kinds}
        met = self._records.linked_to(tested) if tested else set()
        answering = {known.answers_for(person) for known in sides.known() for person in people}
        for person in sorted(answering):
            seen = [_as_contact(side, person) for side in sides]
            stretches = [stretch for each in seen if (stretch := _met_as_contact(sides, each))]
            if _is_another(*seen) or (stretches and own.get(person, set()) & _WHEREABOUTS):
                met |= self._near(sides, person, stretches)
        return met

    def _answering(self, sides: Sides) -> dict[str, set[str]]:
        """Return the kinds of the changes, by the ids under which those they are about are answered."""
        found: dict[str, set[str]] = defaultdict(set)
        for person, kinds in self._kinds.items():
            for each in {person, *(known.answers_for(person) for known in sides.known())}:
                found[each] |= kinds
        return found

    # ---- who was there

    def _around_a_source(self, sides: Sides, person: str, circle: Circle) -> None:
        stretches = [stretch for each in _statuses(sides, person) for stretch in _looked_at(sides, each)]
        circle.met.update(self._near(sides, person, stretches))
        for known in sides.known():
            journeys = {each.journey for each in known.of(Ride, person) if _rode_in(known, each, stretches)}
            circle.met.update(self._records.present_at(journeys) if journeys else ())
            for visit in known.of(Visit, person):
                if _any_overlap(_visited(visit), stretches):
                    days = (visit.start.first_day.toordinal(), _visited(visit).last_day.toordinal())
                    circle.passing.update(self._records.present_at({visit.place}, days))
        if sides.after.inquiry.facilities.is_asked:
            sites = {each.site for known in sides.known() for each in _placements(known, person) if each.site}
            ordered = self._records.naming(sites, ("order",)) if sites else []
            circle.met.update(str(each.body["person"]) for each in ordered)

    def _around_a_returnee(self, sides: Sides, person: str, circle: Circle) -> None:
        homes = {each.household for known in sides.known() for each in known.of(Residence, person)}
        circle.met.update(self._records.present_at(homes) if homes else ())
        rule = sides.after.inquiry.returning.rule
        if rule and rule.contact_kinds:
            for known in sides.known():
                circle.met.update(each for met in known.of(Exposure, person) for each in met.participants)

    def _near(self, sides: Sides, person: str, stretches: Sequence[Stretch]) -> set[str]:
        """Return who met somebody within one of some stretches, lived with them, or met them at any
        time and has an answer kept that tells of it."""
        met: set[str] = set()
        homes: set[str] = set()
        for known in sides.known():
            homes |= {each.household for each in known.of(Residence, person)}
            for exposure in known.of(Exposure, person):
                if _any_overlap(exposure.span, stretches):
                    met.update(exposure.participants)
        met |= self._records.present_at(homes) if homes else set()
        return met | self._records.with_kept(self._hood.companions_of({person}))


def _source_changed(sides: Sides, person: str, kinds: Collection[str]) -> bool:
    before, after = _statuses(sides, person)
    if before is None and after is None:
        return False
    return _is_another(before, after) or not _PRESENCE.isdisjoint(kinds)


def _statuses(sides: Sides, person: str) -> list[Status | None | Unanswered]:
    return [_seen(side, side.inquiry.statuses.get, person) for side in sides]


def _return_changed(sides: Sides, person: str, kinds: Collection[str]) -> bool:
    before, after = (_seen(side, side.inquiry.returning.own_claim, person) for side in sides)
    if before is None and after is None:
        return False
    return _is_another(before, after) or not _WHEREABOUTS.isdisjoint(kinds)


class _AsContact(NamedTuple):
    """What whoever met a person sees of them as a close contact."""

    stretch: Stretch | None
    claims: tuple[Claim, ...]


def _met_as_contact(sides: Sides, seen: _AsContact | Unanswered) -> Stretch | None:
    """Return when whoever met somebody looks at them as a contact: always, if nobody can say."""
    return _always(sides) if isinstance(seen, Unanswered) else seen.stretch


def _as_contact(side: Assessor, person: str) -> _AsContact | Unanswered:
    def ask(person: str) -> _AsContact:
        stretch = side.secondary.stretch(person)
        return _AsContact(stretch, side.inquiry.contact(person).claims if stretch else ())

    return _seen(side, ask, person)


def _seen(side: Assessor, ask: Callable[[str], T], person: str) -> T | Unanswered:
    return or_unanswered(ask, person, side.question.known)


def _always(sides: Sides) -> Stretch:
    return Stretch(datetime.min.replace(tzinfo=sides.after.question.known.zone), None)


def _looked_at(sides: Sides, seen: Status | None | Unanswered) -> tuple[Stretch, ...]:
    """Return when whoever met somebody looks at them: always, if nobody can say what they are."""
    if isinstance(seen, Unanswered):
        return (_always(sides),)
    return (seen.window.contact, seen.window.at_home) if seen and seen.window else ()


def _is_another(before: object, after: object) -> bool:
    """Return whether something changed; of whom nobody could and can say anything, nothing has."""
    if isinstance(before, Unanswered) and isinstance(after, Unanswered):
        return False
    return before != after


def _placements(known: Known, person: str) -> Iterable[Any]:
    for order in known.of(Order, person):
        yield from (order, *known.naming(Transfer, order.fact_id))


def _rode_in(known: Known, ride: Ride, stretches: Sequence[Stretch]) -> bool:
    journey = known.thing(Journey, ride.journey)
    aboard = time_aboard(ride, journey) if journey else None
    return aboard is None or _any_overlap(aboard, stretches)


def _visited(visit: Visit) -> Span:
    last = visit.end.last if visit.end else forever(visit.start.first.tzinfo)  # type: ignore[arg-type]
    return Span(visit.start.first, max(visit.start.first, last))


def _any_overlap(span: Span, stretches: Sequence[Stretch]) -> bool:
    return any(each.start <= span.last and (each.end is None or span.first <= each.end) for each in stretches)
