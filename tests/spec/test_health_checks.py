"""Health checks: which are still to do on a day, and whom nobody has reached."""

import pytest

from tests.spec.builders import diagnosis, exposure, fact
from tests.spec.observing import (
    MET,
    OBSERVED,
    VILLAGE,
    call,
    check,
    checked,
    on,
    placed,
    slots_on,
    worklist_on,
)
from tracing.facts.vocabulary import Slot
from tracing.reached import How
from tracing.worklist import Task

# ---- checks still to do


@pytest.mark.parametrize(
    ("day", "slots"), [("2020-03-13", []), ("2020-03-14", ["am", "pm"]), ("2020-03-15", ["am", "pm"])]
)
def test_both_slots_are_due_from_the_first_day_of_an_order(day, slots):
    assert slots_on(day, *MET, placed("2020-03-14")) == slots


@pytest.mark.parametrize(
    ("day", "slots"), [("2020-03-23", ["am", "pm"]), ("2020-03-24", ["am", "pm"]), ("2020-03-25", [])]
)
def test_checks_are_due_to_the_last_day(day, slots):
    assert slots_on(day, *OBSERVED) == slots


@pytest.mark.parametrize(
    ("met_until", "slots"), [("06:00", ["am"]), ("12:00", ["am"]), ("12:01", ["am", "pm"])]
)
def test_where_hours_count_nobody_is_checked_after_they_are_free(met_until, slots):
    hours = [
        exposure(id="care", kind="care", start="2020-03-11T05:00", end=f"2020-03-11T{met_until}"),
        *OBSERVED,
    ]

    assert slots_on("2020-03-18", *hours, protocol="h1n1", edition="2009") == slots


@pytest.mark.parametrize(
    ("outcome", "slots"),
    [("seen", ["pm"]), ("phoned", ["pm"])]
    + [(outcome, ["am", "pm"]) for outcome in ("absent", "refused", "went_out")],
)
def test_a_check_is_done_when_somebody_was_seen_or_phoned(outcome, slots):
    assert slots_on("2020-03-15", *OBSERVED, check("2020-03-15", "am", outcome)) == slots


@pytest.mark.parametrize("day", ["2020-03-14", "2020-03-16"])
def test_a_check_is_done_for_its_own_day_only(day):
    assert slots_on("2020-03-15", *OBSERVED, check(day)) == ["am", "pm"]


def test_a_call_is_no_check():
    assert slots_on("2020-03-15", *OBSERVED, call("2020-03-15T09:00")) == ["am", "pm"]


@pytest.mark.parametrize(("slot", "slots"), [("am", ["am"]), ("pm", [])])
def test_with_a_slot_only_its_checks_are_listed(slot, slots):
    assert slots_on("2020-03-15", *OBSERVED, check("2020-03-15", "pm"), slot=Slot(slot)) == slots


def test_nobody_is_checked_whom_nothing_keeps_any_longer():
    ruled_out = diagnosis(day="2020-03-14", classification="ruled_out")

    assert slots_on("2020-03-15", *OBSERVED, ruled_out) == []


def test_nobody_is_checked_who_became_a_case():
    assert slots_on("2020-03-15", *OBSERVED, diagnosis(person="contact", day="2020-03-15")) == []


def test_who_is_still_exposed_is_checked_without_a_last_day():
    ill_at_home = [
        diagnosis(day="2020-03-12", onset="2020-03-11"),
        fact("residence", person="case", household="home"),
        fact("residence", person="contact", household="home"),
        fact("household", id="home", area=VILLAGE),
    ]

    assert slots_on("2020-05-30", *ill_at_home, placed()) == ["am", "pm"]


# ---- when somebody was last reached


@pytest.mark.parametrize(
    ("facts", "day", "how"),
    [
        ([check("2020-03-14", "am"), check("2020-03-13", "pm")], "2020-03-14", How.SEEN),
        ([check("2020-03-14", "am"), check("2020-03-14", "pm", "phoned")], "2020-03-14", How.PHONED),
        ([check("2020-03-14", "pm"), call("2020-03-15T08:00")], "2020-03-15", How.CALL),
        ([check("2020-03-14", "pm"), check("2020-03-15", "am", "absent")], "2020-03-14", How.SEEN),
        ([check("2020-03-14", "pm"), call("2020-03-15T08:00", "not_reached")], "2020-03-14", How.SEEN),
        ([check("2020-03-14", "am"), check("2020-03-16", "am")], "2020-03-14", How.SEEN),
    ],
    ids=[
        "the later day",
        "the later slot",
        "a call",
        "not when absent",
        "not by a vain call",
        "not tomorrow",
    ],
)
def test_before_a_visit_one_sees_when_somebody_was_last_reached(facts, day, how):
    (duties,) = worklist_on("2020-03-15", *OBSERVED, *facts).of_area

    assert (duties.last_reached.day.isoformat(), duties.last_reached.how) == (day, how)


def test_nobody_ever_reached_them():
    (duties,) = worklist_on("2020-03-15", *OBSERVED).of_area

    assert duties.last_reached is None


# ---- overdue


@pytest.mark.parametrize(
    ("day", "overdue"), [("2020-03-12", False), ("2020-03-13", True), ("2020-03-14", True)]
)
def test_overdue_is_whom_nobody_reached_in_the_last_two_due_slots(day, overdue):
    found = worklist_on(day, *OBSERVED)

    assert on(found, Task.OVERDUE) == ["contact"] * overdue


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        ([check("2020-03-13", "pm")], True),
        ([check("2020-03-14", "am")], False),
        ([check("2020-03-14", "pm", "phoned")], False),
        ([check("2020-03-14", "pm", "absent")], True),
        ([call("2020-03-14T20:00")], False),
        ([call("2020-03-14T20:00", "refused")], True),
        ([check("2020-03-15", "am")], True),
    ],
    ids=["before", "the first", "phoned", "absent", "a call", "a vain call", "only on the day itself"],
)
def test_one_of_the_two_slots_is_enough(facts, overdue):
    found = worklist_on("2020-03-15", *OBSERVED, *facts)

    assert on(found, Task.OVERDUE) == ["contact"] * overdue


def test_slots_of_a_period_that_is_over_stay_overdue_until_somebody_goes():
    until = [*OBSERVED, *checked("2020-03-12", "2020-03-23")]

    assert on(worklist_on("2020-03-26", *until), Task.OVERDUE) == ["contact"]
    assert on(worklist_on("2020-03-26", *until, call("2020-03-25T09:00")), Task.OVERDUE) == []
