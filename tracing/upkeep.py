"""Answers kept up: those marked stale or run out are worked out anew, a few or all at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from tracing.assessment import Assessment, Assessor
from tracing.facts import Exposure, Fact, Journey, Order, Residence, Ride, Visit
from tracing.in_force import Clock, InForce, bring_into_force
from tracing.keeping import Worked, apart, changes_to_come, keep_answers
from tracing.known import Known
from tracing.neighbourhood import Neighbourhood, reach_of
from tracing.ports import Due, Records, Store
from tracing.question import Question
from tracing.register import ONE_BY_ONE, Register
from tracing.terms import RuleNotInForce
from tracing.unanswered import Unanswered

BATCH = 200
_LEASE = timedelta(minutes=2)
_PAGE = 1_000


class Done(NamedTuple):
    """How many people were worked on, and of whom no answer could be given and why."""

    people: int
    failed: dict[str, str]


def work(store: Store, rules: InForce, clock: Clock, limit: int = BATCH) -> Done:
    """Work out anew some of the answers that are marked stale or have run out.

    People are leased first, so that several workers do not do the same; whoever is marked again
    meanwhile stays marked.

    Raises:
        OtherRules: if the database has other rules in force.
    """
    now = clock()
    claimed = store.write(lambda records: _claimed(records, rules, now, limit))
    if not claimed:
        return Done(0, {})
    people = [due.person for due in claimed]
    try:
        failed = store.write(lambda records: _assess_again(records, rules, claimed, clock()), people)
    except RuleNotInForce as trouble:
        failed = dict.fromkeys(people, str(trouble))
    return Done(len(claimed), failed)


def _claimed(records: Records, rules: InForce, now: datetime, limit: int) -> list[Due]:
    bring_into_force(records, rules, now)
    return records.claim(limit, now, now + _LEASE)


def _assess_again(records: Records, rules: InForce, claimed: Sequence[Due], now: datetime) -> dict[str, str]:
    """Keep the answers about people; return of whom no answer could be given, and why."""
    bring_into_force(records, rules, now)
    latest = records.last()[1]
    at = max(now, latest) if latest else now
    hood = Neighbourhood(records, reach_of(rules.rulings.editions_until(now.date())), rules.zone)
    people = {due.person for due in claimed}
    hood.load(people)
    question = Question(hood.known(), rules.rulings, apart(now, hood.every_fact()))
    found, failed = _answers(Assessor(question), people)
    until = min(changes_to_come(question.as_of, hood.every_fact()), default=None)
    worked = frozenset((people | found.keys()) - failed.keys())
    keep_answers(records, rules, Worked(question, found, worked, until), at)
    records.unmark(due for due in claimed if due.person not in failed)
    return failed


def _answers(assessor: Assessor, people: Iterable[str]) -> tuple[dict[str, Assessment], dict[str, str]]:
    """Return the answers about people, and of whom, by any record asked for, none can be given, and why."""
    known = assessor.question.known
    asked = {person: known.answers_for(person) for person in people if known.is_person(person)}
    answers, unanswered = dict[str, Assessment](), dict[str, str]()
    for person in sorted(set(asked.values())):
        found = assessor.answer(person)
        if isinstance(found, Unanswered):
            unanswered[person] = str(found.refusal)
        else:
            answers[person] = found
    failed = {person: unanswered[into] for person, into in asked.items() if into in unanswered}
    return answers, failed | unanswered


# ---- many at once


class _Recorded(Exception):
    """Facts were recorded while all others were being worked through."""


def work_from_the_book(register: Register, clock: Clock, *, more_than: int = ONE_BY_ONE) -> Done | None:
    """Work out everybody anew from all facts if more than so many are marked; else return None.

    What is kept is kept page by page. Facts recorded meanwhile end it; the rest stays marked.
    """
    last, stale = register.store.read(lambda records: (records.last()[0], len(records.stale())))
    if stale <= more_than:
        return None
    book = _WholeBook(register, last, clock)
    done, failed = 0, dict[str, str]()
    try:
        while page := register.store.write(book.claim):
            failed |= register.store.write(partial(book.keep, page), [due.person for due in page])
            done += len(page)
    except _Recorded:
        pass
    return Done(done, failed)


class _WholeBook:
    """All facts as they stand at one number, and who of the people in them is to change by the clock."""

    def __init__(self, register: Register, last: int, clock: Clock) -> None:
        self._rules = register.rules
        self._last = last
        self._clock = clock
        known = register.book().known()
        as_of = apart(clock(), known.facts)
        self._assessor = Assessor(Question(known, register.rules.rulings, as_of))
        coming = [fact for fact in known.facts if changes_to_come(as_of, [fact])]
        self._until = min(changes_to_come(as_of, coming), default=None)
        named = {person for fact in coming for person in _people_of(known, fact)}
        self._changing = named | _companions(known, named)
        self._changing |= _companions(known, self._changing)

    def claim(self, records: Records) -> list[Due]:
        return _claimed(records, self._rules, self._clock(), _PAGE)

    def keep(self, page: Sequence[Due], records: Records) -> dict[str, str]:
        """Keep the answers about a page of people; return of whom no answer could be given, and why."""
        last, latest = records.last()
        if last != self._last:
            raise _Recorded
        question = self._assessor.question
        known, people = question.known, {due.person for due in page}
        people |= {known.answers_for(person) for person in people}
        answers, failed = _answers(self._assessor, people)
        people -= failed.keys()
        now = self._clock()
        at = max(now, latest) if latest else now
        for until in {None, self._until}:
            some = frozenset(p for p in people if (p in self._changing) == (until is not None))
            of_some = {person: answers[person] for person in some & answers.keys()}
            keep_answers(records, self._rules, Worked(question, of_some, some, until), at)
        records.unmark(due for due in page if due.person not in failed)
        return failed


def _people_of(known: Known, fact: Fact) -> Iterable[str]:
    if isinstance(fact, Exposure):
        return fact.participants
    if isinstance(fact, Journey):
        return (ride.person for ride in known.naming(Ride, fact.fact_id))
    order = known.thing(Order, fact.order) if hasattr(fact, "order") else None
    person = order.person if order else getattr(fact, "person", None)
    return (known.answers_for(person),) if person else ()


def _companions(known: Known, people: Iterable[str]) -> set[str]:
    """Return everybody who shared an occasion with one of some people."""
    found: set[str] = set()
    for person in people:
        found.update(other for met in known.of(Exposure, person) for other in met.participants)
        for made, thing in _SHARED.items():
            for own in known.of(made, person):
                found.update(each.person for each in known.naming(made, getattr(own, thing)))
    return {known.answers_for(person) for person in found}


_SHARED: dict[type[Fact], str] = {Residence: "household", Ride: "journey", Visit: "place"}
