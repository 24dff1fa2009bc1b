"""A release list as its signer sees it: who may go, who may not and why, who went."""

from collections.abc import Callable

from api.cells import Cells
from api.list_phrases import PHRASES, REASONS, SLOTS, VERDICTS, Column
from api.paper import Paper, Sheet, sheet
from api.paper_head import head_lines, notes, unanswered_sheets, warning
from tracing.phrases import Language
from tracing.question import Question
from tracing.release_list import Candidate, Kind, Pending, ReleaseList, Verdict
from tracing.wording import Audience

_WHO = (Column.NUMBER, Column.PERSON, Column.NAME, Column.CATEGORY)
_COLUMNS: dict[Verdict, tuple[Column, ...]] = {
    Verdict.ELIGIBLE: (
        *_WHO,
        Column.EDITION,
        Column.COUNTED_FROM,
        Column.LAST_DAY,
        Column.FREE_FROM,
        Column.PLACE,
        Column.REASON,
        Column.PENDING,
        Column.WHY,
    ),
    Verdict.BLOCKED: (
        *_WHO,
        Column.COUNTED_FROM,
        Column.LAST_DAY,
        Column.PLACE,
        Column.BLOCKERS,
        Column.PENDING,
        Column.WHY,
    ),
    Verdict.RELEASED: (*_WHO, Column.LAST_DAY, Column.PLACE, Column.REASON, Column.WHY),
}
_UNASSIGNED = (*_WHO, Column.LAST_DAY, Column.VERDICT, Column.BLOCKERS, Column.PENDING, Column.WHY)


def release_paper(
    question: Question, found: ReleaseList, language: Language, *, named: bool = False
) -> Paper:
    """Return a release list as tables; ``named`` with names and addresses."""
    cells = Cells(question, language, Audience.CONTACT, named=named)
    listed = [*found.of_area, *found.unassigned]

    def table(title: str, entries: list[Candidate], kinds: tuple[Column, ...]) -> Sheet:
        columns = _columns(cells, entries)
        return sheet(title, entries, [(kind, columns[kind]) for kind in kinds], language)

    sheets = unanswered_sheets(cells, found.unanswered)
    sheets += [table(VERDICTS[each][language], found.of(each), _COLUMNS[each]) for each in Verdict]
    sheets.append(table(PHRASES["unassigned_list"][language], list(found.unassigned), _UNASSIGNED))
    head = head_lines(cells, found.area, listed)
    below = (PHRASES["note_release"][language], *notes(listed, language))
    title, missing = PHRASES["release_list"][language], warning(found.unanswered, language)
    return Paper(title, head, tuple(sheets), language, below, missing)


def _columns(cells: Cells, entries: list[Candidate]) -> dict[Column, Callable[[Candidate], str]]:
    language = cells.language
    numbers = {each.person: str(number) for number, each in enumerate(entries, 1)}
    editions = {each.assessment.observation.edition for each in entries} - {None}
    return {
        **cells.common,
        Column.NUMBER: lambda each: numbers[each.person],
        Column.EDITION: lambda each: cells.edition(each) if len(editions) > 1 else "",
        Column.BLOCKERS: lambda each: cells.blockers(each.blockers),
        Column.PENDING: lambda each: cells.joined(_pending(cells, still) for still in each.pending),
        Column.REASON: lambda each: REASONS[each.reason][language] if each.reason else "",
        Column.VERDICT: lambda each: VERDICTS[each.verdict][language],
    }


def _pending(cells: Cells, pending: Pending) -> str:
    if pending.kind == Kind.TEST:
        return cells.say("test", number=pending.day_number)
    if pending.slot:
        return cells.say("check", slot=SLOTS[pending.slot][cells.language])
    return cells.say("any_check")
