"""Values of the domain as plain lists and numbers, and back: how a kept answer is written down.

What to make of a value follows from the annotations of its class. Equal parts are written once:
the text is a table of parts, each named by its number, the whole last. So equal values have equal
texts, and a reason that stands in two places is one part. The moment judged is written as a blank;
whoever reads the text back says which moment that is now.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, cast, get_args, get_origin
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BLANK = ""
_AS_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)

Pack = Callable[["Packer", Any], Any]
Unpack = Callable[["Unpacker", Any], Any]


class Form(NamedTuple):
    """How the values of one annotation are written and read; by None they stand for themselves."""

    pack: Pack | None
    unpack: Unpack | None


def packed(value: Any, as_of: datetime) -> str:
    """Return a value as text; wherever ``as_of`` stands in it, the text has a blank."""
    packer, made = Packer(as_of), cast(Any, type(value))
    packer.part(value, _shape(made))
    return _AS_TEXT.encode(packer.parts)


def unpacked(made: Any, text: str, as_of: datetime | None, zone: ZoneInfo) -> Any:
    """Return the value that a text holds, blanks filled with ``as_of``, moments in ``zone``.

    Raises:
        ValueError: if there are blanks and nothing to fill them with.
    """
    unpacker = Unpacker(as_of, zone)
    _shape(made)
    for class_name, *fields in json.loads(text):
        unpacker.parts.append(_shape(_CLASSES[class_name]).unpack(unpacker, fields))
    return unpacker.parts[-1]


def has_blank(text: str) -> bool:
    """Return whether the moment judged stands in a text."""
    return '""' in text


class Packer:
    """Writes parts, each once."""

    def __init__(self, as_of: datetime) -> None:
        self.as_of = as_of
        self.parts: list[Any] = []
        self._numbers: dict[Any, int] = {}
        # A reason stands in many places, and is the same object in most.
        self._written: dict[int, int] = {}

    def part(self, value: Any, shape: "Shape") -> int:
        """Return the number of a part, written if it is new."""
        number = self._written.get(id(value))
        if number is None:
            number = self._written[id(value)] = self._number(shape.pack(self, value))
        return number

    def _number(self, fields: tuple[Any, ...]) -> int:
        number = self._numbers.get(fields)
        if number is None:
            number = self._numbers[fields] = len(self.parts)
            self.parts.append(fields)
        return number

    def moment(self, value: datetime) -> Any:
        return _BLANK if value == self.as_of else (value - _EPOCH) // _MICROSECOND


class Unpacker:
    """Reads parts back, in the order they were written."""

    def __init__(self, as_of: datetime | None, zone: ZoneInfo) -> None:
        self.as_of = as_of
        self.zone = zone
        self.parts: list[Any] = []

    def moment(self, value: Any) -> datetime:
        if value == _BLANK:
            if self.as_of is None:
                raise ValueError("the moment judged is not known")
            return self.as_of
        micros: int = value
        return (_EPOCH + micros * _MICROSECOND).astimezone(self.zone)


_CLASSES: dict[str, Any] = {}


class Shape(NamedTuple):
    """How all fields of a class are written, after its name, and read, in their order."""

    pack: Callable[[Packer, Any], tuple[Any, ...]]
    unpack: Callable[[Unpacker, list[Any]], Any]


@cache
def _shape(made: Any) -> Shape:
    """Return how the fields of a dataclass or a named tuple are written."""
    name = made.__name__
    _CLASSES.setdefault(name, made)
    hints = typing.get_type_hints(made)
    names = [field.name for field in dataclasses.fields(made)] if _is_dataclass(made) else list(made._fields)
    forms = [_form(hints[each]) for each in names]
    fields = attrgetter(*names) if _is_dataclass(made) else tuple
    packs, unpacks = [form.pack for form in forms], [form.unpack for form in forms]

    def pack(packer: Packer, value: Any) -> tuple[Any, ...]:
        each = zip(packs, fields(value), strict=True)
        return (name, *[field if pack is None else pack(packer, field) for pack, field in each])

    def unpack(unpacker: Unpacker, fields: list[Any]) -> Any:
        each = zip(unpacks, fields, strict=True)
        return made(*[field if unpack is None else unpack(unpacker, field) for unpack, field in each])

    return Shape(pack, unpack)


def _is_dataclass(made: Any) -> bool:
    return isinstance(made, type) and dataclasses.is_dataclass(made)


def _form(hint: Any) -> Form:
    origin, inner = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in (types.UnionType, typing.Union):
        return _optional([part for part in inner if part is not types.NoneType])
    if origin is tuple:
        return _list_of(_form(inner[0]))
    if origin is Mapping:
        return _VALUES
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Form(None, lambda _, value: hint(value))
    if _is_dataclass(hint) or hasattr(hint, "_fields"):
        return _part_of(hint)
    raise TypeError(f"no form for {hint!r}")


def _part_of(made: Any) -> Form:
    if made.__name__ not in _CLASSES:
        # All parts are known by name before anything is read back; a reason has reasons as parts.
        _CLASSES[made.__name__] = made
        _shape(made)
    return Form(
        lambda packer, value: packer.part(value, _shape(made)),
        lambda unpacker, number: unpacker.parts[number],
    )


def _optional(parts: list[Any]) -> Form:
    (one,) = parts
    pack, unpack = _form(one)
    return Form(pack and _if_any(pack), unpack and _if_any(unpack))


def _if_any(way: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda packer, value: None if value is None else way(packer, value)


def _list_of(form: Form) -> Form:
    pack, unpack = form
    return Form(
        pack and (lambda packer, values: tuple([pack(packer, each) for each in values])),
        lambda unpacker, values: tuple([unpack(unpacker, each) for each in values] if unpack else values),
    )


_AS_IT_IS = Form(None, None)
_PLAIN: dict[Any, Form] = {
    **dict.fromkeys((str, int, float, bool), _AS_IT_IS),
    date: Form(lambda _, value: value.toordinal(), lambda _, value: date.fromordinal(value)),
    datetime: Form(Packer.moment, Unpacker.moment),
}


# ---- values of any kind, under a name


def _pack_values(packer: Packer, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple([(name, *_marked(packer, value)) for name, value in values.items()])


def _marked(packer: Packer, value: Any) -> tuple[Any, ...]:
    """Return a value with a mark where JSON alone would not tell what it was."""
    kind = type(value)
    if kind is datetime:
        return packer.moment(value), "t"
    return (value.toordinal(), "d") if kind is date else (value,)


def _unpack_values(unpacker: Unpacker, values: list[list[Any]]) -> dict[str, Any]:
    return {name: _unmarked(unpacker, *marked) for name, *marked in values}


def _unmarked(unpacker: Unpacker, value: Any, mark: str = "") -> Any:
    if mark == "t":
        return unpacker.moment(value)
    return date.fromordinal(value) if mark == "d" else value


_VALUES = Form(_pack_values, _unpack_values)
