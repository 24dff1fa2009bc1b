"""Rule books: reading one from TOML, refusing it if it contradicts itself, asking what is in force."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from tracing.days import DEFAULT_ZONE
from tracing.facts.vocabulary import Category, Classification
from tracing.faults import Fault, Refused
from tracing.reading import shape_of
from tracing.rules import Basis, Edition, Source, Transition
from tracing.terms import Evidence, Grade, NoSuchEdition, RuleNotInForce

_MERGED = ("meeting", "seats", "plan")


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A protocol with its editions, oldest first."""

    protocol: str
    disease: str
    label: str
    label_zh: str
    transition: Transition
    source: Mapping[str, Source]
    general_contacts: bool = False
    overlay: str | None = None
    editions: tuple[Edition, ...] = ()

    def edition(self, name: str) -> Edition:
        """Return an edition by its name.

        Raises:
            NoSuchEdition: naming the editions there are.
        """
        for edition in self.editions:
            if edition.name == name:
                return edition
        known = ", ".join(edition.name for edition in self.editions)
        raise NoSuchEdition(f"{self.protocol} has no edition {name!r}; it has {known}")

    def in_force(self, day: date) -> Edition:
        """Return the edition in force on a day.

        Raises:
            RuleNotInForce: if the first edition came later.
        """
        begun = [edition for edition in self.editions if edition.in_force_from <= day]
        if not begun:
            raise RuleNotInForce(self.protocol, day)
        return begun[-1]

    def is_unconfirmed(self, basis: Basis) -> bool:
        """Return whether nobody has read the rule itself in a source that counts."""
        return basis.evidence != Evidence.FOUND or self.source[basis.source].grade == Grade.D


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
    editions = raw.pop("edition", {})
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
        faults.extend(_contradictions(name, book))
    if faults or book is None:
        raise Refused(dict.fromkeys(faults))
    return book


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise Refused([Fault(name, "", "a text that is not TOML", f"{trouble}")]) from None


def _lay_over(raw: dict[str, Any], editions: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Lay an overlay's tables over those of the editions it names, and add its sources.

    Raises:
        Refused: if it is an overlay of another protocol or of an edition that there is not.
    """
    name = f"overlay {overlay.get('overlay')}"
    if overlay.get("protocol") != raw.get("protocol"):
        right = f"the protocol {raw.get('protocol')!r} would be right"
        raise Refused([Fault(name, "protocol", repr(overlay.get("protocol")), right)])
    for title, tables in overlay.get("edition", {}).items():
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
    for field, found, right in complaints:
        key = field.split(".")[0].split("[")[0]
        faults.append(Fault(name, f"edition.{origin.get(key, title)}.{field}", found, right))
    return (None if faults else Edition(**values, name=title)), faults


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
            origin[key] = ancestor
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
    if key not in tables or (entry and entry not in tables[key]):
        return False
    if entry:
        tables[key] = {name: table for name, table in tables[key].items() if name != entry}
    else:
        del tables[key]
    return True


def _contradictions(name: str, book: RuleBook) -> Iterator[Fault]:
    for older, newer in pairwise(book.editions):
        if older.in_force_from == newer.in_force_from:
            right = f"another day than that of edition {older.name} would be right"
            yield Fault(name, f"edition.{newer.name}.in_force_from", str(newer.in_force_from), right)
    for basis in _bases(book):
        if basis.source not in book.source:
            yield Fault(
                name,
                "basis.source",
                repr(basis.source),
                "the name of one of the [source] entries would be right",
            )
        if basis.evidence == Evidence.DESIGN and not basis.choice:
            yield Fault(
                name,
                "basis.choice",
                f"nothing for {basis.clause!r}",
                "a design rule names its decision in `choice`",
            )
    for edition in book.editions:
        yield from _within(name, edition)


def _within(name: str, edition: Edition) -> Iterator[Fault]:
    """Yield what one edition says twice, or asks for without saying how."""
    where = f"edition.{edition.name}"
    kinds = [kind for rule in edition.meeting.values() for kind in rule.kinds]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        yield Fault(
            name, f"{where}.meeting", f"{kind!r} in two rules", "every kind in one rule would be right"
        )
    for category in sorted(_makes(edition) - edition.plan.keys() - {Category.GENERAL_CONTACT, Category.NONE}):
        yield Fault(
            name, f"{where}.plan.{category}", "nothing", f"a plan is required: this edition makes {category}"
        )
    if edition.window:
        covered = {
            each
            for opening in edition.window.opens
            if not opening.serially_tested
            for each in opening.classes
        }
        for missing in sorted(set(Classification) - {Classification.RULED_OUT} - covered):
            yield Fault(
                name,
                f"{where}.window.opens",
                f"nothing for {missing}",
                "an opening for every class is required",
            )
    for mode, rules in edition.seats.items():
        for earlier in rules[:-1]:
            if not earlier.berths and earlier.hepa is None:
                right = "the rule that fits everybody must stand last"
                yield Fault(name, f"{where}.seats.{mode}", "a rule that hides those after it", right)


def _makes(edition: Edition) -> set[Category]:
    made = {rule.makes for rule in edition.meeting.values()}
    made |= {rule.makes for rules in edition.seats.values() for rule in rules}
    made |= {Category.SECONDARY_CONTACT} if edition.secondary else set()
    made |= {edition.household.makes} if edition.household else set()
    if edition.returnee:
        made.add(Category.RETURNEE)
        made |= {Category.CO_RESIDENT_OF_RETURNEE} if edition.returnee.co_residents else set()
        made |= {Category.CONTACT_OF_RETURNEE} if edition.returnee.contact_kinds else set()
    return made


def _bases(book: RuleBook) -> Iterator[Basis]:
    yield book.transition.basis
    for edition in book.editions:
        yield edition.basis
        yield from edition_bases(edition)


def edition_bases(edition: Edition) -> Iterator[Basis]:
    """Yield where each rule of an edition comes from."""
    single = (
        edition.facility,
        edition.window,
        edition.visit,
        edition.household,
        edition.secondary,
        edition.returnee,
        edition.check,
    )
    yield from (rule.basis for rule in single if rule)
    yield from (opening.basis for opening in (edition.window.opens if edition.window else ()))
    yield from (rule.basis for rule in edition.meeting.values())
    yield from (rule.basis for rules in edition.seats.values() for rule in rules)
    yield from (plan.basis for plans in edition.plan.values() for plan in plans)


_EDITION = shape_of(Edition, DEFAULT_ZONE).without("name")
