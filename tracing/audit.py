"""The trail of what was done: one entry a request, chained by digests so that a change is found out."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple


class Done(NamedTuple):
    """What one request did: who asked (None: nobody known), for what, about which ids, with what outcome.

    ``why``: the reason given, where one must be.
    """

    officer: str | None
    request: str
    asked: str
    about: tuple[str, ...]
    status: int
    why: str | None = None


class AuditEntry(NamedTuple):
    """What one request did, as it stands in the trail.

    Entries of one process form a chain: ``number`` counts in it from 1, and ``digest`` covers the entry
    with ``before``, the digest of the one before it; of the first, that of the last one in the trail then.
    """

    chain: str
    number: int
    at: datetime
    officer: str | None
    request: str
    asked: str
    about: tuple[str, ...]
    status: int
    why: str | None
    before: str
    digest: str = ""

    def sealed(self) -> "AuditEntry":
        """Return the entry with its digest."""
        when = self.at.astimezone(UTC).isoformat()
        said = [self.chain, self.number, when, *self[3:-1]]
        text = json.dumps(said, ensure_ascii=False)
        return self._replace(digest=hashlib.blake2b(text.encode(), digest_size=32).hexdigest())


def breaks(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield, of a whole trail in its order, what is missing of it or was changed."""
    last: dict[str, AuditEntry] = {}
    known = {""}
    for each in entries:
        before = last.get(each.chain)
        if each.sealed().digest != each.digest:
            yield f"entry {each.number} of chain {each.chain} was changed"
        if each.number != (before.number + 1 if before else 1):
            yield f"before entry {each.number} of chain {each.chain} others are missing"
        elif each.before not in ({before.digest} if before else known):
            yield f"entry {each.number} of chain {each.chain} does not follow the one before it"
        last[each.chain] = each
        known.add(each.digest)
