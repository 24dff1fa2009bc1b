"""The synthetic county: accepted by the reader, the same for the same seed, alike at every size."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from statistics import mean, quantiles

import pytest

from scripts.make_county import Fact, county
from tracing.factbook import FactBook

SCRIPT = Path(__file__).parents[2] / "scripts/make_county.py"
NAMED = {"person": "p", "household": "h", "place": "m", "site": "m", "journey": "j", "order": "o"}
CUT = "2020-02-10T23:59"


@pytest.fixture(scope="module")
def small() -> list[Fact]:
    return list(county(1000, seed=1))


@pytest.fixture(scope="module")
def large() -> list[Fact]:
    return list(county(8000, seed=1))


def of_type(kind: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact["fact"] == kind]


def live(facts: list[Fact]) -> list[Fact]:
    voided = {void["of"] for void in of_type("void", facts)}
    return [fact for fact in facts if fact.get("id") not in voided]


def grouped(facts: Iterable[Fact], *fields: str) -> list[list[str]]:
    """The people of the facts that agree in these fields."""
    groups = defaultdict(list)
    for fact in facts:
        groups[tuple(fact[field] for field in fields)].append(fact["person"])
    return list(groups.values())


def contacts_per_person(facts: list[Fact]) -> list[int]:
    """How many others each person lives, meets or shares a carriage with."""
    met: dict[str, set[str]] = defaultdict(set)
    homes = grouped(of_type("residence", facts), "household")
    carriages = grouped(of_type("ride", facts), "journey", "carriage")
    meetings = [exposure["participants"] for exposure in of_type("exposure", live(facts))]
    for people in chain(homes, carriages, meetings):
        for person in people:
            met[person].update(people)
    return [len(others) - 1 for others in met.values()]


def windows(facts: list[Fact]) -> dict[str, tuple[str, str]]:
    """From two days before onset (or sampling) to isolation, of everybody who was not ruled out."""
    isolated = {isolation["person"]: isolation["start"] for isolation in of_type("isolation", facts)}
    found: dict[str, tuple[str, str]] = {}
    for diagnosis in of_type("diagnosis", live(facts)):
        person, onset = diagnosis["person"], diagnosis.get("onset") or diagnosis.get("sampled")
        if diagnosis["classification"] == "ruled_out":
            del found[person]
        elif onset:
            start = datetime.fromisoformat(onset) - timedelta(days=2)
            found[person] = (start.isoformat(timespec="minutes"), isolated[person])
    return found


def contacts(facts: list[Fact]) -> set[str]:
    """Who lived with a case, or was at an unprotected exposure with one in its window."""
    window, met = windows(facts), set()
    for people in grouped(of_type("residence", facts), "household"):
        for case in window.keys() & set(people):
            met |= set(people) - {case}
    for exposure in of_type("exposure", live(facts)):
        for case in window.keys() & set(exposure["participants"]):
            start, isolated = window[case]
            if start <= exposure["start"] < isolated and "protected" not in exposure:
                met |= set(exposure["participants"]) - {case}
    return met


def references(facts: list[Fact]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        yield from ((name, fact[name]) for name in NAMED if name in fact)
        yield from (("person", person) for person in fact.get("participants", ()))


def test_the_reader_accepts_the_file(small):
    FactBook.read(enumerate(small, 1))


def test_the_same_seed_gives_the_same_file(small):
    assert list(county(1000, seed=1)) == small


def test_another_seed_gives_another_county(small):
    assert list(county(1000, seed=2)) != small


def test_no_two_things_share_an_id(large):
    ids = [fact["id"] for fact in large if "id" in fact]

    assert len(ids) == len(set(ids))


def test_every_reference_names_something_of_its_kind(large):
    ids = {fact["id"] for fact in large if "id" in fact}
    codes = {area["code"] for area in of_type("area", large)}

    assert {id_ for _, id_ in references(large)} <= ids
    assert [(name, id_) for name, id_ in references(large) if not id_.startswith(NAMED[name])] == []
    assert {fact["area"] for fact in large if "area" in fact} <= codes
    assert {area["parent"] for area in of_type("area", large) if "parent" in area} <= codes


def test_a_void_comes_after_what_it_withdraws(large):
    line = {fact["id"]: number for number, fact in enumerate(large) if "id" in fact}
    voids = [(number, fact) for number, fact in enumerate(large) if fact["fact"] == "void"]

    assert voids
    assert [void for number, void in voids if number < line[void["of"]]] == []


def test_an_exposure_has_an_end_and_different_people(large):
    for exposure in of_type("exposure", large):
        assert exposure["start"] <= exposure["end"]
        assert 2 <= len(set(exposure["participants"])) == len(exposure["participants"]) <= 40


def test_nothing_is_recorded_before_it_happened_or_after_the_cut(large):
    for fact in large:
        recorded = fact.get("recorded_at", CUT)
        happened = [fact[name] for name in ("start", "end", "day", "first_day") if name in fact]
        assert max(happened, default="") <= recorded <= CUT


@pytest.mark.parametrize("seed", [1, 2])
def test_about_every_tenth_person_is_a_contact(seed):
    found = contacts(list(county(4000, seed)))

    assert 0.08 <= len(found) / 4000 <= 0.12


def test_the_share_of_contacts_can_be_chosen():
    found = contacts(list(county(8000, seed=1, contact_share=0.03)))

    assert 0.024 <= len(found) / 8000 <= 0.036


def test_contacts_per_person_are_alike_at_every_size(small, large):
    few, many = contacts_per_person(small), contacts_per_person(large)

    assert mean(few) == pytest.approx(mean(many), rel=0.2)
    assert quantiles(few, n=100)[98] == pytest.approx(quantiles(many, n=100)[98], rel=0.2)


def test_facts_come_one_by_one():
    first = list(islice(county(200_000, seed=1), 3))

    assert [fact["fact"] for fact in first] == ["area", "area", "area"]


def test_the_command_writes_the_file_and_sums_it_up(small, tmp_path):
    file = tmp_path / "county.facts.jsonl"

    done = subprocess.run(
        [sys.executable, SCRIPT, "--people", "1000", "--seed", "1", "--out", file],
        check=True,
        capture_output=True,
        text=True,
    )

    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == small
    assert "1000 people" in done.stderr
    assert "contacts" in done.stderr
