"""Worklist and release list agree with the answers, person by person."""

from api.answers import person_answer
from api.lists import Reader, release_list_answer
from api.rulebooks import rulings
from tests.generative.asking import always, known_from
from tests.generative.strategies import worlds
from tracing.assessment import assess
from tracing.days import end_of
from tracing.phrases import Language
from tracing.question import Question
from tracing.release import State
from tracing.release_list import Verdict, release_list
from tracing.worklist import Task, worklist

EVERYWHERE = "12"  # all homes of a world lie in it


def asked_of(world):
    """The question about a world at the end of its day, and the answers."""
    known = known_from(world.facts)
    ruled = rulings(world.calendar.protocol, world.calendar.edition)
    question = Question(known, ruled, end_of(world.moment.date(), known.zone))
    return question, list(assess(question))


def in_state(assessments, *states):
    return {each.person for each in assessments if each.standing.state in states}


@always(world=worlds())
def test_a_worklist_says_what_the_answers_say(world):
    question, assessments = asked_of(world)

    found = worklist(question, assessments, EVERYWHERE)

    nowhere = {each.person for each in found.unassigned}
    on = {task: {each.person for each in found.on(task)} for task in Task}
    assert on[Task.TO_BE_PLACED] == in_state(assessments, State.TO_BE_PLACED) - nowhere
    assert on[Task.BLOCKED] == in_state(assessments, State.BLOCKED) - nowhere
    assert on[Task.DUE_FOR_RELEASE] == in_state(assessments, State.DUE_FOR_RELEASE) - nowhere
    assert on[Task.CHECKS] <= in_state(assessments, State.UNDER_OBSERVATION)


@always(world=worlds())
def test_nobody_who_must_be_seen_to_is_nowhere(world):
    question, assessments = asked_of(world)

    found = worklist(question, assessments, EVERYWHERE)

    listed = [each.person for each in (*found.of_area, *found.unassigned)]
    open_states = (State.TO_BE_PLACED, State.UNDER_OBSERVATION, State.DUE_FOR_RELEASE, State.BLOCKED)
    assert in_state(assessments, *open_states) <= set(listed)
    assert len(listed) == len(set(listed))


@always(world=worlds())
def test_a_release_list_says_what_the_answers_say(world):
    question, assessments = asked_of(world)

    found = release_list(question, assessments, EVERYWHERE)

    listed = {each.person: each for each in (*found.of_area, *found.unassigned)}
    blocked = {person for person, each in listed.items() if each.verdict == Verdict.BLOCKED}
    eligible = {person for person, each in listed.items() if each.verdict == Verdict.ELIGIBLE}
    early = {each.person for each in assessments if each.observation.last_day == question.today}
    reopened = {each.person for each in assessments if each.standing.reopened}
    assert eligible - early == in_state(assessments, State.DUE_FOR_RELEASE) - early
    assert blocked - early - reopened == in_state(assessments, State.BLOCKED) - early
    for each in assessments:
        if each.person in blocked - early - reopened:
            assert listed[each.person].blockers == each.standing.blockers


@always(world=worlds())
def test_a_list_marks_whatever_rests_on_an_unconfirmed_rule(world):
    question, assessments = asked_of(world)

    found = release_list_answer(
        question, release_list(question, assessments, EVERYWHERE), Reader(Language.EN)
    )

    answers = {each.person: person_answer(each, Language.EN) for each in assessments}
    for part in (*Verdict, "unassigned"):
        for each in found[part]:
            answer = answers[each["person"]]
            assert each.get("unconfirmed", False) == ("unconfirmed" in answer)
            assert (each["last_day"], each["category"]) == (
                answer["observation"]["last_day"],
                answer["category"],
            )
