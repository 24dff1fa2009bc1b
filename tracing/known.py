"""The live facts as known at one moment, found by person and by thing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from tracing.areas import includes
from tracing.days import DEFAULT_ZONE
from tracing.facts import (
    FACT_TYPES,
    Area,
    Exposure,
    Fact,
    Household,
    Journey,
    Merge,
    Notice,
    Order,
    Person,
    Place,
    Release,
    Residence,
    Ride,
    Transfer,
    Visit,
)

F = TypeVar("F")


class NoSuchPerson(LookupError):
    """Somebody asked for is not in the facts."""

    def __init__(self, person: str) -> None:
        super().__init__(f"no person {person!r} in the facts")


class Known:
    """An index over live facts; people merged into another answer under that other's id."""

    def __init__(self, facts: Iterable[Fact], zone: ZoneInfo = DEFAULT_ZONE) -> None:
        self.zone = zone
        self.facts: list[Fact] = list(facts)
        self._things: dict[tuple[type[Any], str], Any] = {}
        self._by_person: dict[tuple[type[Any], str], list[Any]] = defaultdict(list)
        self._by_thing: dict[tuple[type[Any], str], list[Any]] = defaultdict(list)
        self._areas: list[Area] = []
        self._into = {fact.person: fact.into for fact in self.facts if type(fact) is Merge}
        self._merged: dict[str, list[str]] = defaultdict(list)
        for each in sorted(self._into):
            self._merged[self.answers_for(each)].append(each)
        for fact in self.facts:
            self._index(fact)
        self.people = sorted(
            thing for made, thing in self._things if made is Person and thing not in self._into
        )

    def _index(self, fact: Fact) -> None:
        made = type(fact)
        found_by = _FOUND_BY[made]
        if found_by.itself:
            self._things[made, fact.fact_id] = fact
        if found_by.person:
            self._by_person[made, self.answers_for(fact.person)].append(fact)
        if found_by.thing:
            self._by_thing[made, getattr(fact, found_by.thing)].append(fact)
        if made is Exposure:
            for person in {self.answers_for(person) for person in fact.participants}:
                self._by_person[Exposure, person].append(fact)
        elif made is Area:
            self._areas.append(fact)

    def answers_for(self, person: str) -> str:
        """Return the id under which a person is answered: their own, or the one merged into."""
        if person not in self._into:
            return person
        followed = {person}
        while (into := self._into.get(person)) is not None and into not in followed:
            followed.add(into)
            person = into
        return person

    def merged_into(self, person: str) -> Sequence[str]:
        """Return the ids of all records that are answered under that of somebody, but for this."""
        return self._merged.get(person, ())

    def is_person(self, person: str) -> bool:
        """Return whether a person of this id is known."""
        return (Person, person) in self._things

    def of(self, made: type[F], person: str) -> Sequence[F]:
        """Return a person's own facts of one type."""
        return self._by_person.get((made, person), ())

    def every(self, made: type[F]) -> list[F]:
        """Return all facts of one type, by id."""
        found: list[Any] = [fact for fact in self.facts if type(fact) is made]
        return sorted(found, key=lambda fact: str(fact.fact_id))

    def everyone_with(self, made: type[Any]) -> list[str]:
        """Return the people who have facts of one type, sorted."""
        return sorted({person for kind, person in self._by_person if kind is made})

    def thing(self, made: type[F], thing_id: str) -> F | None:
        """Return a household, place, journey, exposure or order; None if not known."""
        return cast(F | None, self._things.get((made, thing_id)))

    def naming(self, made: type[F], thing_id: str) -> Sequence[F]:
        """Return the facts of one type that name a thing: the residences of a household, the
        rides of a journey, the visits to a place, the transfers, releases and notices of an order."""
        return self._by_thing.get((made, thing_id), ())

    def is_recorded_area(self, code: str) -> bool:
        """Return whether a code lies in one of the recorded areas."""
        return any(includes(area.code, code) for area in self._areas)

    def areas(self) -> list[Area]:
        """Return the recorded areas by code."""
        return sorted(self._areas, key=lambda area: area.code)


class _FoundBy(NamedTuple):
    """By what facts of one type are found: by their own id, by the person, by the id in a field."""

    itself: bool
    person: bool
    thing: str | None


_THINGS = frozenset({Person, Household, Place, Journey, Exposure, Order})
_NAMED_THING: dict[type[Any], str] = {
    Residence: "household",
    Ride: "journey",
    Visit: "place",
    Transfer: "order",
    Release: "order",
    Notice: "order",
}
_FOUND_BY = {
    made: _FoundBy(
        made in _THINGS,
        made is not Merge and any(field.name == "person" for field in fields(made)),
        _NAMED_THING.get(made),
    )
    for made in FACT_TYPES.values()
}
