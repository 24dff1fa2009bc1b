"""``shouwang diff``: for whom more facts change category, last day, state or place, and which facts do it."""

import json

import pytest

from api.cli import main
from tests.spec.builders import (
    death,
    diagnosis,
    exposure,
    fact,
    household,
    isolation,
    merge,
    order,
    person,
    release,
    residence,
    transfer,
    void,
)

# a met a case on 9 March, b on 12 March; c and d met nobody.
FACTS = [
    *(person(id=somebody) for somebody in ("case", "a", "b", "c", "d")),
    diagnosis(id="onset on 10", day="2020-03-14", onset="2020-03-10"),
    isolation(start="2020-03-14T08:00"),
    exposure(id="with a", start="2020-03-09T12:00", end="2020-03-09T13:00", participants=["case", "a"]),
    exposure(id="with b", start="2020-03-12T12:00", end="2020-03-12T13:00", participants=["case", "b"]),
]
ONSET_ON_13 = [
    void(id="wrong", of="onset on 10"),
    diagnosis(id="onset on 13", day="2020-03-14", onset="2020-03-13"),
]
WITH_C = exposure(id="with c", start="2020-03-13T12:00", end="2020-03-13T13:00", participants=["case", "c"])
ORDER_OF_B = order(id="order", person="b", place_kind="home", first_day="2020-03-14")


@pytest.fixture
def run(tmp_path, capsys):
    """Runs the command on facts and more of them, and returns its exit status and what it printed."""

    def run(facts, more, *options):
        files = tmp_path / "facts.jsonl", tmp_path / "more.jsonl"
        for file, content in zip(files, (facts, more), strict=True):
            file.write_text("\n".join(map(json.dumps, content)), encoding="utf-8")
        judged = ["--edition", "6", "--as-of", "2020-03-16T09:00", "--language", "en"]
        status = main(["diff", str(files[0]), "--add", str(files[1]), *judged, *options])
        return status, capsys.readouterr()

    return run


@pytest.fixture
def changes(run):
    """What changes when more becomes known, by person."""

    def changes(more, *options, facts=FACTS):
        answer = json.loads(run(facts, more, "--json", *options)[1].out)
        return {each["person"]: each for each in answer}

    return changes


@pytest.fixture
def because_of(changes):
    """Which facts change what somebody is or must do."""
    return lambda somebody, more, *options, **facts: changes(more, *options, **facts)[somebody]["because_of"]


def shown(entry):
    return entry["category"], entry["observation"]["last_day"], entry["state"]


# ---- who is named


def test_a_corrected_onset_frees_whom_the_window_no_longer_covers(changes):
    found = changes(ONSET_ON_13)

    assert list(found) == ["a"]
    assert shown(found["a"]["before"]) == ("close_contact", "2020-03-23", "to_be_placed")
    assert shown(found["a"]["after"]) == ("none", None, "not_required")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param([], id="nothing"),
        pytest.param(FACTS, id="the same facts"),
        pytest.param([FACTS[5] | {"recorded_at": "2020-03-20"}], id="a fact recorded again"),
        pytest.param([fact("statement", person="a", phone="1")], id="a phone number"),
        pytest.param([WITH_C, void(of="with c")], id="a fact withdrawn at once"),
    ],
)
def test_what_changes_nothing_names_nobody(changes, more):
    assert changes(more) == {}


def test_a_new_contact(changes):
    found = changes([WITH_C])

    assert list(found) == ["c"]
    assert found["c"]["because_of"] == ["with c"]
    assert found["c"]["before"]["category"] == "none"
    assert shown(found["c"]["after"]) == ("close_contact", "2020-03-27", "to_be_placed")


def test_somebody_new_was_nothing_before(changes):
    found = changes([person(id="e"), WITH_C | {"participants": ["case", "e"]}])

    assert found["e"]["before"] is None
    assert found["e"]["after"]["category"] == "close_contact"
    assert found["e"]["because_of"] == ["with c"]


def test_a_record_merged_away_is_nothing_after(changes):
    found = changes([merge(id="m", person="a", into="c")])

    assert list(found) == ["a", "c"]
    assert found["a"]["after"] is None
    assert shown(found["c"]["after"]) == shown(found["a"]["before"])
    assert {each["person"]: each["because_of"] for each in found.values()} == {"a": ["m"], "c": ["m"]}


def test_a_change_of_the_last_day_alone(changes):
    more = exposure(id="again", start="2020-03-13T12:00", participants=["case", "b"])

    found = changes([more])

    assert list(found) == ["b"]
    assert shown(found["b"]["before"]) == ("close_contact", "2020-03-26", "to_be_placed")
    assert shown(found["b"]["after"]) == ("close_contact", "2020-03-27", "to_be_placed")
    assert found["b"]["because_of"] == ["again"]


def test_a_change_of_the_state_alone(changes):
    found = changes([ORDER_OF_B])

    assert shown(found["b"]["after"]) == ("close_contact", "2020-03-26", "under_observation")
    assert found["b"]["because_of"] == ["order"]


def test_a_change_of_the_place_alone(changes):
    moved = transfer(id="moved", day="2020-03-15", place_kind="centralised")

    found = changes([moved], facts=[*FACTS, ORDER_OF_B])

    assert [each["kind"] for each in found["b"]["before"]["observation"]["phases"]] == ["home_observation"]
    assert "centralised_observation" in {
        each["kind"] for each in found["b"]["after"]["observation"]["phases"]
    }
    assert found["b"]["because_of"] == ["moved"]


def test_only_what_was_recorded_by_known_at_counts(changes):
    late = WITH_C | {"recorded_at": "2020-03-15T12:00"}

    assert list(changes([late], "--known-at", "2020-03-15T12:00")) == ["c"]
    assert changes([late], "--known-at", "2020-03-15T11:59") == {}


def test_what_happens_later_changes_nothing_yet(changes):
    assert changes([order(id="order", person="b", first_day="2020-03-17")]) == {}


# ---- because of what


def test_a_correction_names_the_void_and_the_new_fact(because_of):
    assert because_of("a", ONSET_ON_13) == ["wrong", "onset on 13"]


def test_a_withdrawn_exposure_names_the_void(because_of):
    assert because_of("a", [void(id="wrong", of="with a")]) == ["wrong"]


def test_what_is_put_back_names_the_void_of_the_void(because_of):
    facts = [*FACTS, void(id="wrong", of="with a")]

    assert because_of("a", [void(id="right", of="wrong")], facts=facts) == ["right"]


def test_facts_that_have_nothing_to_do_with_it_are_not_named(because_of):
    assert because_of("c", [WITH_C, fact("statement", person="c", phone="1"), *ONSET_ON_13]) == [
        "with c",
        "onset on 13",
    ]


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        pytest.param([release(id="r", order="order", day="2020-03-16")], "r", id="a release"),
        pytest.param([void(id="v", of="order")], "v", id="an order withdrawn"),
        pytest.param([death(id="dead", person="b", day="2020-03-16")], "dead", id="a death"),
        pytest.param([diagnosis(id="ill", person="b", day="2020-03-16")], "ill", id="a diagnosis"),
    ],
)
def test_what_ends_an_observation_is_named(because_of, more, cause):
    assert because_of("b", more, facts=[*FACTS, ORDER_OF_B]) == [cause]


def test_a_check_that_frees_somebody_is_named(because_of):
    check = fact("check", id="seen", person="b", day="2020-03-26", slot="pm", temperature_c=36.5)
    phone = fact("statement", person="b", phone="1")

    found = because_of("b", [phone, check], "--as-of", "2020-03-27T08:00", facts=[*FACTS, ORDER_OF_B])

    assert found == ["seen"]


def test_a_test_of_the_close_contact_behind_a_secondary_contact_is_named(because_of):
    def negative(somebody, day):
        return fact(
            "test", id=f"{somebody} {day}", person=somebody, sampled=f"2021-06-{day}", result="negative"
        )

    facts = [
        *(person(id=somebody) for somebody in ("case", "a", "b")),
        diagnosis(day="2021-06-11", onset="2021-06-10"),
        isolation(start="2021-06-10T20:00"),
        exposure(id="e1", start="2021-06-09T12:00", participants=["case", "a"]),
        exposure(id="e2", start="2021-06-10T18:00", participants=["a", "b"]),
        order(id="order of a", person="a", first_day="2021-06-11"),
        order(id="order of b", person="b", first_day="2021-06-11"),
        *(negative("b", day) for day in (11, 14)),
        negative("b", 17) | {"double": True},
        fact("check", person="b", day="2021-06-17", slot="pm", temperature_c=36.5),
        negative("a", 11),
    ]
    more = [negative("a", 14), fact("call", person="case", at="2021-06-17", outcome="reached")]

    found = because_of("b", more, "--edition", "8", "--as-of", "2021-06-18T09:00", facts=facts)

    assert found == ["a 14"]


# ---- more that does not fit


def test_a_last_day_earlier_than_the_rule_is_refused_with_its_line_in_more(run):
    decided = fact("determination", person="a", category="close_contact", day="2020-03-15")

    status, printed = run(FACTS, [decided | {"last_day": "2020-03-20"}])

    assert (status, printed.out) == (2, "")
    assert printed.err.startswith("line 1 of MORE: last_day: found 2020-03-20")


def test_a_fault_in_the_facts_names_its_line_alone(run):
    status, printed = run([person(id="a"), fact("picnic")], [])

    assert status == 2
    assert printed.err.startswith("line 2: fact: found 'picnic'")


def test_more_may_name_what_the_facts_record(changes):
    more = [household(id="home", area="430626"), residence(person="case"), residence(person="d")]

    assert list(changes(more)) == ["d"]


# ---- in words


def test_the_answer_in_words(run):
    _, printed = run(FACTS, ONSET_ON_13)

    assert "close contact → none" in printed.out
    assert "[wrong, onset on 13]" in printed.out


def test_no_change_in_words(run):
    assert run(FACTS, [])[1].out == "nothing changes\n"
