"""Facts handed in together under one path: a journey with its rides, a household's round of checks."""

from typing import Any

from api.service.fact_schemas import Schema, fact_schema
from tracing.faults import Fault, quoted
from tracing.intake import FIRST_FILE, NumberedLine

_RIDES = "rides"
_OF_A_ROUND = ("day", "slot", "by")


def journey_schema() -> Schema:
    """Return what a journey looks like that may bring all its rides."""
    whole, ride = fact_schema("journey"), _without(fact_schema("ride"), "journey")
    whole["properties"] |= {_RIDES: {"type": "array", "items": ride}}
    return whole


def round_schema() -> Schema:
    """Return what a household's round of checks looks like."""
    check = fact_schema("check")
    shared = {name: check["properties"][name] for name in _OF_A_ROUND}
    own = _without(check, *_OF_A_ROUND, "id")
    people = {"type": "array", "minItems": 1, "items": own}
    return {
        "type": "object",
        "description": check["description"],
        "properties": shared | {"people": people},
        "required": ["day", "people", "slot"],
        "additionalProperties": False,
    }


def with_rides(line: int, raw: Any, faults: list[Fault]) -> list[NumberedLine]:
    """Return a journey and its rides, each as a fact."""
    if not isinstance(raw, dict) or _RIDES not in raw:
        return [(line, raw)]
    own = {name: value for name, value in raw.items() if name != _RIDES}
    rides = _objects(line, _RIDES, raw[_RIDES], faults)
    tied = ((line, each | {"fact": "ride", "journey": raw.get("id")}) for each in rides)
    return [(line, own), *tied]


def round_of(raw: Any, residents: set[str], faults: list[Fault]) -> list[NumberedLine]:
    """Return the checks of a household's round, each as a fact; only those who live there are checked."""
    if not isinstance(raw, dict):
        return [(1, raw)]
    shared = {name: value for name, value in raw.items() if name != "people"}
    checks = [shared | each | {"fact": "check"} for each in _objects(1, "people", raw.get("people"), faults)]
    for each in checks:
        person = each.get("person")
        if not isinstance(person, str) or person not in residents:
            right = "somebody who lives in this household would be right"
            faults.append(Fault(FIRST_FILE.place(1), "person", quoted(person), right))
    return [(1, each) for each in checks]


def _objects(line: int, field: str, found: Any, faults: list[Fault]) -> list[dict[str, Any]]:
    is_right = isinstance(found, list) and all(isinstance(each, dict) for each in found)
    if not is_right:
        right = "a list of objects in braces would be right"
        faults.append(Fault(FIRST_FILE.place(line), field, quoted(found), right))
    return found if is_right else []


def _without(schema: Schema, *names: str) -> Schema:
    properties = {name: each for name, each in schema["properties"].items() if name not in names}
    required = [name for name in schema["required"] if name not in names]
    return schema | {"properties": properties, "required": required}
