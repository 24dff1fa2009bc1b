"""What there is to do about one person on a day.

The question is judged at the end of the day, so that what was done on it is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracing.assessment import Assessment
from tracing.checks import DueSlot, missed_slots, slots_to_check
from tracing.control import release_of
from tracing.days import ONE_DAY
from tracing.facts import LabTest, Notice, Order
from tracing.facts.vocabulary import LabResult, NoticeKind, PlaceOfObservation, Slot
from tracing.question import Question
from tracing.reached import Reached, last_reached
from tracing.release import Blocker, Blocking, Kept, State, alarms
from tracing.responsibility import Whereabouts, home, whereabouts
from tracing.samples import Lacks, due_days, taken_since
from tracing.schedule import Phase
from tracing.terms import PhaseKind

OPEN = frozenset({State.TO_BE_PLACED, State.UNDER_OBSERVATION, State.DUE_FOR_RELEASE, State.BLOCKED})
"""The states of people whom somebody must still see to."""


class SampleDue(NamedTuple):
    """A sample still to be taken.

    ``day_number`` and ``phase`` are None where the plan only asks for a number of negative tests
    by the end.
    """

    day: date
    day_number: int | None = None
    phase: PhaseKind | None = None
    double: bool = False


@dataclass(frozen=True, slots=True)
class Duties:
    """What there is to do about somebody on a day.

    ``slots``: checks still to do. ``missed``: the last two due slots, if nobody reached them then
    or since. ``move``: the phase that is to be spent elsewhere than they are. ``notice``: what
    they were told last, where the answer is no longer that.
    """

    assessment: Assessment
    where: Whereabouts
    home: Whereabouts
    last_reached: Reached | None
    alarms: tuple[Blocker, ...] = ()
    slots: tuple[Slot, ...] = ()
    missed: tuple[DueSlot, ...] = ()
    samples: tuple[SampleDue, ...] = ()
    move: Phase | None = None
    notice: Notice | None = None

    @property
    def person(self) -> str:
        return self.assessment.person

    @property
    def state(self) -> State:
        return self.assessment.standing.state

    @property
    def goes_home(self) -> bool:
        """Whether somebody is to be moved from a facility to their home."""
        return self.move is not None and place_of(self.move) == PlaceOfObservation.HOME


def duties(question: Question, assessment: Assessment) -> Duties | None:
    """Return what there is to do about somebody on the day judged; None if nobody has to see to them."""
    if assessment.standing.state == State.RELEASED:
        return _after_release(question, assessment)
    if assessment.standing.state not in OPEN:
        return None
    kept = assessment.kept
    return Duties(
        assessment,
        whereabouts(question, kept),
        home(question, kept.person),
        last_reached(question, kept.person),
        alarms=tuple(alarms(question, kept)),
        slots=tuple(slots_to_check(question, kept)),
        missed=missed_slots(question, kept),
        samples=tuple(samples_to_take(question, kept)),
        move=move_due(question, kept),
        notice=outdated_notice(question, kept),
    )


def _after_release(question: Question, assessment: Assessment) -> Duties | None:
    """Return that somebody released has a positive test that nothing has answered."""
    found = [each for each in alarms(question, assessment.kept) if each.code == Blocking.TEST_POSITIVE]
    at_home = home(question, assessment.person)
    reached_then = last_reached(question, assessment.person)
    return Duties(assessment, at_home, at_home, reached_then, alarms=tuple(found)) if found else None


def samples_to_take(question: Question, kept: Kept) -> Iterator[SampleDue]:
    """Yield the tests due by the day judged that a sample taken on it still answers."""
    taken = taken_since(question, kept.person, kept.since)
    for due in due_days(kept.observation.tests, taken):
        if due.lacks == Lacks.SAMPLE and due.day <= question.today < due.until:
            yield SampleDue(due.day, due.test.day_number, due.test.phase, due.test.double)
    by_the_end = _due_by_the_end(kept, taken)
    if by_the_end and by_the_end <= question.today:
        yield SampleDue(by_the_end)


def _due_by_the_end(kept: Kept, taken: Sequence[LabTest]) -> date | None:
    """Return from which day one sample a day is needed for the negative tests asked for by the end."""
    may_be_negative = sum(test.result in (LabResult.NEGATIVE, LabResult.PENDING) for test in taken)
    missing, last_day = kept.negatives_wanted - may_be_negative, kept.observation.last_day
    return last_day - (missing - 1) * ONE_DAY if last_day and missing > 0 else None


def move_due(question: Question, kept: Kept) -> Phase | None:
    """Return the phase of the day judged, if the order has somebody elsewhere; else None."""
    if not kept.episode.is_open:
        return None
    today = [each for each in kept.observation.phases if each.first_day <= question.today <= each.last_day]
    placed = kept.episode.placements[-1].place_kind
    return next((phase for phase in today if place_of(phase) != placed), None)


def place_of(phase: Phase) -> PlaceOfObservation:
    """Return where a phase is spent."""
    is_centralised = phase.kind == PhaseKind.CENTRALISED_OBSERVATION
    return PlaceOfObservation.CENTRALISED if is_centralised else PlaceOfObservation.HOME


def outdated_notice(question: Question, kept: Kept) -> Notice | None:
    """Return the last notice of the running orders, if the last day is no longer what it says."""
    served = [
        notice
        for order in _running(question, kept.person)
        for notice in question.known.naming(Notice, order.fact_id)
        if question.happened(notice.day)
    ]
    last = max(served, key=lambda each: (each.day, _RANK[each.kind], each.last_day), default=None)
    return last if last and last.last_day != kept.observation.last_day else None


_RANK = {kind: rank for rank, kind in enumerate(NoticeKind)}


def _running(question: Question, person: str) -> list[Order]:
    begun = [order for order in question.known.of(Order, person) if question.happened(order.first_day)]
    return [order for order in begun if release_of(question.known, order, question.today) is None]
