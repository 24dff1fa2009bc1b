"""The facts of a file as a register takes them back: read, checked, in the order of their recording.

Another process may do that: then they cross over as plain values, which takes a fraction of what facts
would take.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from tracing.digests import Digest
from tracing.factbook import FactBook
from tracing.faults import Fault
from tracing.intake import Entry, Intake, NumberedLine, in_order_of_recording
from tracing.noting import withdrawn
from tracing.ports import Stored, Tie
from tracing.said import Said
from tracing.storing import to_store

Voided = dict[int, datetime | None]
"""When facts, by number, were withdrawn."""

_Plain = tuple[Any, ...] | Voided

Alongside = Callable[[Callable[[], Iterator[Any]]], AbstractContextManager[Iterator[Any]]]
"""Gives what a function makes, made by another process meanwhile."""


class OutOfOrder(Exception):
    """Facts do not stand in the order in which they were recorded."""


class FactFile(NamedTuple):
    """The lines of a fact file, the faults of those that are no facts, and how they are to be read."""

    lines: Sequence[NumberedLine]
    faults: Sequence[Fault]
    zone: ZoneInfo
    digest: Digest

    def seems_in_order(self) -> bool:
        """Return whether the texts of when facts were recorded never go back; the times might."""
        told = [raw.get("recorded_at") or "" for _, raw in self.lines if isinstance(raw, Mapping)]
        return all(isinstance(each, str) for each in told) and told == sorted(told)


class Restorable(Protocol):
    """Facts to be brought into a register; ``voided`` is complete after the last one."""

    voided: Voided

    def __iter__(self) -> Iterator[Stored]: ...


class Checked:
    """The facts of a file.

    ``as_they_come``: they are not put in order, and the first is there before all are read.

    Raises, while they are taken:
        Refused: after the last fact, if anything is wrong with any of them.
        OutOfOrder: if they come in another order than that of their recording.
    """

    def __init__(self, file: FactFile, now: datetime, *, as_they_come: bool) -> None:
        self._file, self._now, self._as_they_come = file, now, as_they_come
        self.voided: Voided = {}

    def __iter__(self) -> Iterator[Stored]:
        file, faults = self._file, list(self._file.faults)
        intake, book = Intake(file.zone, digest=file.digest), FactBook((), file.zone)
        read = intake.entries(file.lines, faults)
        for entry in _in_order(read) if self._as_they_come else in_order_of_recording(read):
            if book.take(entry):
                said, recorded_at = intake.said[id(entry.fact)], entry.recording.recorded_at
                yield to_store(entry, said, len(book.entries), recorded_at)
        book.check(faults, intake.broken)
        numbers = {id(entry): number for number, entry in enumerate(book.entries, 1)}
        self.voided |= withdrawn(book, book.entries, self._now, numbers)


def _in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield facts as they come, which must be as :func:`in_order_of_recording` puts them."""
    latest: datetime | None = None
    for entry in entries:
        at = entry.recording.recorded_at
        if latest and (at is None or at < latest):
            raise OutOfOrder
        latest = at
        yield entry


# ---- by another process


@contextmanager
def checked_by(alongside: Alongside, facts: Checked) -> Iterator[Restorable]:
    """Give facts that another process reads and checks."""
    with alongside(lambda: _crossing(facts)) as coming:
        yield _Arriving(coming)


def _crossing(facts: Checked) -> Iterator[_Plain]:
    for each in facts:
        names, ties = tuple(each.names), tuple(map(tuple, each.ties))
        yield *each[:4], each.body.text, each.identity, names, ties, *each[8:]
    yield facts.voided


class _Arriving:
    def __init__(self, coming: Iterator[_Plain]) -> None:
        self._coming = coming
        self.voided: Voided = {}

    def __iter__(self) -> Iterator[Stored]:
        for each in self._coming:
            if isinstance(each, dict):
                self.voided |= each
            else:
                yield _again(*each)


def _again(*plain: Any) -> Stored:
    *first, text, identity, names, ties, recorded_at, recorded_by, voided_at, contested = plain
    last = recorded_at, recorded_by, voided_at, contested
    return Stored._make(
        (*first, Said.read(text), identity, frozenset(names), tuple(map(Tie._make, ties)), *last)
    )
