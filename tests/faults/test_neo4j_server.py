"""A real Neo4j server: what it outlasts, and what is told of it."""

import re
import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from neo4j import GraphDatabase

from scripts.neo4j_server import (
    QUICK_START,
    PortTaken,
    Server,
    StillRunning,
    WrongPassword,
    kill,
    start,
    status,
    stop,
    wipe,
)
from scripts.neo4j_server.processes import words_of
from tests.faults.programs import neo4j_command

pytestmark = pytest.mark.neo4j

WRONG = "another one"


@pytest.fixture
def other():
    """A real server with a home of its own, not started yet."""
    yield from a_new_server()


@pytest.fixture(scope="module")
def real():
    """A real server that the tests share: each starts it, and finds it as the one before has left it."""
    yield from a_new_server()


def a_new_server():
    server = Server(f"test-{secrets.token_hex(6)}", port=0, java_options=QUICK_START)
    yield server
    kill(server)
    wipe(server)


def asked(running, query, **parameters):
    with GraphDatabase.driver(running.address, auth=("neo4j", running.password)) as driver:
        return [record.value() for record in driver.execute_query(query, parameters).records]


def test_those_who_start_a_server_at_once_get_the_same(real):
    with ThreadPoolExecutor() as people:
        first, second = people.map(start, [real, real])

    assert first == second


def test_starting_twice_gives_the_same_server(real):
    assert start(real) == start(real)


def test_a_shell_can_evaluate_what_start_prints(real):
    running = start(real)

    done = neo4j_command("start", "--name", real.name)

    assert done.returncode == 0
    assert done.stdout == (
        f"export SHOUWANG_DATABASE={running.address}\nexport SHOUWANG_NEO4J_PASSWORD={running.password}\n"
    )


def test_status_of_a_server_that_runs_is_0_and_names_version_address_and_process(real):
    running = start(real)

    done = neo4j_command("status", "--name", real.name)

    assert done.returncode == 0
    for part in (real.version, running.address, str(running.pid)):
        assert part in done.stdout


def test_the_password_is_for_its_owner_alone(real):
    running = start(real)
    file = real.home / "password"

    assert file.read_text(encoding="utf-8") == running.password
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(running.password in word for word in words_of(running.pid))


def test_a_port_taken_by_another_server_is_told_with_its_home(real, tmp_path):
    running = start(real)
    port = int(running.address.rpartition(":")[2])

    with pytest.raises(PortTaken, match=re.escape(f"the Neo4j of {real.home} (process {running.pid})")):
        start(Server("late", port=port, folder=tmp_path))


def test_a_server_that_runs_is_not_wiped(real):
    running = start(real)

    with pytest.raises(StillRunning, match="Please stop it first"):
        wipe(real)

    assert asked(running, "RETURN 1") == [1]


def test_two_servers_run_side_by_side_with_data_of_their_own(real, other):
    first = start(real)

    second = start(other)

    asked(second, "CREATE (:OfTheSecond)")
    assert asked(second, "MATCH (mark:OfTheSecond) RETURN count(mark)") == [1]
    assert asked(first, "MATCH (mark:OfTheSecond) RETURN count(mark)") == [0]


def test_data_and_password_outlast_stop_and_start(real):
    before = start(real)
    asked(before, "CREATE (:BeforeStop)")

    assert stop(real)
    assert status(real) is None
    after = start(real)

    assert after.password == before.password
    assert asked(after, "MATCH (mark:BeforeStop) RETURN count(mark)") == [1]


def test_a_killed_server_is_noticed_and_starts_again_with_what_was_committed(real):
    before = start(real)
    asked(before, "CREATE (:BeforeKill)")

    kill(real)
    done = neo4j_command("status", "--name", real.name)
    after = start(real)

    assert done.returncode == 3
    assert f"its process {before.pid} ended without being stopped" in done.stdout
    assert asked(after, "MATCH (mark:BeforeKill) RETURN count(mark)") == [1]


def test_a_password_that_the_server_refuses_is_told_and_the_server_is_not_left_running(real):
    running = start(real)
    kill(real)
    (real.home / "password").unlink()

    with pytest.raises(WrongPassword, match="refuses the password that is in SHOUWANG_NEO4J_PASSWORD"):
        start(replace(real, password=WRONG))

    assert status(real) is None
    assert start(replace(real, password=running.password)).password == running.password
