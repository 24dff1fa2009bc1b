"""What would change, for whom, if more were known or other rules decided; nothing is kept."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tracing.consequences import Consequence, Knowledge, News, consequences
from tracing.factbook import FactBook
from tracing.faults import Refused
from tracing.intake import File
from tracing.question import Question
from tracing.register import Answered, Asked, Assessed, answered_from
from tracing.unanswered import Unanswered

MORE = File(1, "MORE")
"""Where the further facts stand."""


class Compared(NamedTuple):
    """What changes for whom, and for whom nobody can say, because the rules refuse to answer afterwards."""

    changes: list[Consequence]
    unanswered: tuple[Unanswered, ...]


def compared(book: FactBook, more: FactBook, asked: Asked, assessed: Assessed = answered_from) -> Compared:
    """Return what changes between a book and the same book with the facts of :data:`MORE`.

    Args:
        book: What is known.
        more: The same, and more.
        asked: Under which rules, at which moment, by what was known when.
        assessed: How everybody is assessed; by default one after the other.

    Raises:
        Refused: if the rules refuse what is added.
    """
    before, after = (
        assessed(each, Question(each.known(asked.known_at), asked.rulings, asked.as_of))
        for each in (book, more)
    )
    try:
        check_answered(after, {entry.fact.fact_id for entry in more.of_file(MORE)})
    except Refused as refused:
        raise more.placed(refused) from None
    return between(before, after, [News(*each) for each in more.news(MORE, asked.known_at)])


def between(before: Answered, after: Answered, news: Sequence[News]) -> Compared:
    """Return what changes from some answers to others, and which facts were added."""
    unsaid = {each.person for each in after.unanswered}
    sides = [
        Knowledge(
            side.question.known, {each.person: each for each in side.assessments if each.person not in unsaid}
        )
        for side in (before, after)
    ]
    return Compared(consequences(sides[0], sides[1], news), after.unanswered)


def check_answered(answered: Answered, added: Collection[str]) -> None:
    """Check that the rules refuse nobody an answer because of one of some facts, by their ids.

    Whom they refuse one because of another fact is named, and nothing is refused for it: what happened must
    be recorded, also where somebody decided otherwise before.

    Raises:
        Refused: if they do.
    """
    for each in answered.unanswered:
        if each.fact in added:
            raise each.refused
