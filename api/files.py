"""Fact files in: JSON Lines, or one JSON array."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused, by_line
from tracing.intake import FIRST_FILE, File, NumberedLine


def read_facts(path: Path, zone: ZoneInfo = DEFAULT_ZONE) -> FactBook:
    """Return the facts of a file.

    Raises:
        Refused: if the file is not UTF-8, not JSON, or any fact breaks a rule; all faults at once.
        OSError: if the file cannot be read.
    """
    return read_more(path, FactBook((), zone), FIRST_FILE)


def read_more(path: Path, book: FactBook, file: File) -> FactBook:
    """Return the facts of a book and those of one more file, recorded after them.

    Raises:
        Refused: as for the first file, or because its facts do not fit those of the book.
        OSError: if the file cannot be read.
    """
    faults: list[Fault] = []
    lines = list(numbered(_text(path, file), faults, file))
    try:
        book = book.with_file(file, lines)
    except Refused as refused:
        faults.extend(refused.faults)
    if faults:
        raise Refused(sorted(faults, key=by_line))
    return book


def _text(path: Path, file: File) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        right = "a fact file in UTF-8 would be right"
        found = f"a byte that is not UTF-8 at {trouble.start}"
        raise Refused([Fault(file.place(1), "", found, right)]) from None


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        Refused: if nothing can be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as trouble:
        right = "the name of a file that can be written would be right"
        raise Refused([Fault(str(path), "", str(trouble.strerror), right)]) from None


def numbered(text: str, faults: list[Fault], file: File) -> Iterator[NumberedLine]:
    """Yield each fact with its line; what is not JSON leaves a fault."""
    if text.lstrip().startswith("["):
        yield from _array(text, faults, file)
        return
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            yield line, _loads(content)
        except ValueError as trouble:
            faults.append(_not_json(file.place(line), trouble))


def _array(text: str, faults: list[Fault], file: File) -> Iterator[NumberedLine]:
    try:
        facts = _loads(text)
    except ValueError as trouble:
        faults.append(_not_json(file.place(getattr(trouble, "lineno", 1)), trouble))
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


def _not_json(place: str, trouble: ValueError) -> Fault:
    what = (
        f"{trouble.msg} at column {trouble.colno}"
        if isinstance(trouble, json.JSONDecodeError)
        else str(trouble)
    )
    return Fault(place, "", "a line that is not JSON", f"one fact a line would be right ({what})")
