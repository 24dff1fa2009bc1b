"""Local days and instants, and the stretches of time between them.

Every moment is a ``datetime`` in the service's zone. A :class:`Span` is closed: both its
first and its last moment belong to it. A whole day lasts from 00:00 to its last microsecond,
so that 24:00 is the next day's; :func:`shown` turns that last microsecond back into 24:00.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

MOMENT = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")


class Span(NamedTuple):
    """The time from ``first`` to ``last``, both included; an instant has them equal."""

    first: datetime
    last: datetime

    @property
    def is_instant(self) -> bool:
        return self.first == self.last

    @property
    def first_day(self) -> date:
        return self.first.date()

    @property
    def last_day(self) -> date:
        return self.last.date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return 00:00 of a local day."""
    return datetime.combine(day, time.min, zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a local day, just before 24:00."""
    return datetime.combine(day, time.max, zone)


def whole(day: date, zone: ZoneInfo) -> Span:
    """Return the whole of a local day."""
    return Span(midnight(day, zone), end_of(day, zone))


def shown(moment: datetime) -> datetime:
    """Return a moment as people write it: the last microsecond of a stretch is its end.

    That of the calendar stays as it is: nothing comes after it.
    """
    is_last = moment.microsecond == time.max.microsecond and moment.date() < date.max
    return moment + MOMENT if is_last else moment


def control_from(start: Span) -> datetime:
    """Return the first moment under control: the instant, or for a day its 24:00."""
    return start.first if start.is_instant else start.last + MOMENT


def overlap(one: Span, other: Span) -> Span | None:
    """Return the time that both spans share.

    Spans that only touch share nothing: who leaves at 11:00 has not met who comes at 11:00.
    A span that is a single instant is shared if it lies inside the other, ends included.
    """
    first = max(one.first, other.first)
    last = min(one.last, other.last)
    if first < last or (first == last and (one.is_instant or other.is_instant)):
        return Span(first, last)
    return None


def without(span: Span, removed: Iterable[Span]) -> list[Span]:
    """Return what is left of ``span`` when the ``removed`` stretches are taken out, in order."""
    left = [span]
    for gone in removed:
        left = [part for whole_part in left for part in _beside(whole_part, gone)]
    return left


def _beside(span: Span, gone: Span) -> list[Span]:
    if gone.last < span.first or span.last < gone.first:
        return [span]
    before = Span(span.first, gone.first - MOMENT)
    after = Span(gone.last + MOMENT, span.last)
    return [part for part in (before, after) if part.first <= part.last]


def minutes(span: Span) -> float:
    """Return the true length of a span in minutes, across changes of summer time too."""
    return (shown(span.last).astimezone(UTC) - span.first.astimezone(UTC)).total_seconds() / 60


# Rules reckon some weeks back from a day: before the first one there is nothing.
_EARLIEST = "1800"


@lru_cache(maxsize=50_000)
def read_day(text: str) -> date:
    """Return the calendar day that a text such as ``2020-01-23`` names.

    Raises:
        ValueError: if the text is no calendar day.
    """
    if not _DAY.fullmatch(text) or text < _EARLIEST:
        raise ValueError(text)
    return date.fromisoformat(text)


@lru_cache(maxsize=50_000)
def read_when(text: str, zone: ZoneInfo) -> Span:
    """Return the instant, or the whole of the local day, that a text names.

    Args:
        text: A day, a local time such as ``2020-01-23T18:00``, or an instant with ``Z`` or offset.
        zone: The service's zone; instants are converted to it.

    Raises:
        ValueError: if the text is none of these.
    """
    if len(text) == len("2020-01-23"):
        return whole(read_day(text), zone)
    if not _INSTANT.fullmatch(text) or text < _EARLIEST:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    return Span(local, local)
