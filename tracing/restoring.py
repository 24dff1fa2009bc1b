"""Facts into an empty register as they were recorded elsewhere, with the times of their recording.

They come in one transaction where the store can do that. Elsewhere they come page by page, so that a
county fits through; meanwhile nobody else writes, and what broke off is gone on with: the facts that
are there must be the first of those to be brought.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import groupby, islice
from types import MappingProxyType
from typing import Protocol, TypeVar

from tracing.digests import private_digest
from tracing.erasing import When, erase
from tracing.faults import Fault, Refused
from tracing.in_force import RESTORING, Clock, InForce
from tracing.intake import NumberedLine
from tracing.memory import without_collection
from tracing.paging import pages
from tracing.ports import Charter, Records, Store, Stored, StoreTrouble
from tracing.register import Register
from tracing.restorable import Alongside, Checked, FactFile, OutOfOrder, checked_by
from tracing.storing import found_again

T = TypeVar("T")

_PAGE = 5_000
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class NotTheSame(StoreTrouble):
    """What was brought into a database is not what it was brought from."""


@without_collection()
def restore(
    store: Store,
    rules: InForce,
    lines: Iterable[NumberedLine],
    clock: Clock,
    *,
    faults: Iterable[Fault] = (),
    keys: Mapping[str, bytes] = MappingProxyType({}),
    alongside: Alongside | None = None,
) -> int:
    """Bring the facts of a file into an empty register; return how many there are.

    What has no time of recording was always known, as in a file. Everybody is left to be worked out.
    ``keys``: with which the register goes on that another had, wrapped, by owners. ``alongside``: lets
    another process read and check facts while the store takes those before, if it takes all in one go.

    Raises:
        Refused: if any line breaks a rule, or the register holds other facts.
    """
    if keys:
        store.write(partial(_adopt, keys=keys))
    digest, register, now = private_digest(store), Register(store, rules), clock()
    # Its key is asked for before anything is written.
    digest("")
    file = FactFile(list(lines), tuple(faults), rules.zone, digest)
    if alongside and store.most_facts is None and file.seems_in_order():
        as_they_come = Checked(file, now, as_they_come=True)
        with suppress(OutOfOrder), checked_by(alongside, as_they_come) as coming:
            return bring(register, coming, clock, coming.voided)
    facts = Checked(file, now, as_they_come=False)
    # What one transaction takes is undone when a fault turns up; what would be kept before is checked first.
    return bring(register, facts if store.most_facts is None else list(facts), clock, facts.voided)


def copy(source: Register, target: Register, clock: Clock) -> int:
    """Bring all facts of one register into an empty other; return how many there are.

    Raises:
        Refused: if the target holds other facts.
        NotTheSame: if what came out at the end is not what went in.
    """
    last, keys = source.store.read(lambda facts: (facts.last()[0], facts.wrapped()))
    target.store.write(partial(_adopt, keys=keys))
    facts = (found_again(each, source.rules.zone) for each in source.stored(last, identity=True))
    number = bring(target, facts, clock)
    if digest_of(source, last) != digest_of(target, last):
        raise NotTheSame(f"{target.store.name}: the facts are not those of {source.store.name}")
    return number


def bring(
    register: Register,
    facts: Iterable[Stored],
    clock: Clock,
    voided: Mapping[int, datetime | None] = MappingProxyType({}),
) -> int:
    """Bring facts into a register that is empty or was left in the middle of it.

    ``voided``: of facts that do not say so themselves when they were withdrawn; read after the last fact.
    """
    store, coming, in_force = register.store, _Coming(facts, voided), register.rules.at(clock())
    if store.most_facts is None:
        store.write(lambda records: _bring(lambda work: work(records), coming, [coming], in_force))
    else:
        _bring(store.write, coming, pages(coming, store.most_facts), in_force)
    return coming.number


class _Run(Protocol):
    """Runs work on records: all of it in one transaction, or each in one of its own."""

    def __call__(self, work: Callable[[Records], T], /) -> T: ...


def _bring(run: _Run, coming: "_Coming", parts: Iterable[Iterable[Stored]], in_force: str) -> None:
    there = run(_begun)
    for page in pages(islice(coming, there), _PAGE):
        run(partial(_check_same, facts=page))
    if coming.number < there:
        raise _other_facts()
    for part in parts:
        run(partial(_append, facts=part))
    run(partial(_finish, coming=coming, in_force=in_force))


class _Coming:
    """Facts on their way into a register, and what is to be noted of all of them at the end."""

    def __init__(self, facts: Iterable[Stored], voided: Mapping[int, datetime | None]) -> None:
        self._facts = iter(facts)
        self.voided = voided
        self.number = 0
        self.erased: list[tuple[str, When]] = []
        self._ill = set[str]()
        self._merged: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[Stored]:
        for each in self._facts:
            self.number = each.seq
            if each.kind == "diagnosis":
                self._ill.add(each.body["person"])
            if each.kind == "erasure":
                self.erased.append((each.body["person"], When(each.seq, each.recorded_at)))
            if each.kind == "merge":
                self._merged.append((each.body["person"], each.body["into"]))
            yield each

    def sources(self) -> set[str]:
        """Return of whom a diagnosis came, with all records that were ever one with theirs."""
        one_with = defaultdict[str, set[str]](set)
        for person, into in self._merged:
            one_with[person].add(into)
            one_with[into].add(person)
        found, new = set[str](), self._ill
        while new:
            found |= new
            new = {other for person in new for other in one_with.get(person, ())} - found
        return found


def _begun(records: Records) -> int:
    """Return how many facts were brought before it broke off; from now on nobody else writes."""
    last = records.last()[0]
    _check_is_empty(records)
    _set_rules(records, RESTORING)
    return last


def _adopt(records: Records, keys: Mapping[str, bytes]) -> None:
    _check_is_empty(records)
    records.adopt(keys)


def _check_is_empty(records: Records) -> None:
    """Check that a register has no facts, or only such as were left in the middle of a restore."""
    charter = records.charter()
    if records.last()[0] and (charter is None or charter.rules != RESTORING):
        right = "an empty database would be right; `shouwang add` adds to one that is not"
        raise Refused([Fault("the database", "", "facts that are there already", right)])


def _set_rules(records: Records, in_force: str) -> None:
    charter = records.charter()
    if charter:
        records.activate(Charter(charter.protocol, charter.overlay, charter.zone, in_force), (), _NEVER)


def _check_same(records: Records, facts: list[Stored]) -> None:
    first, last = facts[0].seq, facts[-1].seq
    there = records.page(first - 1, last - first + 1)
    if [(each.fact_id, each.content) for each in there] != [(each.fact_id, each.content) for each in facts]:
        raise _other_facts()


def _other_facts() -> Refused:
    right = "going on with the same facts, or an empty database, would be right"
    return Refused([Fault("the database", "", "other facts, left in the middle of a restore", right)])


def _append(records: Records, facts: Iterable[Stored]) -> None:
    records.append(facts)


def _finish(records: Records, coming: _Coming, in_force: str) -> None:
    records.withdraw(coming.voided)
    records.mark_sources(coming.sources())
    # What was handed in together was erased together.
    for _, together in groupby(coming.erased, key=lambda each: each[1].moment or each[1].number):
        erasures = dict(together)
        erase(records, erasures.keys(), max(erasures.values()))
    records.mark_stale(records.people())
    _set_rules(records, in_force)


def digest_of(register: Register, last: int) -> str:
    """Return a digest of all facts up to a number, with who people are and when it was recorded."""
    digest = hashlib.blake2b()
    for each in register.stored(last, identity=True):
        recorded = each.recorded_at.isoformat() if each.recorded_at else None
        about = [each.seq, each.fact_id, each.content, recorded, each.recorded_by]
        said = [*about, dict(each.body), each.identity]
        digest.update(json.dumps(said, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
