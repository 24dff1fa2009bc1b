"""Erasing who somebody is: keys are destroyed, facts, chains and counts stay whole."""

import sys
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from tracing.facts import Erasure, Fact
from tracing.faults import Fault, quoted
from tracing.intake import Entry, HandedIn
from tracing.merges import ENDS, merges_around
from tracing.ports import Facts, Records, Stored
from tracing.secrecy import Identities

_TELL_WHO = frozenset({"person", "statement"})


class When(NamedTuple):
    """When an erasure was recorded: its number, and the moment if that is known."""

    number: int
    moment: datetime | None

    def had(self, each: Stored) -> bool:
        """Return whether a fact had been recorded then, or was recorded with it."""
        is_with_it = self.moment is not None and each.recorded_at == self.moment
        return each.seq < self.number or is_with_it

    def counted(self, each: Stored) -> bool:
        """Return whether it had, and was not withdrawn."""
        is_live = each.voided_at is None or (self.moment is not None and each.voided_at > self.moment)
        return self.had(each) and is_live


_NOW = When(sys.maxsize, None)


def erase(records: Records, named: Collection[str], when: When = _NOW) -> None:
    """Erase who people are, under all records that are one with theirs, and the addresses of homes
    where nobody else ever lived.

    ``when``: what was recorded later, or withdrawn later, is as it was then.
    """
    if named:
        people = _one_with(records, named, when)
        records.erase(people | _homes_of_nobody_else(records, people, when))


def erased_in(facts: Iterable[Fact]) -> set[str]:
    """Return whom erasures name."""
    return {fact.person for fact in facts if isinstance(fact, Erasure)}


def without_the_erased(
    known: Identities, more: HandedIn, in_sight: Collection[str] | None = None
) -> HandedIn:
    """Return what was handed in without facts that would tell again who somebody erased is: each is a fault.

    So they are held against nothing that is recorded, and a right guess is refused like a wrong one.
    ``in_sight``: only of these (None: of everybody).
    """
    telling = {_of_whom(entry) for entry in more.entries if _tells_who(entry)}
    if in_sight is not None:
        telling.intersection_update(in_sight)
    erased = known.erased(telling) if telling else set[str]()
    if not erased:
        return more
    rest, again = list[Entry](), list[Entry]()
    for entry in more.entries:
        is_again = _tells_who(entry) and _of_whom(entry) in erased
        (again if is_again else rest).append(entry)
    return more._replace(entries=rest, faults=[*more.faults, *map(_told_again, again)])


def _told_again(entry: Entry) -> Fault:
    right = "nothing, or somebody new under another id, would be right"
    return Fault(entry.recording.place, "", f"who {quoted(_of_whom(entry))} is, which was erased", right)


def _tells_who(entry: Entry) -> bool:
    is_home = entry.kind == "household" and getattr(entry.fact, "address", None) is not None
    return is_home or entry.kind in _TELL_WHO


def _of_whom(entry: Entry) -> str:
    return str(getattr(entry.fact, "person", entry.fact.fact_id))


def _one_with(facts: Facts, people: Collection[str], when: When) -> set[str]:
    """Return people with all records that are one with theirs; a merge withdrawn makes nobody one."""
    merges = merges_around(facts, people, when.counted)
    return {*people, *(str(each.body[end]) for each in merges for end in ENDS)}


def _homes_of_nobody_else(facts: Facts, people: Collection[str], when: When) -> set[str]:
    homes = {str(each.body["household"]) for each in facts.about(people, ("residence",)) if when.had(each)}
    residences = facts.naming(homes, ("residence",)) if homes else []
    lived = [
        (str(each.body["household"]), str(each.body["person"])) for each in residences if when.counted(each)
    ]
    others = {person for _, person in lived} - set(people)
    remaining = others - facts.erased(others)
    return homes - {home for home, person in lived if person in remaining}
