"""Chains in a store: followed layer by layer, so that only facts about those on a chain are read."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracing.chains import Bounds, Direction, Reached, chains, followed
from tracing.facts import Fact, Merge
from tracing.known import Known
from tracing.merges import merges_around
from tracing.network import ContactNetwork, contact_network
from tracing.ports import Facts, Stored
from tracing.register import Register
from tracing.storing import recalled

MOST_FOLLOWED = 5_000
"""Through how many people chains are followed one layer after the other; for more the whole book is read."""


class Followed(NamedTuple):
    """What is known of the person chains begin with, and whom they reach."""

    known: Known
    reached: list[Reached]


class _TooMany(Exception):
    """Chains go through so many people that reading all facts is less work."""


def chains_of(register: Register, person: str, direction: Direction, bounds: Bounds) -> Followed:
    """Return whom chains from (backward: to) a person reach; nobody if there is no such person."""
    try:
        return register.store.read(
            lambda facts: _Following(facts, register.rules.zone, bounds).of(person, direction)
        )
    except _TooMany:
        return chains_in(register.book().known(), person, direction, bounds)


def chains_in(known: Known, person: str, direction: Direction, bounds: Bounds) -> Followed:
    """Return the same from all that is known."""
    root = known.answers_for(person)
    return Followed(known, chains(contact_network(known), root, direction, bounds))


class _Following:
    """Chains between two moments in one state of a store."""

    def __init__(self, facts: Facts, zone: ZoneInfo, bounds: Bounds) -> None:
        self._facts = facts
        self._zone = zone
        self._bounds = bounds
        self._days = _days_of(bounds)
        self._through: set[str] = set()
        self._merges: dict[str, Merge] = {}

    def of(self, person: str, direction: Direction) -> Followed:
        own = self._standing(self._facts.about([person], ("person", "merge")))
        known = self._known(own)
        return Followed(known, followed(self._around, known.answers_for(person), direction, self._bounds))

    def _around(self, people: Collection[str]) -> ContactNetwork:
        """Return the network of the occasions of people, under all their records."""
        self._through |= set(people)
        if len(self._through) > MOST_FOLLOWED:
            raise _TooMany
        merged = Known(self._merges.values(), self._zone)
        records = {each for person in people for each in (person, *merged.merged_into(person))}
        return contact_network(self._known(self._standing(self._facts.gatherings(records, self._days))))

    def _standing(self, found: Iterable[Stored]) -> list[Fact]:
        return [recalled(each, self._zone).fact for each in found if _stands(each)]

    def _known(self, found: list[Fact]) -> Known:
        """Return what is known by facts of which all merges of those present came along."""
        merges = {each.fact_id: each for each in found if isinstance(each, Merge)}
        if new := merges.keys() - self._merges.keys():
            ends = {end for each in new for end in (merges[each].person, merges[each].into)}
            around = self._standing(merges_around(self._facts, ends, _stands))
            self._merges |= {each.fact_id: each for each in around if isinstance(each, Merge)}
        others = [each for each in found if not isinstance(each, Merge)]
        return Known([*self._merges.values(), *others], self._zone)


def _days_of(bounds: Bounds) -> tuple[int, int]:
    """Return the days of the bounds as ordinals, both included."""
    first = bounds.since.first_day if bounds.since else date.min
    last = bounds.until.last_day if bounds.until else date.max
    return first.toordinal(), last.toordinal()


def _stands(stored: Stored) -> bool:
    return stored.voided_at is None
