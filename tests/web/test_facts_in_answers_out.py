"""What is recorded through the service, and what it answers, is what the command line has."""

import gzip
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from api.cli import main
from tests.spec.builders import diagnosis, exposure, fact, household, merge, order, person, residence

DINNER = [
    person(id="case"),
    person(id="contact"),
    household(id="home", area="420106100"),
    residence(person="contact"),
    exposure(id="dinner", start="2020-03-10T18:00", end="2020-03-10T20:00"),
]
ILL = diagnosis(id="d1", day="2020-03-13", onset="2020-03-12")


@pytest.fixture
def told(service, capsys):
    """Asks the command line the same of the same register."""

    def ask(*words):
        capsys.readouterr()
        database = service.register.store.name
        assert main([*words, "--database", database, "--json", "--language", "en"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def test_recorded_facts_bring_their_consequences(investigator):
    investigator.record(*DINNER)

    answer = investigator.post("/facts", [ILL])

    assert answer.status_code == 201
    assert answer.json["new"] == 1
    changed = {each["person"]: each["after"]["category"] for each in answer.json["consequences"]}
    assert changed == {"case": "confirmed_case", "contact": "close_contact"}


def test_facts_may_come_a_line_each(investigator):
    lines = "\n".join(json.dumps(each) for each in DINNER)

    answer = investigator.post("/facts", lines, **{"Content-Type": "application/x-ndjson"})

    assert (answer.status_code, answer.json["new"]) == (201, 5)


def test_the_same_facts_again_add_nothing(investigator):
    investigator.record(*DINNER)

    answer = investigator.post("/facts", DINNER)

    assert (answer.status_code, answer.json["new"]) == (200, 0)


def test_an_assessment_is_that_of_the_command(investigator, told):
    investigator.record(*DINNER, ILL)

    answer = investigator.get("/persons/contact/assessment", as_of="2020-03-25T08:00")

    assert answer.json == told("assess", "-", "--person", "contact", "--as-of", "2020-03-25T08:00")
    assert answer.json["people"][0]["observation"]["last_day"] == "2020-03-24"


def test_a_pinned_edition_and_what_was_known_are_asked_for_as_in_the_command(investigator, told):
    investigator.record(*DINNER)
    investigator.record(ILL)

    answer = investigator.get("/persons/contact/assessment", edition="3", known_at="2020-03-20T08:00")

    assert answer.json == told(
        "assess", "-", "--person", "contact", "--edition", "3", "--known-at", "2020-03-20T08:00"
    )


def test_chains_are_those_of_the_command(investigator, told):
    investigator.record(*DINNER, ILL)

    answer = investigator.get("/persons/case/chains", since="2020-03-10", generations=3)

    assert [each["person"] for each in answer.json["reached"]] == ["contact"]
    assert answer.json == told(
        "chains", "-", "--person", "case", "--since", "2020-03-10", "--generations", "3"
    )


@pytest.mark.parametrize("name", ["worklist", "release-list"])
def test_lists_are_those_of_the_command(investigator, told, name):
    placed = order(id="o1", person="contact", place_kind="home", first_day="2020-03-14")
    investigator.record(*DINNER, ILL, placed)

    answer = investigator.get(f"/areas/420106/{name}", day="2020-03-24")

    assert answer.json == told(name, "-", "--area", "420106", "--day", "2020-03-24")
    assert "contact" in json.dumps(answer.json)


def test_the_report_is_that_of_the_command(investigator, told):
    investigator.record(*DINNER, ILL, order(id="o1", person="contact", first_day="2020-03-14"))

    answer = investigator.get("/areas/420106/report", at="2020-03-20T08:00")

    assert answer.json == told("report", "-", "--area", "420106", "--at", "2020-03-20T08:00")
    assert answer.json["total"]["cumulative"] == 1


def test_what_would_change_is_told_and_nothing_recorded(investigator, told, tmp_path):
    investigator.record(*DINNER)
    more = tmp_path / "more.facts.jsonl"
    more.write_text(json.dumps(ILL), encoding="utf-8")

    answer = investigator.post("/what-if", [ILL])

    assert answer.json == told("diff", "-", "--add", str(more), "--as-of", "2020-03-20T08:00")
    assert [each["person"] for each in answer.json] == ["case", "contact"]
    assert investigator.post("/facts", [ILL]).json["new"] == 1


def test_the_history_of_somebody_has_every_fact_and_every_version(service, investigator, monkeypatch):
    investigator.record(*DINNER, person(id="double", name="赵试例"), merge(person="double", into="contact"))
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T09:00")
    investigator.record(ILL)
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T10:00")
    investigator.record(fact("void", of="d1"))

    answer = investigator.get("/persons/double/history")

    assert answer.json["person"] == "contact"
    kinds = [each["fact"] for each in answer.json["facts"]]
    assert kinds == ["person", "residence", "exposure", "person", "merge"]
    assert [each["voided_at"] for each in answer.json["facts"]] == [None] * 5
    (version,) = answer.json["versions"]
    assert (version["known_from"], version["known_to"]) == (
        "2020-03-20T09:00+08:00",
        "2020-03-20T10:00+08:00",
    )
    assert version["categories"] == ["close_contact"]
    assert "赵试例" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["a/b", "甲", "a b", "a%b", "a:b"])
def test_a_person_of_any_id_is_found_by_it(investigator, who):
    investigator.record(person(id=who))

    answer = investigator.get(f"/persons/{quote(who)}/assessment")

    assert answer.json["people"][0]["person"] == who


def test_a_worklist_of_half_a_day_has_its_checks_only(investigator):
    placed = order(id="o1", person="contact", place_kind="home", first_day="2020-03-14")
    investigator.record(*DINNER, ILL, placed)

    answer = investigator.get("/areas/420106/worklist", day="2020-03-20", slot="pm")

    assert answer.json["checks"][0]["people"][0]["slots"] == ["pm"]


def test_an_officer_on_the_spot_records_a_check(service, investigator):
    investigator.record(*DINNER, ILL)
    officer = service.appoint("li", "township_officer", "420106100")

    officer.record(fact("check", person="contact", day="2020-03-20", slot="am"))

    assert officer.get("/areas/420106100/worklist", day="2020-03-20").json["to_be_placed"][0][
        "last_reached"
    ] == {
        "at": "2020-03-20",
        "slot": "am",
        "how": "seen",
    }


def test_an_officer_on_the_spot_places_nobody(service, investigator):
    investigator.record(*DINNER, ILL)
    officer = service.appoint("li", "township_officer", "420106100")

    answer = officer.post("/facts", [order(id="o1", person="contact", first_day="2020-03-14")])

    assert answer.status_code == 403
    assert "'order'" in answer.json["detail"]


@pytest.mark.long
def test_four_hundred_checks_of_one_village_at_once_are_each_recorded_once(service, investigator):
    village = [f"p{number}" for number in range(400)]
    investigator.record(
        household(id="home", area="420106100"),
        *(person(id=each) for each in village),
        *(residence(person=each) for each in village),
    )
    officer = service.appoint("li", "grid_leader", "420106100")

    def check(who):
        return officer.post("/checks", {"person": who, "day": "2020-03-20", "slot": "am"}).status_code

    with ThreadPoolExecutor(8) as threads:
        answers = Counter(threads.map(check, village * 2))

    assert answers == {201: 400, 200: 400}
    last = service.register.store.read(lambda facts: facts.last()[0])
    facts = service.register.stored(last, identity=False)
    checks = Counter(each.body["person"] for each in facts if each.kind == "check")
    assert checks == dict.fromkeys(village, 1)
    assert len(service.trail()) == 801


def test_a_long_answer_is_compressed_for_whoever_takes_that(service, investigator):
    investigator.record(*(person(id=f"somebody-{number}") for number in range(50)))
    client, headers = service.app.test_client(), {"Authorization": "Bearer wang"}

    plain = client.get("/api/v1/facts", headers=headers)
    packed = client.get("/api/v1/facts", headers=headers | {"Accept-Encoding": "gzip"})
    short = client.get("/api/v1/me", headers=headers | {"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.get_data()) < len(plain.get_data()) / 2
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in short.headers


def test_what_is_wrong_is_told_in_chinese_to_who_reads_chinese(investigator):
    answer = investigator.in_chinese().post("/facts", [{"fact": "person", "id": "p9", "age": "old"}])

    assert (answer.status_code, answer.json["title"]) == (422, "所报内容有误，未作任何记录")
    assert answer.json["faults"] == [
        {"where": "line 1", "field": "age", "found": "'old'", "right": "应为不带引号的整数"}
    ]


def test_a_question_that_is_none_is_told_in_chinese_too(investigator):
    answer = investigator.in_chinese().get("/areas/120115/worklist", day="soon", misspelt="1")

    rights = {each["field"]: each["right"] for each in answer.json["faults"]}
    assert rights["misspelt"] == "应为openapi.json所列的名称"
    assert rights["day"].startswith("应为日期")
