"""What recorded facts change: everybody they touch is found, assessed again, and their answers kept."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tracing.assessment import Assessor
from tracing.comparing import Compared, between, check_answered
from tracing.concerned import people_named, people_touched
from tracing.consequences import Consequence, News
from tracing.days import midnight
from tracing.earlier import Earlier
from tracing.facts import FACT_TYPES, Determination, Diagnosis, Exposure, Fact
from tracing.in_force import InForce
from tracing.keeping import Worked, apart, changes_to_come, keep_answers
from tracing.neighbourhood import Neighbourhood, of_a_neighbour, reach_of
from tracing.ports import Coming, Records
from tracing.question import Question
from tracing.register import Answered, parted
from tracing.spreading import Change, Circle, Sides, Spread, is_idle, is_over, people_changed
from tracing.unanswered import Unanswered


class Happened(NamedTuple):
    """What was recorded at a moment, after the fact of the number ``last``; ``news``: what each is about."""

    at: datetime
    last: int
    facts: Sequence[Fact]
    news: Sequence[News]

    @property
    def subjects(self) -> list[Fact]:
        """The facts that were recorded, withdrawn or put back."""
        return [each.subject for each in self.news]


class Outcome(NamedTuple):
    """What follows: ``waiting`` people are assessed later; ``unanswered`` have no answer."""

    changes: tuple[Consequence, ...] = ()
    waiting: int = 0
    unanswered: tuple[Unanswered, ...] = ()


class Grew(Exception):
    """More people are touched than were locked."""

    def __init__(self, people: Collection[str]) -> None:
        super().__init__()
        self.people = frozenset(people)


class Aftermath:
    """Works out what facts change, in the transaction that recorded them.

    ``at_once``: how many people are assessed in it; the rest are marked and worked on later.
    """

    def __init__(self, records: Records, rules: InForce, happened: Happened, at_once: int) -> None:
        self.records = records
        self.rules = rules
        self.happened = happened
        self.at_once = at_once
        self.reach = reach_of(rules.rulings.editions_until(happened.at.date()))
        self.hood = Neighbourhood(records, self.reach, rules.zone)
        self._changed = frozenset[str]()
        self._judged: dict[tuple[datetime, int], Sides] = {}

    def foresee(self) -> None:
        """Say what is going to be asked."""
        subjects = self.happened.subjects
        people = {person for each in subjects for person in people_named(each)}
        met = {each.fact_id for each in subjects if isinstance(each, Exposure)}
        if 0 < len(people) <= self.at_once:
            self.records.foresee(
                Coming(
                    people,
                    of_a_neighbour(self.reach),
                    exposures=met,
                    with_companions=len(met) < len(subjects),
                    unless_idle=all(is_over(each, self.happened.at) for each in subjects),
                )
            )

    def outcome(self) -> Outcome:
        """Return what follows, with the answers kept.

        Raises:
            Refused: if the rules refuse what was recorded.
            Grew: if more people are touched than are locked.
        """
        changes = self._changes()
        if is_idle(self.records, changes, self.happened.at):
            return Outcome()
        self._changed = people_changed(changes)
        self._check_judged()
        spread = Spread(self.records, self.hood, changes)
        if len(spread.named) > self.at_once:
            return Outcome(waiting=self._mark_around(spread.named))
        return self._assess_touched(spread)

    def _changes(self) -> list[Change]:
        subjects = self.happened.subjects
        about = people_touched(self.records, self.rules.zone, subjects)
        return [
            Change(_KIND_OF[type(each)], each, frozenset(people))
            for each, people in zip(subjects, about, strict=True)
        ]

    # ---- who is touched

    def _assess_touched(self, spread: Spread) -> Outcome:
        touched = spread.named
        circle = self._circle(spread)
        met = circle.met - touched
        missed = met - self._first(met, touched)
        touched |= met - missed
        met_later = self._met_later(spread, touched) - touched
        waiting = missed | self._beyond(missed) | (met_later - self._first(met_later, touched))
        touched |= self._first(met_later, touched)
        touched |= self._first(circle.passing - touched - waiting, touched)
        waiting -= touched
        self._hold(touched)
        waits = self._mark(waiting, touched)
        found = self._keep(touched)
        return Outcome(tuple(found.changes), waits, found.unanswered)

    def _circle(self, spread: Spread) -> Circle:
        self.hood.load(spread.named)
        circle = Circle(set(), set())
        for moment in self._moments():
            found = spread.met_a_source(self._sides(moment))
            circle.met.update(found.met)
            circle.passing.update(found.passing)
        return circle

    def _met_later(self, spread: Spread, touched: set[str]) -> set[str]:
        if not self.reach.secondary:
            return set()
        self.hood.load(touched)
        moments = self._moments()
        return {each for moment in moments for each in spread.met_a_contact(self._sides(moment), touched)}

    def _moments(self) -> list[datetime]:
        """Return now and every moment to come at which facts known already change what is seen."""
        at = self.happened.at
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
            Question(known, self.rules.rulings, as_of)
            for known in (self.hood.known(until=self.happened.last), self.hood.known())
        )
        changed = self._changed | {before.known.answers_for(person) for person in self._changed}
        earlier = Assessor(before)
        return Sides(earlier, Assessor(after, Earlier(earlier, changed) if changed else None))

    def _hold(self, people: Collection[str]) -> None:
        missing = self.records.unheld(people)
        if missing:
            raise Grew(missing)

    def _check_judged(self) -> None:
        """Check what rules may refuse among the facts, now and on the day of a decision to come.

        Left in, it would leave these people without an answer.
        """
        first, zone = self.rules.rulings.book.editions[0].in_force_from, self.rules.zone
        judged = [
            fact
            for fact in self.happened.facts
            if isinstance(fact, Determination) or (isinstance(fact, Diagnosis) and fact.day < first)
        ]
        people, ids = {fact.person for fact in judged}, {fact.fact_id for fact in judged}
        self.hood.load(people)
        for moment in sorted({max(self.happened.at, midnight(fact.day, zone)) for fact in judged}):
            check_answered(_answered(self._sides(moment).after, people), ids)

    def _mark_around(self, named: set[str]) -> int:
        """Mark everybody whom so many changes might touch, without looking closer."""
        near = named | self.hood.companions_of(named)
        return self._mark(near | self._beyond(near - named))

    def _mark(self, people: set[str], assessed: Collection[str] = ()) -> int:
        """Mark people under all their records but those assessed now; return how many are marked."""
        records = self.hood.records_of(people).difference(assessed)
        self._hold(records)
        self.records.mark_stale(records)
        return len(records)

    # ---- what is kept

    def _keep(self, touched: Collection[str]) -> Compared:
        self.hood.load(touched)
        at = self.happened.at
        old, new = (_answered(side, touched) for side in self._sides(at))
        answers = {each.person: each for each in new.assessments}
        unanswered = {each.person for each in new.unanswered}
        until = min(changes_to_come(new.question.as_of, self.hood.every_fact()), default=None)
        answered = frozenset((set(touched) | answers.keys()) - unanswered)
        keep_answers(self.records, self.rules, Worked(new.question, answers, answered, until), at)
        self.records.mark_stale(unanswered)
        return between(old, new, self.happened.news)


_KIND_OF = {made: kind for kind, made in FACT_TYPES.items()}


def _answered(side: Assessor, people: Iterable[str]) -> Answered:
    """Return the answers about people, each under the id they are answered by, of those that are known."""
    known = side.question.known
    answering = sorted({known.answers_for(person) for person in people if known.is_person(person)})
    return parted(side.question, map(side.answer, answering))
