"""The command ``shouwang serve``, running."""

import http.client
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import IO, cast

from scripts.neo4j_server.ports import free_port
from tests.faults.crowd import NOON
from tests.faults.processes import LONGEST_S


class Served:
    """A service of two workers, listening; what it logs is read all the while, so that it never waits."""

    def __init__(self, database, **settings):
        self.port = free_port()
        self.command = subprocess.Popen(
            [
                *(str(Path(sys.executable).with_name("shouwang")), "serve", "--database", str(database)),
                *("--port", str(self.port), "--workers", "2", "--threads", "4"),
            ],
            env={**os.environ, "SHOUWANG_NOW": NOON, **settings},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.log: list[str] = []
        self.workers: list[int] = []
        self._said = cast(IO[str], self.command.stderr)
        while len(self.workers) < 2 and self._hear():
            if "Booting worker" in self.log[-1]:
                self.workers.append(int(json.loads(self.log[-1])["message"].rpartition(" ")[2]))
        self._listening = Thread(target=self._hear_all)
        self._listening.start()

    def ask(self, method, path, token, body=None, **headers):
        """Return the status and the answer of a question of the API."""
        with closing(self.line()) as line:
            bearer = {"Authorization": f"Bearer {token}"}
            line.request(method, path, body and json.dumps(body), bearer | headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())

    def line(self):
        """Return a new line to the service."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_S)

    def stop(self):
        """Let it end, and return how it ended; all that it said is there then."""
        self.command.terminate()
        status = self.command.wait(LONGEST_S)
        self._listening.join(LONGEST_S)
        self._said.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _hear(self):
        self.log.append(self._said.readline())
        return self.log[-1]

    def _hear_all(self):
        while self._hear():
            pass
