"""Every type of fact, under the name it has in a fact file."""

from typing import Any

from tracing.facts.contacts import Exposure, Journey, Ride
from tracing.facts.illness import Death, Diagnosis, Immunity, LabTest, Recovery, Symptoms
from tracing.facts.measures import (
    Call,
    Check,
    Determination,
    Isolation,
    Lost,
    Notice,
    Order,
    Release,
    Transfer,
)
from tracing.facts.people import (
    Area,
    Arrival,
    Erasure,
    Household,
    Merge,
    Moved,
    Person,
    Place,
    Residence,
    Statement,
    Stay,
    Visit,
)
from tracing.facts.returns import Batch, Tally, UnitReport, Void

Fact = Any

FACT_TYPES: dict[str, type[Any]] = {
    "person": Person,
    "area": Area,
    "household": Household,
    "residence": Residence,
    "place": Place,
    "visit": Visit,
    "stay": Stay,
    "arrival": Arrival,
    "journey": Journey,
    "ride": Ride,
    "exposure": Exposure,
    "diagnosis": Diagnosis,
    "symptoms": Symptoms,
    "isolation": Isolation,
    "recovery": Recovery,
    "death": Death,
    "lost": Lost,
    "moved": Moved,
    "test": LabTest,
    "check": Check,
    "determination": Determination,
    "order": Order,
    "transfer": Transfer,
    "release": Release,
    "unit_report": UnitReport,
    "void": Void,
    "statement": Statement,
    "merge": Merge,
    "erasure": Erasure,
    "batch": Batch,
    "immunity": Immunity,
    "call": Call,
    "notice": Notice,
    "tally": Tally,
}

THINGS = frozenset({"person", "household", "place", "journey", "exposure", "order", "batch"})
"""The types whose ``id`` names a thing and is required."""

__all__ = [
    "FACT_TYPES",
    "THINGS",
    "Area",
    "Arrival",
    "Batch",
    "Call",
    "Check",
    "Death",
    "Determination",
    "Diagnosis",
    "Erasure",
    "Exposure",
    "Fact",
    "Household",
    "Immunity",
    "Isolation",
    "Journey",
    "Lost",
    "Merge",
    "Moved",
    "Notice",
    "Order",
    "Person",
    "Place",
    "Recovery",
    "Release",
    "Residence",
    "Ride",
    "Statement",
    "Stay",
    "Symptoms",
    "Tally",
    "LabTest",
    "Transfer",
    "UnitReport",
    "Visit",
    "Void",
]
