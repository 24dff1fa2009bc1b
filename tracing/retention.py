"""Of whom it need not be known any longer who they are: nothing is to be done, nothing recorded since."""

from collections.abc import Iterable
from datetime import datetime

from tracing.assessment import Assessment
from tracing.factbook import FactBook
from tracing.facts import Death, Order, Recovery
from tracing.question import Question
from tracing.register import Asked, Register, answered_from
from tracing.release import State
from tracing.storing import names_of

_NOTHING_TO_DO = frozenset({State.NOT_REQUIRED, State.RELEASED, State.ENDED_BY_CONVERSION, State.ENDED})


def no_longer_needed(register: Register, asked: Asked, since: datetime) -> list[str]:
    """Return the ids of people whose identity nobody needs, sorted; those erased already are left out.

    Nobody must do anything about them, they are no case that has neither recovered nor died, and no fact
    that names them, under any of their records, was recorded at ``since`` or later.
    """
    book = register.book()
    question = Question(book.known(asked.known_at), asked.rulings, asked.as_of)
    recent = _named_since(book, question, since)
    done = [each.person for each in answered_from(book, question).assessments if _is_done(question, each)]
    people = set(done) - recent
    return sorted(people - register.store.read(lambda facts: facts.erased(people)))


def _is_done(question: Question, each: Assessment) -> bool:
    ends: list[Recovery | Death] = list(question.known.of(Recovery, each.person))
    ends += question.known.of(Death, each.person)
    # Whoever recovered may have fallen ill again.
    is_ill = each.window is not None and not any(end.day >= each.window.anchored.first_day for end in ends)
    return each.standing.state in _NOTHING_TO_DO and not is_ill


def _named_since(book: FactBook, question: Question, since: datetime) -> set[str]:
    recent: Iterable[str] = (
        name
        for entry in book.entries
        if entry.recording.recorded_at and entry.recording.recorded_at >= since
        for name in names_of(entry.fact)
    )
    orders = {each.fact_id: each.person for each in question.known.every(Order)}
    return {question.known.answers_for(orders.get(name, name)) for name in recent}
