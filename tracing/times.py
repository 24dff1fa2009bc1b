"""The days and times that facts state."""

import dataclasses
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from tracing.days import Span
from tracing.facts import Fact


def times_in(fact: Fact) -> list[tuple[str, date | Span]]:
    """Return the fields of a fact that hold a day or a span, with that."""
    made: Any = type(fact)
    names = _times_of(made)
    return [(name, value) for name in names if (value := getattr(fact, name)) is not None]


@cache
def _times_of(made: Any) -> list[str]:
    hints = get_type_hints(made)
    names = [field.name for field in dataclasses.fields(made)]
    kinds = {name: {hints[name], *get_args(hints[name])} for name in names}
    return [name for name, kind in kinds.items() if kind & {date, Span}]


def is_late(day: date | datetime) -> bool:
    """Return whether a day lies in the last year of the calendar, at whose end nothing can be counted on."""
    return day.year == MAXYEAR


def late_days(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the fields of a fact that state a day in the last year of the calendar, with the day."""
    for name, value in times_in(fact):
        day = value.last if isinstance(value, Span) else value
        if is_late(day):
            yield name, f"{day:%Y-%m-%d}"
