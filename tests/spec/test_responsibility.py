"""Where somebody is to be seen on a day: at the site of an order, at home, or where they arrived."""

import pytest

from tests.spec.builders import fact, household, known, question, release, residence, transfer
from tests.spec.observing import COUNTY, ONE, TWO, VILLAGE, placed
from tracing.assessment import assess
from tracing.responsibility import Whereabouts, home, is_known_area, whereabouts

AREAS = [fact("area", code=code, name=code, level="township") for code in (COUNTY, ONE, TWO)]
HOMES = [household(id="first", area=ONE), household(id="second", area=TWO)]
SITE = fact("place", id="site", name="hotel", area=TWO, kind="observation_site")


def lives(home, first_day=None, last_day=None):
    days = {"first_day": first_day, "last_day": last_day}
    return residence(person="contact", household=home, **{name: day for name, day in days.items() if day})


def moved(day, to_area):
    return fact("moved", person="contact", day=day, to_area=to_area)


def home_on(day, *facts):
    return home(question(*AREAS, *HOMES, fact("person", id="contact"), *facts, as_of=day), "contact")


def seen_on(day, *facts):
    asked = question(*AREAS, *HOMES, SITE, fact("person", id="contact"), *facts, as_of=day, edition="6")
    (assessment,) = assess(asked, ["contact"])
    return whereabouts(asked, assessment.kept)


FIRST, SECOND = Whereabouts(ONE, "first"), Whereabouts(TWO, "second")

# ---- home


@pytest.mark.parametrize(
    ("day", "at"), [("2020-03-09", FIRST), ("2020-03-10", SECOND), ("2020-03-11", SECOND)]
)
def test_home_is_the_residence_begun_last(day, at):
    assert home_on(day, lives("second", "2020-03-10"), lives("first")) == at


@pytest.mark.parametrize(
    ("day", "at"), [("2020-03-11", SECOND), ("2020-03-12", SECOND), ("2020-03-13", FIRST)]
)
def test_a_residence_that_ended_gives_way_to_one_that_lasts(day, at):
    assert home_on(day, lives("first"), lives("second", "2020-03-10", "2020-03-12")) == at


def test_who_left_their_only_home_is_still_looked_for_there():
    assert home_on("2020-03-20", lives("first", "2019-01-01", "2020-03-12")) == FIRST


@pytest.mark.parametrize(
    ("day", "at"), [("2020-03-09", FIRST), ("2020-03-10", Whereabouts(TWO)), ("2020-03-11", Whereabouts(TWO))]
)
def test_a_move_inside_moves_responsibility(day, at):
    assert home_on(day, lives("first", "2019-01-01"), moved("2020-03-10", TWO)) == at


@pytest.mark.parametrize(
    ("begun", "at"), [("2020-03-09", Whereabouts(ONE)), ("2020-03-10", SECOND), ("2020-03-11", SECOND)]
)
def test_a_residence_begun_since_a_move_says_where(begun, at):
    assert home_on("2020-03-12", moved("2020-03-10", ONE), lives("second", begun)) == at


def test_a_move_out_of_the_recorded_areas_is_no_new_home():
    assert home_on("2020-03-12", lives("first"), moved("2020-03-10", "110101")) == FIRST


def test_without_a_residence_it_is_the_area_of_the_last_arrival():
    arrivals = [
        fact("arrival", person="contact", area=area, day=day)
        for area, day in ((ONE, "2020-03-01"), (TWO, "2020-03-09"), (ONE, "2020-03-13"))
    ]

    assert home_on("2020-03-12", *arrivals) == Whereabouts(TWO)
    assert home_on("2020-03-12", *arrivals, lives("first")) == FIRST


def test_of_who_never_lived_or_arrived_anywhere_nobody_knows():
    assert home_on("2020-03-12") == Whereabouts()


# ---- where an order puts somebody


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("2020-03-11", FIRST),
        ("2020-03-12", Whereabouts(TWO, None, "site")),
        ("2020-03-13", Whereabouts(TWO, None, "site")),
    ],
)
def test_in_a_facility_somebody_is_seen_at_its_site(day, at):
    assert seen_on(day, lives("first"), placed(place_kind="centralised", site="site")) == at


@pytest.mark.parametrize(
    ("day", "at"),
    [("2020-03-14", Whereabouts(TWO, None, "site")), ("2020-03-15", FIRST), ("2020-03-16", FIRST)],
)
def test_the_day_of_a_transfer_belongs_to_the_new_place(day, at):
    facts = [placed(place_kind="centralised", site="site"), transfer(day="2020-03-15", place_kind="home")]

    assert seen_on(day, lives("first"), *facts) == at


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("2020-03-14", Whereabouts(TWO, None, "site")),
        ("2020-03-15", Whereabouts(TWO, None, "site")),
        ("2020-03-16", FIRST),
    ],
)
def test_the_day_of_a_release_still_belongs_to_the_site(day, at):
    facts = [placed(place_kind="centralised", site="site"), release(day="2020-03-15")]

    assert seen_on(day, lives("first"), *facts) == at


def test_at_a_site_that_is_not_recorded_it_is_the_area_of_the_home():
    assert seen_on("2020-03-13", lives("first"), placed(place_kind="centralised")) == Whereabouts(ONE)


def test_under_an_order_at_home_it_is_the_home():
    assert seen_on("2020-03-13", lives("first"), placed()) == FIRST


# ---- areas that exist


@pytest.mark.parametrize(
    ("area", "exists"),
    [
        (COUNTY, True),
        ("430000", True),
        (ONE, True),
        (VILLAGE, False),
        ("430121", False),
        ("", False),
        ("x", False),
    ],
)
def test_an_area_exists_if_anything_recorded_lies_in_it(area, exists):
    assert is_known_area(known(*AREAS), area) is exists


@pytest.mark.parametrize(
    "named",
    [
        household(id="h", area=VILLAGE),
        fact("place", id="p", name="a place", area=VILLAGE),
        fact("arrival", person="contact", area=VILLAGE, day="2020-03-01"),
        moved("2020-03-01", VILLAGE),
        fact("unit_report", area=VILLAGE, day="2020-03-01", count=0),
    ],
    ids=lambda each: each["fact"],
)
def test_an_area_needs_no_fact_of_its_own(named):
    assert is_known_area(known(named), VILLAGE)
