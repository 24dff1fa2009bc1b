"""Whoever met somebody without an answer has none either, and is told when there is one again."""

import pytest

from tests.contract.stores import Desk
from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.contract.test_unanswered import BAD, HOME, TOO_EARLY, in_area
from tests.spec.builders import fact
from tracing.faults import Refused
from tracing.restoring import restore
from tracing.upkeep import work

SECONDARY = [
    *(fact("person", id=each) for each in ("old", "y", "z")),
    fact("diagnosis", id="d0", person="old", classification="confirmed", day="2002-12-31"),
    fact("exposure", id="yz", kind="meal", start="2021-06-05T12:00", participants=["y", "z"]),
]


@pytest.fixture
def refused(desk):
    """A register into which facts were restored that the rules refuse to answer for, worked through."""
    restore(desk.store, desk.rules, enumerate(BAD, 1), desk.clock)
    desk.work()
    return desk


def test_whom_somebody_met_who_has_no_answer_any_more_is_missing_by_name_too(store):
    desk = Desk(store, at="2021-06-10T20:00")
    restore(desk.store, desk.rules, enumerate(SECONDARY, 1), desk.clock)
    work(desk.store, desk.rules, desk.clock)

    done = desk.record(
        fact("exposure", id="oy", kind="meal", start="2021-06-04T12:00", participants=["old", "y"])
    )

    assert {each.person for each in done.unanswered} == {"old", "y", "z"}
    assert in_area(desk, "12")[1].keys() == {"old", "y", "z"}
    assert desk.differences() == []


def test_whoever_was_aboard_with_them_is_missing_by_name_too(refused):
    refused.record(
        fact("journey", id="g1", mode="car", departs="2020-02-08T08:00", arrives="2020-02-08T09:00"),
        fact("ride", person="third", journey="g1"),
    )
    done = refused.record(fact("ride", person="old case", journey="g1"))

    assert "third" in {each.person for each in done.unanswered}
    assert refused.differences() == []


def test_whom_somebody_met_who_is_merged_with_one_without_an_answer_is_missing_until_they_are_parted(
    refused,
):
    merged = refused.record(fact("merge", id="one", person="old case", into="ill"))
    parted = refused.record(fact("void", of="one"))

    assert {each.person for each in merged.unanswered} >= {"ill", "third", "guest"}
    assert {each.person for each in parted.changes} >= {"ill", "third"}
    assert refused.differences() == []


def test_who_has_an_answer_again_is_told(refused):
    done = refused.record(fact("void", of="d0"))

    assert {each.person for each in done.changes} == {"old case", "guest"}


def test_what_happened_is_recorded_though_a_decision_of_before_stands_against_somebody(desk):
    ongoing = fact("residence", person="ill", household="home")
    desk.record(*FAMILY, HOME, ongoing, ILL, TOO_EARLY | {"last_day": "2020-02-12"})

    done = desk.record(fact("isolation", person="ill", start="2020-02-10T19:00", where="hospital"))

    assert done.new == 1
    assert {each.person: each.fact for each in done.unanswered} == {"well": "early"}
    assert in_area(desk, "12")[1] == {"well": "early"}
    assert desk.differences() == []


@pytest.mark.parametrize("at_once", [500, 1])
def test_a_decision_of_a_day_to_come_is_refused_if_it_ends_too_early_then(desk, at_once):
    desk.record(*FAMILY, HOME, DINNER, ILL)

    with pytest.raises(Refused, match="last_day"):
        desk.record(TOO_EARLY | {"day": "2020-02-13"}, at_once=at_once)


def test_a_diagnosis_of_before_the_rules_is_refused_with_its_line(desk):
    desk.record(*FAMILY)

    with pytest.raises(Refused) as refusal:
        desk.record(ILL | {"day": "2019-12-31", "onset": "2019-12-30"})

    assert [(each.where, each.field, each.found) for each in refusal.value.faults] == [
        ("line 1", "day", "2019-12-31")
    ]
