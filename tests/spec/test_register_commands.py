"""The commands of a register: what they say, what they refuse, with which exit status."""

import json

import pytest

from tests.spec.builders import exposure, fact, person

PEOPLE = [
    person(id="case", name="赵试例"),
    person(id="contact"),
    fact("area", code="12", name="T", level="province"),
]
MEAL = exposure(id="meal", start="2020-03-10T18:00", end="2020-03-10T20:00")
ILL = fact(
    "diagnosis", id="d1", person="case", classification="confirmed", day="2020-03-13", onset="2020-03-12"
)


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-13T18:00")
    monkeypatch.delenv("SHOUWANG_DATABASE", raising=False)


@pytest.fixture
def register(shouwang, file):
    """A register in which a meal is recorded, and then that one of those at it is ill."""
    assert shouwang("init")[0] == 0
    assert shouwang("add", file(*PEOPLE, MEAL))[0] == 0
    assert shouwang("add", file(ILL))[0] == 0
    return shouwang


def test_without_a_database_every_command_says_how_to_make_one(shouwang):
    status, _, said = shouwang("worklist", "-", "--area", "12", "--day", "2020-03-13")

    assert status == 3
    assert "`shouwang init` makes one" in said


def test_a_database_is_for_one_protocol(shouwang):
    shouwang("init", "--protocol", "sars")

    status, _, said = shouwang("init", "--protocol", "mers")

    assert status == 2
    assert (
        "--protocol: found 'mers'; sars, which the database has, or another database would be right" in said
    )


def test_a_file_that_is_no_database_is_left_alone(shouwang, file):
    text = file(*PEOPLE)

    status, _, said = shouwang("init", "--database", text)

    assert status == 3
    assert "this file is no database" in said
    assert json.loads(text.read_text(encoding="utf-8").splitlines()[0])["id"] == "case"


def test_adding_says_who_changes_and_because_of_which_fact(register, file):
    meal = exposure(id="lunch", start="2020-03-12T12:00", end="2020-03-12T13:00")

    status, out, _ = register("add", file(meal), "--json")

    answer = json.loads(out)
    assert status == 0
    assert (answer["new"], answer["waiting"]) == (1, 0)
    (change,) = answer["consequences"]
    assert change["before"]["observation"]["last_day"] == "2020-03-24"
    assert change["after"]["observation"]["last_day"] == "2020-03-26"
    assert change["because_of"] == ["lunch"]


def test_adding_what_is_there_says_so(register, file):
    assert register("add", file(MEAL), "--language", "en")[1] == "every fact was recorded before\n"


def test_a_time_of_recording_in_a_file_is_not_taken_by_add(register, file):
    check = fact("check", person="contact", day="2020-03-13", slot="am", recorded_at="2020-01-01")

    _, _, said = register("add", file(check))

    assert "these facts are recorded now" in said
    assert register("assess", "-", "--known-at", "2020-02-01", "--json")[1].count('"person":') == 0


def test_a_refused_file_names_every_fault_and_changes_nothing(register, file):
    status, _, said = register(
        "add", file(MEAL | {"id": "m2", "kind": "picnic"}, ILL | {"id": "d2", "person": "x"})
    )

    assert status == 2
    assert "line 1: kind: found 'picnic'" in said
    assert "line 2: person: found 'x'" in said
    assert register("verify")[0] == 0


COVID = ["assess", "FACTS", "--protocol", "nhc-covid19", "--as-of", "2020-03-13T19:00"]
QUESTIONS = {
    "everybody": COVID,
    "somebody": [*COVID, "--person", "contact"],
    "an edition": [*COVID, "--edition", "2"],
    "another disease": ["assess", "FACTS", "--protocol", "sars", "--as-of", "2020-03-13T19:00"],
    "chains": ["chains", "FACTS", "--person", "case"],
    "a worklist": ["worklist", "FACTS", "--area", "12", "--day", "2020-03-13"],
    "a release list": ["release-list", "FACTS", "--area", "12", "--day", "2020-03-24"],
    "a report": ["report", "FACTS", "--area", "12", "--at", "2020-03-13T19:00"],
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_register_answers_as_a_file_of_the_same_facts(register, file, question):
    facts = str(file(*PEOPLE, MEAL, ILL))

    from_file = register(*(facts if each == "FACTS" else each for each in question), "--json")
    from_register = register(*("-" if each == "FACTS" else each for each in question), "--json")

    assert from_register[:2] == from_file[:2]


def test_what_more_would_change_is_asked_of_a_register_and_stores_nothing(register, file):
    lunch = exposure(id="lunch", start="2020-03-12T12:00", end="2020-03-12T13:00")

    _, out, _ = register("diff", "-", "--add", file(lunch), "--json")

    assert [each["person"] for each in json.loads(out)] == ["contact"]
    assert "2020-03-24" in register("assess", "-", "--person", "contact", "--language", "en")[1]


def test_asking_what_would_change_finds_out_nothing_of_who_was_erased(register, file):
    register("add", file(fact("erasure", person="case", reason="asked for")))

    right, wrong = (
        register("diff", "-", "--add", file(PEOPLE[0] | {"name": name})) for name in ("赵试例", "钱试例")
    )

    assert right[0] == 2
    assert right == wrong


def test_somebody_unknown_to_the_register_is_exit_status_one(register):
    assert register("assess", "-", "--person", "nobody")[0] == 1


def test_a_backup_restored_gives_the_same_answers_past_and_present(register, tmp_path):
    register("backup", tmp_path / "backup.jsonl")
    other = ["--database", tmp_path / "other.db"]

    assert register("restore", tmp_path / "backup.jsonl", *other)[0] == 0

    for known_at in ([], ["--known-at", "2020-03-13T18:00"]):
        asked = ["assess", "-", "--as-of", "2020-03-13T19:00", "--json", *known_at]
        assert register(*asked, *other)[1] == register(*asked)[1]
    assert register("verify", *other)[0] == 0


def test_a_backup_may_be_read_by_its_owner_only(register, tmp_path):
    register("backup", tmp_path / "backup.jsonl")

    assert (tmp_path / "backup.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_restore_into_a_database_with_facts_is_refused(register, file):
    status, _, said = register("restore", file(*PEOPLE))

    assert status == 2
    assert "`shouwang add` adds to one that is not" in said


def test_a_copy_holds_the_same(register, tmp_path):
    source = tmp_path / "data" / "shouwang.db"

    status, out, _ = register("copy", "--from", source, "--to", tmp_path / "copy.db")

    assert status == 0
    assert "5 facts copied, the same as in" in out
    assert register("verify", "--database", tmp_path / "copy.db")[0] == 0


def test_a_kept_answer_that_somebody_changed_is_found_and_worked_out_anew(register, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "data" / "shouwang.db") as connection:
        connection.execute("UPDATE answer SET text = replace(text, 'close_contact', 'returnee')")
    connection.close()

    status, _, said = register("verify")
    assert (status, "contact: text of the answer kept is not what the facts give" in said) == (4, True)

    register("work", "--all")
    assert register("verify")[0] == 0


def test_the_doctor_says_that_the_clock_stands_still(register):
    status, _, said = register("doctor")

    assert status == 4
    assert "SHOUWANG_NOW is set, so that it is always 2020-03-13T18:00" in said


def test_rules_that_are_in_force_need_no_activation(register):
    assert "in force already" in register("rules", "activate", "--language", "en")[1]


@pytest.mark.parametrize(
    "url", ["postgres://somewhere/x", "neo4j:secret@bolt://x", "bolt://neo4j:secret@host"]
)
def test_an_address_of_another_kind_or_with_a_password_is_refused_unrepeated(shouwang, url, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_PASSWORD", "")

    status, _, said = shouwang("verify", "--database", url)

    assert status == 2
    assert "secret" not in said
