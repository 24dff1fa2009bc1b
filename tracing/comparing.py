"""What would change, for whom, if more were known; nothing is kept."""

from collections.abc import Callable, Iterable

from tracing.assessment import Assessment
from tracing.consequences import Consequence, Knowledge, News, consequences
from tracing.factbook import FactBook
from tracing.intake import File
from tracing.question import Question
from tracing.register import Asked, assessed_from

MORE = File(1, "MORE")
"""Where the further facts stand."""

Assessed = Callable[[FactBook, Question], Iterable[Assessment]]


def compared(
    book: FactBook, more: FactBook, asked: Asked, assessed: Assessed = assessed_from
) -> list[Consequence]:
    """Return what changes between a book and the same book with the facts of :data:`MORE`.

    Args:
        book: What is known.
        more: The same, and more.
        asked: Under which rules, at which moment, by what was known when.
        assessed: How everybody is assessed; by default one after the other.
    """
    before, after = (_knowledge(each, asked, assessed) for each in (book, more))
    return consequences(before, after, [News(*each) for each in more.news(MORE, asked.known_at)])


def _knowledge(book: FactBook, asked: Asked, assessed: Assessed) -> Knowledge:
    question = Question(book.known(asked.known_at), asked.rulings, asked.as_of)
    return Knowledge(question.known, {each.person: each for each in assessed(book, question)})
