"""What a book of facts promises: nothing depends on order, every correction can be undone, and what was
known at any moment can be asked for."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.generative.asking import always, answers, book_of, known_from
from tests.generative.cast import when
from tests.generative.histories import BEGIN, histories, names_in, with_ids
from tests.generative.strategies import worlds


@always(world=worlds(), data=st.data())
def test_a_fact_withdrawn_and_recorded_again_changes_no_answer(world, data):
    facts = with_ids(world.facts)
    fact = data.draw(st.sampled_from(facts))
    void = {"fact": "void", "id": "v1", "of": fact["id"]}

    again = answers(world, known_from([*facts, void, fact]))

    assert again == answers(world, known_from(facts))


@always(world=worlds(), data=st.data())
def test_the_void_of_a_void_changes_no_answer(world, data):
    facts = with_ids(world.facts)
    fact = data.draw(st.sampled_from(facts))
    voids = [{"fact": "void", "id": "v1", "of": fact["id"]}, {"fact": "void", "id": "v2", "of": "v1"}]

    reinstated = answers(world, known_from([*facts, *voids]))

    assert reinstated == answers(world, known_from(facts))


@always(world=worlds(), data=st.data())
def test_a_fact_withdrawn_is_as_if_never_recorded(world, data):
    facts = with_ids(world.facts)
    named = {name for fact in facts for name in names_in(fact)}
    fact = data.draw(st.sampled_from([fact for fact in facts if fact["id"] not in named]))
    void = {"fact": "void", "id": "v1", "of": fact["id"]}

    withdrawn = answers(world, known_from([*facts, void]))

    assert withdrawn == answers(world, known_from([other for other in facts if other is not fact]))


@always(world=worlds(), data=st.data())
def test_facts_recorded_twice_change_no_answer(world, data):
    facts = with_ids(world.facts)
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4))

    assert answers(world, known_from([*facts, *again])) == answers(world, known_from(facts))


@always(world=worlds(), data=st.data())
def test_the_order_of_facts_does_not_matter(world, data):
    history = data.draw(histories(world))
    shuffled = data.draw(st.permutations(history))

    assert answers(world, known_from(shuffled)) == answers(world, known_from(history))


@always(world=worlds(), data=st.data(), hours=st.integers(0, 24))
def test_what_was_known_at_a_moment_is_what_was_recorded_by_then(world, data, hours):
    moment = BEGIN + timedelta(hours=hours)
    facts = data.draw(st.permutations(data.draw(histories(world))))
    by_then = [
        fact for fact in facts if "recorded_at" not in fact or when(fact["recorded_at"]).first <= moment
    ]

    known = book_of(facts).known(moment)

    assert answers(world, known) == answers(world, known_from(by_then))


@always(world=worlds(merges=False), data=st.data())
def test_a_merge_answers_as_if_every_fact_named_the_record_merged_into(world, data):
    people = data.draw(st.lists(st.sampled_from(world.people), min_size=2, max_size=3, unique=True))
    facts = without_naming_two_of(people, with_ids(world.facts))
    one_by_one = [
        {"fact": "merge", "person": people[n], "into": people[n - 1]} for n in range(1, len(people))
    ]

    merged = answers(world, known_from([*facts, *one_by_one]))

    rewritten = [renamed(fact, people) for fact in facts if fact["id"] not in people[1:]]
    assert merged == answers(world, known_from(rewritten))


def without_naming_two_of(people, facts):
    """Leave out facts that name two of some people, and the facts that name such a fact."""
    gone = {fact["id"] for fact in facts if len(names_in(fact) & set(people)) > 1}
    return [fact for fact in facts if fact["id"] not in gone and not names_in(fact) & gone]


def renamed(fact, people):
    """Rewrite a fact about any of several people to be about the first."""

    def rename(value):
        if isinstance(value, list):
            return [rename(each) for each in value]
        return people[0] if value in people else value

    return {field: rename(value) for field, value in fact.items()}
