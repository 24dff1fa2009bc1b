"""What a real service of two workers counts together and logs."""

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.faults.processes import LONGEST_S
from tests.faults.served import Served

PRIVATE = "13800138000"
ME = '{method="GET",rule="/api/v1/me",status="200"}'


@pytest.fixture
def temporary(tmp_path):
    """Where the service makes its folders."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def served(database, temporary):
    with Served(database, TMPDIR=str(temporary)) as made:
        yield made


def counts(served):
    with closing(served.line()) as line:
        line.request("GET", "/metrics")
        lines = line.getresponse().read().decode().splitlines()
    return {name: float(told) for name, _, told in (line.rpartition(" ") for line in lines if line[0] != "#")}


def ask_until_both_have_answered(served, token, temporary):
    """Return how often somebody asked who they are, until each of the workers has said so."""
    asked, deadline = 0, time.monotonic() + LONGEST_S
    with ThreadPoolExecutor(8) as threads:
        while time.monotonic() < deadline:
            answers = list(threads.map(lambda _: served.ask("GET", "/api/v1/me", token)[0], range(16)))
            assert answers == [200] * 16
            asked += 16
            if all(list(temporary.glob(f"*/counter_{worker}.db")) for worker in served.workers):
                return asked
    raise AssertionError("only one worker answers")


def test_either_worker_tells_what_both_have_counted(served, token, temporary):
    asked = ask_until_both_have_answered(served, token, temporary)

    for _ in range(8):
        counted = counts(served)
        assert counted[f"shouwang_requests_total{ME}"] == asked
        assert counted['shouwang_request_seconds_count{rule="/api/v1/me"}'] == asked


def test_what_a_killed_worker_has_counted_stays(served, token, temporary):
    asked = ask_until_both_have_answered(served, token, temporary)

    os.kill(served.workers[0], signal.SIGKILL)
    wait_until(lambda: not list(temporary.glob(f"*/gauge_live*_{served.workers[0]}.db")))

    counted = counts(served)
    assert counted[f"shouwang_requests_total{ME}"] == asked
    assert counted["shouwang_requests_open"] == 1


def wait_until(holds):
    deadline = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_counts_are_gone_with_the_service(served, token, temporary):
    ask_until_both_have_answered(served, token, temporary)
    assert len(list(temporary.glob("shouwang-counts-*"))) == 1

    assert served.stop() == 0

    assert list(temporary.iterdir()) == []


def test_counts_go_into_the_folder_that_is_set(database, token, temporary):
    with Served(database, PROMETHEUS_MULTIPROC_DIR=str(temporary)) as served:
        ask = [served.ask("GET", "/api/v1/me", token)[0] for _ in range(4)]
        counted = counts(served)

    assert counted[f"shouwang_requests_total{ME}"] == len(ask)
    assert list(temporary.glob("counter_*.db")) != []


def test_the_log_is_lines_that_repeat_nothing(token, served):
    served.ask("GET", f"/api/v1/persons/{PRIVATE}/assessment?as_of={PRIVATE}", token)
    served.ask("POST", "/api/v1/facts", token, [{"fact": "person", "id": "p1", "name": [PRIVATE]}])
    not_http(served.port)
    served.stop()

    told = [json.loads(line) for line in served.log if line.startswith("{")]
    others = [line for line in served.log if line and not line.startswith("{")]
    assert [line["rule"] for line in told if line["message"] == "answered"] == [
        "/api/v1/persons/<path:person>/assessment",
        "/api/v1/facts",
    ]
    assert [line["message"] for line in told if line["level"] != "info"] == ["Invalid request"]
    assert [line.split()[0] for line in others[:-1]] == ["SHOUWANG_NOW"], "the command's own words"
    assert f"http://127.0.0.1:{served.port}" in others[-1]
    assert PRIVATE not in "".join(served.log)


def not_http(port):
    """Say something that is no request, and wait for the answer."""
    with socket.create_connection(("127.0.0.1", port), LONGEST_S) as line:
        line.sendall(f"GET /{PRIVATE} HTTP/9 {PRIVATE}\r\n\r\n".encode())
        assert b" 400 " in line.recv(64)
