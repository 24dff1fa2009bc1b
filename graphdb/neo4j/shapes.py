"""Facts as nodes and relationships, and back: their fields are properties, beside what the store adds."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphdb.moments import micros_if, moment_if
from tracing.ports import Stored
from tracing.said import Said

LABELS: dict[str, tuple[str, ...]] = {
    "exposure": ("Exposure", "Occasion"),
    "arrival": ("Arrival",),
    "batch": ("Batch",),
    "call": ("Call",),
    "check": ("Check",),
    "death": ("Death",),
    "determination": ("Determination",),
    "diagnosis": ("Diagnosis",),
    "erasure": ("Erasure",),
    "immunity": ("Immunity",),
    "isolation": ("Isolation",),
    "lost": ("Lost",),
    "merge": ("Merge",),
    "moved": ("Moved",),
    "notice": ("Notice",),
    "order": ("Order",),
    "recovery": ("Recovery",),
    "release": ("Release",),
    "statement": ("Statement",),
    "symptoms": ("Symptoms",),
    "tally": ("Tally",),
    "test": ("Test",),
    "transfer": ("Transfer",),
    "unit_report": ("UnitReport",),
    "void": ("Void",),
}
"""Labels beside ``Fact``; what describes a person, a place … is a ``Description`` of its node."""

RELATIONSHIPS = frozenset({"residence", "ride", "visit", "stay"})
"""Facts that are a relationship from a person."""

DESCRIPTIONS = frozenset({"person", "household", "place", "journey", "area"})

_ADDED = frozenset(
    {
        *("seq", "fact_id", "fact", "content", "recorded_at", "recorded_by", "contested", "voided_at"),
        *("from_day", "to_day", "occasion"),
    }
)


def properties_of(each: Stored) -> dict[str, Any]:
    """Return the properties of the node or the relationship of a fact."""
    added = {
        "seq": each.seq,
        "fact_id": each.fact_id,
        "fact": each.kind,
        "content": each.content,
        "recorded_at": micros_if(each.recorded_at),
        "recorded_by": each.recorded_by,
        "voided_at": micros_if(each.voided_at),
    }
    if each.kind == "exposure":
        added["occasion"] = each.fact_id
    return {**each.body, **added}


def people_of(each: Stored) -> list[str]:
    """Return the people whom a fact that is a node is about."""
    fields = ("person", "into", "source_person")
    return [each.body[field] for field in fields if field in each.body]


def stored(properties: Mapping[str, Any], names: Iterable[str] = ()) -> Stored:
    """Return the fact of a node or a relationship."""
    body = Said({name: value for name, value in properties.items() if name not in _ADDED})
    return Stored(
        properties["seq"],
        properties["fact_id"],
        properties["fact"],
        properties["content"],
        body,
        {},
        frozenset(names),
        (),
        moment_if(properties.get("recorded_at")),
        properties.get("recorded_by"),
        moment_if(properties.get("voided_at")),
        bool(properties.get("contested")),
    )
