"""Who works here: what each role may do, whom each officer sees, and the trail of what was done.

The table :data:`MAY` is all there is to say of what somebody may do; :meth:`Officer.sees` of whom they see.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from tracing.areas import includes
from tracing.wording import Audience


class Role(StrEnum):
    """What somebody works as."""

    INVESTIGATOR = "investigator"
    SUPERVISOR = "supervisor"
    TOWNSHIP_OFFICER = "township_officer"
    GRID_LEADER = "grid_leader"
    AUDITOR = "auditor"


class Deed(StrEnum):
    """Something that only some may do."""

    SEE_PEOPLE = "see_people"
    SEE_LISTS = "see_lists"
    FOLLOW_CHAINS = "follow_chains"
    COMPARE = "compare"
    READ_HISTORY = "read_history"
    RECORD = "record"
    RECORD_CARE = "record_care"
    READ_TRAIL = "read_trail"


_ON_THE_SPOT = frozenset({Deed.SEE_PEOPLE, Deed.SEE_LISTS, Deed.RECORD_CARE})
_LEADS_EVERYWHERE = frozenset({Deed.FOLLOW_CHAINS, Deed.COMPARE, Deed.READ_HISTORY})
_OF_CASES = _ON_THE_SPOT | _LEADS_EVERYWHERE | {Deed.RECORD}

MAY: Mapping[Role, frozenset[Deed]] = {
    Role.INVESTIGATOR: _OF_CASES,
    Role.SUPERVISOR: _OF_CASES,
    Role.TOWNSHIP_OFFICER: _ON_THE_SPOT,
    Role.GRID_LEADER: _ON_THE_SPOT,
    Role.AUDITOR: frozenset({Deed.READ_TRAIL}),
}
"""What each role may do."""

CARE = frozenset({"call", "check", "notice", "symptoms", "test"})
"""Facts about people whom somebody looks after; who may record anything may record these too."""

EVERYWHERE = ""


class Officer(NamedTuple):
    """Somebody who works here; ``area`` is the code of what they answer for, empty for everything."""

    name: str
    role: Role
    area: str = EVERYWHERE

    def may(self, deed: Deed) -> bool:
        """Return whether their role allows it; what leads everywhere is only for who sees everybody."""
        is_theirs = deed not in _LEADS_EVERYWHERE or self.area == EVERYWHERE
        return is_theirs and deed in MAY[self.role]

    def may_record(self, kind: str) -> bool:
        """Return whether their role allows them to record facts of a kind."""
        return self.may(Deed.RECORD) or (self.may(Deed.RECORD_CARE) and kind in CARE)

    def sees_area(self, code: str) -> bool:
        """Return whether an area is theirs, or lies in it."""
        return self.area == EVERYWHERE or includes(self.area, code)

    def sees(self, areas: Collection[str]) -> bool:
        """Return whether somebody who may be looked for in these areas is theirs.

        Whom nobody knows where to look for is everybody's: somebody must look for them.
        """
        return self.area == EVERYWHERE or not areas or any(map(self.sees_area, areas))

    @property
    def hears_as(self) -> Audience:
        """How much a reason tells them of others: who was there only where they see everybody."""
        knows_all = self.area == EVERYWHERE and self.may(Deed.RECORD)
        return Audience.INVESTIGATOR if knows_all else Audience.OFFICER


class Appointment(NamedTuple):
    """An officer with until when their token is good (None: until they are dismissed)."""

    officer: Officer
    until: datetime | None


def token_digest(token: str) -> str:
    """Return what is kept of a token; it has too many digits to be guessed, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


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


class Office(Protocol):
    """A place that keeps who works here and what they did, apart from the facts."""

    name: str

    def create(self) -> None:
        """Make it, or bring what an older version made up to date."""

    def close(self) -> None:
        """Close what is open; it may be used again."""

    def appoint(self, appointed: Appointment, token: str) -> None:
        """Let an officer work here with a token, given as its digest; of one name, the last counts."""

    def dismiss(self, name: str) -> bool:
        """Take an officer's token away; return whether there was one of this name."""

    def appointed(self) -> list[Appointment]:
        """Return everybody who works here, by name."""

    def holder(self, token: str) -> Appointment | None:
        """Return whose token has a digest."""

    def note(self, entries: Sequence[AuditEntry]) -> None:
        """Add entries to the trail, all or none."""

    def trail(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Return up to ``limit`` entries as they were added, numbered, from the one after a number."""

    def about(self, person: str, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Return the same of the entries about an id."""

    def latest(self) -> str:
        """Return the digest of the entry added last; empty if there is none."""


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
