"""What was done about somebody: isolation, orders, checks, decisions, calls, notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracing.days import Span
from tracing.facts.marks import Celsius, OccasionId, OrderId, PersonId, PlaceId, ends_after
from tracing.facts.vocabulary import (
    CASES,
    CallOutcome,
    Category,
    CheckOutcome,
    NoticeKind,
    PlaceOfObservation,
    ReleaseReason,
    Sign,
    Slot,
    Where,
)
from tracing.faults import Complaint


@dataclass(frozen=True, slots=True)
class Isolation:
    """Somebody put under control; away from others unless ``home_shared``."""

    fact_id: str
    person: PersonId
    start: Span
    end: Span | None = None
    where: Where | None = None
    place: PlaceId | None = None

    def complaints(self) -> Iterator[Complaint]:
        yield from ends_after(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody placed under observation from ``first_day``."""

    fact_id: str
    person: PersonId
    place_kind: PlaceOfObservation
    first_day: date
    site: PlaceId | None = None
    floor: int | None = None
    officer: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """An order goes on elsewhere; the day of the transfer belongs to the new place."""

    fact_id: str
    order: OrderId
    day: date
    place_kind: PlaceOfObservation
    site: PlaceId | None = None
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """An order ended on ``day``."""

    fact_id: str
    order: OrderId
    day: date
    reason: ReleaseReason = ReleaseReason.COMPLETED
    by: str | None = None
    notice_number: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A health check of somebody under observation; temperature in degrees Celsius."""

    fact_id: str
    person: PersonId
    day: date
    slot: Slot
    temperature_c: Celsius | None = None
    signs: tuple[Sign, ...] = ()
    outcome: CheckOutcome = CheckOutcome.SEEN
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """A human decision about somebody's category; it wins over the rule."""

    fact_id: str
    person: PersonId
    category: Category
    day: date
    exposure: OccasionId | None = None
    source_person: PersonId | None = None
    last_day: date | None = None
    supervisor: str | None = None
    reason: str | None = None
    by: str | None = None

    def complaints(self) -> Iterator[Complaint]:
        if self.category in CASES:
            yield Complaint(
                "category", repr(str(self.category)), "a diagnosis would be right: it makes a case"
            )
        if self.source_person == self.person:
            yield Complaint("source_person", repr(self.person), "somebody else than `person` would be right")


@dataclass(frozen=True, slots=True)
class Lost:
    """Nobody knows where somebody under observation is, from ``day`` on."""

    fact_id: str
    person: PersonId
    day: date


@dataclass(frozen=True, slots=True)
class Call:
    """A phone verification, or any other attempt to reach somebody."""

    fact_id: str
    person: PersonId
    at: Span
    outcome: CallOutcome
    purpose: str | None = None
    by: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the person was told about an order."""

    fact_id: str
    order: OrderId
    day: date
    last_day: date
    kind: NoticeKind
    served_by: str | None = None
    digest: str | None = None
