"""Days at the end of the calendar: rules cannot count on from them, but they may say "still so"."""

import pytest

from tests.contract.stores import Desk
from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.spec.builders import fact
from tracing.chains import Bounds, Direction
from tracing.faults import Refused
from tracing.following import chains_of
from tracing.restoring import restore

LAST = "9999-12-31"
CROWD = [fact("person", id=f"p{number}") for number in range(510)]
DECIDED = fact("determination", id="decided", person="well", category="close_contact", day="2020-02-09")


@pytest.mark.parametrize("others", [[], CROWD], ids=["few", "many"])
@pytest.mark.parametrize("field", ["day", "onset", "sampled"])
def test_a_diagnosis_of_the_last_year_is_refused_among_few_and_among_many(desk, others, field):
    with pytest.raises(Refused, match=f"{field}: found '9999-12-31'; a day before 9999 would be right"):
        desk.record(*FAMILY, *others, DINNER, ILL | {field: LAST})

    assert desk.fact_ids() == []


def test_a_day_of_the_year_before_is_taken(desk):
    desk.record(*FAMILY, DINNER, ILL | {"onset": "9998-12-31"})

    assert desk.category("ill") == "confirmed_case"


@pytest.mark.parametrize("others", [[], CROWD], ids=["few", "many"])
def test_a_decision_that_nobody_can_be_free_after_is_refused_among_few_and_among_many(desk, others):
    with pytest.raises(Refused, match=r"last_day: found 9999-12-31; a day from which rules can count on"):
        desk.record(*FAMILY, *others, DINNER, ILL, DECIDED | {"last_day": LAST})

    assert desk.fact_ids() == []


@pytest.mark.parametrize("others", [[], CROWD], ids=["few", "many"])
def test_what_ends_on_the_last_day_is_still_so(desk, others):
    desk.record(
        *(*FAMILY, *others, ILL),
        *(fact("residence", person=each, household="home", last_day=LAST) for each in ("ill", "well")),
        DINNER | {"end": LAST},
        fact("isolation", person="ill", start="2020-02-09", end=LAST, where="hospital"),
    )
    desk.work()

    assert desk.answer("well")["observation"]["last_day"] == "2020-02-23"
    assert desk.differences() == []


@pytest.mark.parametrize("direction", Direction)
def test_chains_go_through_what_ends_on_the_last_day(desk, direction):
    desk.record(
        *(*FAMILY, ILL),
        *(fact("residence", person=each, household="home", last_day=LAST) for each in ("ill", "well")),
    )

    assert [each.person for each in chains_of(desk.register, "ill", direction, Bounds()).reached] == ["well"]


def test_somebody_restored_with_such_a_day_is_unanswered_and_nobody_else(store):
    desk = Desk(store, "who-covid19", "2021-03-10T20:00")
    facts = [*FAMILY, DINNER, ILL | {"day": "2021-03-09", "onset": LAST}, fact("person", id="other")]
    restore(desk.store, desk.rules, enumerate(facts, 1), desk.clock)
    desk.work()

    found = desk.register.of_everybody(desk.asked())

    assert {each.person: each.fact for each in found.unanswered} == {"ill": "d1", "well": "d1"}
    assert [each.person for each in found.assessments] == ["other"]
    assert desk.differences() == []
    with pytest.raises(Refused, match="onset: found 9999-12-31; a day from which rules can count on"):
        desk.answer("ill")
