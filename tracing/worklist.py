"""Whom an officer of an area sees on a day: every list is a filter over what there is to do."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from tracing.assessment import Assessment
from tracing.duties import Duties, duties
from tracing.facts.vocabulary import Slot
from tracing.question import Question
from tracing.release import State
from tracing.unanswered import Unanswered


class Task(StrEnum):
    """The lists of a worklist, the most urgent first."""

    TO_BE_PLACED = "to_be_placed"
    ABNORMAL = "abnormal"
    OVERDUE = "overdue"
    CHECKS = "checks"
    TESTS_DUE = "tests_due"
    TRANSFERS_DUE = "transfers_due"
    DUE_FOR_RELEASE = "due_for_release"
    BLOCKED = "blocked"
    NOTICE_OUTDATED = "notice_outdated"


_STANDS_ON: dict[Task, Callable[[Duties], bool]] = {
    Task.TO_BE_PLACED: lambda each: each.state == State.TO_BE_PLACED,
    Task.ABNORMAL: lambda each: bool(each.alarms),
    Task.OVERDUE: lambda each: bool(each.missed),
    Task.CHECKS: lambda each: bool(each.slots),
    Task.TESTS_DUE: lambda each: bool(each.samples),
    Task.TRANSFERS_DUE: lambda each: each.move is not None,
    Task.DUE_FOR_RELEASE: lambda each: each.state == State.DUE_FOR_RELEASE,
    Task.BLOCKED: lambda each: each.state == State.BLOCKED,
    Task.NOTICE_OUTDATED: lambda each: each.notice is not None,
}


def tasks(each: Duties) -> list[Task]:
    """Return the lists on which somebody stands."""
    return [task for task in Task if _STANDS_ON[task](each)]


class Worklist(NamedTuple):
    """Those in an area's charge, those to be moved home into it, and those in nobody's charge.

    With a ``slot`` only its checks count; the other lists are whole. ``unanswered``: who may have to stand
    on any of them, but the rules refuse to answer for them.
    """

    area: str
    slot: Slot | None
    of_area: tuple[Duties, ...]
    coming: tuple[Duties, ...]
    unassigned: tuple[Duties, ...]
    unanswered: tuple[Unanswered, ...] = ()

    def on(self, task: Task) -> list[Duties]:
        """Return those who stand on a list: to be checked place by place, else the reopened first."""
        asked = (*self.of_area, *self.coming) if task == Task.TRANSFERS_DUE else self.of_area
        found = [each for each in asked if _STANDS_ON[task](each)]
        return sorted(found, key=_by_place if task == Task.CHECKS else _reopened_first)


def _reopened_first(each: Duties) -> tuple[bool, str]:
    return not each.assessment.standing.reopened, each.person


def _by_place(each: Duties) -> tuple[str, ...]:
    return *(code or "" for code in each.where), each.person


def worklist(
    question: Question,
    assessments: Iterable[Assessment],
    area: str,
    slot: Slot | None = None,
    *,
    unanswered: Iterable[Unanswered] = (),
) -> Worklist:
    """Return the worklist of an area, and of all that lie in it, for the day judged.

    Args:
        question: What the assessments answer, judged at the end of the day.
        assessments: Everybody's.
        area: Code of the area.
        slot: Only the checks of this slot; the other lists stay whole.
        unanswered: For whom the rules refuse to answer.
    """
    found = [due for each in assessments if (due := duties(question, each))]
    if slot:
        found = [replace(each, slots=tuple(set(each.slots) & {slot})) for each in found]
    return Worklist(
        area,
        slot,
        tuple(each for each in found if each.where.lies_in(area)),
        tuple(each for each in found if _comes_into(each, area)),
        tuple(each for each in found if each.where.area is None),
        tuple(unanswered),
    )


def _comes_into(each: Duties, area: str) -> bool:
    return each.goes_home and each.home.lies_in(area) and not each.where.lies_in(area)
