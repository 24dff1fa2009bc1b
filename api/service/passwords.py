"""Passwords as they are tried: few at once, and not again and again."""

import threading
from datetime import timedelta

from werkzeug.exceptions import TooManyRequests

from api.passwords import fits
from api.service.desk import desk, moment
from tracing.office import secret_digest

_MOST_FAILURES = 5
_FORGOTTEN_AFTER = timedelta(minutes=15)
# Each takes 64 MiB while it is tried.
_AT_ONCE = threading.BoundedSemaphore(2)


def is_right(name: str, password: str) -> bool:
    """Return whether a password is that of an officer; for a name of nobody it takes as long.

    Raises:
        TooManyRequests: after several wrong ones for this name, for a while, right ones too.
    """
    office, tried = desk().office, secret_digest(name)
    if office.failures(tried, moment() - _FORGOTTEN_AFTER) >= _MOST_FAILURES:
        right = "too many wrong passwords; trying again later would be right"
        raise TooManyRequests(right, retry_after=int(_FORGOTTEN_AFTER.total_seconds()))
    kept = office.password(name)
    with _AT_ONCE:
        is_known = fits(password, kept)
    if not is_known:
        office.note_failure(tried, moment())
    return is_known
