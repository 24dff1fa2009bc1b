"""What goes wrong with a Neo4j server, and is told in a sentence that helps. None is really started."""

import os
import socket
import subprocess

import pytest

from scripts.neo4j_server import (
    BadSetting,
    OtherVersion,
    PortTaken,
    Server,
    StartFailed,
    WrongPassword,
    kill,
    start,
    starting,
    status,
    stop,
    stopping,
    wipe,
)
from scripts.neo4j_server.configuration import Memory, fitting_memory
from scripts.neo4j_server.servers import LTS
from tests.faults.programs import fake_java, fake_maven, neo4j_command

GIBIBYTE = 2**30
RIGHT, WRONG = "the right one", "another one"


@pytest.fixture
def server(tmp_path):
    """A server without anything, in a folder of its own."""
    return Server("tried", port=0, version=LTS, folder=tmp_path)


@pytest.fixture
def server_of(tmp_path, monkeypatch):
    """Makes a server whose java does what it is told; it has no other program."""
    fake_maven(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    server = Server("fake", port=0, version=LTS, folder=tmp_path)

    def make(script: str) -> Server:
        fake_java(tmp_path, otherwise=script)
        return server

    yield make
    kill(server)


def with_data(server, password):
    """Give the home of a server the traces of an earlier run."""
    (server.home / "data" / "databases").mkdir(parents=True)
    (server.home / "version").write_text(LTS, encoding="utf-8")
    if password is not None:
        (server.home / "password").write_text(password, encoding="utf-8")


@pytest.mark.parametrize("name", ["", "../up", "a/b", "-f", "a b"])
def test_a_name_that_is_no_name_of_a_folder_is_refused(name):
    with pytest.raises(BadSetting, match="use letters, digits, hyphens and underscores"):
        Server(name)


@pytest.mark.parametrize("port", [-1, 1, 1023, 65536])
def test_a_port_that_nobody_may_take_is_refused(port):
    with pytest.raises(BadSetting, match=f"{port} is no port"):
        Server(port=port)


@pytest.mark.parametrize("version", ["newest", "4.4.1", "5.26", "../5.26.26"])
def test_a_version_that_is_none_is_refused(version):
    with pytest.raises(BadSetting, match="is no version of Neo4j that is known here"):
        Server(version=version)


def test_a_password_that_neo4j_would_refuse_is_refused_before():
    with pytest.raises(BadSetting, match="at least 8 characters"):
        Server(password="7 chars")  # noqa: S106 - no secret, but too short to be one


def test_nothing_shows_the_password_by_chance():
    assert RIGHT not in repr(Server(password=RIGHT))


@pytest.mark.parametrize(
    ("available", "memory"),
    [
        (1 * GIBIBYTE, Memory(512, 512, 256)),
        (8 * GIBIBYTE, Memory(512, 1024, 512)),
        (64 * GIBIBYTE, Memory(512, 2048, 1024)),
    ],
)
def test_memory_fits_the_machine_within_bounds(available, memory):
    assert fitting_memory(available) == memory


def test_a_taken_port_is_told_with_its_holder_and_nothing_is_started(server):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]

        with pytest.raises(PortTaken, match=rf"Port {port} .* is taken by process {os.getpid()}"):
            start(Server("tried", port=port, version=LTS, folder=server.folder))

    assert not server.home.exists()


def test_the_process_of_a_pid_that_has_ended_is_not_running(server):
    ended = subprocess.Popen(["true"])
    ended.wait()
    server.home.mkdir(parents=True)
    (server.home / "java.pid").write_text(f"{ended.pid}\n", encoding="utf-8")

    assert status(server) is None
    assert not stop(server)


def test_a_pid_that_now_belongs_to_another_program_is_neither_taken_for_the_server_nor_ended(server):
    server.home.mkdir(parents=True)
    (server.home / "java.pid").write_text(f"{os.getpid()}\n", encoding="utf-8")

    assert status(server) is None
    assert not kill(server)
    assert not stop(server)


def test_a_server_that_ends_while_it_starts_is_told_with_the_end_of_its_log(server_of):
    server = server_of("echo 'no room on the device'; exit 1")

    with pytest.raises(
        StartFailed, match=r"It ended while it started\.\nThe end of .*\nno room on the device"
    ):
        start(server)

    assert status(server) is None


def test_a_server_that_does_not_answer_in_time_is_not_left_running(server_of, monkeypatch):
    monkeypatch.setattr(starting, "LONGEST_START_SECONDS", 0.2)
    monkeypatch.setattr(starting, "LONGEST_STOP_SECONDS", 0.2)
    server = server_of("kill -STOP $$")

    with pytest.raises(StartFailed, match=r"did not answer on Bolt port \d+"):
        start(server)

    assert status(server) is None


def test_a_server_that_does_not_stop_in_time_is_killed_and_that_is_said(server_of, monkeypatch, capfd):
    monkeypatch.setattr(stopping, "LONGEST_STOP_SECONDS", 0.2)
    monkeypatch.setattr(starting, "stop_or_kill", lambda *_: True)
    monkeypatch.setattr(starting, "LONGEST_START_SECONDS", 0.2)
    server = server_of("kill -STOP $$")
    with pytest.raises(StartFailed):
        start(server)

    assert stop(server)

    assert "did not stop within 0.2 seconds and was killed" in capfd.readouterr().err
    assert status(server) is None


def test_a_password_other_than_the_one_kept_is_refused_before_anything_starts(server):
    with_data(server, RIGHT)

    with pytest.raises(WrongPassword, match="SHOUWANG_NEO4J_PASSWORD is not that of the server tried"):
        start(Server("tried", port=0, version=LTS, folder=server.folder, password=WRONG))


def test_data_whose_password_nothing_tells_are_not_served(server):
    with_data(server, password=None)

    with pytest.raises(WrongPassword, match="Please set SHOUWANG_NEO4J_PASSWORD to it, or wipe the server"):
        start(server)


def test_data_of_another_version_are_left_alone(server):
    with_data(server, RIGHT)

    with pytest.raises(OtherVersion, match=r"has data of Neo4j 5\.26\.26, and 2026\.02\.2 was asked for"):
        start(Server("tried", port=0, version="2026.02.2", folder=server.folder))


def test_wiping_removes_all_of_one_server_and_nothing_of_another(server):
    neighbour = Server("neighbour", version=LTS, folder=server.folder)
    with_data(server, RIGHT)
    with_data(neighbour, RIGHT)

    assert wipe(server)
    assert not wipe(server)

    assert list(server.folder.glob("*/tried")) == []
    assert (neighbour.home / "password").exists()


def test_status_of_a_server_that_does_not_run_is_3(tmp_path):
    done = neo4j_command("status", "--name", "tried", SHOUWANG_NEO4J_HOME=str(tmp_path))

    assert (done.returncode, done.stdout) == (3, "The server tried does not run.\n")


def test_logs_of_a_server_that_was_never_started_are_told_to_be_missing(tmp_path):
    done = neo4j_command("logs", SHOUWANG_NEO4J_HOME=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr == "The server default has no logs: it was never started, or was wiped.\n"
