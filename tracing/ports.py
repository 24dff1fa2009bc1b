"""What the domain needs of a store, and no more: facts found by what they name, answers kept.

A store keeps and finds; it decides nothing, and never returns paths. Work runs in one transaction,
all or nothing, and may be run again after a lost connection.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from tracing.said import Said
from tracing.secrecy import Clue, Identities, Vault

T = TypeVar("T")


class StoreTrouble(Exception):
    """A store cannot do what it was asked; the message says what is wrong and what would be right."""


class Unreachable(StoreTrouble):
    """The database cannot be reached, or is none of ours."""


class Busy(StoreTrouble):
    """Others are writing the same; nothing was recorded, asking again would be right."""


class Tie(NamedTuple):
    """Somebody present at an occasion: an exposure, a household, a journey, a place, each by its id.

    Days are ordinals, both included. ``by_itself``: the occasion exposes without a source person.
    """

    person: str
    occasion: str
    first_day: int
    last_day: int
    by_itself: bool = False


class Stored(NamedTuple):
    """A fact as a store keeps it.

    ``seq`` counts facts in the order of recording. ``body`` is what was handed in, ``identity`` the
    part of it that tells who somebody is, kept apart. ``names``: all ids that it names, and areas
    as ``@code``. ``voided_at``: when it was withdrawn, if it is. ``contested``: a void was recorded of a
    fact under this id.
    """

    seq: int
    fact_id: str
    kind: str
    content: str
    body: Said
    identity: Mapping[str, Any]
    names: frozenset[str]
    ties: tuple[Tie, ...] = ()
    recorded_at: datetime | None = None
    recorded_by: str | None = None
    voided_at: datetime | None = None
    contested: bool = False


class Row(NamedTuple):
    """A kept answer: what no clock changes, with what it is found by.

    It holds for every moment from ``valid_from`` to before ``valid_until`` (None: no end is known)
    under the rules of ``rules`` (a digest). ``areas``: the codes of wherever the person may be
    looked for; none at all where nobody knows. ``linked``: whose tests a release waits for.
    """

    person: str
    category: str
    last_day: date | None
    text: str
    rules: str
    valid_from: datetime
    valid_until: datetime | None
    areas: frozenset[str]
    linked: frozenset[str]


class Version(NamedTuple):
    """What was answered about somebody from ``known_from`` to before ``known_to`` (None: still)."""

    known_from: datetime
    known_to: datetime | None
    text: str
    rules: str


class Due(NamedTuple):
    """Somebody whose answer is to be worked out anew, and the mark that says so."""

    person: str
    mark: int


@dataclass(frozen=True, slots=True)
class Charter:
    """What a database is for: one disease, its rules in force, its zone.

    ``rules`` is the digest of the rule book and, after a slash, the newest edition in force.
    """

    protocol: str
    overlay: str | None
    zone: str
    rules: str

    @property
    def digest(self) -> str:
        """The digest of the rule book."""
        return self.rules.partition("/")[0]


class Coming(NamedTuple):
    """What is going to be asked: about ``people``, and about facts of some ``kinds`` of those near them.

    ``exposures``: about which it will be asked who decided because of them. ``with_companions``: who shared
    an occasion with those of the people who were ever diagnosed, too. ``unless_idle``: only of whom of the
    people anything is of note, unless there is somebody.
    """

    people: Collection[str]
    kinds: Collection[str]
    exposures: Collection[str] = ()
    with_companions: bool = False
    unless_idle: bool = False


class Facts(Identities, Protocol):
    """Facts found by what they name, within a transaction; identity is left out unless asked for."""

    def foresee(self, coming: Coming) -> None:
        """Say what is going to be asked. A store may find at once what will be asked step by step; no
        answer is another for it."""

    def under(self, fact_ids: Collection[str], *, with_voids: bool = False) -> list[Stored]:
        """Return every fact ever recorded under one of these ids, and all voids of them if asked."""

    def about(self, people: Collection[str], kinds: Collection[str] | None = None) -> list[Stored]:
        """Return every fact that names one of these people, of these kinds or of any."""

    def naming(self, things: Collection[str], kinds: Collection[str] | None = None) -> list[Stored]:
        """Return every fact that names one of these things, of these kinds or of any.

        Things are households, places, journeys, exposures, orders and, for voids, any fact, by id;
        and areas as ``@code``, of which only facts of the kind ``area`` are found.
        """

    def page(self, after: int, limit: int, *, identity: bool = False) -> list[Stored]:
        """Return up to ``limit`` facts in the order of recording, from the one after a number."""

    def matching(self, clue: Clue, text: str) -> list[Stored]:
        """Return every fact that says this of who somebody is, however it is written; of an address,
        every description of a household that does."""

    def sources_at(self, occasions: Mapping[str, tuple[int, int]]) -> set[str]:
        """Return everybody ever diagnosed who was present at one of these occasions on its days.

        Days are ordinals, both included.
        """

    def near_sources(self, people: Collection[str]) -> set[str]:
        """Return those of these people who shared an occasion with somebody else ever diagnosed, or
        were at one that exposes by itself."""

    def present_at(self, occasions: Collection[str], days: tuple[int, int] | None = None) -> set[str]:
        """Return everybody present at one of these occasions on any of the days."""

    def gatherings(self, people: Collection[str], days: tuple[int, int]) -> list[Stored]:
        """Return what stands of every occasion where one of these people was on any of the days: who was
        there on these days, the journeys themselves, and the merges of everybody who was there."""

    def companions(self, people: Collection[str]) -> set[str]:
        """Return everybody who shared an exposure, a household or a journey with one of these people,
        or a place if an answer about them is kept."""

    def names_area(self, code: str) -> bool:
        """Return whether any fact names an area whose code begins so."""

    def people(self) -> list[str]:
        """Return the ids of everybody ever recorded, sorted."""

    def last(self) -> tuple[int, datetime | None]:
        """Return the number of the last fact, 0 if there is none, and when it was recorded."""

    def counts(self) -> Mapping[str, int]:
        """Return how many facts of each kind there are."""


class Answers(Protocol):
    """Answers kept, and whose answers are to be worked out anew."""

    def kept(self, people: Collection[str]) -> dict[str, Row]:
        """Return the answers kept of these people."""

    def with_kept(self, people: Collection[str]) -> set[str]:
        """Return those of these people of whom an answer is kept."""

    def kept_in(self, area: str | None) -> dict[str, Row]:
        """Return the answers kept of whoever may be looked for in an area that begins so, and of those
        of whom nobody knows where; None means of everybody."""

    def of_note(self, people: Collection[str]) -> set[str]:
        """Return those of these people of whom an answer is kept or due, or of whom a diagnosis or a merge
        was ever recorded."""

    def linked_to(self, people: Collection[str]) -> set[str]:
        """Return whose kept answers wait for the tests of one of these people."""

    def versions(self, person: str) -> list[Version]:
        """Return every version of somebody's kept answer, oldest first."""

    def stale(self, people: Collection[str] | None = None) -> set[str]:
        """Return those of these people, or of all, who are marked stale."""

    def charter(self) -> Charter | None:
        """Return what the database is for; None if nobody has said."""

    def rule_texts(self, digest: str) -> tuple[str, ...]:
        """Return the texts of a rule book that is or was in force: the book, then the overlay if any."""


class Records(Facts, Answers, Vault, Protocol):
    """A transaction that also writes."""

    def unheld(self, people: Collection[str]) -> set[str]:
        """Return those of these people who are not locked by this transaction."""

    def append(self, facts: Iterable[Stored]) -> None:
        """Add facts; they are numbered on from the last one."""

    def withdraw(self, voided: Mapping[int, datetime | None]) -> None:
        """Note of facts, by number, when they were withdrawn, or that they are live again."""

    def mark_sources(self, people: Collection[str]) -> None:
        """Note of whom a diagnosis was ever recorded, under any of their records."""

    def keep(self, rows: Iterable[Row], gone: Collection[str], at: datetime) -> None:
        """Keep answers, and end those of people of whom nothing is kept any longer.

        A text that is already kept is no new version.
        """

    def mark_stale(self, people: Collection[str]) -> None:
        """Mark people as stale; whoever is already marked is marked anew."""

    def claim(self, limit: int, now: datetime, until: datetime) -> list[Due]:
        """Lease up to ``limit`` people who are stale or whose answer ends by ``now`` until a moment."""

    def unmark(self, done: Iterable[Due]) -> None:
        """Take marks away, but for people marked anew since."""

    def activate(self, charter: Charter, texts: Sequence[str], at: datetime) -> None:
        """Let other rules be in force."""


class Store(Protocol):
    """A database of facts and answers."""

    name: str
    """What to call it in messages; without a password."""

    most_facts: int | None
    """How many facts one transaction takes when very many are brought in; None means any number."""

    def create(self) -> None:
        """Make the database, or bring what an older version made up to date.

        Raises:
            Unreachable: if that cannot be done.
        """

    def close(self) -> None:
        """Close what is open; the store may be used again."""

    def faults(self) -> list[str]:
        """Return what the store finds wrong with what it is made of: files, indexes, ties."""

    def read(self, work: Callable[[Records], T]) -> T:
        """Run work that only reads, on one state of the database.

        Raises:
            Unreachable: if the database cannot be read.
        """

    def write(self, work: Callable[[Records], T], people: Collection[str] = ()) -> T:
        """Run work that writes, in one transaction; ``people`` are locked first, in order of ids.

        Raises:
            Busy: if others hold the database for too long.
            Unreachable: if the database cannot be written.
        """
