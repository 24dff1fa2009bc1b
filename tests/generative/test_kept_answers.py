"""Answers kept fresh: whatever is recorded in whatever order, they are what all facts together give."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st

from api.answers import person_answer
from api.keys import master_keys
from api.rulebooks import rulings
from graphdb.sqlite import SQLiteStore
from tests.generative.asking import always, book_of
from tests.generative.histories import with_ids
from tests.generative.strategies import worlds
from tracing.assessment import assess
from tracing.casework import record
from tracing.consequences import Knowledge, News, consequences
from tracing.days import DEFAULT_ZONE
from tracing.faults import Refused
from tracing.in_force import InForce
from tracing.intake import File
from tracing.phrases import Language
from tracing.ports import Charter
from tracing.question import Question
from tracing.register import Asked, Register
from tracing.terms import RuleNotInForce
from tracing.upkeep import work, work_from_the_book
from tracing.verifying import verify

THINGS = ("area", "person", "household", "place", "journey")


class Desk:
    """A register in a folder of its own, a clock that stands still until it is told, and a list of all
    lines that were taken."""

    def __init__(self, folder, world, at_once=500):
        self.at_once = at_once
        store = SQLiteStore(Path(folder) / "register.db", master_keys())
        store.create()
        self.now = world.moment
        self.rules = InForce(rulings(world.calendar.protocol, world.calendar.edition), "first", DEFAULT_ZONE)
        charter = Charter(world.calendar.protocol, None, DEFAULT_ZONE.key, self.rules.at(self.now))
        store.write(lambda records: records.activate(charter, ("a book",), self.now))
        self.register = Register(store, self.rules)
        self.taken = []

    def record(self, lines):
        """Record lines; None where they are refused."""
        try:
            numbered = list(enumerate(lines, 1))
            done = record(self.register.store, self.rules, numbered, self.clock, at_once=self.at_once)
        except (Refused, RuleNotInForce):
            return None
        self.taken += lines
        return done

    def clock(self):
        return self.now

    def work(self, data):
        """Work a little, or through everything from the book."""
        if data.draw(st.booleans()):
            work(self.register.store, self.rules, self.clock, limit=data.draw(st.integers(1, 5)))
        else:
            work_from_the_book(self.register, self.clock, more_than=0)

    @property
    def soon(self):
        """A moment later: what is kept holds from just after it was worked out."""
        return self.now + timedelta(milliseconds=1)

    def verified(self):
        """What verify finds; before the first edition of the rules it can judge nobody: nothing is kept."""
        try:
            return verify(self.register, self.soon).differences
        except RuleNotInForce:
            return sorted(self.register.store.read(lambda records: records.kept_in(None)))

    def kept_and_computed(self, people):
        """Every answer that the register gives about an area of everybody, and the whole truth."""
        asked = Asked(self.rules.rulings, self.soon)
        listed = self.register.of_area(asked, "").assessments
        alone = self.register.of_people(asked, people).assessments
        return tuple(
            {each.person: person_answer(each, Language.EN) for each in found} for found in (listed, alone)
        )

    def truth(self):
        question = Question(book_of(self.taken).known(), self.rules.rulings, self.soon)
        return {each.person: person_answer(each, Language.EN) for each in assess(question)}


def in_parts(data, facts):
    """Facts in some order in which whatever is named comes first, in parts of some size."""
    things = [fact for fact in facts if fact["fact"] in THINGS]
    rest = data.draw(st.permutations([fact for fact in facts if fact["fact"] not in THINGS]))
    rest.sort(key=lambda fact: fact["fact"] in ("transfer", "release", "determination", "void"))
    yield things
    while rest:
        size = data.draw(st.integers(1, 4))
        yield rest[:size]
        rest = rest[size:]


def with_voids(data, facts):
    leaves = [fact["id"] for fact in facts if fact["fact"] not in THINGS]
    withdrawn = data.draw(st.lists(st.sampled_from(leaves), max_size=4, unique=True)) if leaves else []
    voids = [{"fact": "void", "id": f"void of {each}", "of": each} for each in withdrawn]
    again = [{"fact": "void", "id": f"again {each['of']}", "of": each["id"]} for each in voids[:1]]
    return [*facts, *voids, *again]


@always(world=worlds(), data=st.data())
def test_answers_kept_are_those_that_all_facts_give(world, data):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder, world, data.draw(st.sampled_from((500, 1, 3))))
        desk.now -= timedelta(days=data.draw(st.integers(0, 12)))

        for part in in_parts(data, with_voids(data, with_ids(world.facts))):
            if desk.record(part) is None:
                for line in part:
                    desk.record([line])
            desk.now += data.draw(st.sampled_from((timedelta(0), timedelta(hours=7), timedelta(days=1))))
            if data.draw(st.booleans()):
                desk.work(data)
            assert desk.verified() == []

        try:
            truth = desk.truth()
        except (Refused, RuleNotInForce):
            return
        listed, alone = desk.kept_and_computed(world.people)
        assert alone == truth
        assert listed == {person: truth[person] for person in listed}
        assert {
            person for person, answer in truth.items() if answer["state"] != "not_required"
        } <= listed.keys()


@always(world=worlds(), data=st.data())
def test_consequences_told_are_those_between_all_facts_before_and_after(world, data):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder, world)

        for part in in_parts(data, with_voids(data, with_ids(world.facts))):
            before = list(desk.taken)
            done = desk.record(part)
            if done is None:
                continue
            old, new = book_of(before), book_of(before).with_file(File(1, "more"), enumerate(part, 1))
            try:
                was, now = (Knowledge(book.known(), everybody(desk, book)) for book in (old, new))
            except (Refused, RuleNotInForce):
                return
            right = consequences(was, now, [News(*each) for each in new.news(File(1, "more"))])
            assert told(done.changes) == told(right)


def everybody(desk, book):
    question = Question(book.known(), desk.rules.rulings, desk.now)
    return {each.person: each for each in assess(question)}


def told(changes):
    return [
        (
            each.person,
            each.before and person_answer(each.before, Language.EN),
            each.after and person_answer(each.after, Language.EN),
            set(each.because_of),
        )
        for each in changes
    ]
