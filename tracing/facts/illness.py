"""What is known of somebody's health: diagnoses, symptoms, tests, immunity, how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracing.days import Span
from tracing.facts.marks import PersonId
from tracing.facts.vocabulary import Basis, Classification, LabMethod, LabResult, Sign
from tracing.faults import Complaint


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A classification decided on ``day``; ``onset_earliest`` when the day of onset is doubtful."""

    fact_id: str
    person: PersonId
    classification: Classification
    day: date
    onset: date | None = None
    onset_earliest: date | None = None
    sampled: Span | None = None
    last_negative: Span | None = None
    serially_tested: bool = False

    def complaints(self) -> Iterator[Complaint]:
        if self.onset and self.onset_earliest and self.onset < self.onset_earliest:
            right = f"a day not after the onset {self.onset} would be right"
            yield Complaint("onset_earliest", self.onset_earliest.isoformat(), right)


@dataclass(frozen=True, slots=True)
class Symptoms:
    """Signs that somebody had on a day."""

    fact_id: str
    person: PersonId
    day: date
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class LabTest:
    """A sample and what came of it; without ``result`` it is pending."""

    fact_id: str
    person: PersonId
    sampled: Span
    result: LabResult = LabResult.PENDING
    method: LabMethod | None = None
    double: bool = False


@dataclass(frozen=True, slots=True)
class Immunity:
    """Why somebody is not, or less, susceptible; none recorded means susceptible."""

    fact_id: str
    person: PersonId
    basis: Basis
    day: date | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    """The day on which somebody meets the criteria to end isolation."""

    fact_id: str
    person: PersonId
    day: date


@dataclass(frozen=True, slots=True)
class Death:
    """The day on which somebody died."""

    fact_id: str
    person: PersonId
    day: date
