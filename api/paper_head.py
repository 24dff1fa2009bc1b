"""What stands above and below a list: the area, the day, the rules, who is missing, and what to mind."""

from collections.abc import Callable, Iterable, Sequence

from api.cells import Cells, Listed, is_unconfirmed
from api.list_phrases import PHRASES, Column
from api.paper import Sheet, printable, sheet
from api.unanswered_answers import UNANSWERED, unanswered_line, why
from tracing.phrases import Language
from tracing.unanswered import Unanswered
from tracing.wording import day_in_words


def head_lines(cells: Cells, area: str, listed: Iterable[Listed]) -> tuple[tuple[str, str], ...]:
    """Return what a list is about: the area, the day judged and when on it, the rules that decided."""
    day = day_in_words(cells.question.today, cells.language)
    lines = {
        "area": f"{cells.area(area)} ({area})" if cells.area(area) != area else area,
        "day": day,
        "rules": rules_text(cells, listed),
        "judged": cells.say("end_of_day", day=day),
    }
    return tuple((cells.say(name), printable(value)) for name, value in lines.items())


def rules_text(cells: Cells, listed: Iterable[Listed]) -> str:
    """Return the protocol, and the editions that set the last days on a list."""
    book, pinned = cells.question.rulings.book, cells.question.rulings.pinned
    used = {each.assessment.observation.edition for each in listed}
    names = [each.name for each in book.editions if each.name in used]
    if pinned:
        names = [pinned.name]
    label = book.label_zh if cells.language == Language.ZH else book.label
    editions = cells.joined(cells.edition_label(name) for name in names)
    return f"{label} ({editions})" if editions else label


def notes(listed: Sequence[Listed], language: Language) -> tuple[str, ...]:
    """Return what to mind: that something rests on a rule that is unconfirmed."""
    doubtful = any(is_unconfirmed(each.assessment) for each in listed)
    return (PHRASES["note_unconfirmed"][language],) if doubtful else ()


def unanswered_sheets(cells: Cells, unanswered: Sequence[Unanswered]) -> list[Sheet]:
    """Return a table of those for whom the rules refuse to answer, and why; none if there are none."""
    language = cells.language
    columns: list[tuple[Column, Callable[[Unanswered], str]]] = [
        (Column.PERSON, lambda each: each.person),
        (Column.NAME, lambda each: cells.own(each.person, "name")),
        (Column.PHONE, lambda each: cells.own(each.person, "phone")),
        (Column.REFUSAL, lambda each: why(each, language)),
    ]
    return [sheet(UNANSWERED[language], unanswered, columns, language)] if unanswered else []


def warning(unanswered: Sequence[Unanswered], language: Language) -> str | None:
    """Return that a list is not whole; None if it is."""
    return printable(unanswered_line(unanswered, language)) if unanswered else None
