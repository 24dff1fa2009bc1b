"""The kinds of rule that a rule book states; the numbers stand in ``rulebook/*.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracing.facts.vocabulary import (
    BerthClass,
    Category,
    Classification,
    ExposureKind,
    Mode,
    Role,
    Slot,
)
from tracing.faults import Complaint


class RuleNotInForce(LookupError):
    """No edition of the protocol is in force on this day."""

    def __init__(self, protocol: str, day: date) -> None:
        super().__init__(f"no edition of {protocol} is in force on {day:%Y-%m-%d}; --edition pins one")
        self.protocol = protocol
        self.day = day


class NoSuchEdition(LookupError):
    """The protocol has no edition of this name."""


class Evidence(StrEnum):
    """How a rule is known; everything but ``found`` is unconfirmed."""

    FOUND = "found"
    MEMORY_HIGH = "memory-high"
    MEMORY_MED = "memory-med"
    MEMORY_LOW = "memory-low"
    INFERENCE = "inference"
    DESIGN = "design"


class Grade(StrEnum):
    """A issuing authority or peer-reviewed · B major media, local government · C mirror · D anonymous."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class TransitionPolicy(StrEnum):
    """What a newer edition does to observations that are running."""

    STAY = "stay"
    REASSESS_OPEN = "reassess_open"


class Anchor(StrEnum):
    """The day or instant from which a case's window is reckoned."""

    ONSET = "onset"
    SAMPLED = "sampled"
    DIAGNOSED = "diagnosed"
    LAST_NEGATIVE = "last_negative"


class Scope(StrEnum):
    """Who aboard is near a case."""

    ROWS = "rows"
    CARRIAGE = "carriage"
    COMPARTMENT = "compartment"
    BAYS = "bays"
    CABIN = "cabin"
    EVERYBODY = "everybody"


class PhaseKind(StrEnum):
    CENTRALISED_OBSERVATION = "centralised_observation"
    HOME_OBSERVATION = "home_observation"
    HOME_MONITORING = "home_monitoring"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from: source, clause, how it is known; ``choice`` names our own decision."""

    source: str
    clause: str
    evidence: Evidence
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document that rules are taken from."""

    title: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Transition:
    """What a newer edition does to observations that are running."""

    policy: TransitionPolicy
    basis: Basis


@dataclass(frozen=True, slots=True)
class WindowOpening:
    """From when contact with a case counts: whole days before the first anchor that is known."""

    classes: tuple[Classification, ...]
    anchors: tuple[Anchor, ...]
    basis: Basis
    days_before: int = 0
    serially_tested: bool = False


@dataclass(frozen=True, slots=True)
class WindowRule:
    """When contact with a case counts; the first opening that fits holds."""

    opens: tuple[WindowOpening, ...]
    basis: Basis
    home_isolation_closes: bool


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """What a recorded occasion makes of those who were there.

    ``distance_m`` is the greatest distance that counts, ``minutes`` the least time; what was not
    recorded counts as met. ``enclosed_suffices``: in an enclosed space any distance counts.
    """

    kinds: tuple[ExposureKind, ...]
    makes: Category
    basis: Basis
    otherwise: Category = Category.NONE
    distance_m: float | None = None
    minutes: float | None = None
    enclosed_suffices: bool = False
    without_source_person: bool = False


@dataclass(frozen=True, slots=True)
class SeatRule:
    """Who aboard with a case is a contact; ``reach`` in rows or bays to either side."""

    scope: Scope
    makes: Category
    basis: Basis
    otherwise: Category = Category.NONE
    berths: tuple[BerthClass, ...] = ()
    hepa: bool | None = None
    reach: int = 0
    always: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRule:
    """What overlapping visits to a place make."""

    makes: Category
    basis: Basis


@dataclass(frozen=True, slots=True)
class HouseholdRule:
    """What living with a case makes; more than ``largest`` residents are a dormitory."""

    makes: Category
    largest: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class SecondaryRule:
    """Who is a contact of a close contact; ``linked_negative_tests`` of that contact release."""

    kinds: tuple[ExposureKind, ...]
    co_residence: bool
    basis: Basis
    linked_negative_tests: int = 0


@dataclass(frozen=True, slots=True)
class AffectedArea:
    """An area, by the beginning of its code, whose returnees are observed; days inclusive."""

    code: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReturneeRule:
    """Whose return from where is observed, and whether those they live with are."""

    areas: tuple[AffectedArea, ...]
    basis: Basis
    co_residents: bool = False


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """One stretch of an observation; test days count from 1, ``double`` ones need two samples."""

    kind: PhaseKind
    days: int
    tests: tuple[int, ...] = ()
    double: tuple[int, ...] = ()
    place_open: bool = False

    def complaints(self) -> Iterator[Complaint]:
        if self.days < 1:
            yield Complaint("days", str(self.days), "at least 1 day would be right")
        for number in self.tests:
            if not 1 <= number <= self.days:
                yield Complaint(
                    "tests", str(number), f"a day of this phase, 1 to {self.days}, would be right"
                )
        for number in self.double:
            if number not in self.tests:
                yield Complaint(
                    "double", str(number), f"one of the test days {list(self.tests)} would be right"
                )


@dataclass(frozen=True, slots=True)
class Plan:
    """How somebody of a category is observed, phase after phase from the day after day 0."""

    phases: tuple[PhaseRule, ...]
    basis: Basis

    def complaints(self) -> Iterator[Complaint]:
        if not self.phases:
            yield Complaint("phases", "none", "at least one phase would be right")

    @property
    def days(self) -> int:
        return sum(phase.days for phase in self.phases)


@dataclass(frozen=True, slots=True)
class CheckRule:
    """How often somebody under observation is checked, and what is fever (degrees Celsius)."""

    slots: tuple[Slot, ...]
    fever_c: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a protocol; a rule that it does not have is None or empty."""

    label: str
    in_force_from: date
    basis: Basis
    label_zh: str | None = None
    window: WindowRule | None = None
    meeting: Mapping[str, MeetingRule] = field(default_factory=dict)
    seats: Mapping[Mode, tuple[SeatRule, ...]] = field(default_factory=dict)
    visit: VisitRule | None = None
    household: HouseholdRule | None = None
    secondary: SecondaryRule | None = None
    returnee: ReturneeRule | None = None
    plan: Mapping[Category, tuple[Plan, ...]] = field(default_factory=dict)
    check: CheckRule | None = None
    name: str = ""
