"""Digests of passwords, which are slow to try."""

from functools import cache
from typing import TYPE_CHECKING

from tracing.faults import Fault, Refused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12


def password_digest(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        Refused: if it is too short.
    """
    if len(password) < SHORTEST:
        right = f"at least {SHORTEST} characters would be right"
        raise Refused([Fault("", "password", "a short one", right)])
    return _hasher().hash(password)


def fits(password: str, digest: str | None) -> bool:
    """Return whether a digest is of a password; where there is none, that takes as long to say."""
    from argon2.exceptions import VerificationError

    try:
        _hasher().verify(digest or _nobodys(), password)
    except VerificationError:
        return False
    return digest is not None


@cache
def _hasher() -> "PasswordHasher":
    # Its library is needed by hardly any command.
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
