"""From a line of a fact file to a fact: every field read, every complaint placed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tracing.days import Span
from tracing.digests import Digest, plain_digest
from tracing.facts import FACT_TYPES, THINGS, Fact, Void
from tracing.faults import Complaint, Fault, quoted
from tracing.reading import Shape, reader_for, shape_of
from tracing.said import Said
from tracing.scalars import Unreadable

NumberedLine = tuple[int, Any]


class File(NamedTuple):
    """A file of facts: the how manyth of those read, and its name in messages if it is not the first."""

    number: int = 0
    name: str = ""

    def place(self, line: int) -> str:
        """Return a line as messages name it; a fact of the register has its number instead."""
        if self.number == _REGISTERED:
            return f"fact {line} of the register"
        return f"line {line} of {self.name}" if self.name else f"line {line}"


_REGISTERED = -1
FIRST_FILE = File()
REGISTER = File(_REGISTERED)
"""Where facts stand that a store holds already."""


class Recording(NamedTuple):
    """When and by whom a fact was recorded, where it stood and came from."""

    line: int
    file: File = FIRST_FILE
    recorded_at: datetime | None = None
    recorded_by: str | None = None
    source: str | None = None
    batch: str | None = None
    note: str | None = None

    @property
    def place(self) -> str:
        """Where it stood, as messages name it."""
        return self.file.place(self.line)


class Entry(NamedTuple):
    """A fact as it stands in the book; ``content`` is a digest of all but its recording."""

    kind: str
    fact: Fact
    recording: Recording
    content: str


def in_order_of_recording(entries: Iterable[Entry]) -> list[Entry]:
    """Return facts by when they were recorded; where a time is missing, by file and line.

    A fact without a time was always known; a void or a fact that uses an id again without a time
    comes after all that stands before it.
    """
    placed: list[tuple[datetime | None, Entry]] = []
    latest: datetime | None = None
    seen: set[str] = set()
    for entry in entries:
        at = entry.recording.recorded_at
        if at is None and (isinstance(entry.fact, Void) or entry.fact.fact_id in seen):
            at = latest
        seen.add(entry.fact.fact_id)
        if at and (latest is None or at > latest):
            latest = at
        placed.append((at, entry))
    placed.sort(key=lambda each: each[0].timestamp() if each[0] else 0)
    return [entry for _, entry in placed]


class Broken(NamedTuple):
    """A line of a known type that has faults; what it names is still looked at."""

    place: str
    raw: Mapping[str, Any]


_JSON_TYPES = {str: "text", list: "list", int: "number", float: "number", bool: "true or false"}


class HandedIn(NamedTuple):
    """What was read from the lines of one file: facts in order, faults, and the lines that have some."""

    file: File
    entries: list[Entry]
    faults: list[Fault]
    broken: list[Broken]
    said: Mapping[int, Said]

    def said_of(self, entry: Entry) -> Said:
        """Return what one of the facts says."""
        return self.said[id(entry.fact)]


def handed_in(
    lines: Iterable[NumberedLine],
    zone: ZoneInfo,
    file: File = FIRST_FILE,
    *,
    faults: Iterable[Fault] = (),
    digest: Digest = plain_digest,
) -> HandedIn:
    """Return what the lines of a file say, each by itself.

    ``faults`` are those of lines that are no facts; ``digest`` is of facts that tell who somebody is.
    """
    intake, found = Intake(zone, file, digest), list(faults)
    entries = list(intake.entries(lines, found))
    return HandedIn(file, entries, found, intake.broken, intake.said)


class Intake:
    """Reads the facts of one file; a fact without ``id`` gets one made of its content.

    A ``fact_id`` of that making may be given instead of an ``id``: it says under which of several
    equal facts a register holds this one.
    """

    def __init__(self, zone: ZoneInfo, file: File = FIRST_FILE, digest: Digest = plain_digest) -> None:
        self._file = file
        self._private_digest = digest
        self._shapes = {name: shape_of(made, zone) for name, made in FACT_TYPES.items()}
        self._about = {"recorded_at": reader_for(Span, zone)} | dict.fromkeys(
            ("recorded_by", "source", "batch", "note"), reader_for(str, zone)
        )
        self._equals: Counter[str] = Counter()
        self.broken: list[Broken] = []
        self.said: dict[int, Said] = {}

    def entries(self, lines: Iterable[NumberedLine], faults: list[Fault]) -> Iterator[Entry]:
        """Yield the fact of every line that is in order; the others leave their faults."""
        for line, raw in lines:
            entry, complaints = self._entry(line, raw)
            if entry and not complaints:
                yield entry
                continue
            faults.extend(Fault(self._file.place(line), *complaint) for complaint in complaints)
            if isinstance(raw, Mapping) and str(raw.get("fact")) in self._shapes:
                self.broken.append(Broken(self._file.place(line), raw))

    def _entry(self, line: int, raw: Any) -> tuple[Entry | None, list[Complaint]]:
        if not isinstance(raw, Mapping):
            found = f"a {_JSON_TYPES.get(type(raw), 'value')}"
            return None, [Complaint("", found, "one fact, an object in braces, would be right")]
        kind = raw.get("fact")
        shape = self._shapes.get(kind) if isinstance(kind, str) else None
        if shape is None:
            return None, [Complaint("fact", quoted(kind), f"one of {', '.join(FACT_TYPES)} would be right")]
        return self._fact(line, str(kind), shape, raw)

    def _fact(
        self, line: int, kind: str, shape: Shape, raw: Mapping[str, Any]
    ) -> tuple[Entry | None, list[Complaint]]:
        own, said = own_fields(raw), _said(raw)
        digest = self._private_digest if not shape.private.isdisjoint(own) else plain_digest
        content = digest(f'["{kind}", {said.text}]')
        own["fact_id"] = own.pop("id", None)
        if own["fact_id"] is None and kind not in THINGS:
            own["fact_id"] = self._stated_id(raw, kind, content) or self._made_up_id(kind, content)
        values, complaints = shape.read(own)
        if complaints:
            complaints = [
                each._replace(field="id") if each.field == "fact_id" else each for each in complaints
            ]
        if "\0" in values.get("fact_id", ""):
            # Stores see the end of an id there.
            right = "an id without the character U+0000 would be right"
            complaints.append(Complaint("id", quoted(own["fact_id"]), right))
        recording = self._recording(line, raw, complaints)
        if complaints:
            return None, [c._replace(field="id") if c.field == "fact_id" else c for c in complaints]
        fact = shape.made(**values)
        self.said[id(fact)] = said
        complaints = list(fact.complaints()) if hasattr(fact, "complaints") else []
        return Entry(kind, fact, recording, content), complaints

    def _stated_id(self, raw: Mapping[str, Any], kind: str, content: str) -> str | None:
        """Return the ``fact_id`` given, if it is one made of this content.

        One that tells who somebody is may have been made by another register, with its own key.
        """
        stated, made_up = raw.get("fact_id"), f"{kind}:{content}"
        if not isinstance(stated, str):
            return None
        is_ours = stated.partition("#")[0] == made_up
        is_of_another = bool(self._shapes[kind].private) and bool(_MADE_UP.fullmatch(stated, len(kind) + 1))
        return stated if is_ours or (is_of_another and stated.startswith(f"{kind}:")) else None

    def _made_up_id(self, kind: str, content: str) -> str:
        """Return an id made of the content, with its ordinal among equals."""
        self._equals[content] += 1
        ordinal = self._equals[content]
        return f"{kind}:{content}" if ordinal == 1 else f"{kind}:{content}#{ordinal}"

    def _recording(self, line: int, raw: Mapping[str, Any], complaints: list[Complaint]) -> Recording:
        read: dict[str, Any] = {}
        for name, reader in () if raw.keys().isdisjoint(self._about) else self._about.items():
            value = raw.get(name)
            if value is None:
                continue
            try:
                read[name] = reader(value)
            except Unreadable as trouble:
                complaints.append(Complaint(name, quoted(value), str(trouble)))
        if "recorded_at" in read:
            read["recorded_at"] = read["recorded_at"].first
        return Recording(line, self._file, **read)


def is_made_up(fact_id: str, kind: str) -> bool:
    """Return whether the id of a fact of a kind is made of its content."""
    return fact_id.startswith(f"{kind}:") and looks_made_up(fact_id)


def looks_made_up(fact_id: str) -> bool:
    """Return whether an id has the form of those that are made of what facts say."""
    kind, _, rest = fact_id.partition(":")
    return kind in FACT_TYPES.keys() - THINGS and bool(_MADE_UP.fullmatch(rest))


_MADE_UP = re.compile(r"[0-9a-f]{16}(#\d+)?")
_ABOUT_RECORDING = frozenset({"recorded_at", "recorded_by", "source", "batch", "note"})
_NOT_OWN = _ABOUT_RECORDING | {"fact", "fact_id"}


def own_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a fact without its type and what tells of its recording."""
    return {key: value for key, value in raw.items() if key not in _NOT_OWN}


NOT_CONTENT = frozenset({"fact", "fact_id", "recorded_at", "recorded_by"})
"""Fields of a line that tell of which type a fact is and of its recording, not what it says."""


def _said(raw: Mapping[str, Any]) -> Said:
    return Said({name: value for name, value in raw.items() if value is not None and name not in NOT_CONTENT})
