"""Reporting units: who has handed in a figure of the day by the cut-off, late, or not at all."""

import pytest

from tests.spec.builders import fact, void
from tests.spec.daily import COUNTY, ONE, TWO, area_of, daily
from tracing.units import UnitStatus

REPORTED, ZERO, LATE, MISSING = UnitStatus


def figure(count=2, day="2020-03-15", area=ONE, **more):
    return fact("unit_report", area=area, day=day, count=count, **more)


def status(*facts, **asked):
    """How township one stands at 18:00 of 15 March."""
    return next(unit.status for unit in daily(*facts, **asked).units if unit.area == ONE)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], MISSING, id="nothing"),
        pytest.param([figure(2)], REPORTED, id="a figure"),
        pytest.param([figure(0)], ZERO, id="zero"),
        pytest.param([figure(2, day="2020-03-14")], MISSING, id="of the day before"),
        pytest.param([figure(2, day="2020-03-16")], MISSING, id="of the day after"),
        pytest.param([figure(2, area=TWO)], MISSING, id="of another area"),
        pytest.param([figure(2, area=f"{ONE}201")], MISSING, id="of a village in it"),
        pytest.param([figure(2, id="f"), void(of="f")], MISSING, id="withdrawn"),
    ],
)
def test_what_a_unit_handed_in(facts, expected):
    assert status(*facts) == expected


@pytest.mark.parametrize(
    ("handed_in", "expected"),
    [
        ("2020-03-15T17:59", REPORTED),
        ("2020-03-15T18:00", REPORTED),
        ("2020-03-15T18:01", LATE),
        ("2020-03-15", REPORTED),
        ("2020-03-16", LATE),
    ],
)
def test_late_is_what_was_handed_in_after_the_cut_off(handed_in, expected):
    assert status(figure(2, handed_in=handed_in)) == expected


@pytest.mark.parametrize(
    ("recorded_at", "expected"),
    [("2020-03-15T17:59", ZERO), ("2020-03-15T18:00", ZERO), ("2020-03-15T18:01", LATE)],
)
def test_where_nobody_noted_when_it_counts_when_it_was_recorded(recorded_at, expected):
    assert status(figure(0, recorded_at=recorded_at)) == expected


def test_what_was_handed_in_in_time_is_not_late_because_it_was_recorded_late():
    assert status(figure(handed_in="2020-03-15T17:00", recorded_at="2020-03-16T09:00")) == REPORTED


@pytest.mark.parametrize(
    ("known_at", "expected"), [("2020-03-15T18:30", MISSING), ("2020-03-15T19:00", LATE)]
)
def test_how_long_late_figures_are_waited_for(known_at, expected):
    late = figure(handed_in="2020-03-15T18:15", recorded_at="2020-03-15T19:00")

    assert status(late, known_at=known_at) == expected


def test_of_several_figures_in_time_the_one_handed_in_last_holds():
    first, second = figure(2, handed_in="2020-03-15T15:00"), figure(0, handed_in="2020-03-15T16:00")

    assert status(first, second) == ZERO
    assert status(second, first) == ZERO


def test_a_figure_handed_in_late_does_not_undo_one_in_time():
    in_time, late = figure(2, handed_in="2020-03-15T16:00"), figure(0, handed_in="2020-03-15T19:00")

    (unit, _) = daily(in_time, late).units

    assert unit == (ONE, None, REPORTED, 2)


def test_a_padded_code_and_a_short_one_name_one_unit():
    facts = [area_of("430700", "city"), figure(0, area="4307")]

    units = {unit.area: unit.status for unit in daily(*facts, area="43").units}

    assert units == {COUNTY: MISSING, "430700": ZERO}


# ---- places


MILL = fact("place", id="mill", name="mill", area=TWO, kind="enterprise")
SCHOOL = fact("place", id="school", name="school", area=TWO, kind="school")


def of_mill(**more):
    return fact("unit_report", place="mill", count=0, **more)


@pytest.mark.parametrize(("day", "expected"), [("2020-03-14", MISSING), ("2020-03-15", ZERO)])
def test_a_place_that_ever_reported_is_a_unit(day, expected):
    places = daily(MILL, SCHOOL, of_mill(day=day)).places

    assert [(unit.place, unit.area, unit.status) for unit in places] == [("mill", TWO, expected)]


def test_a_place_elsewhere_is_no_unit_of_the_area():
    assert daily(MILL, of_mill(day="2020-03-15"), area=ONE).places == ()


def test_the_figure_of_a_place_is_not_that_of_its_area():
    found = daily(MILL, of_mill(day="2020-03-15") | {"area": ONE})

    assert {unit.status for unit in found.units} == {MISSING}
