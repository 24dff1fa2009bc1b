"""State and blockers: one function of the answer kept, own checks, tests and orders, the tests of
linked contacts, and the moment judged. Never stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracing.episodes import Episode
from tracing.facts import Call, Check, Death, Diagnosis, LabTest, Lost, Moved, Symptoms
from tracing.facts.vocabulary import (
    CallOutcome,
    CheckOutcome,
    Classification,
    LabMethod,
    LabResult,
    ReleaseReason,
)
from tracing.observation import Observation
from tracing.question import Question
from tracing.rules import CheckRule


class State(StrEnum):
    NOT_REQUIRED = "not_required"
    TO_BE_PLACED = "to_be_placed"
    UNDER_OBSERVATION = "under_observation"
    DUE_FOR_RELEASE = "due_for_release"
    BLOCKED = "blocked"
    RELEASED = "released"
    ENDED_BY_CONVERSION = "ended_by_conversion"
    ENDED = "ended"


class Blocking(StrEnum):
    PERIOD_NOT_COMPLETE = "period_not_complete"
    HEALTH_CHECK_MISSING = "health_check_missing"
    SYMPTOM_UNRESOLVED = "symptom_unresolved"
    TEST_MISSING = "test_missing"
    TEST_PENDING = "test_pending"
    TEST_POSITIVE = "test_positive"
    LINKED_CONTACT_TESTS_MISSING = "linked_contact_tests_missing"
    LINKED_CONTACT_POSITIVE = "linked_contact_positive"
    LAST_EXPOSURE_UNKNOWN = "last_exposure_unknown"
    LOST_TO_FOLLOW_UP = "lost_to_follow_up"
    NO_ORDER = "no_order"


class Blocker(NamedTuple):
    """What stands against a release: its code, the day and the number it is about, the facts."""

    code: Blocking
    day: date | None = None
    number: int | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands at a moment, and whether they may be released."""

    state: State
    blockers: tuple[Blocker, ...] = ()
    reopened: bool = False
    reason: ReleaseReason | None = None

    @property
    def may_release(self) -> bool:
        return self.state == State.DUE_FOR_RELEASE


@dataclass(frozen=True, slots=True)
class Kept:
    """What a standing is worked out from, besides the person's own facts.

    ``exposed_since``: the first day of exposure that counts. ``linked``: for secondary
    contacts, the close contacts they depend on and how many of their first tests must be
    negative. ``source_ruled_out``: the observation fell away because a source was ruled out.
    """

    person: str
    is_case: bool
    observation: Observation
    episode: Episode
    check: CheckRule | None = None
    exposed_since: date | None = None
    undated: bool = False
    linked: tuple[tuple[str, int], ...] = ()
    source_ruled_out: bool = False


def standing(question: Question, kept: Kept) -> Standing:
    """Return the state and the blockers of somebody at the moment judged."""
    observed, episode = kept.observation, kept.episode
    if kept.is_case:
        return Standing(State.ENDED_BY_CONVERSION if episode.ever_ordered else State.NOT_REQUIRED)
    if episode.is_released:
        return Standing(State.RELEASED)
    if (observed.required or episode.is_open) and _has_gone(question, kept.person):
        return Standing(State.ENDED)
    if not observed.required:
        return _nothing_required(kept)
    complete = observed.free_from is not None and question.as_of >= observed.free_from
    if episode.is_open:
        return _placed(question, kept, complete=complete)
    if complete and not episode.reopened:
        return Standing(State.BLOCKED, (Blocker(Blocking.NO_ORDER, observed.last_day),))
    blockers = tuple(_blockers(question, kept, complete=complete))
    return Standing(State.TO_BE_PLACED, blockers, reopened=episode.reopened)


def _nothing_required(kept: Kept) -> Standing:
    if kept.episode.is_open:
        reason = ReleaseReason.SOURCE_RULED_OUT if kept.source_ruled_out else ReleaseReason.NO_LONGER_REQUIRED
        return Standing(State.DUE_FOR_RELEASE, reason=reason)
    return Standing(State.RELEASED if kept.episode.ever_ordered else State.NOT_REQUIRED)


def _placed(question: Question, kept: Kept, *, complete: bool) -> Standing:
    blockers = tuple(_blockers(question, kept, complete=complete))
    if not complete:
        return Standing(State.UNDER_OBSERVATION, blockers)
    if blockers:
        return Standing(State.BLOCKED, blockers)
    return Standing(State.DUE_FOR_RELEASE, reason=ReleaseReason.COMPLETED)


def _has_gone(question: Question, person: str) -> bool:
    """Return whether somebody died, or moved last to an area outside the recorded ones."""
    if any(question.happened(death.day) for death in question.known.of(Death, person)):
        return True
    moves = [moved for moved in question.known.of(Moved, person) if question.happened(moved.day)]
    latest = max(moves, key=lambda moved: (moved.day, moved.fact_id), default=None)
    return latest is not None and not question.known.is_recorded_area(latest.to_area)


def _blockers(question: Question, kept: Kept, *, complete: bool) -> Iterator[Blocker]:
    """Yield what stands against a release; checks and tests block once their day is over."""
    if kept.undated:
        yield Blocker(Blocking.LAST_EXPOSURE_UNKNOWN)
    elif not complete:
        yield Blocker(Blocking.PERIOD_NOT_COMPLETE, kept.observation.last_day)
    if complete and not _was_reached_since(question, kept):
        yield Blocker(Blocking.HEALTH_CHECK_MISSING, kept.observation.last_day)
    yield from _symptoms(question, kept)
    yield from _tests(question, kept)
    yield from _linked(question, kept, complete=complete)
    yield from _lost(question, kept)


def _was_reached_since(question: Question, kept: Kept) -> bool:
    """Return whether anybody saw or phoned somebody on their last day or since."""
    last_day = kept.observation.last_day
    return last_day is not None and any(day >= last_day for day in reached_on(question, kept.person))


def reached_on(question: Question, person: str) -> Iterator[date]:
    """Yield the days on which somebody was seen, phoned, or reached by a call."""
    for check in question.known.of(Check, person):
        if check.outcome in (CheckOutcome.SEEN, CheckOutcome.PHONED) and question.happened(check.day):
            yield check.day
    for call in question.known.of(Call, person):
        if call.outcome == CallOutcome.REACHED and call.at.first <= question.as_of:
            yield call.at.first_day


def _since(kept: Kept) -> date:
    """Return the day from which own signs and tests belong to the present episode."""
    days = [day for day in (kept.exposed_since,) if day]
    days += [placed.day for placed in kept.episode.placements[:1]]
    begins = min(days, default=date.min)
    return max(begins, kept.episode.after) if kept.episode.after else begins


class Ill(NamedTuple):
    """A day with fever or another sign, and the fact that says so."""

    day: date
    fact_id: str


def signs(question: Question, person: str, check: CheckRule | None) -> Iterator[Ill]:
    """Yield the days on which somebody had fever or another sign."""
    for symptoms in question.known.of(Symptoms, person):
        if symptoms.signs and question.happened(symptoms.day):
            yield Ill(symptoms.day, symptoms.fact_id)
    for each in question.known.of(Check, person):
        fever = check is not None and each.temperature_c is not None and each.temperature_c >= check.fever_c
        if (each.signs or fever) and question.happened(each.day):
            yield Ill(each.day, each.fact_id)


def _symptoms(question: Question, kept: Kept) -> Iterator[Blocker]:
    since = _since(kept)
    cleared = [
        test.sampled.first_day
        for test in _own_tests(question, kept.person)
        if test.result == LabResult.NEGATIVE
    ]
    cleared += _ruled_out_on(question, kept.person)
    cleared_until = max(cleared, default=date.min)
    for ill in sorted(signs(question, kept.person, kept.check)):
        if ill.day >= since and ill.day > cleared_until:
            yield Blocker(Blocking.SYMPTOM_UNRESOLVED, ill.day, None, (ill.fact_id,))
            return


def _ruled_out_on(question: Question, person: str) -> list[date]:
    return [
        diagnosis.day
        for diagnosis in question.known.of(Diagnosis, person)
        if diagnosis.classification == Classification.RULED_OUT and question.happened(diagnosis.day)
    ]


def _own_tests(question: Question, person: str) -> list[LabTest]:
    """Return somebody's tests for the agent itself; antibodies say nothing about today."""
    taken = question.known.of(LabTest, person)
    counted = [
        test for test in taken if test.method != LabMethod.ANTIBODY and test.sampled.first <= question.as_of
    ]
    return sorted(counted, key=lambda test: (test.sampled, test.fact_id))


def _tests(question: Question, kept: Kept) -> Iterator[Blocker]:
    taken = [test for test in _own_tests(question, kept.person) if test.sampled.first_day >= _since(kept)]
    yield from _positive(question, kept.person, taken)
    due = sorted({test.date for test in kept.observation.tests if test.date})
    for number, day in enumerate(due):
        if day >= question.today:
            break
        until = due[number + 1] if number + 1 < len(due) else date.max
        given = [test for test in taken if day <= test.sampled.first_day < until]
        wanted = [test for test in kept.observation.tests if test.date == day]
        code = _unmet(given, double=any(test.double for test in wanted))
        if code:
            yield Blocker(code, day, wanted[0].day_number, tuple(test.fact_id for test in given))


def _positive(question: Question, person: str, taken: Sequence[LabTest]) -> Iterator[Blocker]:
    """Yield a positive test that no later ruling out has answered."""
    ruled_out = max(_ruled_out_on(question, person), default=date.min)
    for test in taken:
        if test.result == LabResult.POSITIVE and test.sampled.first_day > ruled_out:
            yield Blocker(Blocking.TEST_POSITIVE, test.sampled.first_day, None, (test.fact_id,))
            return


def _unmet(given: Sequence[LabTest], *, double: bool) -> Blocking | None:
    """Return what is missing of a due test: nothing, the sample, or its result."""
    nucleic = [test for test in given if test.method in (None, LabMethod.PCR)]
    samples = 2 if double else 1
    if sum(2 if test.double else 1 for test in nucleic if test.result == LabResult.NEGATIVE) >= samples:
        return None
    if any(test.result == LabResult.POSITIVE for test in nucleic):
        return None
    if any(test.result == LabResult.PENDING for test in nucleic):
        return Blocking.TEST_PENDING
    return Blocking.TEST_MISSING


def _linked(question: Question, kept: Kept, *, complete: bool) -> Iterator[Blocker]:
    """Yield what the first tests of the close contacts behind a secondary contact still lack."""
    for person, wanted in kept.linked:
        first = [test for test in _own_tests(question, person) if test.result != LabResult.INVALID][:wanted]
        if any(test.result == LabResult.POSITIVE for test in first):
            yield Blocker(Blocking.LINKED_CONTACT_POSITIVE, None, None, tuple(test.fact_id for test in first))
        elif complete and sum(test.result == LabResult.NEGATIVE for test in first) < wanted:
            yield Blocker(Blocking.LINKED_CONTACT_TESTS_MISSING, kept.observation.last_day)


def _lost(question: Question, kept: Kept) -> Iterator[Blocker]:
    """Yield the day from which somebody is lost, unless they were reached since."""
    lost = [each for each in question.known.of(Lost, kept.person) if question.happened(each.day)]
    latest = max(lost, key=lambda each: (each.day, each.fact_id), default=None)
    if latest and not any(day > latest.day for day in reached_on(question, kept.person)):
        yield Blocker(Blocking.LOST_TO_FOLLOW_UP, latest.day, None, (latest.fact_id,))
