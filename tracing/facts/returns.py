"""What reporting units hand in: lists, their own figures, counts of screening."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracing.days import Span
from tracing.facts.marks import Count, PlaceId, digits, one_of
from tracing.facts.vocabulary import Slot, TallyKind
from tracing.faults import Complaint


@dataclass(frozen=True, slots=True)
class Batch:
    """A list as it was handed over."""

    fact_id: str
    body: str
    day: date
    number: int | str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's own figure of new contacts of a day; zero is a report too."""

    fact_id: str
    day: date
    count: Count
    area: str | None = None
    place: PlaceId | None = None
    handed_in: Span | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from one_of(("area", "place"), (self.area, self.place))
        yield from digits(self.area, "area")


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of a day's screening, of an area or at a place."""

    fact_id: str
    day: date
    kind: TallyKind
    count: Count
    area: str | None = None
    place: PlaceId | None = None
    slot: Slot | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from one_of(("area", "place"), (self.area, self.place))
        yield from digits(self.area, "area")


@dataclass(frozen=True, slots=True)
class Void:
    """A fact is withdrawn: the youngest of that id recorded before the void."""

    fact_id: str
    of: str
    reason: str | None = None
