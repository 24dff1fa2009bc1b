"""Which facts the answers about some people rest on, found in a store step by step.

The answer about somebody rests on their own facts; on stratum 1 of whoever was ever diagnosed and
shared an occasion with them; and, for secondary contacts, on stratum 2 of whoever they met or
lived with, that is again on the diagnosed whom those met. Only people near somebody diagnosed
are followed that far: of all others it is certain that they are no close contacts.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tracing.factbook import FactBook
from tracing.facts import FACT_TYPES, Determination, Exposure, Fact, Merge, Moved, Order, Residence, Ride
from tracing.intake import Entry
from tracing.known import Known
from tracing.ports import Coming, Facts, Stored
from tracing.rules import Edition
from tracing.storing import at_area, recalled, ties_of

_WITH_IDENTITY = frozenset({"person", "statement", "household"})
_OF_AN_ORDER = ("transfer", "release", "notice")
_OF_A_SOURCE = (
    *("person", "merge", "diagnosis", "recovery", "death", "isolation", "order"),
    *("residence", "stay", "moved", "ride", "visit"),
)
_OF_A_NEIGHBOUR = (*_OF_A_SOURCE, "arrival", "determination", "test", "immunity")
_EVERY_KIND = frozenset(FACT_TYPES)
_OF_ONESELF = tuple(kind for kind in FACT_TYPES if kind not in {"exposure", "ride", "visit"})


class Reach(NamedTuple):
    """How far the rules look: to secondary contacts, to floors of sites, to whoever met a returnee."""

    secondary: bool
    facilities: bool
    met_returnees: bool
    signs: bool


def reach_of(editions: Iterable[Edition]) -> Reach:
    """Return how far the rules of some editions look."""
    made = list(editions)
    plans = [plan for each in made for every in each.plan.values() for plan in every]
    return Reach(
        secondary=any(each.secondary for each in made),
        facilities=any(each.facility for each in made),
        met_returnees=any(each.returnee and each.returnee.contact_kinds for each in made),
        signs=any(plan.sign_extends_days for plan in plans),
    )


def of_a_neighbour(reach: Reach) -> tuple[str, ...]:
    """Return which kinds of facts about somebody answers about others rest on.

    Whom a neighbour met matters only where rules look beyond the neighbour.
    """
    met = ("exposure",) if reach.secondary or reach.met_returnees else ()
    return (*_OF_A_NEIGHBOUR, *met, *(("check", "symptoms") if reach.signs else ()))


class Neighbourhood:
    """Facts loaded so far; :meth:`load` brings what the answers about more people rest on."""

    def __init__(self, facts: Facts, reach: Reach, zone: ZoneInfo) -> None:
        self._facts = facts
        self._reach = reach
        self._zone = zone
        self._entries: dict[int, Entry] = {}
        self._asked: dict[str, set[str]] = {}
        self._naming: dict[str, dict[int, None]] = {}
        self._things: set[str] = set()
        self._loaded: set[str] = set()
        self._without_identity: dict[int, Stored] = {}
        self._contested: set[int] = set()

    # ---- what is there

    def book(self, until: int | None = None) -> FactBook:
        """Return the book of what is loaded, of the facts up to a number."""
        numbers = sorted(seq for seq in self._entries if until is None or seq <= until)
        return FactBook((), self._zone, recorded=(self._entries[seq] for seq in numbers))

    def known(self, at: datetime | None = None, *, until: int | None = None) -> Known:
        """Return what is loaded and live, as known at a moment, of the facts up to a number, in order."""
        if at is not None:
            return self.book(until).known(at)
        numbers = sorted(seq for seq in self._entries if until is None or seq <= until)
        doubtful = [self._entries[seq] for seq in numbers if seq in self._contested]
        standing = {id(fact) for fact in FactBook((), self._zone, recorded=doubtful).live()}
        entries = ((seq, self._entries[seq].fact) for seq in numbers)
        live = (fact for seq, fact in entries if seq not in self._contested or id(fact) in standing)
        return Known(live, self._zone)

    def __len__(self) -> int:
        """Return how many facts are loaded."""
        return len(self._entries)

    def every_fact(self) -> Iterable[Fact]:
        """Return every fact loaded, withdrawn ones too."""
        return [entry.fact for entry in self._entries.values()]

    # ---- what is brought

    def load(self, people: Collection[str]) -> None:
        """Bring what the answers about people rest on."""
        people = set(people) - self._loaded
        self._loaded |= people
        if not people:
            return
        kinds = of_a_neighbour(self._reach)
        self._facts.foresee(Coming(people, kinds))
        own = self._of(people, None)
        self.records_of(_source_people(own))
        self._load_sites_and_areas(own)
        lived = self._residents(own)
        self._load_sources(own)
        self._of(lived, kinds)
        if self._reach.secondary or self._reach.met_returnees:
            self._load_others(self.records_of((_met(own) | lived) - people), kinds)
        self._load_lodged(own)

    def records_of(self, people: Collection[str]) -> set[str]:
        """Return people with all records that are, or ever were, one with theirs by merges."""
        found, new = set(people), set(people)
        while new:
            merges = self._about(new, ("merge",))
            new = {each for merge in merges for each in (merge.person, merge.into)} - found
            found |= new
        return found

    def companions_of(self, people: Collection[str]) -> set[str]:
        """Return everybody who shared an occasion with one of people, under any of their records."""
        return self.records_of(self._facts.companions(self.records_of(people)))

    def diagnosed_with(self, people: Collection[str]) -> set[str]:
        """Return who of people was ever diagnosed, with all records that were ever one with theirs."""
        ill = {each.person for each in self._about(self.records_of(people), ("diagnosis",))}
        return self.records_of(ill)

    def load_own(self, people: Collection[str]) -> None:
        """Bring people's own facts, with the homes, sites and areas that these name; not whom they met."""
        own = self._of(people, _OF_ONESELF)
        self._load_sites_and_areas(own)
        self._things_under(each.household for each in own if isinstance(each, Residence))

    def load_of(self, people: Collection[str], *kinds: str) -> None:
        """Bring people's own facts of some kinds."""
        self._of(people, kinds)

    def load_identities(self) -> None:
        """Bring who the people are whose facts were brought, and where they live."""
        for seq, identity in self._facts.identities(self._without_identity).items():
            stored = self._without_identity[seq]._replace(identity=identity)
            self._entries[seq] = recalled(stored, self._zone)

    def _load_others(self, others: set[str], kinds: tuple[str, ...]) -> None:
        """Bring what is needed of those whom somebody met or lived with: of returnees, their return; of
        those who may be close contacts, stratum 2."""
        if self._reach.met_returnees:
            self._of(others, kinds)
        if self._reach.secondary:
            decided = {each.person for each in self._about(others, ("determination",))}
            near = others if self._reach.facilities else self._facts.near_sources(others) | decided
            theirs = self._of(near, kinds)
            self.records_of(_source_people(theirs))
            self._things_under(_decided_about(theirs))
            self._residents(theirs)
            self._load_sources(theirs)
            self._load_lodged(theirs)

    def _load_sources(self, own: Iterable[Fact]) -> None:
        """Bring stratum 1 of the diagnosed who were at the occasions of facts, and the journeys."""
        occasions: dict[str, tuple[int, int]] = {}
        # All that are there by one fact are there on the same days.
        for tie in filter(None, (next(ties_of(each), None) for each in own)):
            first, last = occasions.get(tie.occasion, (tie.first_day, tie.last_day))
            occasions[tie.occasion] = min(first, tie.first_day), max(last, tie.last_day)
        self._things_under(each.journey for each in own if isinstance(each, Ride))
        if occasions:
            self._of(self._facts.sources_at(occasions), _OF_A_SOURCE)

    def _load_lodged(self, own: Iterable[Fact]) -> None:
        """Bring stratum 1 of whoever was ordered to the sites of facts, where rules look at floors."""
        sites = {each.site for each in own if isinstance(each, Order) and each.site}
        if self._reach.facilities and sites:
            ordered = self._facts_in(self._facts.naming(sites, ("order", "transfer")))
            self._things_under(each.order for each in ordered if not isinstance(each, Order))
            lodged = {each.person for each in self.every_fact() if isinstance(each, Order)}
            self._of(lodged, _OF_A_SOURCE)

    def _load_sites_and_areas(self, own: Iterable[Fact]) -> None:
        named = {each.site for each in self.every_fact() if getattr(each, "site", None)}
        self._things_under(named | _decided_about(own))
        codes = {code for each in own if isinstance(each, Moved) for code in around(each.to_area)}
        if codes:
            self._bring(self._facts.naming({at_area(code) for code in codes}, ("area",)))

    def _residents(self, own: Iterable[Fact]) -> set[str]:
        """Bring the households of facts with everybody who ever lived there; return who that is."""
        homes = {each.household for each in own if isinstance(each, Residence)}
        self._things_under(homes)
        if not homes:
            return set()
        lived = self._facts_in(self._facts.naming(homes, ("residence",)))
        return {each.person for each in lived}

    # ---- from the store

    def _of(self, people: Collection[str], kinds: tuple[str, ...] | None) -> list[Any]:
        """Return the facts of some kinds, merges among them, that name people under any of their records."""
        asked = set(people)
        found = self._about(asked, kinds)
        while more := _merged(found) - asked:
            asked |= more
            found = [*found, *self._about(more, kinds)]
        return found

    def _about(self, people: Collection[str], kinds: tuple[str, ...] | None) -> list[Any]:
        """Return the facts of some kinds that name people, brought with what became of their orders."""
        wanted = _EVERY_KIND if kinds is None else frozenset(kinds)
        new = {person for person in people if not wanted <= self._asked.get(person, set())}
        if new:
            self._bring_about(new, wanted, kinds)
        numbers = dict.fromkeys(seq for person in people for seq in self._naming[person])
        entries = (self._entries[seq] for seq in numbers)
        return [entry.fact for entry in entries if entry.kind in wanted]

    def _bring_about(self, new: set[str], wanted: frozenset[str], kinds: tuple[str, ...] | None) -> None:
        for person in new:
            self._asked.setdefault(person, set()).update(wanted)
            self._naming.setdefault(person, {})
        brought = self._bring(self._facts.about(new, kinds))
        for each in brought:
            for person in each.names & new:
                self._naming[person][each.seq] = None
        orders = [each.fact_id for each in brought if each.kind == "order"]
        if orders:
            self._bring(self._facts.naming(orders, _OF_AN_ORDER))

    def _things_under(self, ids: Iterable[str]) -> None:
        new = set(ids) - self._things
        self._things |= new
        if new:
            self._bring(self._facts.under(new))

    def _bring(self, found: Iterable[Stored]) -> list[Stored]:
        """Take facts in, with all that was ever recorded under the ids of those that voids speak of."""
        asked = list(found)
        taken = list(asked)
        contested = {each.fact_id for each in taken if each.contested}
        while contested:
            self._things |= contested
            more = self._facts.under(contested, with_voids=True)
            taken += more
            contested = {each.fact_id for each in more if each.contested} - self._things
        for each in taken:
            if each.seq not in self._entries:
                self._entries[each.seq] = recalled(each, self._zone)
                if each.contested or each.kind == "void":
                    self._contested.add(each.seq)
                if each.kind in _WITH_IDENTITY:
                    self._without_identity[each.seq] = each
        return asked

    def _facts_in(self, found: Iterable[Stored]) -> list[Any]:
        return [self._entries[each.seq].fact for each in self._bring(found)]


def _merged(found: Iterable[Fact]) -> set[str]:
    return {each for merge in found if isinstance(merge, Merge) for each in (merge.person, merge.into)}


def _decided_about(own: Iterable[Fact]) -> set[str]:
    """Return the exposures that decisions are about, also where the person decided about is not named."""
    return {each.exposure for each in own if isinstance(each, Determination) and each.exposure}


def _source_people(own: Iterable[Fact]) -> set[str]:
    """Return the people because of whom somebody decided; they are named by the id they answer under."""
    return {each.source_person for each in own if isinstance(each, Determination) and each.source_person}


def _met(own: Iterable[Fact]) -> set[str]:
    return {each for met in own if isinstance(met, Exposure) for each in met.participants}


def around(code: str) -> set[str]:
    """Return the codes of all areas that may include one: what it begins with, padded ones too."""
    begins = {code[:digits] for digits in range(1, len(code) + 1)}
    return begins | {f"{code[:2]}00", f"{code[:2]}0000", f"{code[:4]}00"}
