"""The daily figures from a book of facts: what had happened and was known at the cut-off."""

from dataclasses import replace

from tracing.factbook import FactBook
from tracing.question import Question
from tracing.register import Asked, Assessed, answered_from
from tracing.report import Report, counted_in, report


def reported(
    book: FactBook, asked: Asked, area: str, assessed: Assessed = answered_from
) -> tuple[Question, Report]:
    """Return the report of an area, and the question that it answers.

    Args:
        book: All facts.
        asked: ``as_of`` is the cut-off; reporting units are seen by all that was known at ``known_at``.
        area: The code of the area.
        assessed: How people are assessed; by default one after the other.

    Raises:
        NoSuchArea: if nothing recorded lies in the area.
    """
    cut_off = asked.as_of
    known = book.known(min(cut_off, asked.known_at or cut_off))
    question = Question(known, asked.rulings, cut_off)
    _, assessments, unanswered = assessed(book, question, counted_in(question, area))
    found = report(question, area, assessments, book.known(asked.known_at))
    return question, replace(found, unanswered=unanswered)
