"""The book of facts: ids, voids, what was known when, one file after another."""

import pytest

from tests.spec.builders import book, fact, person, symptoms, void, when, whole_book
from tracing.facts import Person, Symptoms
from tracing.faults import Refused
from tracing.intake import File


def ages(*facts, at=None):
    """The ages that are known of everybody, at a moment."""
    return [each.age for each in book(*facts).known(at and when(at).last).facts if isinstance(each, Person)]


def ids(*facts):
    """The ids of the symptoms in a book."""
    return [each.fact_id for each in whole_book(*facts).known().every(Symptoms)]


# ---- ids


def test_a_fact_answers_to_its_id():
    assert ids(symptoms(id="s1")) == ["s1"]


def test_a_fact_without_an_id_gets_one_of_its_content():
    (made_up,) = ids(symptoms(day="2020-03-10"))

    assert made_up.startswith("symptoms:")
    assert ids(symptoms(day="2020-03-10")) == [made_up]
    assert ids(symptoms(day="2020-03-11")) != [made_up]


@pytest.mark.parametrize(
    "alike",
    [
        pytest.param({"recorded_at": "2020-03-12"}, id="when it was recorded"),
        pytest.param({"recorded_by": "somebody"}, id="who recorded it"),
        pytest.param({"note": None}, id="a null"),
    ],
)
def test_an_id_made_up_does_not_depend_on(alike):
    assert ids(symptoms(**alike)) == ids(symptoms())


def test_an_id_made_up_does_not_depend_on_the_order_of_the_fields():
    turned = dict(reversed(symptoms().items()))

    assert ids(turned) == ids(symptoms())


def test_facts_that_say_the_same_get_an_ordinal():
    first, second, third = ids(symptoms(), symptoms(), symptoms())

    assert (second, third) == (f"{first}#2", f"{first}#3")


def test_the_same_fact_under_the_same_id_adds_nothing():
    assert ages(person(id="p", age=40), person(id="p", age=40, recorded_at="2020-03-12")) == [40]


# ---- voids

CORRECTED = [person(id="p", age=40), void(id="v", of="p"), person(id="p", age=41)]


def test_a_void_withdraws_a_fact():
    assert ages(person(id="p", age=40), void(of="p")) == []


def test_a_void_and_a_new_fact_correct_it():
    assert ages(*CORRECTED) == [41]


def test_a_void_of_a_void_puts_back():
    assert ages(person(id="p", age=40), void(id="v", of="p"), void(of="v")) == [40]


def test_a_void_of_a_void_of_a_void_withdraws_again():
    voids = [void(id="v1", of="p"), void(id="v2", of="v1"), void(id="v3", of="v2")]

    assert ages(person(id="p", age=40), *voids) == []


def test_a_void_means_the_youngest_fact_of_its_id():
    assert ages(*CORRECTED, void(of="p")) == []
    assert ages(*CORRECTED, void(of="p"), person(id="p", age=42)) == [42]


def test_a_fact_is_put_back_once_the_one_in_its_place_is_withdrawn():
    assert ages(*CORRECTED, void(of="p"), void(of="v")) == [40]


def test_the_same_fact_after_its_void_is_a_new_fact():
    assert ages(person(id="p", age=40), void(of="p"), person(id="p", age=40)) == [40]


def test_the_same_fact_after_it_was_withdrawn_twice_is_a_new_fact():
    voids = [void(id="v1", of="p"), void(id="v2", of="v1"), void(id="v3", of="v2")]

    assert ages(person(id="p", age=40), *voids, person(id="p", age=40)) == [40]


def test_a_void_reaches_a_fact_by_the_id_made_up_for_it():
    (made_up,) = ids(symptoms())

    assert ids(symptoms(), void(of=made_up)) == []


def test_a_void_of_one_of_two_alike_leaves_the_other():
    first, second = ids(symptoms(), symptoms())

    assert ids(symptoms(), symptoms(), void(of=first)) == [second]


# ---- what was known when


def recorded(clock, raw):
    return raw | {"recorded_at": f"2020-03-10T{clock}"}


HISTORY = [
    recorded("08:00", person(id="p", age=40)),
    recorded("09:00", void(id="v", of="p")),
    recorded("10:00", person(id="p", age=41)),
    recorded("11:00", void(of="p")),
    recorded("12:00", void(of="v")),
]


@pytest.mark.parametrize(
    ("clock", "found"),
    [
        ("07:59", []),
        ("08:00", [40]),
        ("08:59", [40]),
        ("09:00", []),
        ("09:59", []),
        ("10:00", [41]),
        ("11:00", []),
        ("11:59", []),
        ("12:00", [40]),
    ],
)
def test_what_was_known_at_any_moment(clock, found):
    assert ages(*HISTORY, at=f"2020-03-10T{clock}") == found
    assert ages(*reversed(HISTORY), at=f"2020-03-10T{clock}") == found


def test_all_is_known_without_a_moment():
    assert ages(*HISTORY) == [40]


@pytest.mark.parametrize(("day", "found"), [("2020-03-09", []), ("2020-03-10", [40]), ("2020-03-11", [40])])
def test_known_on_a_day_is_known_by_its_end(day, found):
    assert ages(recorded("23:59", person(id="p", age=40)), at=day) == found


def test_what_was_recorded_on_a_day_is_known_from_its_beginning():
    facts = [person(id="p", age=40, recorded_at="2020-03-10")]

    assert ages(*facts, at="2020-03-09T23:59") == []
    assert ages(*facts, at="2020-03-10T00:00") == [40]


def test_what_has_no_time_of_recording_was_always_known():
    assert ages(person(id="p", age=40), at="1900-01-01") == [40]


def test_a_void_without_a_time_of_recording_always_held():
    assert ages(recorded("08:00", person(id="p", age=40)), void(of="p"), at="2020-03-10T08:00") == []


def test_a_fact_recorded_again_was_known_also_before_the_first_was_put_back():
    facts = [
        recorded("08:00", person(id="p", age=40)),
        recorded("09:00", void(id="v", of="p")),
        recorded("10:00", person(id="p", age=40)),
        recorded("11:00", void(of="v")),
    ]

    assert ages(*facts, at="2020-03-10T10:30") == [40]


def test_a_fact_recorded_twice_is_known_since_the_first_time():
    facts = [recorded("10:00", person(id="p", age=40)), recorded("08:00", person(id="p", age=40))]

    assert ages(*facts, at="2020-03-10T09:00") == [40]


def test_a_fact_recorded_again_after_its_void_may_stand_before_it():
    facts = [
        recorded("10:00", person(id="p", age=40)),
        recorded("09:00", void(of="p")),
        recorded("08:00", person(id="p", age=40)),
    ]

    assert ages(*facts) == [40]


# ---- where a fact stands


def test_the_line_of_a_fact():
    numbered = book(person(id="a"), fact("household", id="h", area="42"), person(id="b"))

    assert [numbered.place_of(each) for each in ("a", "h", "b")] == ["line 1", "line 2", "line 3"]


def test_the_line_of_a_corrected_fact_is_that_of_the_youngest():
    assert book(*CORRECTED).place_of("p") == "line 3"


# ---- one more file

MORE = File(1, "more.facts.jsonl")
PATIENT = [person(id="case"), symptoms(), symptoms()]


def test_the_same_file_added_twice_adds_nothing():
    once = book(*PATIENT)

    twice = once.with_file(MORE, enumerate(PATIENT, 1))

    assert twice.known().facts == once.known().facts


def test_one_more_file_may_name_what_the_first_records():
    more = book(person(id="case")).with_file(MORE, [(1, symptoms())])

    assert len(more.known().of(Symptoms, "case")) == 1


def test_one_more_file_may_correct_the_first():
    more = book(person(id="p", age=40)).with_file(MORE, enumerate([void(of="p"), person(id="p", age=41)], 1))

    assert [each.age for each in more.known().every(Person)] == [41]
    assert more.place_of("p") == "line 2 of more.facts.jsonl"


def test_faults_of_one_more_file_name_it():
    with pytest.raises(Refused) as refused:
        book(person(id="p", age=40)).with_file(MORE, [(1, person(id="p", age=41))])

    assert str(refused.value).startswith(
        "line 1 of more.facts.jsonl: id: found 'p' a second time for something"
    )
    assert "first a void of the fact on line 1, would" in str(refused.value)
