"""When and how somebody was last reached: seen or phoned at a check, or reached by a call."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tracing.facts import Call, Check
from tracing.facts.vocabulary import CallOutcome, CheckOutcome, Slot
from tracing.question import Question


class How(StrEnum):
    """How somebody was reached."""

    SEEN = "seen"
    PHONED = "phoned"
    CALL = "call"


class Reached(NamedTuple):
    """Once that somebody was reached; ``at`` is None of a check, which has a slot but no hour."""

    day: date
    slot: Slot
    at: datetime | None
    how: How


_AT_A_CHECK = {CheckOutcome.SEEN: How.SEEN, CheckOutcome.PHONED: How.PHONED}
_NOON = 12


def reached(question: Question, person: str) -> Iterator[Reached]:
    """Yield every time that somebody was seen, phoned, or reached by a call, in no order."""
    for check in question.known.of(Check, person):
        if check.outcome in _AT_A_CHECK and question.happened(check.day):
            yield Reached(check.day, check.slot, None, _AT_A_CHECK[check.outcome])
    for call in question.known.of(Call, person):
        if call.outcome == CallOutcome.REACHED and call.at.first <= question.as_of:
            yield _by_call(call)


def _by_call(call: Call) -> Reached:
    """Return when a call reached somebody; a call of which only the day is known, at its end."""
    hour = call.at.last.hour
    at = call.at.first if call.at.is_instant else None
    return Reached(call.at.first_day, Slot.AM if hour < _NOON else Slot.PM, at, How.CALL)


def last_reached(question: Question, person: str) -> Reached | None:
    """Return when somebody was last reached, as far as is known at the moment judged."""
    found = reached(question, person)
    return max(found, key=lambda each: (each.day, each.slot, each.at is not None, each.at), default=None)
