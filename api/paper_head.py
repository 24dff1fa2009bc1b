"""What stands above and below a list: the area, the day, the rules, and what to mind."""

from collections.abc import Iterable, Sequence

from api.cells import Cells, Listed, is_unconfirmed
from api.list_phrases import PHRASES
from api.paper import printable
from tracing.phrases import Language
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
