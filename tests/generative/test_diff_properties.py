"""What comparing two states of knowledge promises: it names everybody whose answer differs, nobody else,
and some fact that was added."""

from hypothesis import strategies as st

from api.rulebooks import rulings
from tests.generative.asking import always, book_of
from tests.generative.histories import names_in, with_ids
from tests.generative.strategies import worlds
from tracing.assessment import assess
from tracing.consequences import Knowledge, News, consequences
from tracing.intake import File
from tracing.question import Question

MORE = File(1, "MORE")


def knowledge(book, world):
    ruled = rulings(world.calendar.protocol, world.calendar.edition)
    known = book.known()
    return Knowledge(known, {each.person: each for each in assess(Question(known, ruled, world.moment))})


def compared(world, facts, more):
    """What was known before, what is known after, and what the difference is."""
    book = book_of(facts)
    whole = book.with_file(MORE, enumerate(more, 1))
    before, after = knowledge(book, world), knowledge(whole, world)
    return before, after, consequences(before, after, [News(*each) for each in whole.news(MORE)])


def what_is_compared(assessment):
    kinds = [phase.kind for phase in assessment.observation.phases]
    return assessment.category, assessment.observation.last_day, assessment.standing.state, kinds


@st.composite
def parted(draw, world):
    """The facts of a world, and more: some of them that nothing names, and voids of others."""
    facts = with_ids(world.facts)
    named = {name for fact in facts for name in names_in(fact)}
    leaves = st.sampled_from([fact["id"] for fact in facts if fact["id"] not in named])
    added, withdrawn = draw(st.sets(leaves)), draw(st.sets(leaves, max_size=3))
    voids = [{"fact": "void", "id": f"void of {each}", "of": each} for each in sorted(withdrawn - added)]
    more = [fact for fact in facts if fact["id"] in added]
    return [fact for fact in facts if fact["id"] not in added], draw(st.permutations([*more, *voids]))


@always(world=worlds(), data=st.data())
def test_a_second_file_reads_like_further_lines_of_the_first(world, data):
    facts, more = data.draw(parted(world))

    in_two = book_of(facts).with_file(MORE, enumerate(more, 1))

    assert in_two.known().facts == book_of([*facts, *more]).known().facts


@always(world=worlds())
def test_nothing_changes_nothing(world):
    facts = with_ids(world.facts)

    for more in ([], facts):
        assert compared(world, facts, more)[2] == []


@always(world=worlds(), data=st.data())
def test_it_names_those_whose_answer_differs_and_nobody_else(world, data):
    facts, more = data.draw(parted(world))

    before, after, found = compared(world, facts, more)

    named = {each.person for each in found}
    for person in before.people.keys() | after.people.keys():
        old, new = before.people.get(person), after.people.get(person)
        same = old and new and what_is_compared(old) == what_is_compared(new)
        assert (person in named) == (not same)


@always(world=worlds(), data=st.data())
def test_before_and_after_are_the_answers_to_either_state_of_knowledge(world, data):
    before, after, found = compared(world, *data.draw(parted(world)))

    for each in found:
        assert (each.before, each.after) == (before.people.get(each.person), after.people.get(each.person))


@always(world=worlds(), data=st.data())
def test_every_change_comes_from_a_fact_that_was_added(world, data):
    facts, more = data.draw(parted(world))

    _, _, found = compared(world, facts, more)

    for each in found:
        assert each.because_of
        assert set(each.because_of) <= {fact["id"] for fact in more}
