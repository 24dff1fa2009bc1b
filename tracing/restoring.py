"""Facts into an empty register as they were recorded elsewhere, with the times of their recording.

They are brought in page by page, so that a county fits through; meanwhile nobody else writes. What
broke off is gone on with: the facts that are there must be the first of those to be brought.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime

from tracing.casework import withdrawn
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.in_force import RESTORING, Clock, InForce
from tracing.intake import NumberedLine, handed_in
from tracing.memory import without_collection
from tracing.ports import Charter, Records, Store, Stored, StoreTrouble
from tracing.register import Register
from tracing.storing import found_again, to_store

PAGE = 20_000
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
) -> int:
    """Bring the facts of a file into an empty register; return how many there are.

    What has no time of recording was always known, as in a file. Everybody is left to be worked out.

    Raises:
        Refused: if any line breaks a rule, or the register holds other facts.
    """
    more = handed_in(lines, rules.zone, faults=faults)
    book = FactBook((), rules.zone).with_more(more)
    now = clock()
    numbers = {id(entry): number for number, entry in enumerate(book.entries, 1)}
    voided = withdrawn(book, book.entries, now, numbers)
    facts = (
        to_store(entry, more.raw_of(entry), seq, entry.recording.recorded_at, voided_at=voided.get(seq))
        for seq, entry in enumerate(book.entries, 1)
    )
    return bring(Register(store, rules), facts, clock)


def copy(source: Register, target: Register, clock: Clock) -> int:
    """Bring all facts of one register into an empty other; return how many there are.

    Raises:
        Refused: if the target holds other facts.
        NotTheSame: if what came out at the end is not what went in.
    """
    last = source.store.read(lambda facts: facts.last()[0])
    facts = (found_again(each, source.rules.zone) for each in source.stored(last, identity=True))
    number = bring(target, facts, clock)
    if digest_of(source, last) != digest_of(target, last):
        raise NotTheSame(f"{target.store.name}: the facts are not those of {source.store.name}")
    return number


def bring(register: Register, facts: Iterable[Stored], clock: Clock) -> int:
    """Bring facts into a register that is empty or was left in the middle of it."""
    store, rules = register.store, register.rules
    there = store.write(_begun)
    number, ill, merged = 0, set[str](), list[tuple[str, str]]()

    def new_pages() -> Iterator[list[Stored]]:
        nonlocal number
        for page in _pages(facts):
            number = page[-1].seq
            ill.update(each.body["person"] for each in page if each.kind == "diagnosis")
            merged.extend((each.body["person"], each.body["into"]) for each in page if each.kind == "merge")
            _check_same(register, [each for each in page if each.seq <= there])
            yield [each for each in page if each.seq > there]

    _append_all(store, new_pages())
    sick = _with_all_records(ill, merged)

    def finish(records: Records) -> None:
        records.mark_sources(sick)
        records.mark_stale(records.people())
        _set_rules(records, rules.at(clock()))

    store.write(finish)
    return number


def _begun(records: Records) -> int:
    """Return how many facts were brought before it broke off; from now on nobody else writes."""
    last = records.last()[0]
    charter = records.charter()
    if last and (charter is None or charter.rules != RESTORING):
        right = "an empty database would be right; `shouwang add` adds to one that is not"
        raise Refused([Fault("the database", "", "facts that are there already", right)])
    _set_rules(records, RESTORING)
    return last


def _set_rules(records: Records, in_force: str) -> None:
    charter = records.charter()
    if charter:
        records.activate(Charter(charter.protocol, charter.overlay, charter.zone, in_force), (), _NEVER)


def _append_all(store: Store, pages: Iterable[list[Stored]]) -> None:
    """Append page after page, each while the next one is being made."""
    with ThreadPoolExecutor(1) as writer:
        written: Future[None] | None = None
        for page in pages:
            if written:
                written.result()
            written = writer.submit(_append, store, page)
        if written:
            written.result()


def _append(store: Store, page: list[Stored]) -> None:
    store.write(lambda records: records.append(page))


def _check_same(register: Register, facts: list[Stored]) -> None:
    if not facts:
        return
    first, last = facts[0].seq, facts[-1].seq
    there = register.store.read(lambda records: records.page(first - 1, last - first + 1))
    if [(each.fact_id, each.content) for each in there] != [(each.fact_id, each.content) for each in facts]:
        right = "going on with the same facts, or an empty database, would be right"
        raise Refused([Fault("the database", "", "other facts, left in the middle of a restore", right)])


def _pages(facts: Iterable[Stored]) -> Iterator[list[Stored]]:
    page: list[Stored] = []
    for each in facts:
        page.append(each)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


def _with_all_records(people: set[str], merged: list[tuple[str, str]]) -> set[str]:
    """Return people with all records that were ever one with theirs."""
    one_with: dict[str, set[str]] = {}
    for person, into in merged:
        one_with.setdefault(person, set()).add(into)
        one_with.setdefault(into, set()).add(person)
    found, new = set[str](), people
    while new:
        found |= new
        new = {other for person in new for other in one_with.get(person, ())} - found
    return found


def digest_of(register: Register, last: int) -> str:
    """Return a digest of all facts up to a number, with who people are and when it was recorded."""
    digest = hashlib.blake2b()
    for each in register.stored(last, identity=True):
        recorded = each.recorded_at.isoformat() if each.recorded_at else None
        about = [each.seq, each.fact_id, each.content, recorded, each.recorded_by]
        said = [*about, dict(each.body), each.identity]
        digest.update(json.dumps(said, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
