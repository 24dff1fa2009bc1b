"""What time it is: the one place that reads the clock.

``SHOUWANG_NOW`` lets it stand still at a moment, for exercises and for looking at past outbreaks.
"""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

from tracing.days import read_when
from tracing.faults import Fault, Refused


def now(zone: ZoneInfo) -> datetime:
    """Return the present moment in a zone, to the second.

    Raises:
        Refused: if ``SHOUWANG_NOW`` is no day or time.
    """
    return instant(zone).replace(microsecond=0)


def instant(zone: ZoneInfo) -> datetime:
    """Return the present moment in a zone, to the microsecond.

    Raises:
        Refused: if ``SHOUWANG_NOW`` is no day or time.
    """
    told = told_now()
    if told is None:
        return datetime.now(zone)
    try:
        return read_when(told, zone).first
    except ValueError:
        right = "a day (2020-02-01) or a time (2020-02-01T08:00) would be right"
        raise Refused([Fault("SHOUWANG_NOW", "", repr(told), right)]) from None


def told_now() -> str | None:
    """Return the moment at which the clock was told to stand still, as it was told."""
    return os.environ.get("SHOUWANG_NOW") or None
