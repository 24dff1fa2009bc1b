"""Fact files in: JSON Lines, or one JSON array."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.intake import FIRST_FILE, File, HandedIn, NumberedLine, handed_in


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
    return book.with_more(told_in(path, book, file))


def told_in(path: Path, book: FactBook, file: File) -> HandedIn:
    """Return what stands in one more file, to be held against the facts of a book.

    Raises:
        Refused: as for the first file.
        OSError: if the file cannot be read.
    """
    lines, faults = lines_of(path, file)
    return handed_in(lines, book.zone, file, faults=faults, digest=book.digest)


def lines_of(path: Path, file: File = FIRST_FILE) -> tuple[list[NumberedLine], list[Fault]]:
    """Return the facts of a file as they stand on its lines, and the faults of lines that are none.

    Raises:
        Refused: if the file is not UTF-8.
        OSError: if the file cannot be read.
    """
    return lines_in(path.read_bytes(), file)


def lines_in(content: bytes, file: File = FIRST_FILE) -> tuple[list[NumberedLine], list[Fault]]:
    """Return the same of what stands in a file, or came instead of one.

    Raises:
        Refused: if it is not UTF-8.
    """
    faults: list[Fault] = []
    return list(numbered(_text(content, file), faults, file)), faults


def _text(content: bytes, file: File) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        right = "a fact file in UTF-8 would be right"
        line = content.count(b"\n", 0, trouble.start) + 1
        raise Refused([Fault(file.place(line), "", "a byte that is not UTF-8", right)]) from None


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
            yield line, _one(content)[0]
        except (ValueError, RecursionError) as trouble:
            faults.append(_not_json(file.place(line), trouble))


def _array(text: str, faults: list[Fault], file: File) -> Iterator[NumberedLine]:
    """Yield the items of a JSON array, each with the line on which it begins."""
    position = _next(text, text.index("[") + 1)
    while text[position : position + 1] != "]":
        line = text.count("\n", 0, position) + 1
        try:
            fact, position = _one(text, position)
            position = _after_item(text, position)
        except (ValueError, RecursionError) as trouble:
            line = getattr(trouble, "lineno", line)
            faults.append(_not_json(file.place(line), trouble))
            return
        yield line, fact
    if text[position + 1 :].strip():
        faults.append(_not_json(file.place(text.count("\n") + 1), ValueError("something follows the array")))


def _next(text: str, position: int) -> int:
    """Return where the next thing that is no white space stands."""
    while text[position : position + 1].isspace():
        position += 1
    return position


def _after_item(text: str, position: int) -> int:
    """Return where the next item of an array begins, or its end.

    Raises:
        ValueError: if neither a comma nor the end follows an item.
    """
    position = _next(text, position)
    if text[position : position + 1] == ",":
        position = _next(text, position + 1)
        if text[position : position + 1] not in ("]", ""):
            return position
    elif text[position : position + 1] == "]":
        return position
    raise json.JSONDecodeError("Expecting ',' or ']'", text, position)


def _one(text: str, position: int = -1) -> tuple[Any, int]:
    """Return one JSON value, from a position or the whole text, and where it ends."""
    if position < 0:
        value, end = _DECODER.decode(text), len(text)
    else:
        value, end = _DECODER.raw_decode(text, position)
    if "\\ud" in text.lower():
        json.dumps(value, ensure_ascii=False).encode()
    return value, end


def _no_such_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"field {twice!r} is given twice")
    return found


_DECODER = json.JSONDecoder(parse_constant=_no_such_number, object_pairs_hook=_each_key_once)


def _not_json(place: str, trouble: Exception) -> Fault:
    what = str(trouble)
    if isinstance(trouble, json.JSONDecodeError):
        what = f"{trouble.msg} at column {trouble.colno}"
    elif isinstance(trouble, RecursionError):
        what = "nested too deeply"
    elif isinstance(trouble, UnicodeEncodeError):
        what = "half a character"
    return Fault(place, "", "a line that is not JSON", f"one fact a line would be right ({what})")
