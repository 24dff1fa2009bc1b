"""The kinds of value that facts are made of, and the checks that several facts share."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from tracing.days import Span
from tracing.faults import Complaint, quoted
from tracing.reading import Between, Names, Private

PersonId = Annotated[str, Names(("person",))]
HouseholdId = Annotated[str, Names(("household",))]
PlaceId = Annotated[str, Names(("place",))]
JourneyId = Annotated[str, Names(("journey",))]
OrderId = Annotated[str, Names(("order",))]
OccasionId = Annotated[str, Names(("exposure", "household", "journey", "place"))]
PrivateText = Annotated[str, Private]
PrivateDay = Annotated[date, Private]
Count = Annotated[int, Between(0, 100_000_000)]
Metres = Annotated[float, Between(0, 10_000)]
Minutes = Annotated[float, Between(0, 1_000_000)]
Celsius = Annotated[float, Between(30, 45)]
Years = Annotated[int, Between(0, 130)]


def in_order(first: date | None, last: date | None, name: str = "last_day") -> Iterator[Complaint]:
    """Complain when the last day lies before the first."""
    if first and last and last < first:
        yield Complaint(name, last.isoformat(), f"a day not before {first} would be right")


def ends_after(start: Span | None, end: Span | None, name: str = "end") -> Iterator[Complaint]:
    """Complain when an end lies before its start; they may be equal."""
    if start and end and end.last < start.first:
        yield Complaint(
            name, end.first.isoformat(), f"a time not before {start.first.isoformat()} would be right"
        )


def digits(code: str | None, name: str) -> Iterator[Complaint]:
    """Complain when an area's code has anything but digits."""
    if code is not None and not (code.isascii() and code.isdigit()):
        yield Complaint(name, quoted(code), "an area's code of digits (GB/T 2260) would be right")


def one_of(names: tuple[str, str], values: tuple[object, object]) -> Iterator[Complaint]:
    """Complain when none of two fields is given."""
    if values == (None, None):
        yield Complaint(names[0], "nothing", f"{names[0]} or {names[1]} is required")
