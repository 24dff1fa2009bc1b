"""Reading a single plain value: text, numbers, true or false, days."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tracing.days import read_day
from tracing.faults import Complaint

Reader = Callable[[Any], Any]


class Unreadable(ValueError):
    """A value that does not fit its field; the message says what would be right.

    ``inside`` says it field by field when the value is itself a record or a list of records.
    """

    def __init__(self, right: str, inside: Sequence[Complaint] = ()) -> None:
        super().__init__(right)
        self.inside = tuple(inside)


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise Unreadable("a text that is not empty would be right")


def _number(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < float("inf"):
        return value
    raise Unreadable("a number without quotes would be right")


def _whole_number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unreadable("a whole number without quotes would be right")


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unreadable("true or false would be right")


def _day(value: Any) -> date:
    try:
        return value if type(value) is date else read_day(value)
    except (ValueError, TypeError):
        raise Unreadable("a calendar day such as 2020-01-23 would be right") from None


PLAIN: dict[Any, Reader] = {str: _text, float: _number, int: _whole_number, bool: _truth, date: _day}
"""How each plain type is read."""
