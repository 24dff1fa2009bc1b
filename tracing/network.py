"""The network of who was where when: people and occasions as the two kinds of node of one graph.

An occasion with 200 people is one node with 200 edges, never 19,900 pairs. Built for a question
and thrown away.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

import networkx as nx

from tracing.contacts import time_aboard
from tracing.days import Span, end_of, midnight
from tracing.facts import Exposure, Journey, Residence, Ride, Visit
from tracing.known import Known

EVER = -(10**18)
STILL = 10**18
_TICKS_OF_A_DAY = 86_400_000_000


class Occasion(NamedTuple):
    """A node that is no person: what a step there is called, and the id of what was shared."""

    kind: str
    id: str


class Presence(NamedTuple):
    """Somebody at an occasion from ``first`` to ``last``, both included, in microseconds."""

    person: str
    first: int
    last: int


class ContactNetwork(nx.Graph):  # type: ignore[type-arg]
    """People and occasions. The node of an occasion carries ``present``, the presences at it.

    Edges say only that somebody was there; they share one empty dictionary of attributes.
    """

    _no_attributes: ClassVar[dict[str, Any]] = {}

    def _shared_attributes(self) -> dict[str, Any]:
        return self._no_attributes

    edge_attr_dict_factory = _shared_attributes

    def add_occasion(self, occasion: Occasion, present: list[Presence]) -> None:
        """Add an occasion with everybody at it."""
        self.add_node(occasion, present=present)
        self.add_edges_from((presence.person, occasion) for presence in present)


def contact_network(known: Known) -> ContactNetwork:
    """Return the network of every recorded exposure, shared home, journey and place.

    Left out are those under effective protection at an exposure, and occasions of one person.
    """
    network = ContactNetwork(zone=known.zone)
    for occasion, present in _occasions(known):
        if len({presence.person for presence in present}) > 1:
            network.add_occasion(occasion, present)
    return network


def ticks(moment: datetime) -> int:
    """Return a local moment in microseconds of local time."""
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return moment.toordinal() * _TICKS_OF_A_DAY + seconds * 1_000_000 + moment.microsecond


def moment_of(count: int, zone: ZoneInfo) -> datetime | None:
    """Return the moment that :func:`ticks` counted; None for ever and still."""
    if count in (EVER, STILL):
        return None
    day, rest = divmod(count, _TICKS_OF_A_DAY)
    seconds, micros = divmod(rest, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return datetime.fromordinal(day).replace(
        hour=hour, minute=minute, second=second, microsecond=micros, tzinfo=zone
    )


def _occasions(known: Known) -> Iterator[tuple[Occasion, list[Presence]]]:
    for exposure in known.every(Exposure):
        first, last = ticks(exposure.span.first), ticks(exposure.span.last)
        people = (person for person in exposure.participants if not exposure.protects(person))
        present = [Presence(known.answers_for(person), first, last) for person in people]
        yield Occasion(exposure.kind.value, exposure.fact_id), present
    for shared in _SHARED:
        yield from _together(known, shared)


def _together(known: Known, shared: "Shared") -> Iterator[tuple[Occasion, list[Presence]]]:
    """Yield what facts that name the same thing make: one occasion, everybody with their own time."""
    found: dict[str, list[Presence]] = {}
    for fact in known.every(shared.made):
        span = shared.when(known, fact)
        if span:
            presence = Presence(known.answers_for(fact.person), *span)
            found.setdefault(getattr(fact, shared.thing), []).append(presence)
    for name, present in found.items():
        yield Occasion(shared.kind, name), present


def _lived(known: Known, residence: Residence) -> tuple[int, int]:
    first = ticks(midnight(residence.first_day, known.zone)) if residence.first_day else EVER
    last = ticks(end_of(residence.last_day, known.zone)) if residence.last_day else STILL
    return first, last


def _rode(known: Known, ride: Ride) -> tuple[int, int] | None:
    journey = known.thing(Journey, ride.journey)
    span = time_aboard(ride, journey) if journey else None
    return _bounds(span) if span else None


def _visited(_known: Known, visit: Visit) -> tuple[int, int]:
    return ticks(visit.start.first), ticks(visit.end.last) if visit.end else STILL


def _bounds(span: Span) -> tuple[int, int]:
    return ticks(span.first), ticks(span.last)


class Shared(NamedTuple):
    """How facts of one type become occasions: what a step is called, what is shared, and when."""

    kind: str
    made: type[Any]
    thing: str
    when: Callable[[Known, Any], tuple[int, int] | None]


_SHARED = (
    Shared("household", Residence, "household", _lived),
    Shared("conveyance", Ride, "journey", _rode),
    Shared("visit", Visit, "place", _visited),
)
