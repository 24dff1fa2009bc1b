"""Who aboard was near a case: by rows, carriage, compartment, bays, cabin, and the crew that served them.

Places aboard are labels. What nobody recorded counts as near, and it is said that it was not recorded.
"""

import pytest

from api.rulebooks import rule_book
from tests.spec.builders import fact, known
from tracing.conveyance import Nearness, nearness, seat_rule
from tracing.facts import Journey, Ride

NEAR = Nearness(near=True)
FAR = Nearness(near=False)
NOT_RECORDED = Nearness(near=True, recorded=False)

#            front ───────────────────────────────▶ rear
ROWS = ["1", "2", "3", "31", "32", "33", "35", "36", "37"]


def near(mode, case, other, *, edition="6", **of_journey):
    """How near somebody sat to a case, by the seat rules of an edition."""
    aboard = known(
        fact("journey", id="j", mode=mode, **of_journey),
        fact("ride", id="r1", person="case", journey="j", **case),
        fact("ride", id="r2", person="other", journey="j", **other),
    )
    (journey,) = aboard.every(Journey)
    one, two = aboard.every(Ride)
    rule = seat_rule(rule_book("nhc-covid19").edition(edition).seats[journey.mode], journey, one)
    assert rule is not None
    return nearness(rule, journey, one, two)


# ---- rows


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param("2", FAR, id="four in front"),
        pytest.param("3", NEAR, id="three in front"),
        pytest.param("31", NEAR, id="two in front"),
        pytest.param("33", NEAR, id="the same row"),
        pytest.param("37", NEAR, id="three behind"),
    ],
)
def test_rows_are_counted_along_the_vehicle_not_by_their_numbers(row, found):
    assert near("aircraft", {"row": "33"}, {"row": row}, row_order=ROWS) == found


@pytest.mark.parametrize(
    ("row", "found"), [("8", FAR), ("9", NEAR), ("15", NEAR), ("16", FAR)], ids=["-4", "-3", "+3", "+4"]
)
def test_without_an_order_of_rows_their_numbers_count(row, found):
    assert near("aircraft", {"row": "12"}, {"row": row}) == found


@pytest.mark.parametrize(
    ("row", "found"), [("A", FAR), ("B", NEAR), ("H", NEAR), ("J", FAR)], ids=["-4", "-3", "+3", "+4"]
)
def test_rows_may_have_letters(row, found):
    assert near("coach_ventilated", {"row": "E"}, {"row": row}, row_order=list("ABCDEFGHJ")) == found


@pytest.mark.parametrize(
    ("case", "other"),
    [
        pytest.param({}, {"row": "12"}, id="of the case"),
        pytest.param({"row": "33"}, {}, id="of the other"),
        pytest.param({"row": "33"}, {"row": "99"}, id="no row of this vehicle"),
    ],
)
def test_a_row_that_is_not_recorded_counts_as_near(case, other):
    assert near("aircraft", case, other, row_order=ROWS) == NOT_RECORDED


def test_letters_without_an_order_count_as_not_recorded():
    assert near("coach_ventilated", {"row": "A"}, {"row": "Z"}) == NOT_RECORDED


def test_where_in_the_row_somebody_sat_does_not_count():
    assert near("aircraft", {"row": "12", "seat": "A"}, {"row": "12", "seat": "K"}) == NEAR


# ---- aircraft without filters


@pytest.mark.parametrize(
    ("edition", "hepa", "found"),
    [
        pytest.param("2", False, FAR, id="edition 2 without HEPA"),
        pytest.param("3", False, NEAR, id="edition 3 without HEPA"),
        pytest.param("6", False, NEAR, id="edition 6 without HEPA"),
        pytest.param("7", False, FAR, id="edition 7 without HEPA"),
        pytest.param("6", True, FAR, id="edition 6 with HEPA"),
        pytest.param("6", None, FAR, id="edition 6, not recorded"),
    ],
)
def test_without_hepa_everybody_aboard_is_near_in_editions_3_to_6(edition, hepa, found):
    assert near("aircraft", {"row": "1"}, {"row": "30"}, edition=edition, hepa=hepa) == found


# ---- everybody


@pytest.mark.parametrize("mode", ["coach_sealed", "car"])
@pytest.mark.parametrize(
    "other", [{}, {"row": "12"}, {"role": "driver"}], ids=["somebody", "at the rear", "the driver"]
)
def test_in_a_sealed_coach_and_in_a_car_everybody_is_near(mode, other):
    assert near(mode, {"row": "1"}, other) == NEAR


# ---- carriages and compartments of enclosed trains


@pytest.mark.parametrize("berth", ["seat", "hard_sleeper", None])
@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param({"carriage": "9"}, NEAR, id="same carriage"),
        pytest.param({"carriage": "10"}, FAR, id="next carriage"),
        pytest.param({"carriage": "9A"}, FAR, id="another label"),
        pytest.param({}, NOT_RECORDED, id="not recorded"),
    ],
)
def test_enclosed_train_the_same_carriage(berth, other, found):
    case = {"carriage": "9"} | ({"berth_class": berth} if berth else {})

    assert near("train_enclosed", case, other) == found


SOFT = {"berth_class": "soft_sleeper", "carriage": "9", "compartment": "K4"}


@pytest.mark.parametrize("mode", ["train_enclosed", "train_open"])
@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param({"carriage": "9", "compartment": "K4"}, NEAR, id="same compartment"),
        pytest.param({"carriage": "9", "compartment": "K5"}, FAR, id="next compartment"),
        pytest.param({"carriage": "10", "compartment": "K4"}, FAR, id="same label in another carriage"),
        pytest.param({"carriage": "9"}, NOT_RECORDED, id="compartment not recorded"),
        pytest.param({"compartment": "K4"}, NOT_RECORDED, id="carriage not recorded"),
        pytest.param({"compartment": "K5"}, FAR, id="another compartment, carriage not recorded"),
        pytest.param({"carriage": "10"}, FAR, id="another carriage, compartment not recorded"),
        pytest.param({}, NOT_RECORDED, id="neither recorded"),
    ],
)
def test_soft_sleepers_the_same_compartment(mode, other, found):
    assert near(mode, SOFT, other) == found


# ---- bays of trains that are not enclosed


@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param({"carriage": "12", "bay": "3"}, FAR, id="two bays in front"),
        pytest.param({"carriage": "12", "bay": "4"}, NEAR, id="the bay in front"),
        pytest.param({"carriage": "12", "bay": "5"}, NEAR, id="the same bay"),
        pytest.param({"carriage": "12", "bay": "6"}, NEAR, id="the bay behind"),
        pytest.param({"carriage": "12", "bay": "7"}, FAR, id="two bays behind"),
        pytest.param({"carriage": "13", "bay": "5"}, FAR, id="same bay of another carriage"),
        pytest.param({"carriage": "12"}, NOT_RECORDED, id="bay not recorded"),
        pytest.param({"bay": "5"}, NOT_RECORDED, id="carriage not recorded"),
        pytest.param({"bay": "7"}, FAR, id="a far bay, carriage not recorded"),
    ],
)
def test_open_train_the_same_and_the_adjacent_bays(other, found):
    assert near("train_open", {"carriage": "12", "bay": "5"}, other) == found


def test_bays_may_have_letters():
    assert near("train_open", {"carriage": "12", "bay": "C"}, {"carriage": "12", "bay": "C"}) == NEAR


# ---- cabins


@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param({"cabin": "B12"}, NEAR, id="same cabin"),
        pytest.param({"cabin": "B14"}, FAR, id="another cabin"),
        pytest.param({}, NOT_RECORDED, id="not recorded"),
    ],
)
def test_ship_the_same_cabin(other, found):
    assert near("ship", {"cabin": "B12"}, other) == found


# ---- those at work aboard


@pytest.mark.parametrize("role", ["driver", "conductor"])
def test_driver_and_conductor_of_a_ventilated_coach_are_near(role):
    assert near("coach_ventilated", {"row": "12"}, {"role": role}) == NEAR


SERVED = {
    "aircraft": ({"row": "12"}, "9", "8"),
    "train_enclosed": ({"carriage": "9"}, "9", "10"),
    "train_open": ({"carriage": "9", "bay": "5"}, "9", "10"),
    "ship": ({"cabin": "B12"}, "B12", "C01"),
}


@pytest.mark.parametrize("mode", SERVED)
def test_crew_is_near_that_served_where_the_case_sat(mode):
    seat, served, elsewhere = SERVED[mode]

    assert near(mode, seat, {"role": "crew", "serves": [elsewhere, served]}) == NEAR
    assert near(mode, seat, {"role": "crew", "serves": [elsewhere]}) == FAR
    assert near(mode, seat, {"role": "crew"}) == NOT_RECORDED


@pytest.mark.parametrize("mode", SERVED)
def test_passengers_are_near_whom_a_sick_member_of_the_crew_served(mode):
    seat, served, elsewhere = SERVED[mode]

    assert near(mode, {"role": "crew", "serves": [served]}, seat) == NEAR
    assert near(mode, {"role": "crew", "serves": [elsewhere]}, seat) == FAR
    assert near(mode, {"role": "crew"}, seat) == NOT_RECORDED


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param(["1", "2"], FAR, id="up to four in front"),
        pytest.param(["1", "2", "3"], NEAR, id="up to three in front"),
        pytest.param(["37"], NEAR, id="three behind"),
    ],
)
def test_cabin_crew_serves_the_area_of_the_case_along_the_order_of_rows(rows, found):
    assert near("aircraft", {"row": "33"}, {"role": "crew", "serves": rows}, row_order=ROWS) == found


def test_the_attendant_of_a_soft_sleeper_compartment():
    assert near("train_enclosed", SOFT, {"role": "crew", "serves": ["K4"]}) == NEAR
    assert near("train_enclosed", SOFT, {"role": "crew", "serves": ["9"]}) == NEAR
    assert near("train_enclosed", SOFT, {"role": "crew", "serves": ["K5"]}) == FAR


def test_two_of_the_crew_are_near_if_they_served_one_area():
    sick = {"role": "crew", "serves": ["9", "10"]}

    assert near("aircraft", sick, {"role": "crew", "serves": ["10", "11"]}) == NEAR
    assert near("aircraft", sick, {"role": "crew", "serves": ["11", "12"]}) == FAR
    assert near("aircraft", sick, {"role": "crew"}) == NOT_RECORDED


def test_crew_is_near_when_nobody_knows_where_the_case_sat():
    assert near("aircraft", {}, {"role": "crew", "serves": ["1"]}, row_order=ROWS) == NOT_RECORDED
