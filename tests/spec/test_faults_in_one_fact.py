"""What is wrong within one fact whose fields are each in order: they contradict each other."""

from functools import partial

import pytest

from tests.spec.builders import (
    diagnosis,
    exposure,
    fact,
    faults_of,
    household,
    isolation,
    residence,
    stay,
)

met = partial(exposure, id="e", start="2020-03-10")

A_TEXT = "a text that is not empty would be right"
AREA_CODE = "an area's code of digits (GB/T 2260) would be right"
TWO_PEOPLE = "two people would be right, or one for animal, contaminated_environment or beside unnamed"


@pytest.mark.parametrize("made", [residence, stay], ids=["residence", "stay"])
def test_a_last_day_is_not_before_the_first(made):
    def found(last_day):
        return faults_of(made(first_day="2020-03-10", last_day=last_day))

    assert found("2020-03-09") == [
        "line 1: last_day: found 2020-03-09; a day not before 2020-03-10 would be right"
    ]
    assert found("2020-03-10") == []
    assert found("2020-03-11") == []


STRETCHES = {
    "visit": lambda start, end: fact("visit", person="case", place="market", start=start, end=end),
    "exposure": lambda start, end: met(start=start, end=end),
    "ride": lambda start, end: fact("ride", person="case", journey="train", start=start, end=end),
    "isolation": lambda start, end: isolation(start=start, end=end),
    "journey": lambda start, end: fact("journey", id="car", mode="car", departs=start, arrives=end),
}


@pytest.mark.parametrize("kind", STRETCHES)
def test_an_end_is_not_before_the_start(kind):
    def found(end):
        return faults_of(STRETCHES[kind]("2020-03-10T12:00", end))

    field = "arrives" if kind == "journey" else "end"
    right = "a time not before 2020-03-10T12:00:00+08:00 would be right"
    assert found("2020-03-10T11:59") == [f"line 1: {field}: found 2020-03-10T11:59:00+08:00; {right}"]
    assert found("2020-03-10T12:00") == []
    assert found("2020-03-10T12:01") == []


def test_an_end_given_as_a_day_lasts_to_the_end_of_that_day():
    assert faults_of(met(start="2020-03-10T12:00", end="2020-03-10")) == []
    assert len(faults_of(met(start="2020-03-10T12:00", end="2020-03-09"))) == 1


def test_the_earliest_day_of_onset_is_not_after_the_onset():
    def found(onset_earliest):
        return faults_of(diagnosis(onset="2020-03-10", onset_earliest=onset_earliest))

    assert found("2020-03-09") == []
    assert found("2020-03-10") == []
    assert found("2020-03-11") == [
        "line 1: onset_earliest: found 2020-03-11; a day not after the onset 2020-03-10 would be right"
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(
            met(participants=["case", "contact", "case"]),
            "participants: found 'case'; everybody named once would be right",
            id="somebody named twice",
        ),
        pytest.param(
            met(participants=["case"]),
            f"participants: found 1 named; {TWO_PEOPLE}",
            id="somebody alone at a meal",
        ),
        pytest.param(
            met(kind="animal", participants=[]),
            f"participants: found 0 named; {TWO_PEOPLE}",
            id="nobody with an animal",
        ),
        pytest.param(
            met(protected=["nurse"]),
            "protected: found 'nurse'; somebody who is among the participants would be right",
            id="a protected stranger",
        ),
        pytest.param(
            fact("journey", id="flight", mode="aircraft", row_order=["1", "2", "1"]),
            "row_order: found '1'; every row named once would be right",
            id="a row named twice",
        ),
        pytest.param(
            fact("merge", person="case", into="case"),
            "into: found 'case'; another person than `person` would be right",
            id="a record merged into itself",
        ),
        pytest.param(
            fact("determination", person="case", category="none", day="2020-03-10", source_person="case"),
            "source_person: found 'case'; somebody else than `person` would be right",
            id="somebody as their own source",
        ),
        pytest.param(
            fact("unit_report", day="2020-03-10", count=0),
            "area: found nothing; area or place is required",
            id="a report of no unit",
        ),
        pytest.param(
            fact("tally", day="2020-03-10", kind="people", count=0),
            "area: found nothing; area or place is required",
            id="a tally of nowhere",
        ),
    ],
)
def test_fields_that_contradict_each_other(raw, message):
    assert faults_of(raw) == [f"line 1: {message}"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(met(kind="animal", participants=["case"]), id="one with an animal"),
        pytest.param(met(kind="contaminated_environment", participants=["case"]), id="one in a room"),
        pytest.param(met(participants=["case"], unnamed=1), id="one beside somebody unnamed"),
        pytest.param(met(participants=[], unnamed=2), id="two unnamed"),
        pytest.param(met(protected=["contact"]), id="one of two protected"),
    ],
)
def test_who_may_be_at_an_exposure(raw):
    assert faults_of(raw) == []


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (fact("area", name="a district", level="county", code="42-01"), "code"),
        (fact("area", name="a district", level="county", code="420106", parent="42-01"), "parent"),
        (household(id="h", area="42-01"), "area"),
        (fact("place", id="p", name="a place", area="42-01"), "area"),
        (stay(area="42-01"), "area"),
        (fact("arrival", person="case", day="2020-03-10", area="42-01"), "area"),
        (fact("arrival", person="case", day="2020-03-10", area="420106", from_area="42-01"), "from_area"),
        (fact("moved", person="case", day="2020-03-10", to_area="42-01"), "to_area"),
        (fact("unit_report", day="2020-03-10", count=0, area="42-01"), "area"),
        (fact("tally", day="2020-03-10", kind="people", count=0, area="42-01"), "area"),
    ],
    ids=lambda each: each if isinstance(each, str) else each["fact"],
)
def test_an_areas_code_has_only_digits(raw, field):
    assert faults_of(raw) == [f"line 1: {field}: found '42-01'; {AREA_CODE}"]
