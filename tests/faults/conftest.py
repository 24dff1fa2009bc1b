"""One real Neo4j server for all tests that may do with it whatever they like; a database to serve."""

import pytest

from api.cli import main
from tests.faults.crowd import NOON, new_database
from tests.faults.neo4j_room import a_room


@pytest.fixture(scope="session")
def one_room():
    """The server that tests share; each finds it as the one before has left it."""
    with a_room() as room:
        yield room


@pytest.fixture
def room(one_room, monkeypatch):
    """A real server that runs and holds nothing at all; its password is set, and it is noon."""
    monkeypatch.setenv("SHOUWANG_NEO4J_PASSWORD", one_room.password)
    monkeypatch.setenv("SHOUWANG_NOW", NOON)
    one_room.open()
    one_room.clear()
    yield one_room
    one_room.thaw()


@pytest.fixture
def on_server(room):
    """The address of a new database on a real server."""
    return new_database(room.address)


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A new database in a file, at noon."""
    monkeypatch.setenv("SHOUWANG_NOW", NOON)
    return new_database(tmp_path / "register.db")


@pytest.fixture
def token(database, capsys):
    """The token of an investigator of this database."""
    assert main(["user", "add", "wang", "--role", "investigator", "--database", str(database)]) == 0
    return capsys.readouterr().out.strip()
