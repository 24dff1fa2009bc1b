"""Recording facts: checked, added, and everybody they touch assessed again, in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from tracing.admission import Sight, admitted
from tracing.assessment import Assessor
from tracing.comparing import Compared, between, check_answered
from tracing.concerned import people_touched
from tracing.consequences import Consequence, News
from tracing.days import MOMENT, midnight
from tracing.digests import private_digest
from tracing.erasing import erase, erased_in
from tracing.facts import FACT_TYPES, Determination, Diagnosis, Fact, Merge
from tracing.faults import Fault, Refused
from tracing.in_force import Clock, InForce, bring_into_force
from tracing.intake import Entry, HandedIn, NumberedLine, handed_in
from tracing.keeping import Worked, apart, changes_to_come, keep_answers
from tracing.neighbourhood import Neighbourhood, reach_of
from tracing.noting import mark_sources, withdrawn
from tracing.ports import Busy, Records, Store
from tracing.question import Question
from tracing.register import Answered, parted
from tracing.spreading import Change, Circle, Sides, Spread, is_idle
from tracing.storing import to_store
from tracing.unanswered import Unanswered
from tracing.versions import check_unchanged

AT_ONCE = 500
"""How many people are assessed in the writing transaction; the rest are marked and worked on later."""
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of facts handed in: how many are new, when they were recorded, what follows.

    ``waiting``: how many people are left to be assessed later, because so many were touched. ``unanswered``:
    who is touched, but has no answer because of something recorded before.
    """

    new: int
    at: datetime | None
    changes: tuple[Consequence, ...] = ()
    waiting: int = 0
    unanswered: tuple[Unanswered, ...] = ()


class _Grew(Exception):
    """More people are touched than were locked."""

    def __init__(self, people: Collection[str]) -> None:
        super().__init__()
        self.people = frozenset(people)


def record(
    store: Store,
    rules: InForce,
    lines: Iterable[NumberedLine],
    clock: Clock,
    *,
    faults: Iterable[Fault] = (),
    at_once: int = AT_ONCE,
) -> Recorded:
    """Add facts and return what changes for whom.

    Facts that the register holds already add nothing. All are stamped with one moment, later than
    every moment recorded before, taken once everybody touched is locked. ``faults`` of lines that are
    no facts refuse them all.

    Raises:
        Refused: if any line breaks a rule, by itself or beside what the register holds.
        OtherRules: if the database has other rules in force.
        Busy: if others keep writing about the same people.
    """
    more = handed_in(lines, rules.zone, faults=faults, digest=private_digest(store))
    return record_handed_in(store, rules, more, clock, at_once=at_once)


def record_handed_in(
    store: Store,
    rules: InForce,
    more: HandedIn,
    clock: Clock,
    *,
    at_once: int = AT_ONCE,
    sight: Sight | None = None,
    seen: Mapping[str, int] = MappingProxyType({}),
) -> Recorded:
    """Add what was handed in, as :func:`record` does.

    ``sight`` is that of whoever hands it in; ``seen``: of things, which last fact about them they saw.

    Raises:
        ChangedMeanwhile: if there is a later one, and something is new.
    """
    locked = frozenset(name for entry in more.entries for name in _people_in(entry))
    for _ in range(_ATTEMPTS):
        try:
            return store.write(
                lambda records: _Writing(records, rules, clock, at_once).record(more, sight, seen), locked
            )
        except _Grew as grew:
            locked |= grew.people
    raise Busy("others keep recording facts about the same people; asking again would be right")


def _people_in(entry: Entry) -> Iterable[str]:
    fact = entry.fact
    if isinstance(fact, Merge):
        return fact.person, fact.into
    if hasattr(fact, "participants"):
        return tuple(fact.participants)
    return (fact.person,) if hasattr(fact, "person") else ()


class _Writing:
    """One transaction that records facts."""

    def __init__(self, records: Records, rules: InForce, clock: Clock, at_once: int) -> None:
        self.at_once = at_once
        self.records = records
        self.rules = rules
        self.reach = reach_of(rules.rulings.editions_until(clock().date()))
        self.clock = clock
        self.hood = Neighbourhood(records, self.reach, rules.zone)
        self.last, self.latest = records.last()
        self._judged: dict[tuple[datetime, int], Sides] = {}

    def record(self, more: HandedIn, sight: Sight | None, seen: Mapping[str, int]) -> Recorded:
        bring_into_force(self.records, self.rules, self.clock())
        book = admitted(self.records, more, self.rules.zone, sight)
        new = book.of_file(more.file)
        if not new:
            return Recorded(0, None)
        check_unchanged(self.records, seen, self.rules.zone, sight)
        at = self.moment()
        first = self.last + 1
        self.records.append(
            to_store(entry, more.said_of(entry), seq, at) for seq, entry in enumerate(new, first)
        )
        numbers = {id(entry): number for number, entry in enumerate(new, first)}
        self.records.withdraw(withdrawn(book, new, at, numbers))
        mark_sources(self.records, [entry.fact for entry in new], self.hood)
        erase(self.records, erased_in(entry.fact for entry in new))
        news = [News(*each) for each in book.news(more.file)]
        changes = self._changes(news)
        named = {person for change in changes for person in change.people}
        if is_idle(self.records, changes, at):
            return Recorded(len(new), at)
        try:
            self._check_judged(at, [entry.fact for entry in new])
            if len(named) > self.at_once:
                return Recorded(len(new), at, (), self._mark_around(named))
            return self._assess_touched(at, changes, news, len(new))
        except Refused as refused:
            raise book.placed(refused) from None

    def moment(self) -> datetime:
        """Return the moment of recording: now, but later than all that was recorded before."""
        now = self.clock()
        return max(now, self.latest.astimezone(self.rules.zone) + MOMENT) if self.latest else now

    def _changes(self, news: Sequence[News]) -> list[Change]:
        about = people_touched(self.records, self.rules.zone, [each.subject for each in news])
        return [
            Change(_KIND_OF[type(each.subject)], each.subject, frozenset(people))
            for each, people in zip(news, about, strict=True)
        ]

    # ---- who is touched

    def _assess_touched(
        self, at: datetime, changes: list[Change], news: Sequence[News], new: int
    ) -> Recorded:
        spread = Spread(self.records, self.hood, changes)
        touched = spread.named
        circle = self._circle(at, spread)
        met = circle.met - touched
        missed = met - self._first(met, touched)
        touched |= met - missed
        met_later = self._met_later(at, spread, touched) - touched
        waiting = missed | self._beyond(missed) | (met_later - self._first(met_later, touched))
        touched |= self._first(met_later, touched)
        touched |= self._first(circle.passing - touched - waiting, touched)
        waiting -= touched
        self._hold(touched | waiting)
        self.records.mark_stale(waiting)
        found = self._keep(at, touched, news)
        return Recorded(new, at, tuple(found.changes), len(waiting), found.unanswered)

    def _circle(self, at: datetime, spread: Spread) -> Circle:
        self.hood.load(spread.named)
        circle = Circle(set(), set())
        for moment in self._moments(at):
            found = spread.met_a_source(self._sides(moment))
            circle.met.update(found.met)
            circle.passing.update(found.passing)
        return circle

    def _met_later(self, at: datetime, spread: Spread, touched: set[str]) -> set[str]:
        if not self.reach.secondary:
            return set()
        self.hood.load(touched)
        moments = self._moments(at)
        return {each for moment in moments for each in spread.met_a_contact(self._sides(moment), touched)}

    def _moments(self, at: datetime) -> list[datetime]:
        """Return now and every moment to come at which facts known already change what is seen."""
        return [at, *changes_to_come(at, self.hood.every_fact())]

    def _first(self, people: Collection[str], beside: Collection[str]) -> set[str]:
        """Return as many people, in order of ids, as there is room for beside others in one transaction."""
        return set(sorted(people)[: max(0, self.at_once - len(beside))])

    def _beyond(self, missed: set[str]) -> set[str]:
        """Return whom people may touch in turn who are not looked at now."""
        return self.hood.companions_of(missed) if missed and self.reach.secondary else set()

    def _sides(self, at: datetime) -> Sides:
        """Return what is known before and after, judged at a moment, as far as facts are loaded."""
        key = (at, len(self.hood))
        if key not in self._judged:
            self._judged = {key: self._judged_at(at)}
        return self._judged[key]

    def _judged_at(self, at: datetime) -> Sides:
        as_of = apart(at, self.hood.every_fact())
        before, after = (
            Assessor(Question(known, self.rules.rulings, as_of))
            for known in (self.hood.known(until=self.last), self.hood.known())
        )
        return Sides(before, after)

    def _hold(self, people: Collection[str]) -> None:
        missing = self.records.unheld(people)
        if missing:
            raise _Grew(missing)

    def _check_judged(self, at: datetime, facts: Iterable[Fact]) -> None:
        """Check what rules may refuse among facts, now and on the day of a decision to come.

        Left in, it would leave these people without an answer.
        """
        first, zone = self.rules.rulings.book.editions[0].in_force_from, self.rules.zone
        judged = [
            fact
            for fact in facts
            if isinstance(fact, Determination) or (isinstance(fact, Diagnosis) and fact.day < first)
        ]
        people, ids = {fact.person for fact in judged}, {fact.fact_id for fact in judged}
        self.hood.load(people)
        for moment in sorted({max(at, midnight(fact.day, zone)) for fact in judged}):
            check_answered(_answered(self._sides(moment).after, people), ids)

    def _mark_around(self, named: set[str]) -> int:
        """Mark everybody whom so many changes might touch, without looking closer."""
        near = named | self.hood.companions_of(named)
        near |= self._beyond(near - named)
        self._hold(near)
        self.records.mark_stale(near)
        return len(near)

    # ---- what is kept

    def _keep(self, at: datetime, touched: Collection[str], news: Sequence[News]) -> Compared:
        self.hood.load(touched)
        old, new = (_answered(side, touched) for side in self._sides(at))
        answers = {each.person: each for each in new.assessments}
        unanswered = {each.person for each in new.unanswered}
        until = min(changes_to_come(new.question.as_of, self.hood.every_fact()), default=None)
        answered = frozenset((set(touched) | answers.keys()) - unanswered)
        keep_answers(self.records, self.rules, Worked(new.question, answers, answered, until), at)
        self.records.mark_stale(unanswered)
        return between(old, new, news)


_KIND_OF = {made: kind for kind, made in FACT_TYPES.items()}


def _answered(side: Assessor, people: Iterable[str]) -> Answered:
    """Return the answers about people, each under the id they are answered by, of those that are known."""
    known = side.question.known
    answering = sorted({known.answers_for(person) for person in people if known.is_person(person)})
    return parted(side.question, map(side.answer, answering))
