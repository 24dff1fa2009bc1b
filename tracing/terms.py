"""The words that rule books are written in, and what is said when no rule is found."""

from datetime import date
from enum import StrEnum


class RuleNotInForce(LookupError):
    """No edition of the protocol is in force on this day."""

    def __init__(self, protocol: str, day: date, fact: str | None = None) -> None:
        super().__init__(f"no edition of {protocol} is in force on {day:%Y-%m-%d}; --edition pins one")
        self.protocol = protocol
        self.day = day
        self.fact = fact
        """The id of the fact whose day it is, if the day is that of one."""


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


class Counting(StrEnum):
    """How days are counted: from the day after the last exposure, from that day, or by the hour."""

    DAY_ZERO = "day_zero"
    ENTRY_DAY_IS_DAY_1 = "entry_day_is_day_1"
    EXACT_HOURS = "exact_hours"


class HouseholdClock(StrEnum):
    """What those who live with a case count from."""

    LAST_DAY_TOGETHER = "last_day_together"
    FIRST_CASE = "first_case"


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
