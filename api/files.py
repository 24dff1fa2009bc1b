"""Fact files in: JSON Lines, or one JSON array."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.intake import NumberedLine


def read_facts(path: Path, zone: ZoneInfo = DEFAULT_ZONE) -> FactBook:
    """Return the facts of a file.

    Raises:
        Refused: if the file is not UTF-8, not JSON, or any fact breaks a rule; all faults at once.
        OSError: if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        right = "a fact file in UTF-8 would be right"
        raise Refused([Fault("line 1", "", f"a byte that is not UTF-8 at {trouble.start}", right)]) from None
    faults: list[Fault] = []
    lines = list(numbered(text, faults))
    try:
        book = FactBook.read(lines, zone)
    except Refused as refused:
        faults.extend(refused.faults)
    if faults:
        raise Refused(sorted(faults, key=lambda fault: int(fault.where.removeprefix("line "))))
    return book


def numbered(text: str, faults: list[Fault]) -> Iterator[NumberedLine]:
    """Yield each fact with its line; what is not JSON leaves a fault."""
    if text.lstrip().startswith("["):
        yield from _array(text, faults)
        return
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            yield line, _loads(content)
        except ValueError as trouble:
            faults.append(_not_json(line, trouble))


def _array(text: str, faults: list[Fault]) -> Iterator[NumberedLine]:
    try:
        facts = _loads(text)
    except ValueError as trouble:
        faults.append(_not_json(getattr(trouble, "lineno", 1), trouble))
        return
    yield from zip(_lines_of_items(text), facts, strict=True)


def _lines_of_items(text: str) -> Iterator[int]:
    """Yield the line on which each item of a JSON array begins."""
    decoder = json.JSONDecoder()
    position = text.index("[") + 1
    while True:
        while text[position] in " \t\r\n,":
            position += 1
        if text[position] == "]":
            return
        yield text.count("\n", 0, position) + 1
        _, position = decoder.raw_decode(text, position)


def _loads(text: str) -> Any:
    return json.loads(text, parse_constant=_no_such_number, object_pairs_hook=_each_key_once)


def _no_such_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"field {twice!r} is given twice")
    return found


def _not_json(line: int, trouble: ValueError) -> Fault:
    what = (
        f"{trouble.msg} at column {trouble.colno}"
        if isinstance(trouble, json.JSONDecodeError)
        else str(trouble)
    )
    return Fault(f"line {line}", "", "a line that is not JSON", f"one fact a line would be right ({what})")
