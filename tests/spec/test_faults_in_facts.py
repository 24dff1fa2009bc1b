"""What is wrong with a fact as it stands: on which line, in which field, what was found, what is right."""

import pytest

from tests.spec.builders import complaints, fact, faults_of, household, person, symptoms
from tracing.facts import FACT_TYPES

A_TEXT = "a text that is not empty would be right"


def test_a_fact_in_order_has_no_faults():
    assert faults_of(symptoms()) == []


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        (fact("person"), ["id"]),
        (fact("area"), ["code", "level", "name"]),
        (fact("household"), ["area", "id"]),
        (fact("residence"), ["household", "person"]),
        (fact("place"), ["area", "id", "name"]),
        (fact("visit"), ["person", "place", "start"]),
        (fact("stay"), ["area", "person"]),
        (fact("arrival"), ["area", "day", "person"]),
        (fact("journey"), ["id", "mode"]),
        (fact("ride"), ["journey", "person"]),
        (fact("exposure"), ["id", "start"]),
        (fact("diagnosis"), ["classification", "day", "person"]),
        (fact("symptoms"), ["day", "person", "signs"]),
        (fact("isolation"), ["person", "start"]),
        (fact("recovery"), ["day", "person"]),
        (fact("death"), ["day", "person"]),
        (fact("lost"), ["day", "person"]),
        (fact("moved"), ["day", "person", "to_area"]),
        (fact("test"), ["person", "sampled"]),
        (fact("check"), ["day", "person", "slot"]),
        (fact("determination"), ["category", "day", "person"]),
        (fact("order"), ["first_day", "id", "person", "place_kind"]),
        (fact("transfer"), ["day", "order", "place_kind"]),
        (fact("release"), ["day", "order"]),
        (fact("unit_report"), ["count", "day"]),
        (fact("void"), ["of"]),
        (fact("statement"), ["person"]),
        (fact("merge"), ["into", "person"]),
        (fact("erasure"), ["person", "reason"]),
        (fact("batch"), ["body", "day", "id"]),
        (fact("immunity"), ["basis", "person"]),
        (fact("call"), ["at", "outcome", "person"]),
        (fact("notice"), ["day", "kind", "last_day", "order"]),
        (fact("tally"), ["count", "day", "kind"]),
    ],
    ids=lambda each: each["fact"] if isinstance(each, dict) else "",
)
def test_a_field_that_is_required(raw, missing):
    found = complaints(raw)

    assert sorted(found) == [f"line 1: {name}: found nothing; this field is required" for name in missing]


def test_every_type_of_fact_is_in_the_table_of_required_fields():
    table = next(mark for mark in test_a_field_that_is_required.pytestmark if mark.name == "parametrize")

    assert [raw["fact"] for raw, _ in table.args[1]] == list(FACT_TYPES)


def test_a_null_counts_as_absent():
    assert complaints(person(id="p", name=None)) == []
    assert complaints(person(id=None)) == ["line 1: id: found nothing; this field is required"]


def test_an_empty_id_is_none():
    assert complaints(person(id="")) == [f"line 1: id: found ''; {A_TEXT}"]


def test_a_field_much_like_a_known_one():
    assert complaints(person(id="p", birthdate="1990-05-01")) == [
        "line 1: birthdate: found a field that is not known here; perhaps 'birth_date' is meant"
    ]


def test_a_field_like_no_known_one():
    (found,) = faults_of(fact("recovery", person="case", day="2020-03-10", where="at home"))

    assert found.startswith("line 1: where: found a field that is not known here; known fields are ")
    assert found.endswith("person, day")


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("recorded_at", "soon", "a day (2020-01-23) or a time (2020-01-23T18:00) would be right"),
        ("recorded_by", 7, A_TEXT),
        ("source", 7, A_TEXT),
        ("batch", 7, A_TEXT),
        ("note", 7, A_TEXT),
    ],
)
def test_how_a_fact_was_recorded(field, value, right):
    assert complaints(person(id="p", **{field: value})) == [f"line 1: {field}: found {value!r}; {right}"]


@pytest.mark.parametrize("kind", ["picnic", "Person", "", 7, None])
def test_a_type_of_fact_that_is_not_known(kind):
    (found,) = complaints({"fact": kind, "id": "p"})

    assert found.startswith(f"line 1: fact: found {kind!r}; one of person, area, household, ")
    assert found.endswith(", notice, tally would be right")


@pytest.mark.parametrize("kind", [["person"], {"person": "p"}], ids=["a list", "an object"])
def test_a_type_of_fact_that_is_no_text(kind):
    (found,) = complaints({"fact": kind, "id": "p"})

    assert found.startswith(f"line 1: fact: found {kind!r}; one of person, area, household, ")


@pytest.mark.parametrize(
    ("line", "what"),
    [(42, "number"), (None, "value"), (True, "true or false"), ("person", "text"), ([], "list")],
)
def test_a_line_that_is_no_fact(line, what):
    assert complaints(line) == [f"line 1: found a {what}; one fact, an object in braces, would be right"]


def test_a_long_value_is_quoted_in_part():
    (found,) = faults_of(symptoms(day="a day in " + "early " * 20 + "March"))

    assert found.startswith("line 1: day: found 'a day in early early ")
    assert " early e…; a calendar day" in found


def test_every_fault_of_a_line_is_named():
    raw = fact("check", person="nobody", day="2020-02-30", slot="noon", temperature_c=51.5)

    fields = [sentence.split(": ")[1] for sentence in faults_of(raw)]

    assert sorted(fields) == ["day", "person", "slot", "temperature_c"]


def test_faults_stand_in_the_order_of_the_lines():
    found = complaints(symptoms(person="nobody"), person(), symptoms(person="nobody", day="2020-02-30"))

    assert [sentence.split(": ")[0] for sentence in found] == ["line 1", "line 2", "line 3", "line 3"]


# ---- who somebody is stands in no message


@pytest.mark.parametrize("field", ["name", "id_number", "phone", "workplace"])
@pytest.mark.parametrize("kind", ["person", "statement"])
def test_what_tells_who_somebody_is_is_not_repeated(kind, field):
    who = {"person": {"id": "p"}, "statement": {"person": "case"}}[kind]

    found = faults_of(fact(kind, **who, **{field: ["褚试例", 13800001111]}))

    assert found == [f"line 1: {field}: found a value that is not repeated here; {A_TEXT}"]


@pytest.mark.parametrize(
    "raw", [household(id="h", address=["柳荫里3号"]), fact("statement", person="case", address=["柳荫里3号"])]
)
def test_where_somebody_lives_is_not_repeated(raw):
    assert faults_of(raw) == [f"line 1: address: found a value that is not repeated here; {A_TEXT}"]


def test_a_private_value_in_a_misspelt_field_is_not_repeated():
    assert complaints(person(id="p", phon="13800001111")) == [
        "line 1: phon: found a field that is not known here; perhaps 'phone' is meant"
    ]


def test_a_second_description_of_somebody_is_not_repeated():
    found = complaints(person(id="p", name="褚试例"), person(id="p", name="卫试例", phone="13800001111"))

    assert [text for text in ("褚试例", "卫试例", "13800001111") if text in "".join(found)] == []


@pytest.mark.parametrize("line", ["褚试例 13800001111", ["褚试例", "13800001111"]], ids=["a text", "a list"])
def test_a_line_that_is_no_fact_is_not_repeated(line):
    (found,) = complaints(line)

    assert "褚试例" not in found
    assert "13800001111" not in found
