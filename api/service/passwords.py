"""Passwords, of which only digests are kept that are slow to try."""

import threading
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from werkzeug.exceptions import TooManyRequests

from api.service.desk import desk, moment
from tracing.faults import Fault, Refused
from tracing.office import secret_digest

SHORTEST = 12
_MOST_FAILURES = 5
_FORGOTTEN_AFTER = timedelta(minutes=15)
# Each takes 64 MiB while it is made.
_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()


def password_digest(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        Refused: if it is too short.
    """
    if len(password) < SHORTEST:
        right = f"at least {SHORTEST} characters would be right"
        raise Refused([Fault("", "password", "a short one", right)])
    return _HASHER.hash(password)


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
        is_known = _fits(kept or _nobodys(), password) and kept is not None
    if not is_known:
        office.note_failure(tried, moment())
    return is_known


def _fits(digest: str, password: str) -> bool:
    try:
        return _HASHER.verify(digest, password)
    except VerificationError:
        return False


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
