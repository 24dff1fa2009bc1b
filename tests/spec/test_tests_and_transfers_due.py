"""Samples still to be taken on a day, and people to be moved on it."""

import pytest

from tests.spec.builders import fact, transfer
from tests.spec.observing import (
    MEAL_OF_THE_11TH,
    MET,
    OBSERVED,
    ONE,
    TWO,
    on,
    placed,
    sample,
    worklist_on,
)
from tracing.worklist import Task

# ---- tests due: by edition 8 on days 1, 4, 7 and 14 of isolation: 12, 15, 18 and (the phase ends) 24 March


def due_on(day, *facts):
    found = worklist_on(day, *OBSERVED, *facts, edition="8").on(Task.TESTS_DUE)
    return [(due.day_number, due.day.isoformat()) for duties in found for due in duties.samples]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2020-03-11", []),
        ("2020-03-12", [(1, "2020-03-12")]),
        ("2020-03-14", [(1, "2020-03-12")]),
        ("2020-03-15", [(4, "2020-03-15")]),
    ],
    ids=["before", "the day", "overdue", "the next one takes its place"],
)
def test_a_sample_is_due_from_its_day_until_the_next(day, due):
    assert due_on(day, *()) == due


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        (sample("2020-03-12"), []),
        (sample("2020-03-13", "pending"), []),
        (sample("2020-03-13", "positive"), []),
        (sample("2020-03-13", "invalid"), [(1, "2020-03-12")]),
        (sample("2020-03-13", method="antibody"), [(1, "2020-03-12")]),
        (sample("2020-03-11"), [(1, "2020-03-12")]),
    ],
    ids=["on the day", "late, no result yet", "positive", "invalid", "antibodies", "before its day"],
)
def test_a_sample_taken_late_counts_for_its_day(taken, due):
    assert due_on("2020-03-14", taken) == due


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        ([sample("2020-03-24")], [(14, "2020-03-24")]),
        ([sample("2020-03-24T09:00"), sample("2020-03-24T09:05")], []),
        ([sample("2020-03-24", double=True)], []),
    ],
    ids=["one", "two", "a double one"],
)
def test_at_the_end_of_the_first_phase_two_samples_are_due(taken, due):
    assert due_on("2020-03-24", *taken) == due


# Cholera: 5 days from the 11th to 16 March, three negative tests by then.
@pytest.mark.parametrize(
    ("day", "taken", "due"),
    [
        ("2020-03-13", [], None),
        ("2020-03-14", [], "2020-03-14"),
        ("2020-03-15", [], "2020-03-14"),
        ("2020-03-14", [sample("2020-03-14", "pending")], None),
        ("2020-03-15", [sample("2020-03-14")], "2020-03-15"),
        ("2020-03-16", [sample("2020-03-14"), sample("2020-03-15", double=True), sample("2020-03-15")], None),
    ],
)
def test_negative_tests_asked_for_by_the_end_are_due_one_a_day(day, taken, due):
    facts = [*OBSERVED, MEAL_OF_THE_11TH, *taken]

    found = worklist_on(day, *facts, protocol="cholera", edition="china").on(Task.TESTS_DUE)

    assert [each.day.isoformat() for duties in found for each in duties.samples] == ([due] if due else [])


# ---- transfers due: edition 8, 14 days in a facility to 24 March, then 7 at home

SITE = fact("place", id="site", name="hotel", area=TWO, kind="observation_site")
IN_FACILITY = (*MET, SITE, placed(place_kind="centralised", site="site"))


@pytest.mark.parametrize(("day", "due"), [("2020-03-24", False), ("2020-03-25", True), ("2020-03-26", True)])
def test_a_transfer_is_due_from_the_first_day_of_the_phase_elsewhere(day, due):
    found = worklist_on(day, *IN_FACILITY, edition="8")

    assert on(found, Task.TRANSFERS_DUE) == ["contact"] * due


def test_who_was_moved_needs_no_transfer():
    moved = transfer(day="2020-03-25", place_kind="home")

    assert on(worklist_on("2020-03-25", *IN_FACILITY, moved, edition="8"), Task.TRANSFERS_DUE) == []


def test_who_spends_it_all_at_home_needs_no_transfer():
    assert on(worklist_on("2020-03-25", *OBSERVED, edition="8"), Task.TRANSFERS_DUE) == []


def test_both_the_area_of_the_site_and_that_of_the_home_see_the_transfer():
    leaving = worklist_on("2020-03-25", *IN_FACILITY, area=TWO, edition="8")
    coming = worklist_on("2020-03-25", *IN_FACILITY, area=ONE, edition="8")

    assert on(leaving, Task.TRANSFERS_DUE) == on(coming, Task.TRANSFERS_DUE) == ["contact"]
    assert (on(leaving, Task.CHECKS), on(coming, Task.CHECKS)) == (["contact"], [])
