"""What is wrong with the value of one field: what was found, what would be right."""

from functools import partial

import pytest

from tests.spec.builders import (
    death,
    exposure,
    fact,
    faults_of,
    isolation,
    order,
    person,
)

met = partial(exposure, id="e", start="2020-03-10")
placed = partial(order, first_day="2020-03-10")
checked = partial(fact, "check", person="case", day="2020-03-10", slot="am")

A_TEXT = "a text that is not empty would be right"
A_NUMBER = "a number without quotes would be right"
A_WHOLE_NUMBER = "a whole number without quotes would be right"
YES_OR_NO = "true or false would be right"
A_DAY = "a calendar day such as 2020-01-23 would be right"
A_DAY_OR_TIME = "a day (2020-01-23) or a time (2020-01-23T18:00) would be right"
SLOTS = "one of am, pm would be right"
NEEDS = "one of child, pregnant, dependent, chronic_illness would be right"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(placed(officer=""), f"officer: found ''; {A_TEXT}", id="an empty text"),
        pytest.param(placed(officer="  "), f"officer: found '  '; {A_TEXT}", id="a text of blanks"),
        pytest.param(placed(officer=7), f"officer: found 7; {A_TEXT}", id="a number for a text"),
        pytest.param(
            placed(id="order\0one"),
            "id: found 'order\\x00one'; an id without the character U+0000 would be right",
            id="an id with a character that ends texts",
        ),
        pytest.param(
            checked(temperature_c="37.5"),
            f"temperature_c: found '37.5'; {A_NUMBER}",
            id="a text for a number",
        ),
        pytest.param(
            checked(temperature_c=True), f"temperature_c: found True; {A_NUMBER}", id="true for a number"
        ),
        pytest.param(
            met(minutes=float("inf")),
            f"minutes: found inf; {A_NUMBER}",
            id="a number without end",
        ),
        pytest.param(
            met(unnamed=1.5),
            f"unnamed: found 1.5; {A_WHOLE_NUMBER}",
            id="a part of somebody",
        ),
        pytest.param(
            met(unnamed=True),
            f"unnamed: found True; {A_WHOLE_NUMBER}",
            id="true for a whole number",
        ),
        pytest.param(
            fact("batch", id="b", body="a bureau", day="2020-03-10", number=1.5),
            f"number: found 1.5; {A_WHOLE_NUMBER}; or {A_TEXT}",
            id="neither of two kinds of value",
        ),
        pytest.param(
            met(enclosed="yes"),
            f"enclosed: found 'yes'; {YES_OR_NO}",
            id="a word for true",
        ),
        pytest.param(met(enclosed=1), f"enclosed: found 1; {YES_OR_NO}", id="one for true"),
        pytest.param(
            met(protected="contact"),
            f"protected: found 'contact'; {YES_OR_NO}; or a list would be right",
            id="one name for a list of the protected",
        ),
        pytest.param(death(day="2020-02-30"), f"day: found '2020-02-30'; {A_DAY}", id="no such day"),
        pytest.param(
            death(day="10.03.2020"), f"day: found '10.03.2020'; {A_DAY}", id="a day written otherwise"
        ),
        pytest.param(death(day=20200310), f"day: found 20200310; {A_DAY}", id="a number for a day"),
        pytest.param(
            death(day="2020-03-10T08:00"), f"day: found '2020-03-10T08:00'; {A_DAY}", id="a time for a day"
        ),
        pytest.param(
            isolation(start="noon"), f"start: found 'noon'; {A_DAY_OR_TIME}", id="a word for a time"
        ),
        pytest.param(isolation(start=8), f"start: found 8; {A_DAY_OR_TIME}", id="a number for a time"),
        pytest.param(
            isolation(start="2020-03-10T25:00"),
            f"start: found '2020-03-10T25:00'; {A_DAY_OR_TIME}",
            id="no such time",
        ),
        pytest.param(
            isolation(start="9999-12-31T23:00Z"),
            f"start: found '9999-12-31T23:00Z'; {A_DAY_OR_TIME}",
            id="a time beyond the calendar",
        ),
        pytest.param(checked(slot="noon"), f"slot: found 'noon'; {SLOTS}", id="a word not in the set"),
        pytest.param(checked(slot=["am"]), f"slot: found ['am']; {SLOTS}", id="a list for one word"),
        pytest.param(
            person(id="p", needs="child"),
            "needs: found 'child'; a list would be right",
            id="one word for a list",
        ),
        pytest.param(
            person(id="p", needs=["child", "young"]),
            f"needs[2]: found 'young'; {NEEDS}",
            id="the second of a list",
        ),
        pytest.param(
            met(participants=["case", "contact", 3]),
            f"participants[3]: found 3; {A_TEXT}",
            id="the third of the participants",
        ),
    ],
)
def test_a_value_that_does_not_fit_its_field(raw, message):
    assert faults_of(raw) == [f"line 1: {message}"]


NUMBERS = {
    "a temperature": (checked, "temperature_c", 30, 45),
    "an age": (partial(person, id="p"), "age", 0, 130),
    "a count": (partial(fact, "place", id="p", name="a place", area="420106"), "capacity", 0, 100_000_000),
    "a distance": (met, "distance_m", 0, 10_000),
    "a length of time": (met, "minutes", 0, 1_000_000),
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_outside_its_bounds(number):
    made, field, least, greatest = NUMBERS[number]

    def found(value):
        return faults_of(made(**{field: value}))

    right = f"a number from {least:g} to {greatest:g} would be right"
    assert found(least - 1) == [f"line 1: {field}: found {least - 1}; {right}"]
    assert found(least) == []
    assert found(greatest) == []
    assert found(greatest + 1) == [f"line 1: {field}: found {greatest + 1}; {right}"]


def test_an_item_at_fault_is_named_also_where_true_or_false_would_do():
    assert faults_of(met(protected=["case", 3])) == [f"line 1: protected[2]: found 3; {A_TEXT}"]
