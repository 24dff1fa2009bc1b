"""The daily figures of an area: who is counted, how their observation stands, and where."""

import pytest

from tests.spec.builders import death, diagnosis, fact, household, merge, order, symptoms
from tests.spec.daily import (
    COUNTY,
    ONE,
    TWO,
    VILLAGE,
    area_of,
    daily,
    lives,
    observed,
    of_area,
    order_of,
    release_of,
)
from tracing.areas import NoSuchArea
from tracing.figures import Figure

ENDS = (Figure.STILL_OBSERVED, Figure.RELEASED, Figure.CONVERTED, Figure.OTHER_ENDS)

# ---- how an observation stands


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        pytest.param([], Figure.STILL_OBSERVED, id="the order runs"),
        pytest.param([release_of()], Figure.RELEASED, id="completed"),
        pytest.param([release_of(reason="source_ruled_out")], Figure.RELEASED, id="its source ruled out"),
        pytest.param([release_of(reason="other")], Figure.RELEASED, id="released for another reason"),
        pytest.param([release_of(day="2020-03-16")], Figure.STILL_OBSERVED, id="released tomorrow"),
        pytest.param([diagnosis(person="a", day="2020-03-09")], Figure.CONVERTED, id="a case, order runs"),
        pytest.param(
            [diagnosis(person="a", day="2020-03-09"), release_of(day="2020-03-09", reason="converted")],
            Figure.CONVERTED,
            id="a case, order ended",
        ),
        pytest.param([release_of(reason="converted")], Figure.CONVERTED, id="converted, not yet diagnosed"),
        pytest.param([death(person="a", day="2020-03-09")], Figure.OTHER_ENDS, id="died"),
        pytest.param([release_of(reason="died")], Figure.OTHER_ENDS, id="released as dead"),
        pytest.param([release_of(reason="moved")], Figure.OTHER_ENDS, id="released as moved"),
        pytest.param(
            [fact("moved", person="a", day="2020-03-09", to_area="110101")],
            Figure.OTHER_ENDS,
            id="moved away",
        ),
        pytest.param(
            [fact("moved", person="a", day="2020-03-09", to_area=TWO)],
            Figure.STILL_OBSERVED,
            id="moved inside",
        ),
        pytest.param(
            [release_of(), order(id="second", person="a", place_kind="home", first_day="2020-03-14")],
            Figure.STILL_OBSERVED,
            id="placed again after a release",
        ),
    ],
)
def test_whoever_was_ever_placed_is_counted_once_by_how_it_stands(facts, end):
    found = observed(daily(order_of(), *facts).total)

    assert found[Figure.CUMULATIVE] == 1
    assert {each: found.get(each, 0) for each in ENDS} == {each: int(each == end) for each in ENDS}


def test_whoever_is_to_be_observed_but_was_never_placed_is_in_no_figure():
    assert observed(daily().total) == {}


def test_an_order_that_nothing_asks_for_is_still_observed():
    found = daily(order_of("nobody's contact"), lives("nobody's contact", "h1"))

    assert observed(found.total)[Figure.STILL_OBSERVED] == 1


@pytest.mark.parametrize(
    ("first_day", "new"),
    [("2020-03-14", 0), ("2020-03-15", 1), ("2020-03-16", 0)],
    ids=["before", "on", "after"],
)
def test_new_is_an_order_that_begins_on_the_day_of_the_cut_off(first_day, new):
    assert observed(daily(order_of(first_day=first_day)).total).get(Figure.NEW, 0) == new


def test_two_records_of_one_human_being_count_once():
    found = daily(order_of("a"), order_of("b"), merge(person="b", into="a"))

    assert observed(found.total)[Figure.CUMULATIVE] == 1


@pytest.mark.parametrize(
    ("note", "abnormal"),
    [
        pytest.param(symptoms(person="a", day="2020-03-03", signs=["cough"]), 0, id="before the order"),
        pytest.param(symptoms(person="a", day="2020-03-04", signs=["cough"]), 1, id="on its first day"),
        pytest.param(symptoms(person="a", day="2020-03-13", signs=["cough"]), 1, id="on the day of release"),
        pytest.param(symptoms(person="a", day="2020-03-14", signs=["cough"]), 0, id="after the release"),
        pytest.param(
            fact("check", person="a", day="2020-03-05", slot="am", temperature_c=37.2), 0, id="37.2"
        ),
        pytest.param(
            fact("check", person="a", day="2020-03-05", slot="am", temperature_c=37.3), 1, id="37.3"
        ),
        pytest.param(fact("check", person="a", day="2020-03-05", slot="am", signs=["cough"]), 1, id="coughs"),
    ],
)
def test_abnormal_is_whoever_had_a_sign_while_observed(note, abnormal):
    assert observed(daily(order_of(), release_of(), note).total).get(Figure.ABNORMAL, 0) == abnormal


# ---- where people are counted


def test_people_are_counted_where_they_live():
    found = daily(order_of("a"), order_of("b"), order_of("c"))

    assert observed(of_area(found, ONE))[Figure.CUMULATIVE] == 2
    assert observed(of_area(found, TWO))[Figure.CUMULATIVE] == 1


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([lives("a", "h2", first_day="2020-03-15")], id="the residence begun last"),
        pytest.param([fact("moved", person="a", day="2020-03-15", to_area=TWO)], id="moved inside"),
        pytest.param(
            [fact("moved", person="c", day="2020-03-09", to_area="110101"), order_of("c")],
            id="who moved away",
        ),
        pytest.param(
            [fact("arrival", person="d", area=TWO, day="2020-03-01"), order_of("d")], id="by arrival"
        ),
    ],
)
def test_people_are_counted_in_township_two(facts):
    assert observed(of_area(daily(order_of("a"), *facts), TWO))[Figure.CUMULATIVE] == 1


def test_a_residence_that_begins_after_the_cut_off_moves_nobody():
    found = daily(order_of("a"), lives("a", "h2", first_day="2020-03-16"))

    assert observed(of_area(found, ONE))[Figure.CUMULATIVE] == 1


def test_who_lives_in_the_area_but_in_none_below_is_unassigned():
    found = daily(order_of("d"), household(id="h", area=f"{COUNTY}999"), lives("d", "h"))

    assert observed(found.unassigned) == observed(found.total)
    assert observed(found.unassigned)[Figure.CUMULATIVE] == 1


@pytest.mark.parametrize(("area", "counted"), [("43", 1), (COUNTY, 1), (ONE, 0), (VILLAGE, 0)])
def test_who_lives_nobody_knows_where_is_unassigned_in_the_widest_area(area, counted):
    found = daily(order_of("d"), area=area)

    assert observed(found.total).get(Figure.CUMULATIVE, 0) == counted
    assert observed(found.unassigned) == observed(found.total)


def test_the_line_of_an_area_is_the_total_of_its_own_report():
    facts = [order_of("a"), order_of("b"), order_of("c"), order_of("d"), release_of("b")]

    assert of_area(daily(*facts), ONE) == daily(*facts, area=ONE).total


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        pytest.param(COUNTY, [ONE, TWO, "430626103201"], id="a village without a township"),
        pytest.param("430600", [COUNTY], id="padded code of a city"),
        pytest.param(ONE, [VILLAGE], id="township"),
        pytest.param(VILLAGE, [], id="nothing below"),
    ],
)
def test_there_is_a_line_for_each_area_directly_below(asked, codes):
    found = daily(area_of("430626103201", "village"), area=asked)

    assert [each.code for each, _ in found.areas] == codes
    assert [each.area for each in found.units] == codes


@pytest.mark.parametrize("code", ["999999", "4306261012011", ""])
def test_an_area_of_which_nothing_is_recorded_does_not_exist(code):
    with pytest.raises(NoSuchArea):
        daily(area=code)
