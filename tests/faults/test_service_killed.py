"""A real service under load whose workers are killed: what was acknowledged is there once."""

import http.client
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from api.cli import main
from tests.faults.crowd import AFTERWARDS, held, opened, wrong
from tests.faults.processes import LONGEST_S
from tests.faults.served import Served

WRITERS, ROUNDS = 4, 12


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


def test_a_worker_that_is_killed_loses_nothing_that_was_acknowledged(database, token):
    acknowledged = list[tuple[int, int]]()

    def write(writer):
        for number in range(ROUNDS):
            body = facts(writer, number)
            # Whoever got no answer asks again under the same key, and what was recorded already adds nothing.
            key = {"Idempotency-Key": f"{writer}-{number}"}
            for _ in range(20):
                with suppress(OSError, http.client.HTTPException):
                    status, answer = served.ask("POST", "/api/v1/facts", token, body, **key)
                    assert status in (200, 201, 503), answer
                    if status != 503:
                        acknowledged.append((writer, number))
                        break

    with Served(database) as served, ThreadPoolExecutor(WRITERS) as threads:
        writing = [threads.submit(write, writer) for writer in range(WRITERS)]
        os.kill(served.workers[0], signal.SIGKILL)
        for each in writing:
            each.result(LONGEST_S)

    assert len(acknowledged) == WRITERS * ROUNDS
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
