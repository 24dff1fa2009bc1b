"""A real service under load whose workers are killed: what was acknowledged is there once."""

import http.client
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from api import create_app
from api.cli import main
from api.service.desk import EXTENSION
from tests.faults.crowd import AFTERWARDS, NOON, held, opened, wrong
from tests.faults.processes import LONGEST_S, Child, stopping
from tests.faults.served import Served

WRITERS, ROUNDS = 4, 12
IN_TIME, LATER = "2020-02-10T12:00:29", "2020-02-10T12:00:30"


def facts(writer, number):
    """Two people at a table, one of them ill, under ids of their own."""
    case, other = f"{writer}-{number}-case", f"{writer}-{number}-other"
    return [
        {"fact": "person", "id": case},
        {"fact": "person", "id": other},
        {
            "fact": "exposure",
            "id": f"{case}-meal",
            "kind": "meal",
            "participants": [case, other],
            "start": "2020-02-08T12:00",
            "end": "2020-02-08T13:00",
        },
        {
            "fact": "diagnosis",
            "id": f"{case}-ill",
            "person": case,
            "classification": "confirmed",
            "day": "2020-02-10",
            "onset": "2020-02-09",
        },
    ]


def status_of(served, token, writer, number):
    """Ask until something is answered; whoever got no answer asks again under the same key."""
    key = {"Idempotency-Key": f"{writer}-{number}"}
    status = None
    for _ in range(20):
        with suppress(OSError, http.client.HTTPException):
            status, answer = served.ask("POST", "/api/v1/facts", token, facts(writer, number), **key)
            assert status in (200, 201, 409, 503), answer
            if status in (200, 201):
                break
    return status


def test_a_worker_that_is_killed_loses_nothing_that_was_acknowledged(database, token):
    def write(writer):
        return [status_of(served, token, writer, number) for number in range(ROUNDS)]

    with Served(database) as served, ThreadPoolExecutor(WRITERS) as threads:
        writing = [threads.submit(write, writer) for writer in range(WRITERS)]
        os.kill(served.workers[0], signal.SIGKILL)
        statuses = [each.result(LONGEST_S) for each in writing]

    # What the worker was recording is said to be in work until its lease has run out.
    assert {each for some in statuses for each in some} <= {200, 201, 409}
    with Served(database, SHOUWANG_NOW=LATER) as served:
        for writer, some in enumerate(statuses):
            for number in [number for number, status in enumerate(some) if status == 409]:
                assert status_of(served, token, writer, number) in (200, 201)
    with opened(database) as register:
        expected = {
            fact["id"]: 1
            for writer in range(WRITERS)
            for number in range(ROUNDS)
            for fact in facts(writer, number)
        }
        assert held(register) == expected
        assert wrong(register, AFTERWARDS) == []
    assert main(["audit", "verify", "--database", str(database)]) == 0


def ask_and_stop(said, database, body, headers):
    """Ask a service that stops when all is written but nothing committed."""
    app = create_app(str(database))
    app.extensions[EXTENSION] = app.extensions[EXTENSION]._replace(register=stopping(said, database))
    app.test_client().post("/api/v1/facts", json=body, headers=headers)


def test_what_a_killed_worker_was_recording_is_recorded_once_its_lease_ran_out(database, token, monkeypatch):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "a-key"}
    with Child(ask_and_stop, database, facts(0, 0), headers) as worker:
        assert worker.hear() == "written"
        worker.kill()
    client = create_app(str(database)).test_client()

    def status(number, now):
        monkeypatch.setenv("SHOUWANG_NOW", now)
        return client.post("/api/v1/facts", json=facts(0, number), headers=headers).status_code

    assert [status(0, NOON), status(0, IN_TIME), status(1, IN_TIME)] == [409, 409, 422]
    assert [status(1, LATER), status(0, LATER), status(1, LATER)] == [422, 201, 422]
    with opened(database) as register:
        assert held(register) == {fact["id"]: 1 for fact in facts(0, 0)}


def test_the_service_listens_on_this_machine_only(database):
    with Served(database) as served:
        listening = Path(f"/proc/{served.command.pid}/net/tcp").read_text()

    port = f"{served.port:04X}"
    addresses = {line.split()[1] for line in listening.splitlines() if f":{port} " in line and " 0A " in line}
    assert addresses == {f"0100007F:{port}"}


def test_a_stopped_service_ends_what_it_has_begun(database, token):
    with Served(database) as served, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(served.ask, "POST", "/api/v1/facts", token, facts(0, 0))
        status, answer = asked.result(LONGEST_S)
        served.command.send_signal(signal.SIGTERM)

        assert (status, answer["new"]) == (201, 4)
        assert served.command.wait(LONGEST_S) == 0
