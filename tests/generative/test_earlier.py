"""What is taken over from an earlier question is what working it out again gives."""

from hypothesis import strategies as st

from api.rulebooks import rulings
from tests.generative.asking import always, known_from
from tests.generative.histories import names_in, with_ids
from tests.generative.strategies import worlds
from tracing.assessment import Assessor
from tracing.concerned import people_named
from tracing.earlier import Earlier
from tracing.facts import FACT_TYPES, Order
from tracing.question import Question
from tracing.spreading import ABOUT_PEOPLE_ALONE
from tracing.terms import RuleNotInForce


@always(world=worlds(), data=st.data())
def test_whoever_is_as_they_were_is_answered_as_if_nothing_was_known_of_before(world, data):
    facts = with_ids(world.facts)
    alone = [fact["id"] for fact in facts if fact["fact"] in ABOUT_PEOPLE_ALONE]
    told = set(data.draw(st.lists(st.sampled_from(alone), max_size=4))) if alone else set()
    told |= {fact["id"] for fact in facts if names_in(fact) & told}
    before, after = (asked_of(world, [f for f in facts if f["id"] not in left]) for left in (told, ()))
    new = [fact for fact in after.known.facts if fact.fact_id in told]
    people = {after.known.answers_for(person) for fact in new for person in about(fact, after.known)}

    try:
        fresh, earlier = Assessor(after), Assessor(before)
    except RuleNotInForce:
        return
    everybody = after.known.people
    asked_before = [earlier.answer(person) for person in data.draw(st.permutations(everybody))]
    taken_over = Assessor(after, Earlier(earlier, frozenset(people)))

    assert len(asked_before) == len(everybody)
    assert list(map(taken_over.answer, everybody)) == list(map(fresh.answer, everybody))


def about(fact, known):
    """The people whom a fact is about, itself or by its order."""
    return people_named(known.thing(Order, fact.order) if hasattr(fact, "order") else fact)


def asked_of(world, facts):
    ruled = rulings(world.calendar.protocol, world.calendar.edition)
    return Question(known_from(facts), ruled, world.moment)


def test_every_kind_taken_for_one_about_people_alone_is_a_kind_of_fact():
    assert FACT_TYPES.keys() >= ABOUT_PEOPLE_ALONE
