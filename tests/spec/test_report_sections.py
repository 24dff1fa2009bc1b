"""The daily report beside the observation: four categories, returnees, checkpoints; and its cut-off."""

import pytest

from tests.spec.builders import diagnosis, fact, stay, symptoms, void
from tests.spec.daily import ONE, TWO, daily, observed, of_area, order_of
from tracing.figures import SECTIONS, Figure, Section

# ---- the four categories, returnees, checkpoints


def two(section, *facts):
    """What is counted in township two, where only c lives, in a section."""
    counts = of_area(daily(*facts), TWO)
    return {item.value: counts[section, item] for item in SECTIONS[section] if counts[section, item]}


def negative_of_c(sampled):
    return fact("test", person="c", sampled=sampled, result="negative")


FEVER = symptoms(person="c", day="2020-03-09")


@pytest.mark.parametrize(
    ("facts", "category"),
    [
        pytest.param([], "close_contact", id="met a case"),
        pytest.param([diagnosis(person="c", day="2020-03-09")], "confirmed", id="confirmed"),
        pytest.param([diagnosis(person="c", classification="suspected")], "suspected", id="suspected"),
        pytest.param([FEVER], "fever_not_excluded", id="a contact with fever"),
        pytest.param([FEVER | {"signs": ["cough"]}], "close_contact", id="a contact who coughs"),
        pytest.param(
            [FEVER, negative_of_c("2020-03-08")], "fever_not_excluded", id="negative the day before"
        ),
        pytest.param([FEVER, negative_of_c("2020-03-09")], "close_contact", id="negative that day"),
        pytest.param([FEVER, diagnosis(person="c")], "confirmed", id="a case with fever"),
    ],
)
def test_everybody_is_in_the_first_of_the_four_categories_that_fits(facts, category):
    assert two(Section.FOUR_CATEGORIES, *facts) == {category: 1}


def test_a_case_without_signs_is_in_none_of_the_four_categories():
    found = two(Section.FOUR_CATEGORIES, diagnosis(person="c", classification="asymptomatic"), FEVER)

    assert found == {}


@pytest.mark.parametrize(
    ("facts", "origin"),
    [
        pytest.param([stay(person="c", area="420100", last_day="2020-03-01")], "affected_area", id="Hubei"),
        pytest.param([stay(person="c", area="310101", last_day="2020-03-01")], "elsewhere", id="Shanghai"),
        pytest.param([stay(person="c", area="430625", last_day="2020-03-01")], "elsewhere", id="next county"),
        pytest.param([stay(person="c", area=ONE, last_day="2020-03-01")], None, id="the other township"),
        pytest.param([stay(person="c", area="310101")], None, id="still away"),
        pytest.param([stay(person="c", area="310101", last_day="2020-03-16")], None, id="back tomorrow"),
        pytest.param(
            [stay(person="c", area=area, last_day="2020-03-01") for area in ("310101", "420100")],
            "affected_area",
            id="both",
        ),
        pytest.param(
            [fact("arrival", person="c", area=TWO, day="2020-03-01", from_area="420100")],
            "affected_area",
            id="arrived from Hubei",
        ),
        pytest.param(
            [fact("arrival", person="c", area=TWO, day="2020-03-01", from_area="310101")],
            "elsewhere",
            id="arrived from Shanghai",
        ),
        pytest.param(
            [fact("arrival", person="c", area=TWO, day="2020-03-01")],
            "elsewhere",
            id="arrived from somewhere",
        ),
        pytest.param(
            [fact("arrival", person="c", area="310101", day="2020-03-01", from_area=TWO)],
            None,
            id="went away",
        ),
        pytest.param(
            [stay(person="c", area="420100", last_day="2020-03-01"), diagnosis(person="c")],
            "affected_area",
            id="a case who came back from Hubei",
        ),
    ],
)
def test_where_people_came_back_from(facts, origin):
    assert two(Section.RETURNEES, *facts) == ({origin: 1} if origin else {})


TALLIES = [
    fact("tally", area=TWO, day="2020-03-14", kind="people", count=10),
    fact("tally", area=TWO, day="2020-03-15", kind="people", slot="am", count=20),
    fact("tally", place="bridge", day="2020-03-15", kind="people", slot="pm", count=30),
    fact("tally", place="bridge", day="2020-03-15", kind="fever", count=1),
    fact("tally", area=TWO, day="2020-03-16", kind="people", count=40),
    fact("tally", area="110101", day="2020-03-15", kind="people", count=50),
    fact("place", id="bridge", name="bridge", area=TWO, kind="checkpoint"),
]


def test_checkpoint_counts_add_up_of_the_day_and_to_date():
    assert two(Section.TALLIES, *TALLIES) == {"people": 50, "fever": 1}
    assert two(Section.TALLIES_TO_DATE, *TALLIES) == {"people": 60, "fever": 1}


# ---- as known at the cut-off


@pytest.mark.parametrize(("recorded_at", "seen"), [("17:59", 1), ("18:00", 1), ("18:01", 0)])
def test_only_what_was_recorded_by_the_cut_off_counts(recorded_at, seen):
    found = daily(order_of() | {"recorded_at": f"2020-03-15T{recorded_at}"})

    assert observed(found.total).get(Figure.CUMULATIVE, 0) == seen


def test_what_is_withdrawn_later_still_counts_at_the_cut_off():
    later = {"recorded_at": "2020-03-16T08:00"}

    found = daily(order_of(), void(of="order of a") | later, diagnosis(person="a") | later)

    assert observed(found.total) == {Figure.CUMULATIVE: 1, Figure.STILL_OBSERVED: 1}


def test_a_cut_off_given_as_a_day_lasts_to_its_24_00():
    recorded = order_of() | {"recorded_at": "2020-03-15T23:59"}

    assert observed(daily(recorded, at="2020-03-15").total)[Figure.CUMULATIVE] == 1


def test_figures_can_be_asked_for_as_known_before_the_cut_off():
    recorded = order_of() | {"recorded_at": "2020-03-15T12:00"}

    assert observed(daily(recorded, known_at="2020-03-15T11:00").total) == {}
