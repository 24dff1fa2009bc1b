"""A centralised order keeps a case away from others as an isolation does; an order to stay at home does not.

The case fell ill on 10 March, so that the window opens on the 8th at 00:00.
"""

import pytest

from tests.spec.builders import diagnosis, isolation, order, release, said, transfer, when, window

ILL = diagnosis(onset="2020-03-10", day="2020-03-12")
OPENS = "2020-03-08T00:00"


def closes(*facts, **asked):
    """When contact with the case no longer counts; None while it does."""
    return said(window(ILL, *facts, **asked).contact.end)


def test_a_centralised_order_closes_it_after_its_first_day():
    assert closes(order(first_day="2020-03-12")) == "2020-03-13T00:00"


@pytest.mark.parametrize(
    ("as_of", "end"),
    [("2020-03-12", None), ("2020-03-13", "2020-03-14T00:00"), ("2020-03-14", "2020-03-14T00:00")],
)
def test_an_order_that_lies_ahead_closes_nothing(as_of, end):
    assert closes(order(first_day="2020-03-13"), as_of=as_of) == end


def test_an_order_to_stay_at_home_does_not_close_it():
    assert closes(order(first_day="2020-03-12", place_kind="home")) is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2020-03-11T09:00", "2020-03-11T09:00", id="the day before"),
        pytest.param("2020-03-12T09:00", "2020-03-12T09:00", id="the day"),
        pytest.param("2020-03-13T09:00", "2020-03-13T09:00", id="the day after"),
        pytest.param("2020-03-14T09:00", "2020-03-13T00:00", id="two days after"),
    ],
)
def test_an_isolation_within_a_day_gives_a_centralised_order_its_instant(start, end):
    facts = [order(first_day="2020-03-12"), isolation(start=start, where="centralised")]

    assert closes(*facts) == end


def test_of_two_isolations_within_a_day_the_first_gives_the_instant():
    facts = [
        order(first_day="2020-03-12"),
        isolation(start="2020-03-12T20:00", where="centralised"),
        isolation(start="2020-03-12T09:00", end="2020-03-12T11:00"),
    ]

    assert closes(*facts) == "2020-03-12T09:00"


def test_a_room_of_ones_own_gives_a_centralised_order_no_instant():
    facts = [
        order(first_day="2020-03-13"),
        isolation(start="2020-03-12T09:00", end="2020-03-12T12:00", where="home_separate"),
    ]

    assert closes(*facts) == "2020-03-14T00:00"


def test_a_transfer_to_a_site_closes_it_after_its_day():
    facts = [
        order(first_day="2020-03-11", place_kind="home"),
        transfer(day="2020-03-14", place_kind="centralised"),
    ]

    assert closes(*facts) == "2020-03-15T00:00"


@pytest.mark.parametrize(
    ("moment", "counted"),
    [("2020-03-12T23:59", False), ("2020-03-13T00:00", True), ("2020-03-16T08:00", False)],
)
def test_a_transfer_home_ends_control_as_its_day_begins(moment, counted):
    facts = [
        order(first_day="2020-03-11"),
        transfer(day="2020-03-13", place_kind="home"),
        isolation(start="2020-03-16T08:00"),
    ]

    assert bool(window(ILL, *facts).contact.within(when(moment))) is counted


@pytest.mark.parametrize(
    ("moment", "counted"),
    [("2020-03-12T23:59", False), ("2020-03-13T00:00", True), ("2020-03-14T00:00", True)],
)
def test_of_two_releases_the_first_ends_control_as_its_day_begins(moment, counted):
    facts = [
        order(first_day="2020-03-10"),
        release(day="2020-03-14"),
        release(day="2020-03-13"),
        isolation(start="2020-03-16T08:00"),
    ]

    assert bool(window(ILL, *facts).contact.within(when(moment))) is counted


@pytest.mark.parametrize(("as_of", "end"), [("2020-03-13", None), ("2020-03-14", "2020-03-15T00:00")])
def test_a_transfer_that_lies_ahead_closes_nothing(as_of, end):
    facts = [
        order(first_day="2020-03-11", place_kind="home"),
        transfer(day="2020-03-14", place_kind="centralised"),
    ]

    assert closes(*facts, as_of=as_of) == end


# ---- a contact under order becomes a case


@pytest.mark.parametrize(
    ("hospital", "end"),
    [
        pytest.param("2020-03-12T21:00", OPENS, id="the evening before"),
        pytest.param("2020-03-13T14:00", OPENS, id="that day at a time"),
        pytest.param("2020-03-13", OPENS, id="that day"),
        pytest.param("2020-03-14T09:00", "2020-03-14T09:00", id="the day after"),
    ],
)
def test_an_order_converted_on_the_day_the_hospital_begins_is_continuous_control(hospital, end):
    facts = [order(first_day="2020-03-02"), release(day="2020-03-13", reason="converted")]

    assert closes(*facts, isolation(start=hospital)) == end


def test_an_order_released_for_another_reason_leaves_a_gap_on_its_day():
    facts = [order(first_day="2020-03-02"), release(day="2020-03-13", reason="completed")]

    assert closes(*facts, isolation(start="2020-03-13T14:00")) == "2020-03-13T14:00"
