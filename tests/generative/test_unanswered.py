"""Whom the rules refuse to answer for: they, and nobody else, are missing, whatever is recorded after."""

import tempfile
from datetime import timedelta

from hypothesis import assume
from hypothesis import strategies as st

from api.answers import person_answer
from tests.generative.asking import always, book_of
from tests.generative.histories import with_ids
from tests.generative.strategies import worlds
from tests.generative.test_kept_answers import THINGS, Desk
from tracing.phrases import Language
from tracing.question import Question
from tracing.register import Asked, answered_from
from tracing.restoring import restore


def as_never_allowed(fact):
    """A decision without who answers for it, which may end too early."""
    return {name: value for name, value in fact.items() if name not in ("supervisor", "reason")}


def before_all_rules(data, world, facts):
    """Facts of which some diagnosis may have been made before there were any rules."""
    ill = [each["id"] for each in facts if each["fact"] == "diagnosis"]
    early = data.draw(st.none() | st.sampled_from(ill)) if world.calendar.edition is None else None
    return [each | {"day": "2002-01-01"} if each.get("id") == early else each for each in facts]


def check_answers(desk):
    book = book_of(desk.taken)
    right = answered_from(book, Question(book.known(), desk.rules.rulings, desk.soon))
    truth = {each.person: person_answer(each, Language.EN) for each in right.assessments}
    asked = Asked(desk.rules.rulings, desk.soon)

    _, listed, unanswered = desk.register.of_area(asked, "")
    alone = desk.register.of_people(asked, sorted(truth)).assessments

    assert {each.person for each in unanswered} == {each.person for each in right.unanswered}
    assert {each.person: person_answer(each, Language.EN) for each in alone} == truth
    assert all(person_answer(each, Language.EN) == truth[each.person] for each in listed)
    required = {person for person, answer in truth.items() if answer["state"] != "not_required"}
    assert required <= {each.person for each in listed}


@always(world=worlds(), data=st.data())
def test_they_alone_are_missing_whatever_is_recorded_and_withdrawn(world, data):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder, world, data.draw(st.sampled_from((500, 1))))
        assume(desk.rules.rulings.editions_until(world.moment.date()))
        facts = before_all_rules(data, world, [as_never_allowed(each) for each in with_ids(world.facts)])
        rest = [each for each in facts if each["fact"] not in THINGS]
        named = {value for each in rest for name, value in each.items() if name in ("exposure", "order")}
        free = [each for each in rest if each["id"] not in named]
        later = data.draw(st.lists(st.sampled_from(free), max_size=3, unique_by=lambda each: each["id"]))
        desk.taken = [each for each in facts if each not in later]
        restore(desk.register.store, desk.rules, enumerate(desk.taken, 1), desk.clock)

        for number in range(data.draw(st.integers(1, 5))):
            if later and data.draw(st.booleans()):
                desk.record([later.pop()])
            else:
                of = data.draw(st.sampled_from(rest))["id"]
                desk.record([{"fact": "void", "id": f"void {number}", "of": of}])
            desk.now += data.draw(st.sampled_from((timedelta(minutes=3), timedelta(days=1))))
            if data.draw(st.booleans()):
                desk.work(data)
            assert desk.verified() == []
            check_answers(desk)
