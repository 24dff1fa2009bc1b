"""State and blockers: one function of the answer kept, own checks, tests and orders, the tests of
linked contacts, and the moment judged. Never stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracing.episodes import Episode
from tracing.facts import Death, Lost, Moved
from tracing.facts.vocabulary import (
    LabResult,
    ReleaseReason,
)
from tracing.observation import Observation
from tracing.question import Question
from tracing.reached import reached
from tracing.rules import CheckRule
from tracing.samples import Lacks, due_days, taken_since
from tracing.traits import cleared_until, ruled_out_on, signs


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


class Linked(NamedTuple):
    """A close contact whose first tests a secondary contact waits for, from their first exposure."""

    person: str
    wanted: int
    since: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What a standing is worked out from, besides the person's own facts.

    ``exposed_since``: the first day of exposure that counts. ``linked``: for secondary
    contacts, the close contacts they depend on and how many of their first tests must be
    negative. ``negatives_wanted``: how many negative tests of their own the plan asks for by the
    end. ``source_ruled_out``: the observation fell away because a source was ruled out.
    """

    person: str
    is_case: bool
    observation: Observation
    episode: Episode
    check: CheckRule | None = None
    exposed_since: date | None = None
    undated: bool = False
    linked: tuple[Linked, ...] = ()
    negatives_wanted: int = 0
    source_ruled_out: bool = False

    @property
    def since(self) -> date:
        """The day from which own signs and tests belong to the present episode."""
        days = [day for day in (self.exposed_since,) if day]
        days += [placed.day for placed in self.episode.placements[:1]]
        begins = min(days, default=date.min)
        return max(begins, self.episode.after) if self.episode.after else begins


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


def standing_at_the_end(question: Question, kept: Kept) -> Standing:
    """Return where somebody would stand if the period were complete at the moment judged."""
    complete = replace(kept.observation, free_from=question.as_of)
    return standing(question, replace(kept, observation=complete))


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
    if complete:
        yield from _negatives(question, kept)
    yield from _linked(question, kept, complete=complete)
    yield from _lost(question, kept)


def _was_reached_since(question: Question, kept: Kept) -> bool:
    """Return whether anybody saw or phoned somebody on their last day or since."""
    last_day = kept.observation.last_day
    return last_day is not None and any(each.day >= last_day for each in reached(question, kept.person))


def alarms(question: Question, kept: Kept) -> Iterator[Blocker]:
    """Yield what asks for a doctor at once: a sign not resolved, a positive test not answered."""
    yield from _symptoms(question, kept)
    yield from _positive(question, kept)


def _symptoms(question: Question, kept: Kept) -> Iterator[Blocker]:
    cleared = cleared_until(question, kept.person)
    for ill in sorted(signs(question, kept.person, kept.check)):
        if ill.day >= kept.since and ill.day > cleared:
            yield Blocker(Blocking.SYMPTOM_UNRESOLVED, ill.day, None, (ill.fact_id,))
            return


def _tests(question: Question, kept: Kept) -> Iterator[Blocker]:
    taken = taken_since(question, kept.person, kept.since)
    yield from _positive(question, kept)
    for due in due_days(kept.observation.tests, taken):
        if due.lacks and due.day < question.today:
            facts = tuple(test.fact_id for test in due.given)
            yield Blocker(_LACKING[due.lacks], due.day, due.test.day_number, facts)


_LACKING = {Lacks.SAMPLE: Blocking.TEST_MISSING, Lacks.RESULT: Blocking.TEST_PENDING}


def _negatives(question: Question, kept: Kept) -> Iterator[Blocker]:
    """Yield that fewer negative tests were taken than the plan asks for by the end."""
    taken = taken_since(question, kept.person, kept.since)
    negative = [test for test in taken if test.result == LabResult.NEGATIVE]
    if len(negative) < kept.negatives_wanted:
        yield Blocker(Blocking.TEST_MISSING, kept.observation.last_day, len(negative) + 1)


def _positive(question: Question, kept: Kept) -> Iterator[Blocker]:
    """Yield a positive test that no later ruling out has answered."""
    ruled_out = max(ruled_out_on(question, kept.person), default=date.min)
    for test in taken_since(question, kept.person, kept.since):
        if test.result == LabResult.POSITIVE and test.sampled.first_day > ruled_out:
            yield Blocker(Blocking.TEST_POSITIVE, test.sampled.first_day, None, (test.fact_id,))
            return


def _linked(question: Question, kept: Kept, *, complete: bool) -> Iterator[Blocker]:
    """Yield what the first tests of the close contacts behind a secondary contact still lack."""
    for person, wanted, since in kept.linked:
        taken = taken_since(question, person, since)
        first = [test for test in taken if test.result != LabResult.INVALID][:wanted]
        if any(test.result == LabResult.POSITIVE for test in first):
            yield Blocker(Blocking.LINKED_CONTACT_POSITIVE, None, None, tuple(test.fact_id for test in first))
        elif complete and sum(test.result == LabResult.NEGATIVE for test in first) < wanted:
            yield Blocker(Blocking.LINKED_CONTACT_TESTS_MISSING, kept.observation.last_day)


def _lost(question: Question, kept: Kept) -> Iterator[Blocker]:
    """Yield the day from which somebody is lost, unless they were reached since."""
    lost = [each for each in question.known.of(Lost, kept.person) if question.happened(each.day)]
    latest = max(lost, key=lambda each: (each.day, each.fact_id), default=None)
    if latest and not any(each.day > latest.day for each in reached(question, kept.person)):
        yield Blocker(Blocking.LOST_TO_FOLLOW_UP, latest.day, None, (latest.fact_id,))
