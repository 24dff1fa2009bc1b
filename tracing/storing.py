"""Facts as handed in, as a store keeps them, and back: identity apart, names and ties to find them by."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE
from tracing.facts import (
    FACT_TYPES,
    THINGS,
    Exposure,
    Fact,
    Person,
    Residence,
    Ride,
    Visit,
    Void,
)
from tracing.facts.vocabulary import WITHOUT_SOURCE_PERSON
from tracing.intake import REGISTER, Entry, Recording, own_fields
from tracing.ports import Stored, Tie
from tracing.reading import names_in, shape_of
from tracing.responsibility import AREA_OF
from tracing.said import Said

_NAMED_BY = {made: names_in(made) for made in FACT_TYPES.values()}
_EVER, _STILL = date.min.toordinal(), date.max.toordinal()
_ABOUT_RECORDING = ("source", "batch", "note")
_PRIVATE = {kind: shape_of(made, DEFAULT_ZONE).private for kind, made in FACT_TYPES.items()}


def to_store(
    entry: Entry,
    said: Said,
    seq: int,
    recorded_at: datetime | None,
    *,
    voided_at: datetime | None = None,
) -> Stored:
    """Return a fact as a store keeps it, of which this was said."""
    body, identity = _parted(said, _PRIVATE[entry.kind])
    return Stored(
        seq,
        entry.fact.fact_id,
        entry.kind,
        entry.content,
        body,
        identity,
        names_of(entry.fact),
        tuple(ties_of(entry.fact)),
        recorded_at,
        entry.recording.recorded_by,
        voided_at,
    )


def _parted(said: Said, private: frozenset[str]) -> tuple[Said, dict[str, Any]]:
    """Return what was said without who somebody is, and that."""
    fields = said.fields
    identity = {field: fields[field] for field in private if field in fields} if private else {}
    if not identity:
        return said, identity
    return Said({field: value for field, value in fields.items() if field not in private}), identity


def owner_of(stored: Stored) -> str:
    """Return of whom a fact tells who they are: a person; of an address, the household."""
    return stored.fact_id if stored.kind in THINGS else str(stored.body["person"])


def owner_on(line: Mapping[str, Any]) -> str:
    """Return the same of a fact on a line."""
    return str(line.get("person", line.get("id")))


def found_again(stored: Stored, zone: ZoneInfo) -> Stored:
    """Return a fact that came out of a store with the names and ties by which another finds it."""
    fact = recalled(stored, zone).fact
    return stored._replace(names=names_of(fact), ties=tuple(ties_of(fact)))


def recalled(stored: Stored, zone: ZoneInfo) -> Entry:
    """Return a fact that a store keeps as it stands in a book of facts."""
    if stored.identity:
        return _read(stored, zone)
    key = (stored.seq, stored.fact_id, stored.content, stored.recorded_by, zone)
    entry = _RECALLED.get(key)
    if entry is None or entry.recording.recorded_at != stored.recorded_at:
        if len(_RECALLED) >= _MOST_RECALLED:
            _RECALLED.clear()
        entry = _RECALLED[key] = _read(stored, zone)
    return entry


# A fact never changes, so it need not be read twice; who somebody is, is never kept here.
_RECALLED: dict[tuple[Any, ...], Entry] = {}
_MOST_RECALLED = 100_000


def _read(stored: Stored, zone: ZoneInfo) -> Entry:
    fields = stored.body.fields
    own: dict[str, Any] = {**own_fields(fields), **stored.identity}
    own.pop("id", None)
    own["fact_id"] = stored.fact_id
    shape = shape_of(FACT_TYPES[stored.kind], zone)
    values, complaints = shape.read(own)
    if complaints:
        raise ValueError(f"fact {stored.seq} of the register cannot be read: {complaints[0]}")
    about = {name: fields[name] for name in _ABOUT_RECORDING if name in fields}
    recording = Recording(stored.seq, REGISTER, stored.recorded_at, stored.recorded_by, **about)
    return Entry(stored.kind, shape.made(**values), recording, stored.content)


def as_handed_in(stored: Stored) -> dict[str, Any]:
    """Return a fact as a line of a fact file that restores it: with its identity and its recording."""
    line: dict[str, Any] = {"fact": stored.kind, **stored.body, **stored.identity}
    if "id" not in line:
        line["fact_id"] = stored.fact_id
    if stored.recorded_at:
        line["recorded_at"] = stored.recorded_at.isoformat()
    return line | ({"recorded_by": stored.recorded_by} if stored.recorded_by else {})


def at_area(code: str) -> str:
    """Return the name under which facts that name an area are found."""
    return f"@{code}"


def names_of(fact: Fact) -> frozenset[str]:
    """Return every id that a fact names, a person's own, and areas as :func:`at_area`."""
    found: list[str] = []
    for field in _NAMED_BY[type(fact)]:
        named = getattr(fact, field)
        found.extend(named if isinstance(named, tuple) else (named,) if isinstance(named, str) else ())
    if isinstance(fact, Void):
        found.append(fact.of)
    if isinstance(fact, Person):
        found.append(fact.fact_id)
    code = getattr(fact, AREA_OF[type(fact)]) if type(fact) in AREA_OF else None
    if code:
        found.append(at_area(code))
    return frozenset(found)


def ties_of(fact: Fact) -> Iterator[Tie]:
    """Yield who was present at which occasion by a fact, and on which days."""
    if type(fact) in _TIES:
        yield from _TIES[type(fact)](fact)


def _at_an_exposure(fact: Exposure) -> Iterator[Tie]:
    first, last = fact.span.first_day.toordinal(), fact.span.last_day.toordinal()
    by_itself = fact.kind in WITHOUT_SOURCE_PERSON
    for person in fact.participants:
        yield Tie(person, fact.fact_id, first, last, by_itself)


def _at_home(fact: Residence) -> Iterator[Tie]:
    first, last = fact.first_day or date.min, fact.last_day or date.max
    yield Tie(fact.person, fact.household, first.toordinal(), last.toordinal())


def _aboard(fact: Ride) -> Iterator[Tie]:
    # The journey may say when, and may be corrected: a ride is found by its journey alone.
    yield Tie(fact.person, fact.journey, _EVER, _STILL)


def _visiting(fact: Visit) -> Iterator[Tie]:
    last = fact.end.last_day.toordinal() if fact.end else _STILL
    yield Tie(fact.person, fact.place, fact.start.first_day.toordinal(), last)


_TIES: dict[type[Any], Callable[[Any], Iterator[Tie]]] = {
    Exposure: _at_an_exposure,
    Residence: _at_home,
    Ride: _aboard,
    Visit: _visiting,
}
