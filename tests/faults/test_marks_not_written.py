"""Keys are destroyed though their marks cannot be written beside the master keys: it is said, and mended."""

import json

import pytest

from api import create_app
from api.cli import main
from api.keys import destroyed_keys, master_keys
from tests.faults.crowd import held, opened, recorded
from tests.spec.builders import fact

ERASURE = {"person": "p1", "reason": "asked for"}


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """A folder of master keys in which there is no room for marks: a folder has their name."""
    monkeypatch.setenv("SHOUWANG_KEYS", str(tmp_path / "keys" / "master.keys"))
    master_keys.cache_clear()
    assert main(["init", "--database", str(tmp_path / "another.db")]) == 0
    in_the_way = tmp_path / "keys" / "master.keys.destroyed"
    in_the_way.mkdir()
    yield in_the_way
    master_keys.cache_clear()


@pytest.fixture
def known(keys, database):
    """A database that knows who somebody is, and a backup of it."""
    with opened(database) as register:
        recorded(register, [fact("person", id="p1", name="赵试例"), fact("person", id="p2", name="钱试例")])
    assert main(["backup", str(keys.parent / "backup"), "--database", str(database)]) == 0
    return database


@pytest.fixture
def supervisor(known, capsys):
    assert main(["user", "add", "sun", "--role", "supervisor", "--database", str(known)]) == 0
    headers = {"Authorization": f"Bearer {capsys.readouterr().out.strip()}", "Accept-Language": "en"}
    client = create_app(str(known)).test_client()
    return lambda body: client.post("/api/v1/erasures", json=body, headers=headers)


def is_known(database, person):
    with opened(database) as register:
        last = register.store.read(lambda facts: facts.last()[0])
        return any(each.identity for each in register.stored(last, identity=True) if each.fact_id == person)


def test_an_erasure_is_done_and_acknowledged_with_what_is_left_to_do(known, supervisor, caplog):
    answer = supervisor(ERASURE)

    assert (answer.status_code, answer.json["new"]) == (201, 1)
    assert "an old backup could bring it back" in answer.json["unfinished"]
    assert not is_known(known, "p1")
    (logged,) = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert "master.keys.destroyed: Is a directory" in logged
    assert "p1" not in logged


@pytest.mark.parametrize("again", [ERASURE, {"person": "p2", "reason": "asked for"}])
def test_the_next_erasure_writes_what_is_missing_the_same_one_too(known, supervisor, keys, again):
    supervisor(ERASURE)
    keys.rmdir()

    answer = supervisor(again)

    assert "unfinished" not in answer.json
    with opened(known) as register:
        assert register.store.read(lambda records: records.destroyed()) == destroyed_keys() != set()


def test_an_old_backup_does_not_bring_back_who_was_erased_once_work_was_done(known, supervisor, keys):
    supervisor(ERASURE)
    assert main(["work", "--once", "--database", str(known)]) == 0
    keys.rmdir()
    assert main(["work", "--once", "--database", str(known)]) == 0

    other = keys.parent / "restored.db"
    assert main(["restore", str(keys.parent / "backup"), "--database", str(other)]) == 0

    assert [is_known(other, "p1"), is_known(other, "p2")] == [False, True]


def test_a_backup_is_not_restored_while_marks_cannot_be_read(known, keys):
    other = keys.parent / "restored.db"

    assert main(["restore", str(keys.parent / "backup"), "--database", str(other)]) != 0

    assert not other.exists()


def test_a_file_with_an_erasure_is_added_and_what_is_left_is_said(known, keys, tmp_path, capsys):
    file = tmp_path / "erasure.jsonl"
    file.write_text(json.dumps(fact("erasure", **ERASURE)))

    assert main(["add", str(file), "--database", str(known)]) == 0

    told = capsys.readouterr()
    assert "1 facts recorded" in told.out + told.err
    assert "master.keys.destroyed: Is a directory" in told.err
    with opened(known) as register:
        assert len(held(register)) == 3
    assert not is_known(known, "p1")
