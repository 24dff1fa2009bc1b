"""Reading plain values (JSON, TOML) into dataclasses by their annotations.

One reader per annotation, made once: text, numbers, days, instants, closed sets, lists, other
dataclasses. A value that does not fit raises :class:`Unreadable` with what would be right.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, cast, get_args, get_origin
from zoneinfo import ZoneInfo

from tracing.days import Span, read_when
from tracing.faults import Complaint, quoted
from tracing.scalars import PLAIN, Reader, Unreadable


class Between(NamedTuple):
    """Mark on a number: the least and the greatest value allowed, both included."""

    least: float
    greatest: float


class Names(NamedTuple):
    """Mark on an id: the kinds of thing it must name."""

    kinds: tuple[str, ...]


class Private:
    """Mark on a text that tells who somebody is: never repeated in a message."""


class Shape(NamedTuple):
    """How one dataclass is read: a reader a field, which are required, which are private."""

    made: type[Any]
    readers: Mapping[str, Reader]
    required: frozenset[str]
    private: frozenset[str]

    def read(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Complaint]]:
        """Return the values read and what is wrong; a null counts as absent."""
        values: dict[str, Any] = {}
        complaints: list[Complaint] = []
        readers = self.readers
        for key, value in raw.items():
            if value is None:
                continue
            reader = readers.get(key)
            if reader is None:
                complaints.append(self._unknown(key))
                continue
            try:
                values[key] = reader(value)
            except Unreadable as trouble:
                complaints.extend(self._placed(key, value, trouble))
        if not self.required <= values.keys():
            complaints.extend(self._missing(raw))
        return values, complaints

    def without(self, field: str) -> "Shape":
        """Return the same shape for texts that may not give one of its fields."""
        return self._replace(readers={name: each for name, each in self.readers.items() if name != field})

    def _placed(self, key: str, value: object, trouble: Unreadable) -> Iterator[Complaint]:
        for field, found, right in trouble.inside:
            yield Complaint(f"{key}{field}", found, right)
        if not trouble.inside:
            yield Complaint(key, self._found(key, value), str(trouble))

    def _found(self, key: str, value: object) -> str:
        return "a value that is not repeated here" if key in self.private else quoted(value)

    def _unknown(self, key: str) -> Complaint:
        near = get_close_matches(key, self.readers, n=1)
        hint = f"perhaps {near[0]!r} is meant" if near else f"known fields are {', '.join(self.readers)}"
        return Complaint(key, "a field that is not known here", hint)

    def _missing(self, raw: Mapping[str, Any]) -> Iterator[Complaint]:
        for name in sorted(self.required):
            if raw.get(name) is None:
                yield Complaint(name, "nothing", "this field is required")


def _shape_of(made: Any, zone: ZoneInfo) -> Shape:
    """Return how a dataclass is read, with local times taken in ``zone``."""
    hints = typing.get_type_hints(made, include_extras=True)
    fields = [field for field in dataclasses.fields(made) if not field.metadata.get("derived")]
    return Shape(
        made,
        {field.name: reader_for(hints[field.name], zone) for field in fields},
        frozenset(field.name for field in fields if _is_required(field)),
        frozenset(field.name for field in fields if Private in _marks(hints[field.name])),
    )


shape_of: Callable[[Any, ZoneInfo], Shape] = cache(_shape_of)


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _marks(hint: Any) -> list[Any]:
    """Return every mark of an annotation, also those inside a union or a list."""
    inner = [mark for part in get_args(hint) for mark in _marks(part)] if get_args(hint) else []
    own = list(hint.__metadata__) if get_origin(hint) is Annotated else []
    return own + inner


def names_in(made: type[Any]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a dataclass that name other things, with the kinds they may name."""
    hints = typing.get_type_hints(made, include_extras=True)
    found = {name: [mark for mark in _marks(hint) if isinstance(mark, Names)] for name, hint in hints.items()}
    return {name: marks[0].kinds for name, marks in found.items() if marks}


def reader_for(hint: Any, zone: ZoneInfo) -> Reader:
    """Return the reader for an annotation."""
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is Span:
        return _when_reader(zone)
    if get_origin(hint) is Annotated:
        return _marked_reader(hint, zone)
    if get_origin(hint) in (types.UnionType, typing.Union):
        return _first_of([reader_for(part, zone) for part in get_args(hint) if part is not types.NoneType])
    if get_origin(hint) is Mapping:
        return _table_reader(*(reader_for(part, zone) for part in get_args(hint)))
    if get_origin(hint) is tuple:
        return _list_reader(reader_for(get_args(hint)[0], zone))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice_reader(hint)
    if dataclasses.is_dataclass(hint):
        return _record_reader(shape_of(cast(type[Any], hint), zone))
    raise TypeError(f"no reader for {hint!r}")


def _when_reader(zone: ZoneInfo) -> Reader:
    def read(value: Any) -> Span:
        try:
            return read_when(value, zone)
        except (ValueError, TypeError, OverflowError):
            raise Unreadable("a day (2020-01-23) or a time (2020-01-23T18:00) would be right") from None

    return read


def _marked_reader(hint: Any, zone: ZoneInfo) -> Reader:
    inner = reader_for(hint.__origin__, zone)
    bounds = [mark for mark in hint.__metadata__ if isinstance(mark, Between)]
    return _bounded(inner, bounds[0]) if bounds else inner


def _bounded(inner: Reader, bounds: Between) -> Reader:
    def read(value: Any) -> Any:
        number = inner(value)
        if not bounds.least <= number <= bounds.greatest:
            raise Unreadable(f"a number from {bounds.least:g} to {bounds.greatest:g} would be right")
        return number

    return read


def _first_of(readers: list[Reader]) -> Reader:
    if len(readers) == 1:
        return readers[0]

    def read(value: Any) -> Any:
        troubles = []
        for reader in readers:
            try:
                return reader(value)
            except Unreadable as trouble:
                troubles.append(trouble)
        inside = next((trouble.inside for trouble in troubles if trouble.inside), ())
        raise Unreadable("; or ".join(map(str, troubles)), inside)

    return read


def _list_reader(inner: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Unreadable("a list would be right")
        return tuple(_numbered(inner, number, item) for number, item in enumerate(value, 1))

    return read


def _numbered(inner: Reader, number: int, item: Any) -> Any:
    try:
        return inner(item)
    except Unreadable as trouble:
        inside = trouble.inside or [Complaint("", quoted(item), str(trouble))]
        raise Unreadable("", [Complaint(f"[{number}]{each.field}", *each[1:]) for each in inside]) from None


def _table_reader(read_key: Reader, read_value: Reader) -> Reader:
    def read(value: Any) -> dict[Any, Any]:
        if not isinstance(value, Mapping):
            raise Unreadable("a table would be right")
        return {_key(read_key, key): _under(read_value, str(key), item) for key, item in value.items()}

    return read


def _key(inner: Reader, key: Any) -> Any:
    try:
        return inner(key)
    except Unreadable as trouble:
        raise Unreadable("", [Complaint("", quoted(key), str(trouble))]) from None


def _under(inner: Reader, key: str, item: Any) -> Any:
    try:
        return inner(item)
    except Unreadable as trouble:
        inside = trouble.inside or [Complaint("", quoted(item), str(trouble))]
        raise Unreadable("", [Complaint(f".{key}{each.field}", *each[1:]) for each in inside]) from None


def _record_reader(shape: Shape) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unreadable("a table of fields would be right")
        values, complaints = shape.read(value)
        if not complaints:
            made = shape.made(**values)
            complaints = list(made.complaints()) if hasattr(made, "complaints") else []
        if complaints:
            raise Unreadable("", [Complaint(f".{each.field}", *each[1:]) for each in complaints])
        return made

    return read


def _choice_reader(choices: type[StrEnum]) -> Reader:
    by_text = {member.value: member for member in choices}

    def read(value: Any) -> StrEnum:
        try:
            return by_text[value]
        except (KeyError, TypeError):
            raise Unreadable(f"one of {', '.join(by_text)} would be right") from None

    return read
