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
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BLANK = ""

Pack = Callable[["Packer", Any], Any]
Unpack = Callable[["Unpacker", Any], Any]


class Form(NamedTuple):
    """How the values of one annotation are written and read."""

    pack: Pack
    unpack: Unpack


def packed(value: Any, as_of: datetime) -> str:
    """Return a value as text; wherever ``as_of`` stands in it, the text has a blank."""
    packer = Packer(as_of)
    packer.part(type(value), value)
    return json.dumps(packer.parts, ensure_ascii=False, separators=(",", ":"))


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

    def part(self, made: Any, value: Any) -> int:
        """Return the number of a part, written if it is new."""
        number = self._written.get(id(value))
        if number is None:
            number = self._written[id(value)] = self._number(made, value)
        return number

    def _number(self, made: Any, value: Any) -> int:
        fields = (made.__name__, *_shape(made).pack(self, value))
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


@cache
def _shape(made: Any) -> Form:
    """Return how the fields of a dataclass or a named tuple are written, in their order."""
    _CLASSES.setdefault(made.__name__, made)
    hints = typing.get_type_hints(made)
    names = [field.name for field in dataclasses.fields(made)] if _is_dataclass(made) else list(made._fields)
    forms = [(name, _form(hints[name])) for name in names]

    def pack(packer: Packer, value: Any) -> tuple[Any, ...]:
        return tuple(form.pack(packer, getattr(value, name)) for name, form in forms)

    def unpack(unpacker: Unpacker, fields: list[Any]) -> Any:
        return made(*(form.unpack(unpacker, field) for (_, form), field in zip(forms, fields, strict=True)))

    return Form(pack, unpack)


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
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Form(lambda _, value: value.value, lambda _, value: hint(value))
    if _is_dataclass(hint) or hasattr(hint, "_fields"):
        return _part_of(hint)
    raise TypeError(f"no form for {hint!r}")


def _part_of(made: Any) -> Form:
    if made.__name__ not in _CLASSES:
        # All parts are known by name before anything is read back; a reason has reasons as parts.
        _CLASSES[made.__name__] = made
        _shape(made)
    return Form(
        lambda packer, value: packer.part(made, value), lambda unpacker, number: unpacker.parts[number]
    )


def _optional(parts: list[Any]) -> Form:
    (one,) = parts
    form = _form(one)
    return Form(
        lambda packer, value: None if value is None else form.pack(packer, value),
        lambda unpacker, value: None if value is None else form.unpack(unpacker, value),
    )


def _list_of(form: Form) -> Form:
    return Form(
        lambda packer, value: tuple(form.pack(packer, each) for each in value),
        lambda unpacker, value: tuple(form.unpack(unpacker, each) for each in value),
    )


_AS_IT_IS = Form(lambda _, value: value, lambda _, value: value)
_PLAIN: dict[Any, Form] = {
    **dict.fromkeys((str, int, float, bool), _AS_IT_IS),
    date: Form(lambda _, value: value.toordinal(), lambda _, value: date.fromordinal(value)),
    datetime: Form(Packer.moment, Unpacker.moment),
}


# ---- values of any kind, under a name


def _pack_values(packer: Packer, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple((name, *_marked(packer, value)) for name, value in values.items())


def _marked(packer: Packer, value: Any) -> tuple[Any, ...]:
    """Return a value with a mark where JSON alone would not tell what it was."""
    if isinstance(value, datetime):
        return packer.moment(value), "t"
    if isinstance(value, date):
        return value.toordinal(), "d"
    return (value.value,) if isinstance(value, Enum) else (value,)


def _unpack_values(unpacker: Unpacker, values: list[list[Any]]) -> dict[str, Any]:
    return {name: _unmarked(unpacker, *marked) for name, *marked in values}


def _unmarked(unpacker: Unpacker, value: Any, mark: str = "") -> Any:
    if mark == "t":
        return unpacker.moment(value)
    return date.fromordinal(value) if mark == "d" else value


_VALUES = Form(_pack_values, _unpack_values)
