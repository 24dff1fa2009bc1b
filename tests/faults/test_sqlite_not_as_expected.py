"""Files that another program made, or a newer SQLite: read or refused, but not changed on the way."""

import sqlite3
from contextlib import closing

import pytest

from api.keys import master_keys
from graphdb.sqlite import SQLiteStore
from tests.faults.crowd import new_database, opened, recorded, table, times_held, wrong
from tracing.ports import Unreachable


@pytest.fixture(autouse=True)
def old_sqlite(monkeypatch):
    monkeypatch.setattr("graphdb.sqlite.file.wal_is_safe", lambda: False)


def keep_a_log(file):
    """Let a file keep a write-ahead log, as a newer SQLite would; return a connection that has it open."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def test_a_database_of_another_program_is_refused_and_left_as_it_was(tmp_path):
    file = tmp_path / "another.db"
    with closing(keep_a_log(file)) as theirs:
        theirs.execute("CREATE TABLE something (of_theirs)")
    before = file.read_bytes()

    with pytest.raises(Unreachable, match="this is no database of shouwang"), opened(file):
        pass

    assert file.read_bytes() == before


def test_a_database_with_a_log_that_others_have_open_is_read_and_written_with_its_log(tmp_path):
    file = new_database(tmp_path / "register.db")
    with closing(keep_a_log(file)) as others:
        others.execute("SELECT count(*) FROM fact")

        with opened(file) as register:
            recorded(register, table("seat"))

            assert times_held(register, table("seat")) == {1}
            assert wrong(register) == []


def test_init_does_not_put_its_tables_into_a_database_of_another_program(tmp_path):
    file = tmp_path / "another.db"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE something (of_theirs)")
    before = file.read_bytes()

    with pytest.raises(Unreachable, match="a database of another program"):
        SQLiteStore(file, master_keys()).create()

    assert file.read_bytes() == before
