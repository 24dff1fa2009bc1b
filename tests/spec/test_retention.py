"""Who people are is erased once nobody needs to know it, and not a day earlier."""

import json

import pytest

from api.cli import main
from tests.spec.builders import fact, household, person, residence

DINNER = {"id": "dinner", "kind": "meal", "start": "2020-02-02T18:00", "end": "2020-02-02T20:00"}
FACTS = [
    *(person(id="case", name="甲"), person(id="contact", name="乙"), person(id="other", name="丙")),
    *(household(id="home", area="120115"), residence(person="contact")),
    fact("exposure", participants=["case", "contact"], **DINNER),
    fact(
        "diagnosis", id="d", person="case", classification="confirmed", day="2020-02-03", onset="2020-02-02"
    ),
    fact("order", id="o", person="contact", place_kind="home", first_day="2020-02-03"),
]
RECOVERED = [
    fact("isolation", person="case", start="2020-02-03", where="hospital"),
    fact("recovery", person="case", day="2020-02-14"),
]
RELEASED = [fact("release", order="o", day="2020-02-16")]


@pytest.fixture
def record(tmp_path, monkeypatch):
    """Records facts at a moment."""
    monkeypatch.setenv("SHOUWANG_DATA", str(tmp_path))

    def record_at(moment, *facts):
        monkeypatch.setenv("SHOUWANG_NOW", moment)
        file = tmp_path / "facts.jsonl"
        file.write_text("".join(f"{json.dumps(each)}\n" for each in facts))
        assert main(["add", str(file)]) == 0

    monkeypatch.setenv("SHOUWANG_NOW", "2020-02-03T12:00")
    assert main(["init"]) == 0
    record_at("2020-02-03T12:00", *FACTS)
    return record_at


def answered(capsys, *words, status=0):
    capsys.readouterr()
    assert main(["retention", *words]) == status
    return capsys.readouterr()


def would_go(capsys, since):
    return int(answered(capsys, "--unused-since", since).out.split()[0])


def test_whoever_is_observed_ill_or_waits_for_a_release_is_kept(record, monkeypatch, capsys):
    assert would_go(capsys, "2020-02-04") == 1

    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-10T12:00")

    assert would_go(capsys, "2020-02-04") == 1


def test_whoever_recovered_or_was_released_goes_too_once_nothing_was_recorded_since(record, capsys):
    record("2020-02-16T12:00", *RECOVERED, *RELEASED)

    assert would_go(capsys, "2020-02-16") == 1
    assert would_go(capsys, "2020-02-17") == 3


@pytest.mark.parametrize(("day", "number"), [("2020-02-02", 0), ("2020-02-03", 0), ("2020-02-04", 1)])
def test_whoever_was_named_since_is_kept(record, capsys, day, number):
    assert would_go(capsys, day) == number


def test_erasing_takes_a_reason_and_is_done_once(record, capsys):
    record("2020-02-16T12:00", *RECOVERED, *RELEASED)
    since = ("--unused-since", "2020-02-17")
    assert "--reason" in answered(capsys, *since, "--yes", status=2).err

    assert answered(capsys, *since, "--yes", "--reason", "a year has passed").out == "3 people erased\n"

    assert answered(capsys, *since).out.startswith("0 people")
    assert main(["verify"]) == 0


def test_whoever_fell_ill_again_is_kept(record, monkeypatch, capsys):
    record("2020-02-20T12:00", *RECOVERED, *RELEASED)
    again = {"person": "case", "classification": "confirmed", "day": "2020-03-19", "onset": "2020-03-18"}
    record("2020-03-19T12:00", fact("diagnosis", id="again", **again))
    monkeypatch.setenv("SHOUWANG_NOW", "2020-06-10T12:00")

    assert would_go(capsys, "2020-04-01") == 2
