"""Two records of one human being: what is known of both is answered under one."""

import pytest

from tests.spec.builders import known, merge, residence, symptoms, void, when, whole_book
from tracing.facts import Residence, Symptoms


def test_a_merged_record_answers_under_the_other():
    merged = known(merge(person="a", into="b"))

    assert merged.answers_for("a") == "b"
    assert merged.answers_for("b") == "b"
    assert merged.people == ["b"]


def test_both_records_are_people():
    merged = known(merge(person="a", into="b"))

    assert merged.is_person("a")
    assert merged.is_person("b")
    assert not merged.is_person("c")


def test_merges_chain():
    merged = known(merge(person="a", into="b"), merge(person="b", into="c"))

    assert [merged.answers_for(each) for each in "abc"] == ["c", "c", "c"]


def test_what_is_known_of_both_records_is_known_of_one():
    merged = known(
        residence(person="a", household="first"),
        residence(person="b", household="second"),
        merge(person="a", into="b"),
    )

    assert [each.household for each in merged.of(Residence, "b")] == ["first", "second"]
    assert merged.of(Residence, "a") == ()


def test_references_are_not_rewritten():
    merged = known(residence(person="a"), merge(person="a", into="b"))

    assert merged.naming(Residence, "home")[0].person == "a"


def test_the_void_of_a_merge_is_the_split():
    split = known(symptoms(person="a"), merge(id="m", person="a", into="b"), void(of="m"))

    assert split.people == ["a", "b"]
    assert len(split.of(Symptoms, "a")) == 1


@pytest.mark.parametrize(("clock", "people"), [("08:59", ["a", "b"]), ("09:00", ["b"]), ("09:01", ["b"])])
def test_before_a_merge_was_recorded_there_were_two(clock, people):
    whole = whole_book(merge(person="a", into="b", recorded_at="2020-03-10T09:00"))

    assert whole.known(when(f"2020-03-10T{clock}").last).people == people
