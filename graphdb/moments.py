"""Moments as both stores keep them: whole microseconds of UTC since 1970."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Return a moment as microseconds."""
    return (moment - _EPOCH) // _MICROSECOND


def micros_if(moment: datetime | None) -> int | None:
    """Return a moment as microseconds, None for none."""
    return None if moment is None else micros(moment)


def moment(count: int) -> datetime:
    """Return the moment that a number of microseconds stands for, in UTC."""
    return _EPOCH + count * _MICROSECOND


def moment_if(count: int | None) -> datetime | None:
    """Return the moment that a number of microseconds stands for, None for none."""
    return None if count is None else moment(count)
