"""Who and where: people, what further sources say of them, where they live and have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracing.days import Span
from tracing.facts.marks import (
    Count,
    HouseholdId,
    JourneyId,
    PersonId,
    PlaceId,
    PrivateDay,
    PrivateText,
    Years,
    digits,
    ends_after,
    in_order,
)
from tracing.facts.vocabulary import AreaLevel, IdType, Need, PlaceKind, Sex
from tracing.faults import Complaint


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the register; ``age`` in years when it was recorded."""

    fact_id: str
    name: PrivateText | None = None
    sex: Sex | None = None
    birth_date: PrivateDay | None = None
    age: Years | None = None
    id_type: IdType | None = None
    id_number: PrivateText | None = None
    phone: PrivateText | None = None
    workplace: PrivateText | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a further source says of somebody already known; nothing is overwritten."""

    fact_id: str
    person: PersonId
    name: PrivateText | None = None
    sex: Sex | None = None
    birth_date: PrivateDay | None = None
    id_number: PrivateText | None = None
    phone: PrivateText | None = None
    address: PrivateText | None = None
    workplace: PrivateText | None = None
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who somebody is was erased for good; what happened to them stays."""

    fact_id: str
    person: PersonId
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records, one human being: ``person`` is answered under ``into``."""

    fact_id: str
    person: PersonId
    into: PersonId
    reason: str | None = None
    by: str | None = None

    def complaints(self) -> Iterator[Complaint]:
        if self.person == self.into:
            yield Complaint("into", repr(self.into), "another person than `person` would be right")


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its GB/T 2260 code, extended for villages and grids."""

    fact_id: str
    code: str
    name: str
    level: AreaLevel
    parent: str | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.code, "code")
        yield from digits(self.parent, "parent")


@dataclass(frozen=True, slots=True)
class Household:
    """A home that people share."""

    fact_id: str
    area: str
    address: PrivateText | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.area, "area")


@dataclass(frozen=True, slots=True)
class Residence:
    """Somebody lives in a household from ``first_day`` to ``last_day``, both included."""

    fact_id: str
    person: PersonId
    household: HouseholdId
    first_day: date | None = None
    last_day: date | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from in_order(self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that people visit, work or are observed at."""

    fact_id: str
    name: str
    area: str
    kind: PlaceKind = PlaceKind.OTHER
    address: str | None = None
    capacity: Count | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.area, "area")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody was at a place; no ``end`` means still there."""

    fact_id: str
    person: PersonId
    place: PlaceId
    start: Span
    end: Span | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from ends_after(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody was in an area, both days included; no ``last_day`` means still there."""

    fact_id: str
    person: PersonId
    area: str
    first_day: date | None = None
    last_day: date | None = None
    transit: bool = False

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.area, "area")
        yield from in_order(self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody arrived in an area on a day."""

    fact_id: str
    person: PersonId
    area: str
    day: date
    from_area: str | None = None
    journey: JourneyId | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.area, "area")
        yield from digits(self.from_area, "from_area")


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody moved to another area on a day."""

    fact_id: str
    person: PersonId
    day: date
    to_area: str

    def complaints(self) -> Iterator[Complaint]:
        yield from digits(self.to_area, "to_area")
