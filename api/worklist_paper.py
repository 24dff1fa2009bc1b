"""A worklist as its reader sees it: one table a list, the most urgent first."""

from collections.abc import Callable

from api.cells import Cells
from api.list_phrases import PHASES, PHRASES, REASONS, SLOTS, TASKS, Column
from api.paper import Paper, Sheet, sheet
from api.paper_head import head_lines, notes, unanswered_sheets, warning
from tracing.checks import DueSlot
from tracing.duties import Duties, SampleDue
from tracing.phrases import Language
from tracing.question import Question
from tracing.wording import Audience
from tracing.worklist import Task, Worklist, tasks

_WHO = (Column.PERSON, Column.NAME, Column.PHONE)
_COLUMNS: dict[Task, tuple[Column, ...]] = {
    Task.TO_BE_PLACED: (*_WHO, Column.PLACE, Column.REOPENED, Column.CATEGORY, Column.LAST_DAY, Column.WHY),
    Task.ABNORMAL: (*_WHO, Column.PLACE, Column.ALARMS, Column.LAST_REACHED),
    Task.OVERDUE: (*_WHO, Column.PLACE, Column.MISSED, Column.LAST_REACHED, Column.LAST_DAY),
    Task.CHECKS: (Column.PLACE, *_WHO, Column.SLOTS, Column.LAST_REACHED, Column.LAST_DAY),
    Task.TESTS_DUE: (*_WHO, Column.PLACE, Column.TESTS, Column.LAST_DAY),
    Task.TRANSFERS_DUE: (*_WHO, Column.PLACE, Column.MOVE_TO, Column.LAST_DAY),
    Task.DUE_FOR_RELEASE: (*_WHO, Column.PLACE, Column.REASON, Column.LAST_DAY, Column.WHY),
    Task.BLOCKED: (*_WHO, Column.PLACE, Column.BLOCKERS, Column.LAST_DAY, Column.LAST_REACHED),
    Task.NOTICE_OUTDATED: (*_WHO, Column.PLACE, Column.TOLD, Column.LAST_DAY, Column.WHY),
}
_UNASSIGNED = (*_WHO, Column.STATE, Column.TASKS, Column.SLOTS, Column.LAST_DAY, Column.LAST_REACHED)


def worklist_paper(question: Question, found: Worklist, language: Language, *, named: bool = False) -> Paper:
    """Return a worklist as tables; ``named`` with names, phones and addresses."""
    cells = Cells(question, language, Audience.OFFICER, named=named)
    columns = _columns(cells)
    listed = [*found.of_area, *found.coming, *found.unassigned]

    def table(title: str, entries: list[Duties], kinds: tuple[Column, ...]) -> Sheet:
        return sheet(title, entries, [(kind, columns[kind]) for kind in kinds], language)

    sheets = unanswered_sheets(cells, found.unanswered)
    sheets += [table(TASKS[task][language], found.on(task), _COLUMNS[task]) for task in Task]
    sheets.append(table(PHRASES["unassigned"][language], list(found.unassigned), _UNASSIGNED))
    title, head = PHRASES["worklist"][language], head_lines(cells, found.area, listed)
    missing = warning(found.unanswered, language)
    return Paper(title, head, tuple(sheets), language, notes(listed, language), missing)


def _columns(cells: Cells) -> dict[Column, Callable[[Duties], str]]:
    return {
        **cells.common,
        Column.SLOTS: lambda each: cells.slots(each.slots),
        Column.MISSED: lambda each: cells.joined(_missed(cells, slot) for slot in each.missed),
        Column.ALARMS: lambda each: cells.blockers(each.alarms),
        Column.TESTS: lambda each: cells.joined(_sample(cells, due) for due in each.samples),
        Column.MOVE_TO: lambda each: _move(cells, each),
        Column.BLOCKERS: lambda each: cells.blockers(each.assessment.standing.blockers),
        Column.REASON: lambda each: _reason(cells, each),
        Column.TOLD: lambda each: each.notice.last_day.isoformat() if each.notice else "",
        Column.TASKS: lambda each: cells.joined(TASKS[task][cells.language] for task in tasks(each)),
        Column.LAST_REACHED: lambda each: cells.reached(each.last_reached),
    }


def _missed(cells: Cells, slot: DueSlot) -> str:
    return f"{slot.day} {SLOTS[slot.slot][cells.language]}"


def _sample(cells: Cells, due: SampleDue) -> str:
    """Return which test is due, with its day if that is over."""
    what = cells.say("test", number=due.day_number) if due.day_number else cells.say("test_by_the_end")
    what += cells.say("double") if due.double else ""
    return cells.say("test_since", what=what, day=due.day) if due.day < cells.question.today else what


def _move(cells: Cells, each: Duties) -> str:
    if each.move is None:
        return ""
    what = PHASES[each.move.kind][cells.language]
    where = f" {cells.place(each.home)}" if each.goes_home else ""
    return cells.say("since", what=what + where, day=each.move.first_day)


def _reason(cells: Cells, each: Duties) -> str:
    reason = each.assessment.standing.reason
    return REASONS[reason][cells.language] if reason else ""
