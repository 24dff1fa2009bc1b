"""The book of facts: everything recorded, what is withdrawn, and what was known at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE
from tracing.digests import Digest, plain_digest
from tracing.facts import FACT_TYPES, Fact, Void
from tracing.faults import Fault, Refused, by_line, quoted
from tracing.intake import (
    FIRST_FILE,
    REGISTER,
    Broken,
    Entry,
    File,
    HandedIn,
    NumberedLine,
    handed_in,
    in_order_of_recording,
)
from tracing.known import Known
from tracing.reading import names_in

_NAMED_BY = {kind: names_in(made) for kind, made in FACT_TYPES.items()}


class FactBook:
    """Facts in the order they were handed in, checked against each other.

    Nothing is ever taken out: a void withdraws a fact from the moment the void was recorded, so
    that :meth:`known` can tell what was known earlier.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        zone: ZoneInfo = DEFAULT_ZONE,
        *,
        recorded: Iterable[Entry] = (),
        digest: Digest = plain_digest,
    ) -> None:
        """Take facts as handed in, after those that a register has ``recorded``, which stand in its order.

        ``digest``: of facts that tell who somebody is.
        """
        self.zone = zone
        self.digest = digest
        self.entries: list[Entry] = []
        self._by_id: dict[str, list[Entry]] = defaultdict(list)
        self._by_kind: dict[str, list[Entry]] = defaultdict(list)
        self._voids_of: dict[int, list[Entry]] = defaultdict(list)
        self._targets: dict[int, Entry] = {}
        self._clashes: list[tuple[Entry, Entry]] = []
        self._claimed: set[str] = set()
        for entry in chain(recorded, in_order_of_recording(entries)):
            self.take(entry)

    @classmethod
    def read(cls, lines: Iterable[NumberedLine], zone: ZoneInfo = DEFAULT_ZONE) -> "FactBook":
        """Return the book of the facts on numbered lines.

        Raises:
            Refused: if any line breaks a rule; it names every fault at once.
        """
        return cls((), zone).with_file(FIRST_FILE, lines)

    def with_file(self, file: File, lines: Iterable[NumberedLine]) -> "FactBook":
        """Return the book of these facts and, after them, those on the lines of one more file.

        Raises:
            Refused: if any line breaks a rule, by itself or beside these facts; all faults at once.
        """
        return self.with_more(handed_in(lines, self.zone, file, digest=self.digest))

    def with_more(self, more: HandedIn) -> "FactBook":
        """Return the book of these facts and, after them, those of what was handed in.

        Raises:
            Refused: if any line breaks a rule, by itself or beside these facts; all faults at once.
        """
        recorded = [entry for entry in self.entries if entry.recording.file == REGISTER]
        earlier = [entry for entry in self.entries if entry.recording.file != REGISTER]
        book = FactBook(chain(earlier, more.entries), self.zone, recorded=recorded, digest=self.digest)
        book.check(more.faults, more.broken)
        return book

    def check(self, faults: Iterable[Fault] = (), broken: Sequence[Broken] = ()) -> None:
        """Look at what the facts do to each other, beside the faults of their lines.

        Raises:
            Refused: if anything is wrong; it names every fault at once.
        """
        self._claimed = {str(each.raw.get("id")) for each in broken}
        found = [*faults, *self.faults()]
        found.extend(fault for each in broken for fault in self._unknown_on(each))
        if found:
            raise Refused(sorted(found, key=by_line))

    def of_file(self, file: File) -> list[Entry]:
        """Return the facts that stand in the book from one file, in order of recording."""
        return [entry for entry in self.entries if entry.recording.file == file]

    def take(self, entry: Entry) -> bool:
        """Add the fact that was recorded next; return whether no live one says the same under the same id."""
        equals = self._by_id[entry.fact.fact_id]
        if equals:
            live = [other for other in equals if not self._is_void(other)]
            if any(other.content == entry.content for other in live):
                return False
            self._clashes.extend((entry, other) for other in live)
        if isinstance(entry.fact, Void) and (target := self._by_id.get(entry.fact.of)):
            self._targets[id(entry)] = target[-1]
            self._voids_of[id(target[-1])].append(entry)
        equals.append(entry)
        self._by_kind[entry.kind].append(entry)
        self.entries.append(entry)
        return True

    def known(self, at: datetime | None = None) -> Known:
        """Return the live facts as they were known at a moment; by default, all."""
        return Known(self.live(at), self.zone)

    def live(self, at: datetime | None = None) -> Iterable[Fact]:
        """Return the facts that stood at a moment; by default, now."""
        if at is None and not self._voids_of:
            return [entry.fact for entry in self.entries]
        heard = (entry for entry in self.entries if _heard(entry, at))
        live = (entry.fact for entry in heard if not self._is_void(entry, at))
        # A fact recorded again after its void may stand twice once the void is withdrawn.
        return {fact.fact_id: fact for fact in live}.values()

    def news(self, file: File, at: datetime | None = None) -> Iterator[tuple[str, Fact]]:
        """Yield the id of each fact that a file added, as known at a moment, and what it is about.

        A fact is about itself; a void about the fact that it withdraws or, void of a void, puts back.
        """
        for entry in self.entries:
            if entry.recording.file == file and _heard(entry, at):
                yield entry.fact.fact_id, self._subject(entry)

    def _subject(self, entry: Entry | None) -> Fact:
        while entry and isinstance(entry.fact, Void):
            entry = self._targets.get(id(entry))
        return entry and entry.fact

    def placed(self, refused: Refused) -> Refused:
        """Return what refuses facts by their ids with the places where they stand in this book."""
        return Refused(self._placed(fault) for fault in refused.faults)

    def _placed(self, fault: Fault) -> Fault:
        fact_id = fault.where.removeprefix("fact ")
        return fault._replace(where=self.place_of(fact_id)) if fact_id in self._by_id else fault

    def place_of(self, fact_id: str) -> str:
        """Return where the youngest fact of an id stands: its line, and its file if that is not the first."""
        return self._by_id[fact_id][-1].recording.place

    def _is_void(self, entry: Entry, at: datetime | None = None) -> bool:
        """Return whether a fact is withdrawn by a void that is itself not withdrawn."""
        voids = self._voids_of.get(id(entry))
        return voids is not None and any(_heard(void, at) and not self._is_void(void, at) for void in voids)

    def void_of(self, entry: Entry) -> Entry | None:
        """Return the void that withdraws a fact, the youngest if there are several; None if it is live."""
        voids = [void for void in self._voids_of.get(id(entry), ()) if not self._is_void(void)]
        return voids[-1] if voids else None

    def spoken_of(self, void: Entry) -> Iterator[Entry]:
        """Yield the fact that a void withdraws and, of a void of a void, all behind it."""
        target = self._targets.get(id(void))
        while target:
            yield target
            target = self._targets.get(id(target))

    def faults(self) -> Iterator[Fault]:
        """Yield what facts do to each other that is not allowed."""
        yield from self._voids_of_what_cannot_be()
        yield from self._ids_used_twice()
        yield from self._areas_described_twice()
        yield from self._unknown_names()
        yield from self._merges_in_a_circle()

    def _voids_of_what_cannot_be(self) -> Iterator[Fault]:
        for entry in self._by_kind["void"]:
            target = self._targets.get(id(entry))
            if target and target.kind == "erasure":
                right = "a fact that can be withdrawn would be right; what was erased is gone"
                yield _fault(entry, "of", "an erasure", right)
            elif not target and entry.recording.file != REGISTER:
                right = (
                    "the id of a fact recorded before the void (in a file, on an earlier line) would be right"
                )
                yield _fault(entry, "of", quoted(entry.fact.of), right)

    def _ids_used_twice(self) -> Iterator[Fault]:
        for entry, other in self._clashes:
            right = f"another id, or first a void of the fact on {other.recording.place}, would be right"
            found = f"{entry.fact.fact_id!r} a second time for something else"
            yield _fault(entry, "id", found, right)
        for entries in self._by_id.values():
            if len(entries) > 1:
                yield from self._reinstated_beside_another(entries)

    def _reinstated_beside_another(self, entries: list[Entry]) -> Iterator[Fault]:
        live = [entry for entry in entries if not self._is_void(entry)]
        for entry in [each for each in live[:-1] if each.content != live[-1].content]:
            for void in self._voids_of.get(id(entry), ()):
                for reinstating in self._voids_of.get(id(void), ()):
                    right = f"first a void of the other fact under {entry.fact.fact_id!r} would be right"
                    yield _fault(reinstating, "of", quoted(reinstating.fact.of), right)

    def _areas_described_twice(self) -> Iterator[Fault]:
        first: dict[str, Entry] = {}
        for entry in self._by_kind["area"]:
            if self._is_void(entry):
                continue
            other = first.setdefault(entry.fact.code, entry)
            if (other.fact.name, other.fact.level, other.fact.parent) != (
                entry.fact.name,
                entry.fact.level,
                entry.fact.parent,
            ):
                place = other.recording.place
                right = f"what {place} says of this area, or first a void of it, would be right"
                yield _fault(entry, "code", f"{entry.fact.code!r} described differently", right)

    def _unknown_names(self) -> Iterator[Fault]:
        for entry in self.entries:
            fields = _NAMED_BY[entry.kind]
            if not fields or self._is_void(entry):
                continue
            for field, kinds in fields.items():
                named = getattr(entry.fact, field)
                for one in (named,) if isinstance(named, str) else named if isinstance(named, tuple) else ():
                    if not self._is_plain(one, kinds):
                        yield from self._unknown(entry, field, one, kinds)

    def _is_plain(self, name: str, kinds: tuple[str, ...]) -> bool:
        """Return whether a name is that of one recorded thing of which no void speaks, as nearly all are."""
        found = self._by_id.get(name, ())
        return len(found) == 1 and found[0].kind in kinds and id(found[0]) not in self._voids_of

    def _unknown_on(self, broken: Broken) -> Iterator[Fault]:
        """Yield what a line with other faults names that nobody recorded."""
        for field, kinds in _NAMED_BY[broken.raw["fact"]].items():
            named = broken.raw.get(field)
            for one in named if isinstance(named, list) else [named]:
                if isinstance(one, str) and one not in self._claimed and not self._things(one, kinds):
                    yield _no_such(broken.place, field, one, kinds)

    def _things(self, name: str, kinds: tuple[str, ...]) -> list[Entry]:
        return [other for other in self._by_id.get(name, ()) if other.kind in kinds]

    def _unknown(self, entry: Entry, field: str, name: str, kinds: tuple[str, ...]) -> Iterator[Fault]:
        things = self._things(name, kinds)
        if not things and name not in self._claimed and entry.recording.file != REGISTER:
            yield _no_such(entry.recording.place, field, name, kinds)
        elif things and all(self._is_void(thing) for thing in things):
            yield self._named_though_void(entry, field, things[-1])

    def _named_though_void(self, entry: Entry, field: str, thing: Entry) -> Fault:
        voids = [void for void in self._voids_of[id(thing)] if not self._is_void(void)]
        if self.entries.index(entry) < self.entries.index(voids[-1]):
            right = f"first a void of the fact on {entry.recording.place}, which names it, would be right"
            return _fault(voids[-1], "of", quoted(thing.fact.fact_id), right)
        return _fault(
            entry, field, quoted(thing.fact.fact_id), f"a {thing.kind} that is not withdrawn would be right"
        )

    def _merges_in_a_circle(self) -> Iterator[Fault]:
        into: dict[str, str] = {}
        for entry in self._by_kind["merge"]:
            if self._is_void(entry):
                continue
            target = entry.fact.into
            while target in into and target != entry.fact.person:
                target = into[target]
            if target == entry.fact.person:
                right = f"a record that is not itself merged into {entry.fact.person!r} would be right"
                yield _fault(entry, "into", quoted(entry.fact.into), right)
            elif into.setdefault(entry.fact.person, entry.fact.into) != entry.fact.into:
                answers = into[entry.fact.person]
                right = f"one merge of a record would be right; it already answers under {answers!r}"
                yield _fault(entry, "person", quoted(entry.fact.person), right)


def _heard(entry: Entry, at: datetime | None) -> bool:
    return at is None or entry.recording.recorded_at is None or entry.recording.recorded_at <= at


def _no_such(where: str, field: str, name: str, kinds: tuple[str, ...]) -> Fault:
    return Fault(where, field, quoted(name), f"the id of a recorded {' or '.join(kinds)} would be right")


def _fault(entry: Entry, field: str, found: str, right: str) -> Fault:
    return Fault(entry.recording.place, field, found, right)
