"""What new facts let a store note: of others when they were withdrawn, of people that they were diagnosed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tracing.concerned import people_named
from tracing.factbook import FactBook
from tracing.facts import Diagnosis, Fact, Merge
from tracing.intake import Entry
from tracing.neighbourhood import Neighbourhood
from tracing.ports import Records


def withdrawn(
    book: FactBook, new: Iterable[Entry], at: datetime, numbers: Mapping[int, int]
) -> dict[int, datetime | None]:
    """Return of which facts new voids say when they were withdrawn, or that they are live again.

    ``numbers`` are those of new facts, by the ``id`` of their entry; a recorded one stands under its own.
    """
    spoken_of = (entry for void in new if void.kind == "void" for entry in book.spoken_of(void))
    found: dict[int, datetime | None] = {}
    for entry in spoken_of:
        void = book.void_of(entry)
        number = numbers.get(id(entry), entry.recording.line)
        found[number] = (void.recording.recorded_at or at) if void else None
    return found


def mark_diagnosed(records: Records, facts: Iterable[Fact]) -> None:
    """Note whom facts say to be diagnosed."""
    ill = _diagnosed(facts)
    if ill:
        records.mark_sources(ill)


def mark_one_with_diagnosed(records: Records, facts: Sequence[Fact], hood: Neighbourhood) -> None:
    """Note who was ever diagnosed under all records that were ever one with theirs, after facts that tell of
    either; whom they say to be diagnosed is noted."""
    merged = {person for fact in facts if isinstance(fact, Merge) for person in people_named(fact)}
    noted = _diagnosed(facts)
    others = hood.diagnosed_with(noted | merged) - noted if noted | merged else ()
    if others:
        records.mark_sources(others)


def _diagnosed(facts: Iterable[Fact]) -> set[str]:
    return {fact.person for fact in facts if isinstance(fact, Diagnosis)}
