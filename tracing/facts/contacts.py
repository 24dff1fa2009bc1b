"""Who met whom: exposures, journeys and the rides of those aboard."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracing.days import Span
from tracing.facts.marks import (
    Count,
    HouseholdId,
    JourneyId,
    Metres,
    Minutes,
    PersonId,
    PlaceId,
    ends_after,
)
from tracing.facts.vocabulary import WITHOUT_SOURCE_PERSON, BerthClass, ExposureKind, Mode, Role
from tracing.faults import Complaint, quoted


def _named_again(names: tuple[str, ...]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


@dataclass(frozen=True, slots=True)
class Exposure:
    """An occasion with everyone at it; without ``end`` it ended when it started."""

    fact_id: str
    start: Span
    end: Span | None = None
    participants: tuple[PersonId, ...] = ()
    kind: ExposureKind = ExposureKind.OTHER
    protected: bool | tuple[PersonId, ...] = False
    distance_m: Metres | None = None
    minutes: Minutes | None = None
    enclosed: bool | None = None
    place: PlaceId | None = None
    household: HouseholdId | None = None
    estimated: bool = False
    unnamed: Count = 0
    description: str | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from ends_after(self.start, self.end)
        named = len(set(self.participants))
        if named < len(self.participants):
            for person in _named_again(self.participants):
                yield Complaint("participants", quoted(person), "everybody named once would be right")
        if named < self._fewest:
            right = "two people would be right, or one for animal, contaminated_environment or beside unnamed"
            yield Complaint("participants", f"{named} named", right)
        for person in self._protected_strangers:
            yield Complaint(
                "protected", quoted(person), "somebody who is among the participants would be right"
            )

    @property
    def span(self) -> Span:
        """The whole occasion; an end given as a day lasts to its 24:00."""
        return Span(self.start.first, (self.end or self.start).last)

    def protects(self, person: str) -> bool:
        """Return whether somebody there was under effective protection."""
        return self.protected if isinstance(self.protected, bool) else person in self.protected

    @property
    def _fewest(self) -> int:
        if self.unnamed:
            return 0
        return 1 if self.kind in WITHOUT_SOURCE_PERSON else 2

    @property
    def _protected_strangers(self) -> list[str]:
        named = () if isinstance(self.protected, bool) else self.protected
        return [person for person in named if person not in self.participants]


@dataclass(frozen=True, slots=True)
class Journey:
    """One run of a vehicle; ``row_order`` lists its rows from front to back."""

    fact_id: str
    mode: Mode
    number: str | None = None
    departs: Span | None = None
    arrives: Span | None = None
    hepa: bool | None = None
    row_order: tuple[str, ...] = ()

    def complaints(self) -> Iterator[Complaint]:
        yield from ends_after(self.departs, self.arrives, "arrives")
        for row in _named_again(self.row_order):
            yield Complaint("row_order", quoted(row), "every row named once would be right")


@dataclass(frozen=True, slots=True)
class Ride:
    """Somebody aboard a journey, as a passenger or at work there."""

    fact_id: str
    person: PersonId
    journey: JourneyId
    carriage: str | None = None
    row: str | None = None
    seat: str | None = None
    berth_class: BerthClass | None = None
    compartment: str | None = None
    bay: str | None = None
    cabin: str | None = None
    role: Role = Role.PASSENGER
    serves: tuple[str, ...] = ()
    start: Span | None = None
    end: Span | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from ends_after(self.start, self.end)
