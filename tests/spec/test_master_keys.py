"""The master keys: made once, changed, and what a backup is worth with and without them."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from api.cli import main
from api.keys import master_keys
from api.wiring import register_at
from tests.spec.builders import fact
from tracing.casework import record

NAME, PHONE, NUMBER = "赵试例", "13800138000", "11010519491231002X"
BADLY_KEPT = 3


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A place with keys and data of its own."""
    use_keys(monkeypatch, tmp_path / "keys" / "master.keys")
    monkeypatch.setenv("SHOUWANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SHOUWANG_NOW", "2020-02-10T08:00")
    yield tmp_path
    master_keys.cache_clear()


def as_lines(*facts):
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in facts)


def use_keys(monkeypatch, file):
    master_keys.cache_clear()
    monkeypatch.setenv("SHOUWANG_KEYS", str(file))


def run(*words, status=0):
    assert main([str(word) for word in words]) == status


@pytest.fixture
def database(place):
    """A database that knows who somebody is."""
    file = place / "facts.jsonl"
    file.write_text(
        as_lines(
            fact("person", id="p1", name=NAME, phone=PHONE, id_number=NUMBER, birth_date="1949-12-31"),
            fact("household", id="h", area="120115", address="开阳街道3号楼"),
            fact("residence", person="p1", household="h"),
            fact("statement", person="p1", name="赵小名"),
        )
    )
    run("init")
    run("add", file)
    return place / "data" / "shouwang.db"


def test_the_first_init_makes_a_master_key_for_its_owner_alone_apart_from_the_data(database, place, capsys):
    keys = place / "keys" / "master.keys"

    assert keys.stat().st_mode & 0o777 == 0o600
    assert not list((place / "data").glob("*key*"))


def test_a_second_init_leaves_the_master_key(database, place):
    before = (place / "keys" / "master.keys").read_bytes()

    run("init", "--database", place / "other.db")

    assert (place / "keys" / "master.keys").read_bytes() == before


@pytest.mark.parametrize("private", [NAME, PHONE, NUMBER, "1949-12-31", "开阳街道", "赵小名"])
def test_neither_the_database_nor_a_backup_holds_who_people_are(database, place, private):
    run("backup", place / "backup")

    for file in (*(place / "data").iterdir(), place / "backup"):
        assert private.encode() not in file.read_bytes()


def test_a_sealed_backup_needs_no_master_key(database, place):
    (place / "keys" / "master.keys").unlink()
    master_keys.cache_clear()

    run("backup", place / "backup")

    assert (place / "backup").read_text().count("\n") == 4


def restored(place, backup, *, status=0):
    run("restore", backup, "--database", place / "restored.db", status=status)
    return place / "restored.db"


def clear(place, database):
    """Everything that a database holds, in the clear."""
    run("backup", place / "clear", "--clear", "--reason", "to compare", "--database", database)
    return (place / "clear").read_text()


def test_a_restored_backup_knows_who_people_are(database, place):
    run("backup", place / "backup")

    other = restored(place, place / "backup")

    assert clear(place, other) == clear(place, database)
    assert NAME in clear(place, other)


def test_a_backup_in_the_clear_is_restored_under_any_master_key(database, place, monkeypatch):
    text = clear(place, database)
    (place / "kept").write_text(text)
    use_keys(monkeypatch, place / "others" / "master.keys")

    other = restored(place, place / "kept")

    assert clear(place, other) == text


def test_a_backup_in_the_clear_needs_a_reason_which_the_trail_keeps(database, place, capsys):
    run("backup", place / "clear", "--clear", status=2)
    assert "--reason: found nothing" in capsys.readouterr().err

    run("backup", place / "clear", "--clear", "--reason", "moving to another county")

    with closing(sqlite3.connect(f"{database}.office")) as office:
        assert office.execute("SELECT asked, why FROM trail").fetchall() == [
            ("backup --clear", "moving to another county")
        ]


def test_a_backup_is_not_restored_without_its_master_key(database, place, monkeypatch, capsys):
    run("backup", place / "backup")
    mine, others = place / "keys" / "master.keys", place / "others" / "master.keys"
    use_keys(monkeypatch, others)

    restored(place, place / "backup", status=BADLY_KEPT)

    assert "there are no master keys here" in capsys.readouterr().err
    assert not others.exists()
    run("init", "--database", place / "another.db")
    restored(place, place / "backup", status=BADLY_KEPT)
    assert "a master key that is not at hand" in capsys.readouterr().err
    use_keys(monkeypatch, mine)
    restored(place, place / "backup")


def test_beside_a_database_whose_keys_are_lost_no_new_ones_are_made(database, place, monkeypatch, capsys):
    lost = place / "lost" / "master.keys"
    use_keys(monkeypatch, lost)

    run("init", "--database", database, status=BADLY_KEPT)

    assert "there are no master keys here" in capsys.readouterr().err
    assert not lost.exists()


LATER = [
    pytest.param(
        fact("person", id="p2", name="钱某"), fact("merge", id="m", person="p2", into="p1"), id="merged later"
    ),
    pytest.param(
        fact("household", id="h2", area="120115", address="某街2号"),
        fact("residence", person="p1", household="h2"),
        id="moved later",
    ),
]


@pytest.mark.parametrize(("one", "other"), LATER)
def test_what_came_after_an_erasure_is_not_erased_by_a_restore(database, place, one, other):
    for number, facts in enumerate(([fact("erasure", person="p1", reason="asked for")], [one], [other])):
        file = place / f"{number}.jsonl"
        file.write_text(as_lines(*facts))
        run("add", file)
    before = clear(place, database)
    run("backup", place / "backup")

    for _ in range(2):
        (place / "restored.db").unlink(missing_ok=True)
        assert clear(place, restored(place, place / "backup")) == before
    run("init", "--database", place / "copied.db")
    run("copy", "--from", database, "--to", place / "copied.db")
    assert clear(place, place / "copied.db") == before


def test_whom_an_erasure_took_along_stays_erased_though_the_merge_was_withdrawn_since(database, place):
    steps = [
        [fact("person", id="p2", name="钱某"), fact("merge", id="m", person="p2", into="p1")],
        [fact("erasure", person="p1", reason="asked for")],
        [fact("void", of="m")],
        [fact("statement", person="p2", name="钱某")],
    ]
    for number, facts in enumerate(steps):
        file = place / f"{number}.jsonl"
        file.write_text(as_lines(*facts))
        run("add", file, status=0 if number < 3 else 2)
    run("backup", place / "backup")

    again = place / "again.jsonl"
    again.write_text(as_lines(*steps[3]))
    run("add", again, "--database", restored(place, place / "backup"), status=2)


def test_an_old_backup_does_not_bring_back_who_was_erased_since(database, place):
    run("backup", place / "before")
    erasure = place / "erasure.jsonl"
    erasure.write_text(as_lines(fact("erasure", person="p1", reason="asked for")))
    run("add", erasure)

    text = clear(place, restored(place, place / "before"))

    assert NAME not in text
    assert '"id": "p1"' in text


def test_a_backup_of_somebody_erased_can_be_restored(database, place):
    erasure = place / "erasure.jsonl"
    erasure.write_text(as_lines(fact("erasure", person="p1", reason="asked for")))
    run("add", erasure)
    run("backup", place / "after")

    assert clear(place, restored(place, place / "after")) == clear(place, database)


def test_the_file_of_a_database_has_no_trace_of_an_erased_key(database, place):
    with closing(sqlite3.connect(database)) as connection:
        ((wrapped,),) = connection.execute("SELECT wrapped FROM key WHERE owner = 'p1'")
    erasure = place / "erasure.jsonl"
    erasure.write_text(as_lines(fact("erasure", person="p1", reason="asked for")))

    run("add", erasure)

    assert wrapped not in database.read_bytes()


def test_after_a_rotation_the_new_master_key_is_enough(database, place, capsys):
    keys = place / "keys" / "master.keys"
    (old,) = keys.read_text().split()
    before = clear(place, database)

    run("keys", "rotate")
    new, kept = keys.read_text().split()
    keys.write_text(f"{new}\n")
    master_keys.cache_clear()

    assert kept == old
    assert clear(place, database) == before


def test_a_program_that_runs_wraps_by_the_newest_master_key(database, place):
    register = register_at(str(database))
    register.store.read(lambda records: records.index_key())
    run("keys", "rotate")
    keys = place / "keys" / "master.keys"
    newest = keys.read_text().split()[0]

    now = datetime(2020, 2, 10, tzinfo=register.rules.zone)
    record(register.store, register.rules, [(1, fact("person", id="late", name="晚来"))], lambda: now)
    keys.write_text(f"{newest}\n")
    master_keys.cache_clear()

    assert "晚来" in clear(place, database)


def test_keys_that_are_none_are_refused(database, place, capsys):
    (place / "keys" / "master.keys").write_text("not a key\n")
    master_keys.cache_clear()

    run("backup", place / "clear", "--clear", "--reason", "a reason", status=BADLY_KEPT)

    assert "there are no master keys here" in capsys.readouterr().err
