"""Any history, on every store at once beside a list of lines: the answers are those all facts give.

Facts come in any order from several writers, are withdrawn and put back, records merged; days pass,
rules change, workers work or do not.
"""

from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from api.answers import person_answer
from api.rulebooks import rulings
from tests.contract.stores import STORES, Desk
from tests.generative.asking import LONG, QUICK, book_of
from tests.generative.cast import CALENDARS
from tests.generative.histories import with_ids
from tests.generative.strategies import worlds
from tracing.activation import activate
from tracing.chains import Bounds, Direction, chains
from tracing.days import Span
from tracing.faults import Refused
from tracing.following import chains_of
from tracing.in_force import InForce
from tracing.network import contact_network
from tracing.phrases import Language
from tracing.question import Question
from tracing.register import Asked, Register, answered_from
from tracing.terms import RuleNotInForce
from tracing.upkeep import work, work_from_the_book

THINGS = ("area", "person", "household", "place", "journey")
NATIONAL = [each for each in CALENDARS if each.edition is None]
PAUSES = st.sampled_from([timedelta(minutes=5), timedelta(hours=9), timedelta(days=1), timedelta(days=6)])


class AnyHistory(RuleBasedStateMachine):
    """The same history on every store; ``taken`` are the lines that were recorded, in order."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.open = [STORES[name](Path(self.folder.name)) for name in sorted(STORES)]
        self.desks = [Desk(each.__enter__()) for each in self.open]
        self.taken = []

    @initialize(world=worlds(NATIONAL), days_before=st.integers(0, 7), at_once=st.sampled_from((500, 2)))
    def begin(self, world, days_before, at_once):
        facts = with_ids(world.facts)
        self.at_once = at_once
        self.to_come = [fact for fact in facts if fact["fact"] not in THINGS]
        self.leave(world.moment - timedelta(days=days_before))
        self.record([fact for fact in facts if fact["fact"] in THINGS])

    def leave(self, moment):
        for desk in self.desks:
            desk.now = moment

    @property
    def now(self):
        return self.desks[0].now

    def record(self, lines):
        outcomes = [self.recorded_at(desk, lines) for desk in self.desks]
        assert len({outcome is None for outcome in outcomes}) == 1
        if outcomes[0] is not None:
            self.taken += lines
            assert all(told(each) == told(outcomes[0]) for each in outcomes)

    def recorded_at(self, desk, lines):
        try:
            return desk.record(*lines, at_once=self.at_once)
        except (Refused, RuleNotInForce):
            return None

    @rule(data=st.data(), size=st.integers(1, 3))
    def some_facts_come(self, data, size):
        for _ in range(min(size, len(self.to_come))):
            number = data.draw(st.integers(0, len(self.to_come) - 1))
            self.record([self.to_come.pop(number)])

    @rule(data=st.data())
    def a_fact_is_withdrawn(self, data):
        named = {fact["id"] for fact in self.taken if fact["fact"] not in THINGS}
        if named:
            of = data.draw(st.sampled_from(sorted(named)))
            self.record([{"fact": "void", "id": f"void {len(self.taken)}", "of": of}])

    @rule(pause=PAUSES)
    def time_passes(self, pause):
        self.leave(self.now + pause)

    @rule(limit=st.integers(1, 4))
    def somebody_works_a_little(self, limit):
        for desk in self.desks:
            work(desk.store, desk.rules, desk.clock, limit)

    @rule()
    def somebody_works_through_everything(self):
        for desk in self.desks:
            work_from_the_book(desk.register, desk.clock, more_than=0)

    @rule(overlay=st.sampled_from((None, "shanghai-2022-05", "township-2020-01")))
    def other_rules_come_into_force(self, overlay):
        for desk in self.desks:
            ruled = rulings("nhc-covid19", None, overlay)
            desk.rules = InForce(ruled, overlay or "first", desk.rules.zone)
            desk.register = Register(desk.store, desk.rules)
            desk.store.write(partial(activate, rules=desk.rules, texts=("a book",), at=desk.now))

    @invariant()
    def what_is_kept_is_what_the_facts_give(self):
        for desk in self.desks:
            assert desk.differences() == []

    def teardown(self):
        try:
            self.answers_are_those_all_facts_give()
            self.chains_are_those_in_all_facts()
        finally:
            for each in self.open:
                each.__exit__(None, None, None)
            self.folder.cleanup()

    def answers_are_those_all_facts_give(self):
        book = book_of(self.taken)
        question = Question(book.known(), self.desks[0].rules.rulings, self.now)
        right = answered_from(book, question)
        truth = {each.person: person_answer(each, Language.EN) for each in right.assessments}
        for desk in self.desks:
            asked = Asked(desk.rules.rulings, self.now)
            alone = desk.register.of_people(asked, sorted(truth)).assessments
            _, listed, unanswered = desk.register.of_area(asked, "")
            assert {(each.person, each.fact) for each in unanswered} == {
                (each.person, each.fact) for each in right.unanswered
            }
            assert {each.person: person_answer(each, Language.EN) for each in alone} == truth
            assert all(person_answer(each, Language.EN) == truth[each.person] for each in listed)
            required = {person for person, answer in truth.items() if answer["observation"]["required"]}
            assert required <= {each.person for each in listed}

    def chains_are_those_in_all_facts(self):
        known = book_of(self.taken).known()
        bounds = Bounds(since=Span(self.now - timedelta(days=7), self.now), generations=3)
        for person, direction in product(known.people[:2], Direction):
            truth = chains(contact_network(known), person, direction, bounds)
            assert [chains_of(desk.register, person, direction, bounds).reached for desk in self.desks] == [
                truth for _ in self.desks
            ]


def told(done):
    return done.new, done.waiting, [(each.person, each.because_of) for each in done.changes]


# A history is short enough to be read as it is; making it shorter would take longer than finding it.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
PROFILES = [
    settings(QUICK, max_examples=10, stateful_step_count=15, phases=PHASES),
    pytest.param(
        settings(LONG, max_examples=40, stateful_step_count=25, phases=PHASES), marks=pytest.mark.long
    ),
]


@pytest.mark.parametrize("profile", PROFILES, ids=["quick", "long"])
def test_any_history_gives_the_answers_that_all_facts_give(profile):
    run_state_machine_as_test(AnyHistory, settings=profile)
