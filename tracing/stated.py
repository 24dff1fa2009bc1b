"""The rules of an edition one by one, as a reader goes through them, and what changes between two."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tracing.rules import Basis, Edition

_TABLES = (
    "window",
    "meeting",
    "seats",
    "visit",
    "household",
    "secondary",
    "returnee",
    "facility",
    "plan",
    "check",
)


class Stated(NamedTuple):
    """One rule: its name in the rule book, what it says value by value, and where it comes from."""

    name: str
    values: Mapping[str, str]
    basis: Basis


class Changed(NamedTuple):
    """What two editions say of one rule; None where one does not have it."""

    name: str
    before: Stated | None
    after: Stated | None


def rules_of(edition: Edition) -> Iterator[Stated]:
    """Yield every rule of an edition, in the order of the rule book's tables."""
    for name in _TABLES:
        yield from _stated(name, getattr(edition, name))


def changes(older: Edition, newer: Edition) -> list[Changed]:
    """Return the rules that say something else in the newer edition, or are only in one of them."""
    before = {rule.name: rule for rule in rules_of(older)}
    after = {rule.name: rule for rule in rules_of(newer)}
    found = [Changed(name, before.get(name), after.get(name)) for name in before | after]
    return [each for each in found if _values(each.before) != _values(each.after)]


def _values(rule: Stated | None) -> Mapping[str, str] | None:
    return rule.values if rule else None


def _stated(name: str, found: Any) -> Iterator[Stated]:
    """Yield a rule and the rules inside it: entries of a table by name, of a list by number."""
    if isinstance(found, Mapping):
        for key, each in found.items():
            yield from _stated(f"{name}.{key}", each)
    elif isinstance(found, tuple):
        for number, each in enumerate(found, 1):
            yield from _stated(f"{name}.{number}" if len(found) > 1 else name, each)
    elif dataclasses.is_dataclass(found):
        fields = {field.name: field for field in dataclasses.fields(found)}
        yield Stated(name, _said(found, fields), found.basis)  # type: ignore[union-attr]
        if "opens" in fields:
            yield from _stated(f"{name}.opens", found.opens)  # type: ignore[union-attr]


def _said(rule: Any, fields: Mapping[str, "dataclasses.Field[Any]"]) -> dict[str, str]:
    """Return what a rule says, leaving out where it comes from and what it does not mention."""
    said = {}
    for name, field in fields.items():
        value = getattr(rule, name)
        if name not in ("basis", "opens") and value != field.default and value not in ((), None):
            said[name] = in_text(value)
    return said


def in_text(value: Any) -> str:
    """Return a value of a rule as a reader writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(map(in_text, value))
    if dataclasses.is_dataclass(value):
        parts = _said(value, {field.name: field for field in dataclasses.fields(value)})
        return " ".join(f"{name} {text}" for name, text in parts.items())
    return f"{value:g}" if isinstance(value, float) else str(value)
