"""The kinds of rule that a rule book states; the numbers stand in ``rulebook/*.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracing.facts.vocabulary import Basis as ImmunityBasis
from tracing.facts.vocabulary import (
    BerthClass,
    Category,
    Classification,
    ExposureKind,
    Mode,
    Need,
    Role,
    Slot,
)
from tracing.faults import Complaint
from tracing.terms import (
    Anchor,
    Counting,
    Evidence,
    Grade,
    HouseholdClock,
    PhaseKind,
    Scope,
    TransitionPolicy,
)


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
    """When contact with a case counts: whole days before and after the first anchor that is known.

    Without ``days_after`` only control, recovery or death ends it; with it contact counts to the
    24:00 of that day at the latest.
    """

    classes: tuple[Classification, ...]
    anchors: tuple[Anchor, ...]
    basis: Basis
    days_before: int = 0
    days_after: int | None = None
    serially_tested: bool = False


@dataclass(frozen=True, slots=True)
class WindowRule:
    """When contact with a case counts; the first opening that fits holds.

    ``recovery_wins``: a recovery later than ``days_after`` keeps the window open until it.
    ``body_counts``: contact with the dead counts, so that death does not close the window.
    """

    opens: tuple[WindowOpening, ...]
    basis: Basis
    home_isolation_closes: bool
    recovery_wins: bool = False
    body_counts: bool = False


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """What a recorded occasion makes of those who were there.

    ``distance_m`` is the greatest distance that counts, ``minutes`` the least time; what was not
    recorded counts as met. ``enclosed_suffices``: in an enclosed space any distance counts.
    ``adds_up_within_hours``: shorter meetings with one person within so many hours are added up.
    """

    kinds: tuple[ExposureKind, ...]
    makes: Category
    basis: Basis
    otherwise: Category = Category.NONE
    distance_m: float | None = None
    minutes: float | None = None
    adds_up_within_hours: int | None = None
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
    """What living with a case makes; more than ``largest`` residents are a dormitory.

    With the clock ``first_case`` the whole household counts from the first anchor known of its
    first case, and later cases change nothing.
    """

    makes: Category
    largest: int
    basis: Basis
    clock: HouseholdClock = HouseholdClock.LAST_DAY_TOGETHER
    anchors: tuple[Anchor, ...] = ()

    def complaints(self) -> Iterator[Complaint]:
        if (self.clock == HouseholdClock.FIRST_CASE) != bool(self.anchors):
            yield Complaint(
                "anchors",
                str([each.value for each in self.anchors]),
                "anchors go with the clock first_case, and only with it",
            )


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
    """Whose return from where is observed, and whether those they live with or meet are.

    ``contact_kinds``: the occasions that make whoever met a returnee a contact of theirs.
    """

    areas: tuple[AffectedArea, ...]
    basis: Basis
    co_residents: bool = False
    contact_kinds: tuple[ExposureKind, ...] = ()


@dataclass(frozen=True, slots=True)
class FacilityRule:
    """Whom a case found in a facility makes a contact: who is on floors up to ``floors`` away."""

    makes: Category
    floors: int
    basis: Basis


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
class Condition:
    """For whom a plan holds; every condition given must be met, of a list any one.

    ``household``: the exposure is living together. ``before_onset``: the last contact was before
    the day of onset. ``negative_from_day``: a negative sample of that day or later.
    """

    household: bool | None = None
    before_onset: bool | None = None
    immunity: tuple[ImmunityBasis, ...] = ()
    needs: tuple[Need, ...] = ()
    negative_from_day: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How somebody of a category is observed, phase after phase from the day after day 0.

    ``begins_on_day``: the first day, counted from the first exposure as day 0, instead of the day
    after the last. ``negative_tests``: so many negative tests are needed at the end.
    ``sign_extends_days``: a sign keeps somebody at least so many days more. ``exempt``:
    people of this condition are not observed.
    """

    basis: Basis
    phases: tuple[PhaseRule, ...] = ()
    when: Condition | None = None
    counting: Counting = Counting.DAY_ZERO
    begins_on_day: int | None = None
    negative_tests: int = 0
    sign_extends_days: int = 0
    exempt: bool = False

    def complaints(self) -> Iterator[Complaint]:
        if not self.phases and not self.exempt:
            yield Complaint("phases", "none", "at least one phase, or `exempt = true`, would be right")
        if self.exempt and (self.phases or not self.when):
            yield Complaint("exempt", "true", "a condition in `when` and no phases would be right")

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
    basis: Basis
    in_force_from: date = date.min
    label_zh: str | None = None
    window: WindowRule | None = None
    meeting: Mapping[str, MeetingRule] = field(default_factory=dict)
    seats: Mapping[Mode, tuple[SeatRule, ...]] = field(default_factory=dict)
    visit: VisitRule | None = None
    household: HouseholdRule | None = None
    secondary: SecondaryRule | None = None
    returnee: ReturneeRule | None = None
    facility: FacilityRule | None = None
    plan: Mapping[Category, tuple[Plan, ...]] = field(default_factory=dict)
    check: CheckRule | None = None
    name: str = ""
