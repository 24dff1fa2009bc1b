"""Facts handed in, checked beside those that a register holds, before they are added."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tracing.erasing import without_the_erased
from tracing.factbook import FactBook
from tracing.facts import FACT_TYPES, THINGS, Area, Merge, Void
from tracing.faults import Fault, quoted
from tracing.intake import Entry, HandedIn, is_made_up, looks_made_up
from tracing.merges import ENDS, merges_around
from tracing.ports import Facts, Stored
from tracing.reading import names_in
from tracing.storing import at_area, names_of, recalled
from tracing.times import late_days

_NAMED_BY = {kind: names_in(made) for kind, made in FACT_TYPES.items()}


Sight = Callable[[Facts, Sequence[Entry]], list[Entry]]
"""Leaves of recorded facts those that somebody may name."""


class Beside(NamedTuple):
    """What was handed in, and the facts of the register that it touches."""

    more: HandedIn
    recorded: Sequence[Stored]


def admitted(facts: Facts, found: Beside, zone: ZoneInfo, sight: Sight | None = None) -> FactBook:
    """Return the book of what was handed in, after those facts of the register that it touches.

    ``sight``: of whoever hands it in; what they may not name is not there for them.

    Raises:
        Refused: if anything breaks a rule, by itself or beside what the register holds; all faults at once.
    """
    more, beside = found
    recorded = [recalled(each, zone) for each in beside]
    seen = sight(facts, recorded) if sight else recorded
    in_sight = {entry.fact.fact_id for entry in seen}
    numbers = {entry.recording.line for entry in seen}
    hidden = [each for each in beside if each.seq not in numbers]
    elsewhere = list(_named_elsewhere(more, hidden, in_sight))
    if sight:
        elsewhere.extend(_taken_elsewhere(more, hidden, in_sight))
    more = without_the_erased(facts, more, in_sight)
    faults = [*more.faults, *elsewhere, *_too_late(more)]
    return FactBook((), zone, recorded=seen).with_more(more._replace(faults=faults))


def _too_late(more: HandedIn) -> Iterable[Fault]:
    """Yield the days at the end of the calendar; where something ends they only say "still so"."""
    for entry in more.entries:
        for field, day in late_days(entry.fact):
            if field not in _SAYS_STILL_SO:
                yield Fault(entry.recording.place, field, quoted(day), "a day before 9999 would be right")


_SAYS_STILL_SO = frozenset({"end", "last_day"})


def _named_elsewhere(more: HandedIn, hidden: Iterable[Stored], in_sight: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with voids of things in sight that live facts name which are not."""
    live = [each for each in hidden if each.voided_at is None and each.kind != "void"]
    named = {name for each in live for name in each.names - {each.fact_id}}
    for entry in more.entries:
        if isinstance(entry.fact, Void) and entry.fact.of in named.intersection(in_sight):
            right = "leaving that to somebody who sees all that names it would be right"
            yield Fault(entry.recording.place, "of", quoted(entry.fact.of), right)


def _taken_elsewhere(more: HandedIn, hidden: Iterable[Stored], in_sight: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with facts under ids that something has which is not in sight.

    That is all that is told of it: whatever it is and says, and whether it was withdrawn, it is held
    against nothing else. An id made of its content tells what that is, so of such a one nothing is told,
    and nobody gives one to something else.
    """
    given = [each for each in hidden if not is_made_up(each.fact_id, each.kind)]
    taken = {each.fact_id for each in given if each.voided_at is None or each.fact_id not in in_sight}
    for entry in more.entries:
        if entry.fact.fact_id in taken:
            found = f"{entry.fact.fact_id!r} a second time for something else"
            yield Fault(entry.recording.place, "id", found, "another id would be right")
        if looks_made_up(entry.fact.fact_id) and "id" in more.said_of(entry).fields:
            right = "another id, or none, would be right: this one has the form of those made of content"
            yield Fault(entry.recording.place, "id", quoted(entry.fact.fact_id), right)


def beside_of(facts: Facts, more: HandedIn) -> Beside:
    """Return what was handed in with what the register holds under the ids in it, and what names a thing
    voided."""
    found: dict[int, Stored] = {}
    asked: set[str] = set()
    ids = _ids(more)
    while ids:
        asked |= ids
        taken = facts.under(ids, with_voids=True)
        found.update((each.seq, each) for each in taken)
        voided = {str(each.body["of"]) for each in taken if each.kind == "void"}
        ids = ({each.fact_id for each in taken} | voided | _named_by_the_reinstated(more, taken)) - asked
    things = {each.fact_id for each in found.values() if each.kind in THINGS}
    withdrawn = things & _voided(more, found.values())
    named = (*facts.about(withdrawn), *facts.naming(withdrawn)) if withdrawn else ()
    for each in (*named, *_merges(facts, more), *_areas(facts, more)):
        found.setdefault(each.seq, each)
    return Beside(more, [found[seq] for seq in sorted(found)])


def _named_by_the_reinstated(more: HandedIn, taken: Iterable[Stored]) -> set[str]:
    """Return what facts name that voids of voids handed in may put back: that may have been withdrawn."""
    handed = {entry.fact.of for entry in more.entries if isinstance(entry.fact, Void)}
    if handed.isdisjoint(each.fact_id for each in taken if each.kind == "void"):
        return set()
    return {name for each in taken for name in _named_in(each.kind, each.body)}


def _ids(more: HandedIn) -> set[str]:
    own = {entry.fact.fact_id for entry in more.entries}
    named = {name for entry in more.entries for name in names_of(entry.fact) if not name.startswith("@")}
    return own | named | {name for each in more.broken for name in _named_in(each.raw["fact"], each.raw)}


def _named_in(kind: str, fields: Mapping[str, Any]) -> Iterable[str]:
    for field in _NAMED_BY[kind]:
        named = fields.get(field)
        yield from (each for each in (named if isinstance(named, list) else [named]) if isinstance(each, str))


def _voided(more: HandedIn, found: Collection[Stored]) -> set[str]:
    """Return the ids that voids speak of, those handed in and those recorded."""
    handed = {entry.fact.of for entry in more.entries if entry.kind == "void"}
    return handed | {str(each.body["of"]) for each in found if each.kind == "void"}


def _merges(facts: Facts, more: HandedIn) -> list[Stored]:
    """Return the merges that, with those handed in, could close a circle."""
    merges = [entry.fact for entry in more.entries if isinstance(entry.fact, Merge)]
    return merges_around(facts, {getattr(each, end) for each in merges for end in ENDS})


def _areas(facts: Facts, more: HandedIn) -> list[Stored]:
    codes = {at_area(entry.fact.code) for entry in more.entries if isinstance(entry.fact, Area)}
    return facts.naming(codes, ("area",)) if codes else []
