"""What is written down for those who run it starts commands that there are, as nobody special."""

import json
import re
import shlex
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from api.cli import _parser

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
SECRET = re.compile("password|token|secret", re.IGNORECASE)


def values(unit, name):
    """What a unit sets under a name, once or several times."""
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def settings(texts):
    return dict(text.split("=", 1) for text in texts)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_starts_a_command_as_it_is_understood(unit):
    (started,) = values(unit, "ExecStart")
    program, *words = shlex.split(started)

    assert Path(program).name == "shouwang"
    assert _parser().parse_args(words).run


def test_there_is_a_unit_for_the_service_and_one_for_the_work():
    assert [unit.stem for unit in UNITS] == ["shouwang-serve", "shouwang-work"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_data_and_keys_lie_where_a_unit_may_write_and_nobody_else_read(unit):
    set_there = settings(values(unit, "Environment"))
    folders = {set_there["SHOUWANG_DATA"], str(Path(set_there["SHOUWANG_KEYS"]).parent)}

    assert values(unit, "ProtectHome") == ["yes"]
    assert folders == {f"/var/lib/{name}" for name in values(unit, "StateDirectory")[0].split()}
    assert len(folders) == 2
    assert values(unit, "StateDirectoryMode") == ["0700"]


# ---- the container


@pytest.fixture(scope="module")
def steps():
    """What the container file says to do, in order: the word and the rest."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    whole = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in whole.splitlines() if line)]


def of(steps, word):
    return [rest for each, rest in steps if each == word]


def copied(steps):
    """What is copied from the checkout."""
    return [name for rest in of(steps, "COPY") if "--from" not in rest for name in rest.split()[:-1]]


def environment(steps):
    return settings(pair for rest in of(steps, "ENV") for pair in rest.split())


def test_a_container_is_made_of_files_that_are_there(steps):
    assert {"requirements.txt", "pyproject.toml", "api", "graphdb", "tracing"} <= set(copied(steps))
    assert [name for name in copied(steps) if not (ROOT / name).exists()] == []


def test_a_build_sees_exactly_what_it_copies(steps):
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert lines[0] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied(steps))


def test_a_container_starts_the_service_as_it_is_understood(steps):
    (program,), (words,) = of(steps, "ENTRYPOINT"), of(steps, "CMD")

    assert json.loads(program) == ["shouwang"]
    assert _parser().parse_args(json.loads(words)).run


def test_a_container_installs_what_is_locked_and_nothing_else(steps):
    installed = [rest for rest in of(steps, "RUN") if "pip install" in rest]

    assert len(installed) == 2
    assert all("--require-hashes" in rest or "--no-deps" in rest for rest in installed)


def test_a_container_runs_as_nobody_special(steps):
    (user,) = of(steps, "USER")
    last = [word for word, _ in steps]

    assert all(int(number) > 0 for number in user.split(":"))
    assert last.index("USER") > max(at for at, word in enumerate(last) if word == "RUN")


def test_data_and_keys_of_a_container_are_volumes_of_its_user(steps):
    (volumes,) = map(json.loads, of(steps, "VOLUME"))
    (made,) = [rest for rest in of(steps, "RUN") if "install --directory" in rest]

    set_there = environment(steps)
    assert volumes == [set_there["SHOUWANG_DATA"], str(Path(set_there["SHOUWANG_KEYS"]).parent)]
    assert made.endswith(f"--mode 0700 --owner shouwang --group shouwang {' '.join(volumes)}")


def test_a_container_holds_no_secret(steps):
    assert of(steps, "ARG") == []
    assert [rest for _, rest in steps if SECRET.search(rest)] == []
    assert set(environment(steps)) == {"PATH", "PYTHONDONTWRITEBYTECODE", "SHOUWANG_DATA", "SHOUWANG_KEYS"}


def test_images_are_named_without_where_they_come_from(steps):
    images = [rest.split()[0] for rest in of(steps, "FROM")]

    assert set(images) == {"python:3.11-slim-bookworm"}


class Health(BaseHTTPRequestHandler):
    """A service of which only ``/health`` answers, if it is well."""

    is_well = True

    def do_GET(self):
        self.send_response(200 if self.path == "/health" and self.is_well else 503)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def is_healthy(steps, port):
    """Ask as the container does, but at another port than that of ``serve``."""
    (check,) = (rest.partition("CMD ")[2] for rest in of(steps, "HEALTHCHECK"))
    python, *words = json.loads(check)
    own = str(_parser().parse_args(["serve"]).port)
    assert python == "python"
    assert own in words[-1]
    asked = [sys.executable, *(word.replace(own, str(port)) for word in words)]
    return subprocess.run(asked, check=False, stderr=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize("is_well", [True, False])
def test_a_container_is_as_healthy_as_its_service_says(steps, is_well):
    handler = type("Handler", (Health,), {"is_well": is_well})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            assert is_healthy(steps, server.server_port) is is_well
        finally:
            server.shutdown()


def test_a_container_that_does_not_answer_is_not_healthy(steps):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert not is_healthy(steps, port)
