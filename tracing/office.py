"""Who works here: what each role may do, whom each officer sees, and with what they come in.

The table :data:`MAY` is all there is to say of what somebody may do; :meth:`Officer.sees` of whom they see.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from tracing.areas import includes
from tracing.audit import AuditEntry
from tracing.wording import Audience


class Role(StrEnum):
    """What somebody works as."""

    INVESTIGATOR = "investigator"
    SUPERVISOR = "supervisor"
    TOWNSHIP_OFFICER = "township_officer"
    GRID_LEADER = "grid_leader"
    PARTNER = "partner"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """Something that only some may do."""

    SEE_STATUS = "see_status"
    LOOK_UP = "look_up"
    SEE_IDENTITY = "see_identity"
    REVEAL = "reveal"
    SEE_LISTS = "see_lists"
    FOLLOW_CHAINS = "follow_chains"
    COMPARE = "compare"
    READ_HISTORY = "read_history"
    READ_FACTS = "read_facts"
    RECORD = "record"
    RECORD_CARE = "record_care"
    ERASE = "erase"
    READ_TRAIL = "read_trail"
    APPOINT = "appoint"


_OUTSIDE = frozenset({Deed.SEE_STATUS, Deed.LOOK_UP})
_ON_THE_SPOT = _OUTSIDE | {Deed.SEE_IDENTITY, Deed.SEE_LISTS, Deed.RECORD_CARE}
_LEADS_EVERYWHERE = frozenset({Deed.FOLLOW_CHAINS, Deed.COMPARE, Deed.READ_HISTORY, Deed.READ_FACTS})
_OF_CASES = _ON_THE_SPOT | _LEADS_EVERYWHERE | {Deed.RECORD, Deed.REVEAL}

MAY: Mapping[Role, frozenset[Deed]] = {
    Role.INVESTIGATOR: _OF_CASES,
    Role.SUPERVISOR: _OF_CASES | {Deed.ERASE},
    Role.TOWNSHIP_OFFICER: _ON_THE_SPOT,
    Role.GRID_LEADER: _ON_THE_SPOT,
    Role.PARTNER: _OUTSIDE,
    Role.AUDITOR: frozenset({Deed.READ_TRAIL}),
    Role.ADMINISTRATOR: frozenset({Deed.APPOINT}),
}
"""What each role may do."""

_CARE = frozenset({"call", "check", "notice", "symptoms", "test"})
"""Facts of looking after people; who may record anything may record these too."""

_RECORDED_BY: Mapping[str, Deed] = {"erasure": Deed.ERASE} | dict.fromkeys(_CARE, Deed.RECORD_CARE)
"""What it takes to record facts of a kind; of all others, that somebody may record."""

EVERYWHERE = ""


class Officer(NamedTuple):
    """Somebody who works here; ``area`` is the code of what they answer for, empty for everything.

    ``scope``: of what their role allows, they came in for these deeds (None: for all).
    """

    name: str
    role: Role
    area: str = EVERYWHERE
    scope: frozenset[Deed] | None = None

    def may(self, deed: Deed) -> bool:
        """Return whether their role allows it; what leads everywhere is only for who sees everybody."""
        is_theirs = deed not in _LEADS_EVERYWHERE or self.area == EVERYWHERE
        return is_theirs and deed in MAY[self.role] and (self.scope is None or deed in self.scope)

    def may_record(self, kind: str) -> bool:
        """Return whether their role allows them to record facts of a kind."""
        return self.may(_RECORDED_BY.get(kind, Deed.RECORD)) or (kind in _CARE and self.may(Deed.RECORD))

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


class PassKind(StrEnum):
    """With what somebody comes in: a program with a token, a browser with a session."""

    TOKEN = "token"  # noqa: S105 - it names a kind
    SESSION = "session"


class Pass(NamedTuple):
    """What lets an officer in, known by the digest of a secret.

    ``until``: it is good before that moment (None: until it is revoked). ``scope``: of what the officer
    may do, it is good for these deeds (None: for all). ``seen``: when a session was used last.
    """

    kind: PassKind
    until: datetime | None = None
    scope: frozenset[Deed] | None = None
    seen: datetime | None = None


class Holder(NamedTuple):
    """An officer, for what their pass is good for, and that pass."""

    officer: Officer
    shown: Pass


class Reply(NamedTuple):
    """What was answered to a request: a digest of what was asked, a status, a body, about whom it was."""

    asked: str
    status: int
    body: str
    about: tuple[str, ...] = ()


class Lease(NamedTuple):
    """Until when what an officer asked under a key is recorded by one worker alone.

    ``asked``: a digest of it.
    """

    officer: str
    key: str
    asked: str
    until: datetime

    def may_follow(self, found: "Lease | Reply", at: datetime) -> bool:
        """Return whether it may take the place of what its key has: of the same request, left unanswered."""
        return isinstance(found, Lease) and found.asked == self.asked and found.until <= at


def secret_digest(secret: str) -> str:
    """Return what is kept of a secret; it has too many digits to be guessed, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Office(Protocol):
    """A place that keeps who works here and what they did, apart from the facts."""

    name: str

    def create(self) -> None:
        """Make it, or bring what an older version made up to date."""

    def close(self) -> None:
        """Close what is open; it may be used again."""

    # ---- who works here

    def appoint(self, officer: Officer) -> None:
        """Let an officer work here; of one name, the last counts, with the passes that there are."""

    def dismiss(self, name: str) -> bool:
        """Let an officer work here no longer and forget what was kept for them; return whether they did."""

    def appointed(self) -> list[tuple[Officer, list[Pass]]]:
        """Return everybody who works here, by name, with their passes."""

    def set_password(self, name: str, digest: str) -> None:
        """Keep the digest of an officer's password."""

    def password(self, name: str) -> str | None:
        """Return the digest of an officer's password; None if there is no such officer, or none was set."""

    def grant(self, name: str, secret: str, granted: Pass) -> None:
        """Give an officer a pass, known by the digest of its secret; who does not work here gets none."""

    def holder(self, secret: str) -> Holder | None:
        """Return whose pass a digest is of."""

    def note_seen(self, secret: str, at: datetime) -> None:
        """Note that a pass was used."""

    def revoke(self, secret: str) -> None:
        """Take one pass away."""

    def revoke_all(self, name: str, kind: PassKind) -> None:
        """Take all of an officer's passes of a kind away."""

    def note_failure(self, name: str, at: datetime) -> None:
        """Note that somebody gave a wrong password for a name, which need not be anybody's."""

    def failures(self, name: str, since: datetime) -> int:
        """Return how often that was since a moment."""

    # ---- what was answered

    def claim_reply(self, lease: Lease, *, at: datetime, since: datetime) -> Lease | Reply | None:
        """Let one worker alone record what is asked under a key, in one step for all workers.

        Return None if it is theirs now, else what the key has: the answer, or the lease of another worker
        or another request. What was asked before ``since`` is forgotten.
        """

    def keep_reply(self, lease: Lease, reply: Reply) -> None:
        """Keep what was answered; whose place another has taken, or who was dismissed, keeps nothing."""

    def give_up(self, lease: Lease) -> None:
        """Let the key have nothing again, for nothing was recorded; what was answered under it stays."""

    # ---- what is over

    def forget(self, before: datetime) -> None:
        """Forget wrong passwords from before a moment, and passes that ended then."""

    # ---- the trail

    def note(self, entries: Sequence[AuditEntry]) -> None:
        """Add entries to the trail, all or none."""

    def trail(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Return up to ``limit`` entries as they were added, numbered, from the one after a number."""

    def about(self, person: str, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        """Return the same of the entries about an id."""

    def latest(self) -> str:
        """Return the digest of the entry added last; empty if there is none."""
