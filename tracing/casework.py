"""Recording facts: checked, added, and everybody they touch assessed again, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from tracing.admission import Sight, admitted, beside_of
from tracing.aftermath import Aftermath, Grew, Happened
from tracing.concerned import people_named
from tracing.consequences import Consequence, News
from tracing.days import MOMENT
from tracing.digests import private_digest
from tracing.erasing import erase, erased_in
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.in_force import Clock, InForce, bring_into_force
from tracing.intake import Entry, HandedIn, NumberedLine, handed_in
from tracing.noting import mark_diagnosed, mark_one_with_diagnosed, withdrawn
from tracing.ports import Busy, Records, Store
from tracing.storing import to_store
from tracing.unanswered import Unanswered
from tracing.versions import check_unchanged

AT_ONCE = 500
"""How many people are assessed in the writing transaction; the rest are marked and worked on later."""
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of facts handed in: how many are new, when they were recorded, what follows.

    ``waiting``: how many people are left to be assessed later, because so many were touched. ``unanswered``:
    who is touched, but has no answer because of something recorded before.
    """

    new: int
    at: datetime | None
    changes: tuple[Consequence, ...] = ()
    waiting: int = 0
    unanswered: tuple[Unanswered, ...] = ()


def record(
    store: Store,
    rules: InForce,
    lines: Iterable[NumberedLine],
    clock: Clock,
    *,
    faults: Iterable[Fault] = (),
    at_once: int = AT_ONCE,
) -> Recorded:
    """Add facts and return what changes for whom.

    Facts that the register holds already add nothing. All are stamped with one moment, later than
    every moment recorded before, taken once everybody touched is locked. ``faults`` of lines that are
    no facts refuse them all.

    Raises:
        Refused: if any line breaks a rule, by itself or beside what the register holds.
        OtherRules: if the database has other rules in force.
        Busy: if others keep writing about the same people.
    """
    more = handed_in(lines, rules.zone, faults=faults, digest=private_digest(store))
    return record_handed_in(store, rules, more, clock, at_once=at_once)


def record_handed_in(
    store: Store,
    rules: InForce,
    more: HandedIn,
    clock: Clock,
    *,
    at_once: int = AT_ONCE,
    sight: Sight | None = None,
    seen: Mapping[str, int] = MappingProxyType({}),
) -> Recorded:
    """Add what was handed in, as :func:`record` does.

    ``sight`` is that of whoever hands it in; ``seen``: of things, which last fact about them they saw.

    Raises:
        ChangedMeanwhile: if there is a later one, and something is new.
    """
    locked = frozenset(name for entry in more.entries for name in people_named(entry.fact))
    for _ in range(_ATTEMPTS):
        try:
            return store.write(
                lambda records: _Writing(records, rules, clock, at_once).record(more, sight, seen), locked
            )
        except Grew as grew:
            locked |= grew.people
    raise Busy("others keep recording facts about the same people; asking again would be right")


class _Writing:
    """One transaction that records facts."""

    def __init__(self, records: Records, rules: InForce, clock: Clock, at_once: int) -> None:
        self.records = records
        self.rules = rules
        self.clock = clock
        self.at_once = at_once

    def record(self, more: HandedIn, sight: Sight | None, seen: Mapping[str, int]) -> Recorded:
        beside = beside_of(self.records, more)
        bring_into_force(self.records, self.rules, self.clock())
        book = admitted(self.records, beside, self.rules.zone, sight)
        new = book.of_file(more.file)
        if not new:
            return Recorded(0, None)
        check_unchanged(self.records, seen, self.rules.zone, sight)
        aftermath = Aftermath(self.records, self.rules, self._added(book, new, more), self.at_once)
        aftermath.foresee()
        facts = aftermath.happened.facts
        mark_one_with_diagnosed(self.records, facts, aftermath.hood)
        erase(self.records, erased_in(facts))
        try:
            return Recorded(len(new), aftermath.happened.at, *aftermath.outcome())
        except Refused as refused:
            raise book.placed(refused) from None

    def _added(self, book: FactBook, new: Sequence[Entry], more: HandedIn) -> Happened:
        """Add what is new to the register, and note what it says of what is there."""
        last, latest = self.records.last()
        at = self._moment(latest)
        numbered = list(enumerate(new, last + 1))
        self.records.append(to_store(entry, more.said_of(entry), seq, at) for seq, entry in numbered)
        numbers = {id(entry): number for number, entry in numbered}
        self.records.withdraw(withdrawn(book, new, at, numbers))
        facts = [entry.fact for entry in new]
        mark_diagnosed(self.records, facts)
        return Happened(at, last, facts, [News(*each) for each in book.news(more.file)])

    def _moment(self, latest: datetime | None) -> datetime:
        """Return the moment of recording: now, but later than all that was recorded before."""
        now = self.clock()
        return max(now, latest.astimezone(self.rules.zone) + MOMENT) if latest else now
