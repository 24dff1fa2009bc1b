"""What time it is: the one place that reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo


def now(zone: ZoneInfo) -> datetime:
    """Return the present moment in a zone, to the second."""
    return datetime.now(zone).replace(microsecond=0)
