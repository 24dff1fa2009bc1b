"""Who may be released on a day, who may not and why, and who was: judged at the end of the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tracing.assessment import Assessment
from tracing.checks import slots_to_check
from tracing.duties import OPEN
from tracing.facts import Release
from tracing.facts.vocabulary import ReleaseReason, Slot
from tracing.question import Question
from tracing.release import Blocker, Blocking, Kept, State, standing_at_the_end
from tracing.responsibility import Whereabouts, whereabouts
from tracing.samples import due_days, taken_since
from tracing.unanswered import Unanswered


class Verdict(StrEnum):
    """The parts of a release list."""

    ELIGIBLE = "eligible"
    BLOCKED = "blocked"
    RELEASED = "released"


class Kind(StrEnum):
    """What may still be open on a last day."""

    CHECK = "check"
    TEST = "test"


class Pending(NamedTuple):
    """A check or a test of the last day itself that is still open on it."""

    kind: Kind
    slot: Slot | None = None
    day_number: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose last day has come, or who was released on the day.

    ``pending`` only where the day judged is the last day itself. ``reason`` is that of the
    release, recorded or to be recorded.
    """

    assessment: Assessment
    where: Whereabouts
    verdict: Verdict
    blockers: tuple[Blocker, ...] = ()
    pending: tuple[Pending, ...] = ()
    reason: ReleaseReason | None = None
    release: Release | None = None

    @property
    def person(self) -> str:
        return self.assessment.person


class ReleaseList(NamedTuple):
    """The candidates of an area, those in nobody's charge, and who may be one but nobody can say."""

    area: str
    of_area: tuple[Candidate, ...]
    unassigned: tuple[Candidate, ...]
    unanswered: tuple[Unanswered, ...] = ()

    def of(self, verdict: Verdict) -> list[Candidate]:
        """Return the candidates of one part, by id."""
        found = [each for each in self.of_area if each.verdict == verdict]
        return sorted(found, key=lambda each: each.person)


def release_list(
    question: Question,
    assessments: Iterable[Assessment],
    area: str,
    *,
    unanswered: Iterable[Unanswered] = (),
) -> ReleaseList:
    """Return the release list of an area, and of all that lie in it, for the day judged.

    Args:
        question: What the assessments answer, judged at the end of the day.
        assessments: Everybody's.
        area: Code of the area.
        unanswered: For whom the rules refuse to answer.
    """
    found = [candidate for each in assessments if (candidate := _candidate(question, each))]
    of_area = tuple(each for each in found if each.where.lies_in(area))
    unassigned = tuple(each for each in found if each.where.area is None)
    return ReleaseList(area, of_area, unassigned, tuple(unanswered))


def _candidate(question: Question, each: Assessment) -> Candidate | None:
    """Return somebody as a candidate; None if neither their last day nor their release has come."""
    release = each.kept.episode.release
    if each.standing.state == State.RELEASED:
        if release is None or release.day != question.today:
            return None
        where = whereabouts(question, each.kept)
        return Candidate(each, where, Verdict.RELEASED, reason=release.reason, release=release)
    if each.standing.state not in OPEN:
        return None
    if not each.observation.required:
        where = whereabouts(question, each.kept)
        return Candidate(each, where, Verdict.ELIGIBLE, reason=each.standing.reason)
    return _at_the_end(question, each)


def _at_the_end(question: Question, each: Assessment) -> Candidate | None:
    """Return somebody whose last day has come as they would stand if it were over."""
    kept, last_day = each.kept, each.observation.last_day
    if last_day is None or last_day > question.today:
        return None
    where = whereabouts(question, kept)
    standing = standing_at_the_end(question, kept)
    blocking = tuple(each for each in standing.blockers if not _is_open_today(question, kept, each))
    pending = tuple(_pending(question, kept, standing.blockers)) if last_day == question.today else ()
    if not kept.episode.is_open or blocking:
        return Candidate(
            each, where, Verdict.BLOCKED, blocking or (Blocker(Blocking.NO_ORDER, last_day),), pending
        )
    return Candidate(each, where, Verdict.ELIGIBLE, pending=pending, reason=ReleaseReason.COMPLETED)


def _is_open_today(question: Question, kept: Kept, blocker: Blocker) -> bool:
    """Return whether the day judged may still bring what is missing: the check, or one last test."""
    if blocker.day != question.today:
        return False
    is_last_test = blocker.code == Blocking.TEST_MISSING and blocker.number == kept.negatives_wanted
    return is_last_test or blocker.code == Blocking.HEALTH_CHECK_MISSING


def _pending(question: Question, kept: Kept, blockers: Iterable[Blocker]) -> Iterator[Pending]:
    """Yield the checks and tests of the last day that are still open on it."""
    slots = slots_to_check(question, kept)
    yield from (Pending(Kind.CHECK, slot) for slot in slots)
    for due in due_days(kept.observation.tests, taken_since(question, kept.person, kept.since)):
        if due.lacks and due.day == question.today:
            yield Pending(Kind.TEST, day_number=due.test.day_number)
    for blocker in blockers:
        if not _is_open_today(question, kept, blocker):
            continue
        if blocker.code != Blocking.HEALTH_CHECK_MISSING:
            yield Pending(Kind.TEST, day_number=blocker.number)
        elif not slots:
            yield Pending(Kind.CHECK)
