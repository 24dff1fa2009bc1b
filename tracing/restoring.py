"""Facts into an empty register as they were recorded elsewhere, with the times of their recording."""

from collections.abc import Iterable

from tracing.factbook import FactBook
from tracing.facts import Diagnosis, Merge
from tracing.faults import Fault, Refused
from tracing.in_force import Clock, InForce, bring_into_force
from tracing.intake import NumberedLine, handed_in
from tracing.ports import Records, Store
from tracing.storing import to_store


def restore(
    store: Store,
    rules: InForce,
    lines: Iterable[NumberedLine],
    clock: Clock,
    *,
    faults: Iterable[Fault] = (),
) -> int:
    """Add the facts of a file to an empty register; return how many there are.

    What has no time of recording was always known, as in a file. Everybody is left to be worked out.

    Raises:
        Refused: if any line breaks a rule, or the register is not empty.
        OtherRules: if the database has other rules in force.
    """
    more = handed_in(lines, rules.zone, faults=faults)
    book = FactBook((), rules.zone).with_more(more)

    def put(records: Records) -> None:
        if records.last()[0]:
            right = "an empty database would be right; `shouwang add` adds to one that is not"
            raise Refused([Fault("the database", "", "facts that are there already", right)])
        bring_into_force(records, rules, clock())
        records.append(
            to_store(entry, more.raw_of(entry), seq, entry.recording.recorded_at)
            for seq, entry in enumerate(book.entries, 1)
        )
        records.mark_sources(_ever_diagnosed(book))
        records.mark_stale(records.people())

    store.write(put)
    return len(book.entries)


def _ever_diagnosed(book: FactBook) -> set[str]:
    """Return everybody ever diagnosed, under all records that were ever one with theirs."""
    linked: dict[str, set[str]] = {}
    for entry in book.entries:
        if isinstance(entry.fact, Merge):
            linked.setdefault(entry.fact.person, set()).add(entry.fact.into)
            linked.setdefault(entry.fact.into, set()).add(entry.fact.person)
    found: set[str] = set()
    new = {entry.fact.person for entry in book.entries if isinstance(entry.fact, Diagnosis)}
    while new:
        found |= new
        new = {other for person in new for other in linked.get(person, ())} - found
    return found
