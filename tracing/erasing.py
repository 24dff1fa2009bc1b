"""Erasing who somebody is: keys are destroyed, facts, chains and counts stay whole."""

from collections.abc import Collection, Iterable, Iterator

from tracing.facts import Erasure, Fact
from tracing.faults import Fault, quoted
from tracing.intake import Entry
from tracing.merges import ENDS, merges_around
from tracing.ports import Facts, Records
from tracing.secrecy import Identities

_TELL_WHO = frozenset({"person", "statement"})


def erase(records: Records, named: Collection[str]) -> None:
    """Erase who people are, under all records that are one with theirs, and the addresses of homes
    where nobody else ever lived."""
    if named:
        people = _one_with(records, named)
        records.erase(people | _homes_of_nobody_else(records, people))


def erased_in(facts: Iterable[Fact]) -> set[str]:
    """Return whom erasures name."""
    return {fact.person for fact in facts if isinstance(fact, Erasure)}


def told_of_the_erased(
    known: Identities, entries: Iterable[Entry], in_sight: Collection[str]
) -> Iterator[Fault]:
    """Yield what is wrong with facts that would tell again who somebody in sight is who was erased."""
    telling = {_of_whom(entry): entry for entry in entries if entry.kind in _TELL_WHO}
    for person in sorted(known.erased(telling.keys() & in_sight)) if telling else ():
        entry = telling[person]
        right = "nothing, or somebody new under another id, would be right"
        yield Fault(entry.recording.place, "", f"who {quoted(person)} is, which was erased", right)


def _of_whom(entry: Entry) -> str:
    return str(getattr(entry.fact, "person", entry.fact.fact_id))


def _one_with(facts: Facts, people: Collection[str]) -> set[str]:
    """Return people with all records that are one with theirs; a merge withdrawn makes nobody one."""
    merges = merges_around(facts, people, in_force=True)
    return {*people, *(str(each.body[end]) for each in merges for end in ENDS)}


def _homes_of_nobody_else(facts: Facts, people: Collection[str]) -> set[str]:
    homes = {str(each.body["household"]) for each in facts.about(people, ("residence",))}
    residences = facts.naming(homes, ("residence",)) if homes else []
    lived = [(str(each.body["household"]), str(each.body["person"])) for each in residences]
    others = {person for _, person in lived} - set(people)
    remaining = others - facts.erased(others)
    return homes - {home for home, person in lived if person in remaining}
