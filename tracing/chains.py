"""Time-respecting exposure chains: whom a path of exposures reaches, and by which.

A step is the time two people were at an occasion together. Passing it, one arrives at the later
of the arrival before and the step's start; it is usable if it ends at or after the arrival
before. Backward chains are the same with time turned round.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from tracing.days import Span, shown
from tracing.network import EVER, ContactNetwork, Occasion, Presence, moment_of, ticks


class Direction(StrEnum):
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, in the order of transmission; ``at`` is when it is passed."""

    giver: str
    taker: str
    by: str
    kind: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whom a chain reaches.

    ``generation`` is the fewest steps of any chain to them; ``at`` the earliest arrival
    (backward: the latest departure), None if nothing bounds it; ``path`` the chain that has it.
    """

    person: str
    generation: int
    at: datetime | None
    path: tuple[Step, ...]


class Bounds(NamedTuple):
    """How far chains are followed: from the first to the last moment, and how many steps."""

    since: Span | None = None
    until: Span | None = None
    generations: int | None = None


Around = Callable[[Collection[str]], ContactNetwork]
"""Gives a network in which is every occasion of some people, with everybody who was there."""


class _Label(NamedTuple):
    """An arrival at somebody: when, from whose arrival, by which occasion."""

    at: int
    person: str
    before: "_Label | None" = None
    by: Occasion | None = None


class _Giver(NamedTuple):
    """Somebody who can pass it on at an occasion from ``since`` while they are there."""

    since: int
    person: str
    there: Presence
    label: _Label


def chains(network: ContactNetwork, person: str, direction: Direction, bounds: Bounds) -> list[Reached]:
    """Return everybody whom chains from (backward: to) a person reach, nearest first.

    The person themselves is not among them. With ``generations`` only chains of at most so many
    steps are looked at. Of several chains that arrive at the same moment the one of fewest
    steps is the path, then the one whose people and occasions come first by id.
    """
    return followed(lambda _: network, person, direction, bounds)


def followed(around: Around, person: str, direction: Direction, bounds: Bounds) -> list[Reached]:
    """Return the same as :func:`chains`, asking only for the occasions of those whom a chain goes through."""
    search = _Search(around, direction, bounds)
    search.run(person)
    found = [search.reached(each) for each in search.generation if each != person]
    return sorted(found, key=lambda each: (each.generation, each.person))


class _Search:
    """Layer by layer, each layer one step more: whoever is reached earlier than before goes on."""

    def __init__(self, around: Around, direction: Direction, bounds: Bounds) -> None:
        self.around = around
        self.network: ContactNetwork
        self.direction = direction
        self.generations = bounds.generations
        since = ticks(bounds.since.first) if bounds.since else EVER
        until = ticks(bounds.until.last) if bounds.until else -EVER
        forward = direction == Direction.FORWARD
        self.begin, self.end = (since, until) if forward else (-until, -since)
        self.best: dict[str, _Label] = {}
        self.generation: dict[str, int] = {}

    def run(self, root: str) -> None:
        self.best[root] = _Label(self.begin, root)
        self.generation[root] = 0
        frontier, steps = [root], 0
        while frontier and (self.generations is None or steps < self.generations):
            steps += 1
            frontier = self._next_layer(frontier, steps)

    def _next_layer(self, frontier: list[str], steps: int) -> list[str]:
        labels = {person: self.best[person] for person in frontier}
        self.network = self.around(frontier)
        occasions = {occasion for person in frontier for occasion in self.network.adj.get(person, ())}
        better: dict[str, _Label] = {}
        for occasion in occasions:
            for label in self._passed_on(occasion, labels):
                known = better.get(label.person)
                if known is None or _rank(label) < _rank(known):
                    better[label.person] = label
        for person, label in better.items():
            self.best[person] = label
            self.generation.setdefault(person, steps)
        return sorted(better)

    def _passed_on(self, occasion: Occasion, labels: dict[str, _Label]) -> Iterator[_Label]:
        """Yield the arrivals at an occasion that are earlier than what was known of anybody."""
        present = self._present(occasion)
        givers = sorted(
            _Giver(max(labels[there.person].at, there.first), there.person, there, labels[there.person])
            for there in present
            if there.person in labels and labels[there.person].at <= there.last
        )
        if not givers:
            return
        meeting = _Meeting(givers)
        for there in present:
            known = self.best.get(there.person)
            if known is not None and known.at <= max(there.first, givers[0].since):
                continue
            found = meeting.earliest(there)
            if found and found[0] <= self.end and (known is None or found[0] < known.at):
                yield _Label(found[0], there.person, found[1].label, occasion)

    def _present(self, occasion: Occasion) -> list[Presence]:
        present: list[Presence] = self.network.nodes[occasion]["present"]
        if self.direction == Direction.FORWARD:
            return present
        return [Presence(person, -last, -first) for person, first, last in present]

    def reached(self, person: str) -> Reached:
        label = self.best[person]
        path = tuple(self._steps(label))
        if self.direction == Direction.FORWARD:
            path = path[::-1]
        return Reached(person, self.generation[person], self._moment(label.at), path)

    def _steps(self, label: _Label) -> Iterator[Step]:
        """Yield the steps to a label, the last one first."""
        while label.before is not None and label.by is not None:
            giver, taker = label.before.person, label.person
            if self.direction == Direction.BACKWARD:
                giver, taker = taker, giver
            yield Step(giver, taker, label.by.id, label.by.kind, self._moment(label.at))
            label = label.before

    def _moment(self, at: int) -> datetime | None:
        moment = moment_of(at if self.direction == Direction.FORWARD else -at, self.network.graph["zone"])
        return shown(moment) if moment else None


class _Meeting:
    """Those who can pass something on at one occasion, by when they can."""

    def __init__(self, givers: list[_Giver]) -> None:
        self.givers = givers
        self.since = [giver.since for giver in givers]
        # Of the givers up to each place, the one who stays longest.
        self.longest: list[_Giver] = list(accumulate(givers, _who_stays_longer))

    def earliest(self, there: Presence) -> tuple[int, _Giver] | None:
        """Return when somebody there is reached at the earliest, and by whom."""
        before = bisect_right(self.since, there.first)
        if before and self._may_meet(self.longest[before - 1], there):
            giver = next((each for each in self.givers[:before] if _passes(each, there)), None)
            if giver:
                return there.first, giver
        for giver in self.givers[before:]:
            if giver.since > there.last:
                break
            if _passes(giver, there):
                return giver.since, giver
        return None

    def _may_meet(self, longest: _Giver, there: Presence) -> bool:
        return longest.person == there.person or _meet(longest.there, there)


def _who_stays_longer(one: _Giver, other: _Giver) -> _Giver:
    return other if other.there.last > one.there.last else one


def _passes(giver: _Giver, there: Presence) -> bool:
    return giver.person != there.person and _meet(giver.there, there)


def _meet(one: Presence, other: Presence) -> bool:
    """Return whether two people were there together; who only follows another has not met them."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return first < last or (first == last and (one.first == one.last or other.first == other.last))


def _rank(label: _Label) -> tuple[int, str, str]:
    before, by = label.before, label.by
    return (label.at, before.person if before else "", by.id if by else "")
