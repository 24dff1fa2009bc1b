"""Digests of what facts say, by which equal ones are known: plain ones, and such as need a register's key."""

import hashlib
from collections.abc import Callable
from functools import cache

from tracing.ports import Store

Digest = Callable[[str], str]
_BYTES = 8


def plain_digest(text: str) -> str:
    """Return a digest that anybody can make."""
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def private_digest(store: Store) -> Digest:
    """Return how the digests of a register are made of facts that tell who somebody is.

    Without its key nobody can try names until one fits. The key is asked for when the first is made.
    """
    key = cache(lambda: store.read(lambda records: records.index_key()))
    return lambda text: hashlib.blake2b(text.encode(), digest_size=_BYTES, key=key()).hexdigest()
