"""Every type of fact as JSON Schema, made from the same annotations by which facts are read."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from tracing.days import DEFAULT_ZONE, Span
from tracing.facts import FACT_TYPES, THINGS
from tracing.reading import Between, Names, shape_of

Schema = dict[str, Any]

COLLECTIONS = {
    **{kind: f"{kind.replace('_', '-')}s" for kind in FACT_TYPES},
    "diagnosis": "diagnoses",
    "isolation": "isolations",
    "recovery": "recoveries",
    "batch": "batches",
    "symptoms": "symptoms",
    "lost": "lost",
    "moved": "moved",
    "immunity": "immunities",
    "tally": "tallies",
}
"""What a type of fact is called in a path."""

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string", "minLength": 1, "pattern": r"\S"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Span: {
        "type": "string",
        "description": "a day (2020-01-23), a local time, or an instant",
    },
}
_OF_RECORDING = ("recorded_by", "source", "batch", "note")


def fact_schema(kind: str) -> Schema:
    """Return what a fact of a type looks like, without its type."""
    made = FACT_TYPES[kind]
    properties, required = _fields(made)
    properties["id"] = properties.pop("fact_id")
    required.discard("fact_id")
    if kind in THINGS:
        required.add("id")
    properties |= {name: _or_null(_PLAIN[str]) for name in _OF_RECORDING}
    described = (made.__doc__ or "").strip().partition("\n")[0]
    return {"type": "object", "description": described, **_object(properties, required)}


def name_of(kind: str) -> str:
    """Return what a type of fact is called among the schemas."""
    return "".join(word.capitalize() for word in kind.split("_"))


def with_type(kind: str) -> Schema:
    """Return what a fact of a type looks like among facts of all types."""
    whole = fact_schema(kind)
    whole["properties"] = {"fact": {"const": kind}} | whole["properties"]
    return whole | {"required": ["fact", *whole["required"]]}


def one_or_many(schema: Schema) -> Schema:
    """Return the schema of one such thing, or of a list of them."""
    return {"oneOf": [schema, {"type": "array", "items": schema}]}


def _fields(made: type[Any]) -> tuple[dict[str, Schema], set[str]]:
    hints, shape = typing.get_type_hints(made, include_extras=True), shape_of(made, DEFAULT_ZONE)
    schemas = {name: _schema(hints[name]) for name in shape.readers}
    optional = {name: _or_null(schemas[name]) for name in shape.readers.keys() - shape.required}
    return schemas | optional, set(shape.required)


def _object(properties: Mapping[str, Schema], required: set[str]) -> Schema:
    return {"properties": properties, "required": sorted(required), "additionalProperties": False}


def _schema(hint: Any) -> Schema:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is Annotated:
        return _schema(hint.__origin__) | _marked(hint.__metadata__)
    if get_origin(hint) in (types.UnionType, typing.Union):
        parts = [_schema(part) for part in get_args(hint) if part is not types.NoneType]
        return parts[0] if len(parts) == 1 else {"anyOf": parts}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if get_origin(hint) is Mapping:
        return {"type": "object", "additionalProperties": _schema(get_args(hint)[1])}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [each.value for each in hint]}
    if dataclasses.is_dataclass(hint):
        return {"type": "object", **_object(*_fields(typing.cast(type[Any], hint)))}
    raise TypeError(f"no schema for {hint!r}")


def _marked(marks: tuple[Any, ...]) -> Schema:
    said: Schema = {}
    for mark in marks:
        if isinstance(mark, Between):
            said |= {"minimum": mark.least, "maximum": mark.greatest}
        if isinstance(mark, Names):
            said["description"] = f"the id of a recorded {' or '.join(mark.kinds)}"
    return said


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


ANY_FACTS = one_or_many({"oneOf": [with_type(kind) for kind in FACT_TYPES]})
"""Facts of any types, as in a fact file."""
