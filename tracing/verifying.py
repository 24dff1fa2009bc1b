"""Whether what is kept is right: everything is worked out from the facts and compared."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from tracing.assessment import Assessor
from tracing.keeping import apart, holds_at, is_kept, row_of
from tracing.ports import Charter, Records, Row
from tracing.question import Question
from tracing.register import Register
from tracing.unanswered import Unanswered


class Verified(NamedTuple):
    """How many people and kept answers were looked at, how many wait, and every difference found."""

    people: int
    kept: int
    waiting: int
    differences: list[str]


def verify(register: Register, now: datetime) -> Verified:
    """Work everything out from the facts and compare it with what is kept.

    Facts recorded meanwhile make it begin again, so that both are of one moment.
    """
    while True:
        kept = register.store.read(_all_kept)
        book = register.book()
        if register.store.read(_all_kept) == kept:
            break
    rows, stale, _, charter = kept
    # What was kept a moment ago holds from a moment later.
    now = max([now, *(row.valid_from.astimezone(now.tzinfo) for row in rows.values())])
    known = book.known()
    question = Question(known, register.rules.rulings, apart(now, known.facts))
    assessor = Assessor(question)
    in_force = register.rules.at(question.as_of)
    current = {person: row for person, row in rows.items() if row.rules == in_force and holds_at(row, now)}
    waiting = stale | (rows.keys() - current.keys())
    if charter is None or charter.rules != in_force:
        waiting |= set(known.people)
    differences: list[str] = []
    for person in known.people:
        if person not in waiting:
            differences += _differences(question, assessor, person, current.get(person))
    gone = current.keys() - set(known.people) - waiting
    differences += [
        f"{each}: an answer is kept, but nobody is answered under this id" for each in sorted(gone)
    ]
    return Verified(len(known.people), len(rows), len(waiting), differences)


def _all_kept(records: Records) -> tuple[dict[str, Row], set[str], int, Charter | None]:
    return records.kept_in(None), records.stale(), records.last()[0], records.charter()


def _differences(question: Question, assessor: Assessor, person: str, row: Row | None) -> Iterator[str]:
    assessment = assessor.answer(person)
    if isinstance(assessment, Unanswered):
        kept = "an answer is kept" if row else "not marked to be worked out"
        yield f"{person}: {kept}, but none can be given; {assessment.refusal}"
        return
    if not is_kept(assessment) and not (row and row.valid_until):
        if row:
            yield f"{person}: an answer is kept, but there is none to be kept"
        return
    right = row_of(question, assessment, row.rules if row else "", None)
    if row is None:
        yield f"{person}: {assessment.category.value}, but no answer is kept"
        return
    for name in ("text", "category", "last_day", "areas", "linked"):
        if getattr(row, name) != getattr(right, name):
            yield f"{person}: {name} of the answer kept is not what the facts give"
