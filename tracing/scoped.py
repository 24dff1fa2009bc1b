"""A register as one officer may see it and write in it: the one place where areas part people.

Whoever is elsewhere is, for the officer, not there: asked for, named in a fact, or changed by one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tracing.admission import Sight
from tracing.areas import NoSuchArea, significant
from tracing.casework import Recorded, record_handed_in
from tracing.concerned import people_about
from tracing.digests import private_digest
from tracing.facts import Area, Batch, Fact, Household, Journey, Place, Tally, UnitReport, Void
from tracing.faults import Fault, Refused, quoted
from tracing.identity import Identity, who_is
from tracing.in_force import Clock
from tracing.intake import Entry, HandedIn, NumberedLine, handed_in
from tracing.keeping import areas_of
from tracing.known import Known, NoSuchPerson
from tracing.lookup import found_by, residents_of
from tracing.neighbourhood import Neighbourhood, Reach
from tracing.office import EVERYWHERE, Officer
from tracing.ports import Facts
from tracing.question import Question
from tracing.register import Answered, Asked, Register
from tracing.report import Report
from tracing.reporting import reported
from tracing.responsibility import AREA_OF
from tracing.secrecy import Clue
from tracing.storing import recalled
from tracing.terms import RuleNotInForce
from tracing.unanswered import Elsewhere, Unanswered
from tracing.versions import last_about

_AREA_OF = {made: AREA_OF[made] for made in (Area, Household, Place, UnitReport)} | {Tally: "area"}
"""Facts about areas, or what lies in them, and the field that says which."""
_NEAR = Reach(secondary=False, facilities=False, met_returnees=False, signs=False)


class NotAllowed(Exception):
    """The officer's role does not allow what was asked."""


class Scoped:
    """What one officer sees of a register, and may add to it."""

    def __init__(self, register: Register, officer: Officer) -> None:
        self._register = register
        self._officer = officer

    def of_person(self, asked: Asked, person: str) -> Answered:
        """Return the answer about somebody.

        Raises:
            NoSuchPerson: if there is no such person, or not where the officer sees.
            Refused: if the rules refuse to answer, or what stands against it is elsewhere.
            RuleNotInForce: if no edition is in force, or none was when somebody fell ill.
        """
        if self._officer.area != EVERYWHERE:
            # Nothing is worked out about whom the officer may not see: it would take longer than nobody.
            self._register.store.read(lambda facts: self._check_sight(facts, person))
        try:
            answered = self._register.of_people(asked, [person])
        except (Refused, RuleNotInForce):
            self._check_told(asked, person)
            raise
        known = answered.question.known
        if not known.is_person(person) or not self._sees(known, person):
            raise NoSuchPerson(person)
        return answered

    def _check_told(self, asked: Asked, person: str) -> None:
        """Check that what stands against an answer may be named."""
        if self._officer.area != EVERYWHERE:
            found = self._register.answered_or_not(asked, [person])
            for each in self._told(found.question.known, found.unanswered):
                if isinstance(each.refusal, Elsewhere):
                    raise each.again

    def identity(self, person: str) -> tuple[Identity, int]:
        """Return who somebody is, and the number of the last fact in sight about them.

        Raises:
            NoSuchPerson: as :meth:`of_person`.
        """

        def read(facts: Facts) -> tuple[Identity, int]:
            self._check_sight(facts, person)
            found = who_is(self._known(facts, [person], identity=True), person)
            return found, last_about(facts, person, self._register.rules.zone, self._sight)

        return self._register.store.read(read)

    def look_up(self, clues: Mapping[Clue, str], most: int, *, identity: bool) -> dict[str, Identity | None]:
        """Return up to so many people in sight whom all clues fit, by the ids that they are answered by.

        ``identity``: with who they are.
        """

        def read(facts: Facts) -> dict[str, Identity | None]:
            known, seen = self._in_sight(facts, found_by(facts, clues))
            found = sorted({known.answers_for(person) for person in seen})[:most]
            if not identity:
                return dict.fromkeys(found)
            told = self._known(facts, found, identity=True)
            return {person: who_is(told, person) for person in found}

        return self._register.store.read(read)

    def residents(self, household: str) -> set[str]:
        """Return the ids of people in sight who live or lived in a household."""
        return self._register.store.read(
            lambda facts: self._in_sight(facts, residents_of(facts, {household}))[1]
        )

    def last_about(self, thing: str) -> int:
        """Return the number of the last fact in sight about a thing or fact in sight; 0 if there is none."""
        zone = self._register.rules.zone

        def read(facts: Facts) -> int:
            under = [recalled(each, zone) for each in facts.under([thing])]
            is_seen = self._sight is None or bool(self._visible(facts, under))
            return last_about(facts, thing, zone, self._sight) if under and is_seen else 0

        return self._register.store.read(read)

    def of_area(self, asked: Asked, area: str) -> Answered:
        """Return the answers about everybody whom a list of an area may show.

        Raises:
            NoSuchArea: if nothing recorded lies in the area, or not where the officer sees.
        """
        self._check_area(area)
        found = self._register.of_area(asked, area)
        if self._officer.area == EVERYWHERE:
            return found
        known = found.question.known
        if asked.known_at is not None:
            # Whoever was nowhere known then may be elsewhere by what is known now.
            people = {each.person for each in found.assessments} | {each.person for each in found.unanswered}
            known = self._register.store.read(lambda facts: self._known(facts, people))
        return Answered(
            found.question,
            [each for each in found.assessments if self._sees(known, each.person)],
            self._told(known, found.unanswered),
        )

    def report(self, asked: Asked, area: str) -> tuple[Question, Report]:
        """Return the figures of an area, and the question that they answer.

        Raises:
            NoSuchArea: as :meth:`of_area`.
        """
        self._check_area(area)
        question, found = reported(self._register.book(), asked, area)
        if self._officer.area == EVERYWHERE or not found.unanswered:
            return question, found
        people = {each.person for each in found.unanswered}
        known = self._register.store.read(lambda facts: self._known(facts, people))
        return question, replace(found, unanswered=self._told(known, found.unanswered))

    def _told(self, known: Known, unanswered: Iterable[Unanswered]) -> tuple[Unanswered, ...]:
        """Return those unanswered whom the officer sees, without what stands against them elsewhere."""
        seen = [each for each in unanswered if self._sees(known, each.person)]
        named = {each.fact for each in seen if each.fact}
        visible = self._register.store.read(lambda facts: self._ids_in_sight(facts, named)) if named else ()
        return tuple(
            each if each.fact is None or each.fact in visible else each._replace(refusal=Elsewhere())
            for each in seen
        )

    def _ids_in_sight(self, facts: Facts, ids: Collection[str]) -> set[str]:
        """Return which of recorded facts the officer may name."""
        zone = self._register.rules.zone
        recorded = [recalled(each, zone) for each in facts.under(ids)]
        return {entry.fact.fact_id for entry in self._visible(facts, recorded)}

    def record(
        self,
        lines: Iterable[NumberedLine],
        clock: Clock,
        *,
        faults: Iterable[Fault] = (),
        seen: Mapping[str, int] = MappingProxyType({}),
    ) -> Recorded:
        """Add facts, and return what changes for whom of those that the officer sees.

        ``seen``: of things, which last fact about them the officer saw.

        Raises:
            ChangedMeanwhile: if there is a later one, and something is new.
            NotAllowed: if the officer's role does not allow one of these kinds of facts.
            Refused: if any line breaks a rule, or names somebody or an area elsewhere.
            Busy: if others keep writing about the same people.
        """
        register, officer = self._register, self._officer
        more = handed_in(lines, register.rules.zone, faults=faults, digest=private_digest(register.store))
        for kind in sorted({entry.kind for entry in more.entries}):
            if not officer.may_record(kind):
                raise NotAllowed(f"facts of the kind {kind!r} are recorded by others")
        more = more._replace(faults=[*more.faults, *self._elsewhere(more)])
        try:
            done = record_handed_in(register.store, register.rules, more, clock, sight=self._sight, seen=seen)
        except Refused as refused:
            raise self._without_places_elsewhere(refused) from None
        if officer.area == EVERYWHERE:
            return done
        # How many wait would tell of people elsewhere; whoever is read is worked out at once.
        people = {each.person for each in done.changes} | {each.person for each in done.unanswered}
        known = register.store.read(lambda facts: self._known(facts, people))
        changes = tuple(each for each in done.changes if self._sees(known, each.person))
        return replace(done, changes=changes, waiting=0, unanswered=self._told(known, done.unanswered))

    @property
    def _sight(self) -> Sight | None:
        return None if self._officer.area == EVERYWHERE else self._visible

    def _without_places_elsewhere(self, refused: Refused) -> Refused:
        """Return what is refused without the recorded facts against it, which may be elsewhere."""
        own = [each for each in refused.faults if not each.where.startswith("fact ")]
        if self._officer.area == EVERYWHERE or len(own) == len(refused.faults):
            return refused
        return Elsewhere(own)

    def _check_sight(self, facts: Facts, person: str) -> None:
        if not self._in_sight(facts, [person])[1]:
            raise NoSuchPerson(person)

    def _in_sight(self, facts: Facts, people: Collection[str]) -> tuple[Known, set[str]]:
        """Return those of these people who are in sight, and what is known of all of them."""
        known = self._known(facts, people)
        return known, {each for each in people if known.is_person(each) and self._sees(known, each)}

    def _check_area(self, area: str) -> None:
        if not self._officer.sees_area(area) or not self._register.names_area(significant(area)):
            raise NoSuchArea(area)

    def _elsewhere(self, more: HandedIn) -> Iterable[Fault]:
        """Yield what is wrong with facts that describe areas, or things in areas, of others."""
        for entry in more.entries:
            field = _AREA_OF.get(type(entry.fact))
            if field is None:
                continue
            code = getattr(entry.fact, field)
            if code and not self._officer.sees_area(code):
                right = f"the code of an area in {self._officer.area!r} would be right"
                yield Fault(entry.recording.place, field, quoted(code), right)

    def _visible(self, facts: Facts, entries: Sequence[Entry]) -> list[Entry]:
        """Return those of recorded facts that the officer may name."""
        about = people_about(facts, self._register.rules.zone, [each.fact for each in entries])
        known = self._known(facts, set().union(*about))
        places = self._areas_of_places(facts, entries)
        visible = set[str]()
        seen: list[Entry] = []
        for entry, people in zip(entries, about, strict=True):
            if self._sees_fact(known, entry.fact, people, places=places, visible=visible):
                visible.add(entry.fact.fact_id)
                seen.append(entry)
        return seen

    def _areas_of_places(self, facts: Facts, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Return the areas of the places at which something was counted, by their ids."""
        named = {each.fact.place for each in entries if isinstance(each.fact, UnitReport | Tally)}
        found = facts.under({each for each in named if each}) if any(named) else []
        return {each.fact_id: str(each.body["area"]) for each in found if each.kind == "place"}

    def _sees_fact(
        self,
        known: Known,
        fact: Fact,
        people: Collection[str],
        *,
        places: Mapping[str, str],
        visible: Collection[str],
    ) -> bool:
        """Return whether a fact is about whom or where the officer sees; a void, about such a fact."""
        if isinstance(fact, Void):
            return fact.of in visible
        if type(fact) in _AREA_OF:
            code = getattr(fact, _AREA_OF[type(fact)]) or places.get(getattr(fact, "place", None) or "")
            return code is None or self._officer.sees_area(code)
        return isinstance(fact, Journey | Batch) or any(self._sees(known, person) for person in people)

    def _known(self, facts: Facts, people: Collection[str], *, identity: bool = False) -> Known:
        hood = Neighbourhood(facts, _NEAR, self._register.rules.zone)
        hood.load_own(people)
        if identity:
            hood.load_identities()
        return hood.known()

    def _sees(self, known: Known, person: str) -> bool:
        return self._officer.sees(set(areas_of(known, known.answers_for(person))))
