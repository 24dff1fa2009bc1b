"""What is wrong between facts: names nobody recorded, ids used twice, voids and merges that cannot be."""

from functools import partial

import pytest

from tests.spec.builders import (
    complaints,
    diagnosis,
    exposure,
    fact,
    faults_of,
    household,
    merge,
    order,
    person,
    residence,
    symptoms,
    void,
)

VOID_OF_NOTHING = "the id of a fact recorded before the void (in a file, on an earlier line) would be right"


met = partial(exposure, id="x", start="2020-03-10")
visit = partial(fact, "visit", person="case", start="2020-03-10")


def area(name):
    return fact("area", code="420106", name=name, level="county")


# ---- what a fact names is recorded


@pytest.mark.parametrize(
    ("raw", "field", "kinds"),
    [
        pytest.param(symptoms(person="?"), "person", "person", id="whose symptoms"),
        pytest.param(
            exposure(id="e", start="2020-03-10", participants=["case", "?"]),
            "participants",
            "person",
            id="who was there",
        ),
        pytest.param(merge(person="case", into="?"), "into", "person", id="merged into whom"),
        pytest.param(residence(household="?"), "household", "household", id="which home"),
        pytest.param(
            fact("visit", person="case", place="?", start="2020-03-10"), "place", "place", id="which place"
        ),
        pytest.param(order(first_day="2020-03-10", site="?"), "site", "place", id="which site"),
        pytest.param(fact("ride", person="case", journey="?"), "journey", "journey", id="which journey"),
        pytest.param(fact("release", order="?", day="2020-03-10"), "order", "order", id="which order"),
        pytest.param(
            fact("determination", person="case", category="none", day="2020-03-10", exposure="?"),
            "exposure",
            "exposure or household or journey or place",
            id="which occasion",
        ),
    ],
)
def test_what_a_fact_names_is_recorded(raw, field, kinds):
    assert faults_of(raw) == [f"line 1: {field}: found '?'; the id of a recorded {kinds} would be right"]


def test_what_a_fact_names_is_of_the_right_kind():
    assert faults_of(residence(person="home", household="market")) == [
        "line 1: person: found 'home'; the id of a recorded person would be right",
        "line 1: household: found 'market'; the id of a recorded household would be right",
    ]


def test_what_a_fact_names_may_stand_on_a_later_line():
    assert complaints(symptoms(person="p"), person(id="p")) == []


def test_who_stands_on_a_line_with_faults_is_not_unknown_as_well():
    assert complaints(person(id="p", age=-1), symptoms(person="p")) == [
        "line 1: age: found -1; a number from 0 to 130 would be right"
    ]


def test_unknown_names_are_faults_beside_others_of_the_line():
    assert complaints(symptoms(person="nobody", day="soon")) == [
        "line 1: day: found 'soon'; a calendar day such as 2020-01-23 would be right",
        "line 1: person: found 'nobody'; the id of a recorded person would be right",
    ]


def test_names_of_the_wrong_kind_are_faults_beside_others_of_the_line():
    assert faults_of(symptoms(person="home", day="soon")) == [
        "line 1: day: found 'soon'; a calendar day such as 2020-01-23 would be right",
        "line 1: person: found 'home'; the id of a recorded person would be right",
    ]


def test_an_area_needs_no_fact():
    assert complaints(household(id="h", area="429999")) == []


# ---- one id, one fact


def test_a_second_fact_under_a_live_id():
    right = "another id, or first a void of the fact on line 1, would be right"

    assert complaints(person(id="p", age=40), person(id="p", age=41)) == [
        f"line 2: id: found 'p' a second time for something else; {right}"
    ]


def test_one_id_for_two_kinds_of_thing():
    (found,) = complaints(person(id="p"), household(id="p"))

    assert found.startswith("line 2: id: found 'p' a second time for something else; ")


def test_the_same_fact_again_is_no_second_fact():
    again = person(id="p", age=40, recorded_at="2020-03-11", recorded_by="somebody else")

    assert complaints(person(id="p", age=40, recorded_at="2020-03-10"), again) == []


def test_a_second_fact_after_the_void_of_the_first():
    assert complaints(person(id="p", age=40), void(of="p"), person(id="p", age=41)) == []


def test_a_second_fact_before_the_void_of_the_first():
    (found,) = complaints(person(id="p", age=40), person(id="p", age=41), void(of="p"))

    assert found.startswith("line 2: id: found 'p' a second time for something else; ")


def test_the_order_of_recording_goes_before_the_order_of_the_lines():
    assert (
        complaints(
            person(id="p", age=41, recorded_at="2020-03-12T10:00"),
            void(of="p", recorded_at="2020-03-11T10:00"),
            person(id="p", age=40, recorded_at="2020-03-10T10:00"),
        )
        == []
    )


def test_an_area_described_in_two_ways():
    right = "what line 1 says of this area, or first a void of it, would be right"

    assert complaints(area("a district"), area("another district")) == [
        f"line 2: code: found '420106' described differently; {right}"
    ]


def test_an_area_described_twice_in_one_way():
    assert complaints(area("a district"), area("a district") | {"source": "another list"}) == []


# ---- voids


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([void(of="p")], id="of nothing"),
        pytest.param([void(of="p"), person(id="p")], id="on an earlier line than its fact"),
        pytest.param(
            [void(of="p", recorded_at="2020-03-10"), person(id="p", recorded_at="2020-03-11")],
            id="recorded before its fact",
        ),
        pytest.param([void(id="p", of="p")], id="of itself"),
    ],
)
def test_a_void_without_a_fact_before_it(facts):
    assert complaints(*facts) == [f"line 1: of: found 'p'; {VOID_OF_NOTHING}"]


def test_a_void_recorded_after_its_fact_may_stand_on_an_earlier_line():
    assert complaints(void(of="p", recorded_at="2020-03-11"), person(id="p", recorded_at="2020-03-10")) == []


NAMED = {
    "person": [person(id="x"), symptoms(person="x")],
    "household": [household(id="x"), person(id="case"), residence(household="x")],
    "place": [
        fact("place", id="x", name="a market", area="420106"),
        fact("unit_report", place="x", day="2020-03-10", count=0),
    ],
    "journey": [
        fact("journey", id="x", mode="car"),
        person(id="case"),
        fact("ride", person="case", journey="x"),
    ],
    "exposure": [
        met(participants=[], unnamed=2),
        person(id="case"),
        fact("determination", person="case", category="close_contact", day="2020-03-10", exposure="x"),
    ],
    "order": [
        order(id="x", first_day="2020-03-10"),
        person(id="case"),
        fact("release", order="x", day="2020-03-24"),
    ],
}


@pytest.mark.parametrize("kind", NAMED)
def test_a_void_of_a_thing_that_a_live_fact_names(kind):
    facts = NAMED[kind]
    right = f"first a void of the fact on line {len(facts)}, which names it, would be right"

    assert complaints(*facts, void(of="x")) == [f"line {len(facts) + 1}: of: found 'x'; {right}"]


def test_a_void_of_a_thing_that_nothing_names_any_longer():
    assert complaints(person(id="p"), symptoms(id="s", person="p"), void(of="s"), void(of="p")) == []


def test_a_fact_that_names_a_thing_already_withdrawn():
    assert complaints(person(id="p"), void(of="p"), symptoms(person="p")) == [
        "line 3: person: found 'p'; a person that is not withdrawn would be right"
    ]


def test_a_fact_put_back_beside_another_under_its_id():
    assert complaints(person(id="p", age=40), void(id="v", of="p"), person(id="p", age=41), void(of="v")) == [
        "line 4: of: found 'v'; first a void of the other fact under 'p' would be right"
    ]


# ---- merges


@pytest.mark.parametrize(
    ("pairs", "line", "into"),
    [
        pytest.param(["ab", "ba"], 6, "a", id="of two"),
        pytest.param(["ab", "bc", "ca"], 7, "a", id="of three"),
    ],
)
def test_merges_in_a_circle(pairs, line, into):
    people = [person(id=each) for each in "abcd"]
    merges = [merge(person=one, into=other) for one, other in pairs]
    right = f"a record that is not itself merged into {pairs[-1][0]!r} would be right"

    assert complaints(*people, *merges) == [f"line {line}: into: found {into!r}; {right}"]


def test_one_record_merged_into_two():
    people = [person(id=each) for each in "abc"]

    assert complaints(*people, merge(person="a", into="b"), merge(person="a", into="c")) == [
        "line 5: person: found 'a'; one merge of a record would be right; it already answers under 'b'"
    ]


def test_a_merge_withdrawn_is_in_no_circle():
    people = [person(id="a"), person(id="b")]

    assert (
        complaints(*people, merge(id="m", person="a", into="b"), void(of="m"), merge(person="b", into="a"))
        == []
    )


def test_two_diagnoses_are_two_facts():
    assert complaints(person(id="case"), diagnosis(), diagnosis(classification="suspected")) == []
