"""The phases of an observation and its tests, by plan and by order.

The contact met the case on 1 July 2022. Edition 9 asks for 7 days centralised and 3 of monitoring at
home, edition 8 for 14 and 7.
"""

from functools import partial

import pytest

from tests.spec.builders import assessed, diagnosis, exposure, isolation, order, transfer

MET = [
    diagnosis(day="2022-07-01", onset="2022-07-01"),
    exposure(start="2022-07-01T12:00"),
    isolation(start="2022-07-01T20:00"),
]
placed = partial(order, person="contact")
isolated = partial(isolation, person="contact")

CENTRALISED, AT_HOME, MONITORED = "centralised_observation", "home_observation", "home_monitoring"


def observed(*facts, edition="9", as_of="2022-07-31"):
    return assessed(*MET, *facts, edition=edition, as_of=as_of).observation


def phases(*facts, **asked):
    """The phases with their first and last days in July."""
    return [(each.kind, each.first_day.day, each.last_day.day) for each in observed(*facts, **asked).phases]


def due(*facts, **asked):
    """The tests with their days in July."""
    found = observed(*facts, **asked).tests
    return [(each.phase, each.day_number, each.date and each.date.day) for each in found]


# ---- phases by plan


@pytest.mark.parametrize(
    ("edition", "found"),
    [
        ("4", [(AT_HOME, 2, 15)]),
        ("6", [(CENTRALISED, 2, 15)]),
        ("8", [(CENTRALISED, 2, 15), (MONITORED, 16, 22)]),
        ("9", [(CENTRALISED, 2, 8), (MONITORED, 9, 11)]),
        ("20-measures", [(CENTRALISED, 2, 6), (AT_HOME, 7, 9)]),
        ("10-measures", [(AT_HOME, 2, 6)]),
    ],
)
def test_without_an_order_phases_start_the_day_after_the_last_contact(edition, found):
    assert phases(edition=edition) == found


# ---- phases by order


@pytest.mark.parametrize(
    ("first_day", "found"),
    [
        pytest.param("2022-07-01", [(CENTRALISED, 1, 8), (MONITORED, 9, 11)], id="the day of the contact"),
        pytest.param("2022-07-02", [(CENTRALISED, 2, 8), (MONITORED, 9, 11)], id="the day after"),
        pytest.param("2022-07-05", [(CENTRALISED, 5, 8), (MONITORED, 9, 11)], id="days late"),
        pytest.param(
            "2022-07-08", [(CENTRALISED, 8, 8), (MONITORED, 9, 11)], id="on the last day of a phase"
        ),
        pytest.param("2022-07-09", [(MONITORED, 9, 11)], id="the day after it"),
        pytest.param("2022-07-11", [(MONITORED, 11, 11)], id="on the last day"),
        pytest.param("2022-07-12", [], id="too late"),
    ],
)
def test_with_an_order_phases_start_on_its_first_day_and_end_as_planned(first_day, found):
    in_time = placed(first_day=first_day, place_kind="home" if first_day > "2022-07-08" else "centralised")

    assert phases(in_time) == found
    assert f"{observed(in_time).last_day}" == "2022-07-11"


def test_an_order_for_home_is_observation_at_home():
    assert phases(placed(first_day="2022-07-02", place_kind="home")) == [(AT_HOME, 2, 8), (MONITORED, 9, 11)]


def test_an_order_for_a_site_where_the_plan_says_home():
    assert phases(placed(first_day="2022-07-02"), edition="4") == [(CENTRALISED, 2, 15)]


def test_an_order_that_lies_ahead_is_not_known_yet():
    late = placed(first_day="2022-07-05")

    assert phases(late, as_of="2022-07-04")[0] == (CENTRALISED, 2, 8)
    assert phases(late, as_of="2022-07-05")[0] == (CENTRALISED, 5, 8)


# ---- phases by transfer


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        pytest.param("2022-07-02", [(CENTRALISED, 2, 8)], id="on the first day"),
        pytest.param("2022-07-03", [(AT_HOME, 2, 2), (CENTRALISED, 3, 8)], id="on the second"),
        pytest.param("2022-07-08", [(AT_HOME, 2, 7), (CENTRALISED, 8, 8)], id="on the last"),
    ],
)
def test_the_day_of_a_transfer_belongs_to_the_new_place(moved, found):
    facts = [
        placed(first_day="2022-07-02", place_kind="home"),
        transfer(day=moved, place_kind="centralised"),
        transfer(day="2022-07-09", place_kind="home"),
    ]

    assert phases(*facts) == [*found, (MONITORED, 9, 11)]


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        pytest.param("2022-07-08", [(CENTRALISED, 2, 7), (AT_HOME, 8, 8)], id="a day early"),
        pytest.param("2022-07-09", [(CENTRALISED, 2, 8)], id="as planned"),
        pytest.param("2022-07-10", [(CENTRALISED, 2, 8)], id="a day late"),
    ],
)
def test_monitoring_follows_the_plan_also_when_the_move_home_comes_late(moved, found):
    facts = [placed(first_day="2022-07-02"), transfer(day=moved, place_kind="home")]

    assert phases(*facts) == [*found, (MONITORED, 9, 11)]


def test_monitoring_follows_the_plan_also_when_nobody_moved():
    assert phases(placed(first_day="2022-07-02")) == [(CENTRALISED, 2, 8), (MONITORED, 9, 11)]


def test_a_move_to_a_site_during_monitoring_is_centralised_until_the_move_home():
    facts = [
        placed(first_day="2022-07-02"),
        transfer(day="2022-07-16", place_kind="home"),
        transfer(day="2022-07-18", place_kind="centralised"),
        transfer(day="2022-07-20", place_kind="home"),
    ]

    assert phases(*facts, edition="8") == [
        (CENTRALISED, 2, 15),
        (MONITORED, 16, 17),
        (CENTRALISED, 18, 19),
        (MONITORED, 20, 22),
    ]


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        pytest.param("2022-07-16", [(CENTRALISED, 16, 22)], id="on its first day"),
        pytest.param("2022-07-17", [(MONITORED, 16, 16), (CENTRALISED, 17, 22)], id="on its second"),
        pytest.param("2022-07-22", [(MONITORED, 16, 21), (CENTRALISED, 22, 22)], id="on its last"),
    ],
)
def test_a_move_to_a_site_during_monitoring_lasts_if_nobody_moves_home(moved, found):
    facts = [placed(first_day="2022-07-02"), transfer(day=moved, place_kind="centralised")]

    assert phases(*facts, edition="8") == [(CENTRALISED, 2, 15), *found]


def test_from_one_site_to_another_is_one_phase():
    facts = [placed(first_day="2022-07-02"), transfer(day="2022-07-05", place_kind="centralised")]

    assert phases(*facts)[0] == (CENTRALISED, 2, 8)


def test_a_transfer_that_lies_ahead_is_not_known_yet():
    facts = [placed(first_day="2022-07-02"), transfer(day="2022-07-05", place_kind="home")]

    assert phases(*facts, as_of="2022-07-04")[0] == (CENTRALISED, 2, 8)
    assert phases(*facts, as_of="2022-07-05")[0] == (CENTRALISED, 2, 4)


# ---- tests


def test_tests_have_no_days_until_somebody_is_placed():
    assert due() == [
        *[(CENTRALISED, number, None) for number in (1, 2, 3, 5, 7)],
        (MONITORED, 3, None),
    ]


@pytest.mark.parametrize(
    ("edition", "centralised", "monitored"),
    [
        ("6", [], []),
        ("7", [(1, 2), (4, 5), (7, 8), (14, 15)], []),
        ("8", [(1, 2), (4, 5), (7, 8), (14, 15)], [(2, 17), (7, 22)]),
        ("9", [(1, 2), (2, 3), (3, 4), (5, 6), (7, 8)], [(3, 11)]),
    ],
)
def test_tests_are_numbered_by_the_days_of_each_phase(edition, centralised, monitored):
    assert due(placed(first_day="2022-07-02"), edition=edition) == [
        *[(CENTRALISED, number, day) for number, day in centralised],
        *[(MONITORED, number, day) for number, day in monitored],
    ]


@pytest.mark.parametrize(
    ("first_day", "days"),
    [
        pytest.param("2022-07-03", [3, 4, 5, 7, 8], id="a day late"),
        pytest.param("2022-07-04", [4, 5, 6, 8, 8], id="two days late"),
        pytest.param("2022-07-05", [5, 6, 7, 8, 8], id="three days late"),
        pytest.param("2022-07-08", [8, 8, 8, 8, 8], id="on the last day"),
    ],
)
def test_a_test_that_late_placing_pushes_past_its_phase_falls_on_the_last_day(first_day, days):
    late = placed(first_day=first_day)

    assert [day for phase, _, day in due(late) if phase == CENTRALISED] == days
    assert due(late)[-1] == (MONITORED, 3, 11)


def test_a_phase_that_was_over_when_somebody_was_placed_has_no_tests():
    assert due(placed(first_day="2022-07-10", place_kind="home")) == [(MONITORED, 3, 11)]


def test_tests_of_the_second_place_carry_its_name():
    facts = [
        placed(first_day="2022-07-02", place_kind="home"),
        transfer(day="2022-07-04", place_kind="centralised"),
    ]

    assert [(phase, day) for phase, _, day in due(*facts)][:3] == [
        (AT_HOME, 2),
        (AT_HOME, 3),
        (CENTRALISED, 4),
    ]


def test_edition_8_takes_two_samples_on_release():
    found = observed(placed(first_day="2022-07-02"), edition="8").tests

    assert [each.day_number for each in found if each.double] == [14]


@pytest.mark.parametrize("where", ["hospital", "centralised", "home_separate"])
def test_isolation_without_an_order_gives_tests_their_days(where):
    found = due(isolated(start="2022-07-03T09:00", where=where))

    assert [day for _, _, day in found] == [3, 4, 5, 7, 8, 11]


def test_isolation_in_a_shared_home_gives_no_days():
    found = due(isolated(start="2022-07-03T09:00", where="home_shared"))

    assert {day for _, _, day in found} == {None}


def test_isolation_that_was_over_before_the_contact_gives_no_days():
    found = due(isolated(start="2022-06-01", end="2022-06-30"))

    assert {day for _, _, day in found} == {None}
