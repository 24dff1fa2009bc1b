"""Living together: on which days two people shared a home."""

import pytest

from tests.spec.builders import (
    day,
    death,
    fact,
    household,
    isolation,
    question,
    residence,
    stay,
)
from tracing.control import controls
from tracing.together import Days, lived_together, remaining, resident

BOTH = [residence(person="case"), residence(person="contact")]


def together(*facts, since="2020-03-01", until="2020-03-20", as_of="2020-03-31"):
    """The first and the last day that case and contact lived together; None if they never did."""
    found = shared(*facts, since=since, until=until, as_of=as_of)
    return found and (f"{found.first_day}", f"{found.last_day}")


def goes_on(*facts, until="9999-12-31", as_of="2020-03-10"):
    """Whether they go on living together."""
    found = shared(*facts, since="2020-03-01", until=until, as_of=as_of)
    return found is not None and found.ongoing


def shared(*facts, since, until, as_of):
    asked = question(*facts, edition="6", as_of=as_of)
    one, other = (
        resident(asked, who, "home", controls(asked.known, who, asked.as_of)) for who in ("case", "contact")
    )
    return lived_together(one, other, between(since, until), asked.today)


def between(first, last):
    return Days(day(first).toordinal(), day(last).toordinal())


def march(number):
    return f"2020-03-{number:02}"


def test_residences_without_days_are_always_shared():
    assert together(*BOTH, since="2020-03-08", until="2020-03-12") == ("2020-03-08", "2020-03-12")


# ---- which days


def test_days_of_the_residence_within_the_window(overlapping):
    moved_in_and_out = residence(person="contact", first_day="2020-03-10", last_day="2020-03-14")
    window = {"since": march(overlapping.first), "until": march(overlapping.last)}

    found = together(residence(person="case"), moved_in_and_out, **window)

    assert found == (overlapping.shared and tuple(map(march, overlapping.shared)))


def test_days_that_both_lived_there(overlapping):
    one = residence(person="case", first_day="2020-03-10", last_day="2020-03-14")
    other = residence(person="contact", first_day=march(overlapping.first), last_day=march(overlapping.last))

    assert together(one, other) == (overlapping.shared and tuple(map(march, overlapping.shared)))


def test_two_residences_in_one_home_are_one_stretch_with_a_gap():
    first = residence(person="contact", last_day="2020-03-09")
    second = residence(person="contact", first_day="2020-03-12")

    assert together(BOTH[0], first, second, since="2020-03-08") == ("2020-03-08", "2020-03-20")
    assert together(BOTH[0], first, second, since="2020-03-10", until="2020-03-11") is None


def test_a_home_elsewhere_is_not_shared():
    assert together(BOTH[0], residence(person="contact", household="another home")) is None


def test_a_residence_that_lies_ahead_is_not_known_yet():
    moves_in = residence(person="contact", first_day="2020-03-10")

    assert together(BOTH[0], moves_in, as_of="2020-03-09") is None
    assert together(BOTH[0], moves_in, as_of="2020-03-10") == ("2020-03-10", "2020-03-10")
    assert together(BOTH[0], moves_in, as_of="2020-03-11") == ("2020-03-10", "2020-03-11")


# ---- under control away from the others


@pytest.mark.parametrize(
    ("start", "last"),
    [
        pytest.param("2020-03-12T00:01", "2020-03-12", id="at a time of the day"),
        pytest.param("2020-03-12", "2020-03-12", id="on a day"),
        pytest.param("2020-03-12T00:00", "2020-03-11", id="as the day begins"),
    ],
)
@pytest.mark.parametrize("who", ["case", "contact"])
def test_it_stops_on_the_day_either_is_isolated_away(who, start, last):
    assert together(*BOTH, isolation(person=who, start=start)) == ("2020-03-01", last)


@pytest.mark.parametrize("where", ["hospital", "centralised", "home_separate"])
def test_a_room_of_ones_own_is_away(where):
    away = isolation(person="contact", start="2020-03-12", where=where)

    assert together(*BOTH, away) == ("2020-03-01", "2020-03-12")


def test_isolation_in_a_shared_home_stops_nothing():
    shared_home = isolation(person="contact", start="2020-03-12", where="home_shared")

    assert together(*BOTH, shared_home) == ("2020-03-01", "2020-03-20")


@pytest.mark.parametrize(
    ("window", "found"),
    [
        pytest.param(("2020-03-11", "2020-03-14"), ("2020-03-11", "2020-03-12"), id="before"),
        pytest.param(("2020-03-13", "2020-03-14"), None, id="during"),
        pytest.param(("2020-03-13", "2020-03-16"), ("2020-03-15", "2020-03-16"), id="after"),
    ],
)
def test_who_comes_home_again_lives_there_again(window, found):
    away = isolation(person="contact", start="2020-03-12T14:00", end="2020-03-15T10:00")

    assert together(*BOTH, away, since=window[0], until=window[1]) == found


def test_days_left_when_others_are_taken_out(overlapping):
    left = remaining([Days(10, 14)], [Days(overlapping.first, overlapping.last)])

    assert left == [Days(*part) for part in overlapping.left]


def test_days_before_they_begin_take_nothing_out():
    assert remaining([Days(10, 14)], [Days(13, 12)]) == [Days(10, 14)]


# ---- stays elsewhere

AWAY = stay(person="contact", first_day="2020-03-10", last_day="2020-03-14")


@pytest.mark.parametrize(
    ("window", "found"),
    [
        pytest.param(("2020-03-09", "2020-03-12"), ("2020-03-09", "2020-03-10"), id="leaving"),
        pytest.param(("2020-03-10", "2020-03-12"), ("2020-03-10", "2020-03-10"), id="the day of leaving"),
        pytest.param(("2020-03-11", "2020-03-13"), None, id="the days between"),
        pytest.param(("2020-03-12", "2020-03-14"), ("2020-03-14", "2020-03-14"), id="the day of coming back"),
        pytest.param(("2020-03-12", "2020-03-15"), ("2020-03-14", "2020-03-15"), id="coming back"),
    ],
)
@pytest.mark.parametrize("who", ["case", "contact"])
def test_days_of_a_stay_elsewhere_do_not_count_but_for_its_first_and_last(who, window, found):
    assert together(*BOTH, AWAY | {"person": who}, since=window[0], until=window[1]) == found


@pytest.mark.parametrize("last_day", ["2020-03-10", "2020-03-11"], ids=["one day", "two days"])
def test_a_short_stay_elsewhere_takes_no_day_out(last_day):
    trip = stay(person="contact", first_day="2020-03-10", last_day=last_day)

    assert together(*BOTH, trip, since="2020-03-10", until=last_day) == ("2020-03-10", last_day)


def test_a_stay_without_an_end_lasts():
    left = stay(person="contact", first_day="2020-03-10")

    assert together(*BOTH, left) == ("2020-03-01", "2020-03-10")
    assert not goes_on(*BOTH, left, as_of="2020-03-12")


def test_a_stay_whose_end_lies_ahead_counts_as_open():
    assert together(*BOTH, AWAY, as_of="2020-03-12") == ("2020-03-01", "2020-03-10")
    assert together(*BOTH, AWAY, as_of="2020-03-13") == ("2020-03-01", "2020-03-10")
    assert together(*BOTH, AWAY, as_of="2020-03-14") == ("2020-03-01", "2020-03-14")


def test_a_stay_that_lies_ahead_is_not_known_yet():
    assert goes_on(*BOTH, AWAY, as_of="2020-03-09")
    assert not goes_on(*BOTH, AWAY, as_of="2020-03-10")


@pytest.mark.parametrize(
    ("area", "elsewhere"),
    [
        pytest.param("420106", False, id="the same area"),
        pytest.param("420106001002", False, id="a grid of the area"),
        pytest.param("420000", False, id="the province around it"),
        pytest.param("42", False, id="the province by its first digits"),
        pytest.param("420107", True, id="the next county"),
        pytest.param("310000", True, id="another province"),
    ],
)
def test_a_stay_is_elsewhere_if_neither_area_holds_the_other(area, elsewhere):
    trip = AWAY | {"area": area}

    days = together(household(id="home", area="420106"), *BOTH, trip, since="2020-03-11", until="2020-03-13")

    assert days == (None if elsewhere else ("2020-03-11", "2020-03-13"))


def test_transit_counts_as_a_stay():
    assert together(*BOTH, AWAY | {"transit": True}, since="2020-03-11", until="2020-03-13") is None


# ---- moving out and dying


@pytest.mark.parametrize("who", ["case", "contact"])
def test_a_death_ends_a_residence_on_its_day(who):
    assert together(*BOTH, death(person=who, day="2020-03-12")) == ("2020-03-01", "2020-03-12")


@pytest.mark.parametrize("who", ["case", "contact"])
def test_a_move_ends_a_residence_on_its_day(who):
    moved = fact("moved", person=who, day="2020-03-12", to_area="310101")

    assert together(*BOTH, moved) == ("2020-03-01", "2020-03-12")


def test_a_move_into_the_home_does_not_end_living_there():
    arrives = residence(person="contact", first_day="2020-03-12")
    moved = fact("moved", person="contact", day="2020-03-12", to_area="420106")

    assert together(BOTH[0], arrives, moved) == ("2020-03-12", "2020-03-20")


def test_nobody_lives_on_with_the_dead_or_with_who_moved_away():
    died = death(person="case", day="2020-03-10")
    moved = fact("moved", person="case", day="2020-03-10", to_area="310101")

    assert goes_on(*BOTH, died, moved, as_of="2020-03-09")
    assert not goes_on(*BOTH, died, as_of="2020-03-10")
    assert not goes_on(*BOTH, moved, as_of="2020-03-10")


# ---- while it goes on


@pytest.mark.parametrize(
    ("until", "ongoing"), [("2020-03-09", False), ("2020-03-10", False), ("2020-03-11", True)]
)
def test_it_goes_on_if_the_day_after_today_would_be_shared(until, ongoing):
    assert goes_on(*BOTH, until=until, as_of="2020-03-10") is ongoing


def test_a_last_day_that_lies_ahead_is_not_known_yet():
    leaves = residence(person="contact", last_day="2020-03-12")

    assert goes_on(BOTH[0], leaves, as_of="2020-03-11")
    assert not goes_on(BOTH[0], leaves, as_of="2020-03-12")
    assert not goes_on(BOTH[0], leaves, as_of="2020-03-13")


def test_while_it_goes_on_the_last_day_is_today():
    assert together(*BOTH, until="9999-12-31", as_of="2020-03-10") == ("2020-03-01", "2020-03-10")


def test_it_goes_on_once_the_next_day_will_be_spent_at_home():
    back = isolation(person="contact", start="2020-03-05", end="2020-03-11")

    assert not goes_on(*BOTH, back, as_of="2020-03-10")
    assert goes_on(*BOTH, back, as_of="2020-03-11")
