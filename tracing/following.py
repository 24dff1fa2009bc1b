"""Chains in a store: followed layer by layer, so that only facts about those on a chain are read."""

from collections.abc import Collection
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracing.chains import Bounds, Direction, Reached, chains, followed
from tracing.known import Known
from tracing.neighbourhood import Neighbourhood, Reach
from tracing.network import ContactNetwork, contact_network
from tracing.ports import Facts
from tracing.register import Register

MOST_FOLLOWED = 5_000
"""Through how many people chains are followed one layer after the other; for more the whole book is read."""
_NO_FURTHER = Reach(secondary=False, facilities=False, met_returnees=False, signs=False)


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
            lambda facts: _Following(facts, register.rules.zone).of(person, direction, bounds)
        )
    except _TooMany:
        return chains_in(register.book().known(), person, direction, bounds)


def chains_in(known: Known, person: str, direction: Direction, bounds: Bounds) -> Followed:
    """Return the same from all that is known."""
    root = known.answers_for(person)
    return Followed(known, chains(contact_network(known), root, direction, bounds))


class _Following:
    """Chains in one state of a store."""

    def __init__(self, facts: Facts, zone: ZoneInfo) -> None:
        self._hood = Neighbourhood(facts, _NO_FURTHER, zone)
        self._through: set[str] = set()

    def of(self, person: str, direction: Direction, bounds: Bounds) -> Followed:
        self._hood.load_of([person], "person", "merge")
        known = self._hood.known()
        return Followed(known, followed(self._around, known.answers_for(person), direction, bounds))

    def _around(self, people: Collection[str]) -> ContactNetwork:
        self._through |= set(people)
        if len(self._through) > MOST_FOLLOWED:
            raise _TooMany
        self._hood.load_presences(people)
        return contact_network(self._hood.known())
