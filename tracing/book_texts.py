"""From TOML to a rule book: inheritance between editions, overlays, and every fault by file and key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracing.books import RuleBook
from tracing.contradictions import contradictions
from tracing.days import DEFAULT_ZONE
from tracing.faults import Fault, Refused, quoted
from tracing.reading import shape_of
from tracing.rules import Edition, Source

_MERGED = ("meeting", "seats", "plan")


@dataclass(frozen=True, slots=True)
class OverlayHead:
    """What an overlay says of itself."""

    overlay: str
    protocol: str
    label: str
    label_zh: str
    source: Mapping[str, Source] = field(default_factory=dict)


def read_rule_book(name: str, text: str, overlay: str | None = None) -> RuleBook:
    """Return the rule book that a TOML text states.

    Args:
        name: What to call the text in messages, usually its file name.
        text: The book.
        overlay: The text of a jurisdiction's variant to lay over it.

    Raises:
        Refused: if it cannot be read or contradicts itself; every fault names file and key.
    """
    raw = _parsed(name, text)
    editions = _tables_of_editions(name, raw.pop("edition", {}))
    if overlay is not None:
        _lay_over(raw, editions, _parsed(f"overlay of {name}", overlay))
    book, faults = _head(name, raw)
    made = []
    for title in editions:
        edition, troubles = _edition(name, title, editions)
        faults.extend(troubles)
        if edition:
            made.append(edition)
    if not editions:
        faults.append(Fault(name, "edition", "nothing", "at least one edition is required"))
    if book and not faults:
        book = replace(book, editions=tuple(sorted(made, key=lambda edition: edition.in_force_from)))
        faults.extend(contradictions(name, book))
    if faults or book is None:
        raise Refused(dict.fromkeys(faults))
    return book


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise Refused([Fault(name, "", "a text that is not TOML", f"{trouble}")]) from None


def _tables_of_editions(name: str, editions: Any) -> dict[str, dict[str, Any]]:
    """Return the editions of a book or an overlay.

    Raises:
        Refused: if an edition, or what in it is put together by name, is no table.
    """
    faults: list[Fault] = []
    found = editions if isinstance(editions, dict) else {"": editions}
    for title, tables in found.items():
        where = f"edition.{title}" if title else "edition"
        if not isinstance(tables, dict):
            faults.append(_no_table(name, where, tables))
            continue
        own = [key for key in _MERGED if not isinstance(tables.get(key, {}), dict)]
        faults.extend(_no_table(name, f"{where}.{key}", tables[key]) for key in own)
        faults.extend(_not_inheritable(name, where, tables))
    if faults:
        raise Refused(faults)
    return dict(found)


def _no_table(name: str, field: str, found: Any) -> Fault:
    return Fault(name, field, quoted(found), "a table would be right")


def _not_inheritable(name: str, where: str, tables: Mapping[str, Any]) -> Iterator[Fault]:
    base, drops = tables.get("based_on"), tables.get("drops", [])
    if base is not None and not isinstance(base, str):
        yield Fault(name, f"{where}.based_on", quoted(base), "the name of an edition would be right")
    if not isinstance(drops, list) or not all(isinstance(each, str) for each in drops):
        yield Fault(name, f"{where}.drops", quoted(drops), "a list of names of tables would be right")


def _lay_over(raw: dict[str, Any], editions: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Lay an overlay's tables over those of the editions it names, and add its sources.

    Raises:
        Refused: if it is an overlay of another protocol or of an edition that there is not.
    """
    name = f"overlay {overlay.get('overlay')}"
    if overlay.get("protocol") != raw.get("protocol"):
        right = f"the protocol {raw.get('protocol')!r} would be right"
        raise Refused([Fault(name, "protocol", repr(overlay.get("protocol")), right)])
    complaints = _OVERLAY.read({key: value for key, value in overlay.items() if key != "edition"})[1]
    if complaints:
        raise Refused(Fault(name, *complaint) for complaint in complaints)
    for title, tables in _tables_of_editions(name, overlay.get("edition", {})).items():
        if title not in editions:
            right = f"one of {', '.join(editions)} would be right"
            raise Refused([Fault(name, "edition", repr(title), right)])
        own = editions[title]
        for key, table in tables.items():
            own[key] = own.get(key, {}) | table if key in _MERGED else table
    raw["source"] = raw.get("source", {}) | overlay.get("source", {})
    raw["overlay"] = overlay.get("overlay")
    for label in ("label", "label_zh"):
        raw[label] = f"{raw.get(label)} · {overlay.get(label)}"


def _head(name: str, raw: Mapping[str, Any]) -> tuple[RuleBook | None, list[Fault]]:
    shape = shape_of(RuleBook, DEFAULT_ZONE).without("editions")
    values, complaints = shape.read(raw)
    if complaints:
        return None, [Fault(name, *complaint) for complaint in complaints]
    return RuleBook(**values), []


def _edition(
    name: str, title: str, editions: Mapping[str, Mapping[str, Any]]
) -> tuple[Edition | None, list[Fault]]:
    raw, origin, faults = _inherited(name, title, editions)
    values, complaints = _EDITION.read(raw)
    for path, found, right in complaints if not faults else ():
        faults.append(Fault(name, f"edition.{_origin_of(path, origin, title)}.{path}", found, right))
    return (None if faults else Edition(**values, name=title)), faults


def _origin_of(path: str, origin: Mapping[str, str], title: str) -> str:
    """Return the edition in which what a path names is written."""
    keys = re.split(r"[.\[]", path)
    return origin.get(".".join(keys[:2])) or origin.get(keys[0], title)


def _inherited(
    name: str, title: str, editions: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, str], list[Fault]]:
    """Return an edition's tables with those it takes over, and the edition each comes from."""
    line = _ancestry(title, editions)
    if line is None:
        base = editions[title].get("based_on")
        right = "an edition of this book that is not based on this one would be right"
        return {}, {}, [Fault(name, f"edition.{title}.based_on", repr(base), right)]
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    faults: list[Fault] = []
    for ancestor in line:
        own = dict(editions[ancestor])
        own.pop("based_on", None)
        for path in own.pop("drops", ()):
            if not _drop(merged, path):
                right = "a table that the edition it is based on has would be right"
                faults.append(Fault(name, f"edition.{ancestor}.drops", repr(path), right))
        for key, table in own.items():
            merged[key] = merged.get(key, {}) | table if key in _MERGED else table
            entries = [f"{key}.{entry}" for entry in table] if key in _MERGED else [key]
            origin |= dict.fromkeys(entries, ancestor)
    return merged, origin, faults


def _ancestry(title: str, editions: Mapping[str, Mapping[str, Any]]) -> list[str] | None:
    """Return the editions an edition is based on, oldest first and itself last; None if it cannot be."""
    line = [title]
    while (base := editions[line[0]].get("based_on")) is not None:
        if base not in editions or base in line:
            return None
        line.insert(0, base)
    return line


def _drop(tables: dict[str, Any], path: str) -> bool:
    key, _, entry = path.partition(".")
    if key not in tables or (entry and (not isinstance(tables[key], dict) or entry not in tables[key])):
        return False
    if entry:
        tables[key] = {name: table for name, table in tables[key].items() if name != entry}
    else:
        del tables[key]
    return True


_EDITION = shape_of(Edition, DEFAULT_ZONE).without("name")
_OVERLAY = shape_of(OverlayHead, DEFAULT_ZONE)
