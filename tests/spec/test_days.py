"""Days and instants: how they are read, how long they last, what two stretches share."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.spec.builders import day, days, said, when
from tracing.days import (
    DEFAULT_ZONE,
    MOMENT,
    Span,
    control_from,
    midnight,
    minutes,
    overlap,
    read_day,
    read_when,
    shown,
    whole,
    without,
)


def march(first, last):
    return days(f"2020-03-{first:02}", f"2020-03-{last:02}")


def hours(first, last):
    """From one full hour to another, on the 10th."""
    return Span(when(f"2020-03-10T{first:02}:00").first, when(f"2020-03-10T{last:02}:00").first)


def at(clock):
    return when(f"2020-03-10T{clock}")


# ---- reading


def test_a_day_lasts_from_midnight_to_just_before_the_next():
    span = when("2020-01-23")

    assert span.first == midnight(date(2020, 1, 23), DEFAULT_ZONE)
    assert span.last + MOMENT == midnight(date(2020, 1, 24), DEFAULT_ZONE)
    assert not span.is_instant


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2020-01-23T18:00", "2020-01-23T18:00"),
        ("2020-01-23T18:00:30", "2020-01-23T18:00"),
        ("2020-01-23T18:00+08:00", "2020-01-23T18:00"),
        ("2020-01-23T10:00Z", "2020-01-23T18:00"),
        ("2020-01-23T15:59Z", "2020-01-23T23:59"),
        ("2020-01-23T16:00Z", "2020-01-24T00:00"),
        ("2020-01-23T00:30+09:00", "2020-01-22T23:30"),
    ],
)
def test_an_instant_is_read_as_local_time(text, local):
    span = when(text)

    assert span.is_instant
    assert said(span.first) == local


def test_a_local_time_is_that_of_the_service():
    london = read_when("2020-07-01T12:00", ZoneInfo("Europe/London")).first

    assert london == when("2020-07-01T11:00Z").first


@pytest.mark.parametrize(
    "text", ["", "2020-1-23", "20200123", "2020-02-30", "2020-13-01", "2020-01-23T18:00", "23.01.2020"]
)
def test_what_is_no_calendar_day_is_not_read_as_one(text):
    with pytest.raises(ValueError, match=".*"):
        read_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2020-01-23 18:00",
        "2020-01-23T18",
        "2020-01-23T25:00",
        "2020-01-23T24:00",
        "2020-02-30T08:00",
    ],
)
def test_what_is_neither_day_nor_time_is_not_read_as_one(text):
    with pytest.raises(ValueError, match=".*"):
        when(text)


def test_the_29th_of_february_is_a_day_of_leap_years_only():
    assert read_day("2020-02-29") == date(2020, 2, 29)
    with pytest.raises(ValueError, match="out of range"):
        read_day("2021-02-29")


# ---- how long


def test_the_end_of_a_day_is_shown_as_24_hours():
    assert shown(when("2020-03-10").last) == when("2020-03-11T00:00").first


def test_an_instant_is_shown_as_it_is():
    assert shown(at("23:59").first) == at("23:59").first


@pytest.mark.parametrize(
    ("span", "length"),
    [
        pytest.param(hours(9, 11), 120, id="two hours"),
        pytest.param(at("09:00"), 0, id="an instant"),
        pytest.param(when("2020-03-10"), 24 * 60, id="a whole day"),
        pytest.param(days("2020-02-28", "2020-03-01"), 3 * 24 * 60, id="three days over a leap day"),
    ],
)
def test_minutes_of(span, length):
    assert minutes(span) == length


@pytest.mark.parametrize(
    ("name", "length"),
    [("2020-03-28", 24), ("2020-03-29", 23), ("2020-03-30", 24), ("2020-10-25", 25)],
)
def test_a_day_on_which_the_clocks_change_has_its_true_length(name, length):
    assert minutes(whole(day(name), ZoneInfo("Europe/Berlin"))) == length * 60


def test_control_that_starts_at_a_time_starts_then():
    assert control_from(at("14:00")) == at("14:00").first


def test_control_that_starts_on_a_day_leaves_that_day_exposed():
    assert said(control_from(when("2020-03-10"))) == "2020-03-11T00:00"


# ---- what two stretches share


def test_days_that_two_stretches_share(overlapping):
    shared = overlapping.shared and march(*overlapping.shared)

    assert overlap(march(10, 14), march(overlapping.first, overlapping.last)) == shared
    assert overlap(march(overlapping.first, overlapping.last), march(10, 14)) == shared


def test_hours_that_two_stretches_share(overlapping):
    met = hours(overlapping.first, overlapping.last + 1)
    shared = overlapping.shared and hours(overlapping.shared[0], overlapping.shared[1] + 1)

    assert overlap(hours(10, 15), met) == shared
    assert overlap(met, hours(10, 15)) == shared


def test_a_stretch_shares_all_of_itself_with_its_like():
    assert overlap(march(10, 14), march(10, 14)) == march(10, 14)


@pytest.mark.parametrize(
    ("clock", "shares"),
    [("09:59", False), ("10:00", True), ("10:01", True), ("14:59", True), ("15:00", True), ("15:01", False)],
)
def test_an_instant_is_shared_when_it_lies_within_ends_included(clock, shares):
    assert overlap(hours(10, 15), at(clock)) == (at(clock) if shares else None)


def test_two_instants_are_shared_when_they_are_the_same():
    assert overlap(at("10:00"), at("10:00")) == at("10:00")
    assert overlap(at("10:00"), at("10:01")) is None


@pytest.mark.parametrize(
    ("moment", "shares"),
    [
        ("2020-03-09T23:59", False),
        ("2020-03-10T00:00", True),
        ("2020-03-10T23:59", True),
        ("2020-03-11T00:00", False),
    ],
)
def test_midnight_belongs_to_the_day_that_begins(moment, shares):
    assert (overlap(when("2020-03-10"), when(moment)) is not None) == shares


# ---- what is left of a stretch


def test_days_left_when_a_stretch_is_taken_out(overlapping):
    left = without(march(10, 14), [march(overlapping.first, overlapping.last)])

    assert left == [march(*part) for part in overlapping.left]


def test_what_is_left_does_not_depend_on_the_order_of_taking_out():
    removed = [march(11, 11), march(13, 13), march(11, 12)]

    assert without(march(10, 14), removed) == without(march(10, 14), reversed(removed))
    assert without(march(10, 14), removed) == [march(10, 10), march(14, 14)]


def test_nothing_taken_out_leaves_all():
    assert without(march(10, 14), []) == [march(10, 14)]


def test_an_instant_taken_out_of_itself_leaves_nothing():
    assert without(at("10:00"), [at("10:00")]) == []
    assert without(at("10:00"), [Span(at("10:00").first + timedelta(minutes=1), at("11:00").first)]) == [
        at("10:00")
    ]
