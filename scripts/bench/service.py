"""How many requests the service answers, and how long each kind takes, beside bare routes to the store.

    python -m scripts.bench.service [--store S] [--people N] [--seconds S]

Two workers of four threads each. First everybody asks as fast as they are answered, of the bare routes and
of the service: that is how much each can take. Then requests come at half of that rate whether or not
others have been answered (open loop), and each counts from the moment it was to come. 40 % are worklists of
a township, 20 % answers about one person, 20 % look-ups by name, 15 % checks, 5 % exposures of five. Whoever
asks runs on the same cores.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from api.wiring import register_and_office_at
from scripts.bench.counties import Cast
from scripts.bench.databases import NOW, Plan, chartered, filled
from scripts.bench.figures import Profiles, Series, Took, say
from scripts.bench.stores import STORES
from scripts.neo4j_server.ports import free_port
from tracing.office import Officer, Pass, PassKind, Role, secret_digest

ROOT = Path(__file__).resolve().parents[2]
ASKING = 8
_SHARES = {"worklist": 40, "person": 20, "look-up": 20, "check": 15, "exposure": 5}
WHO = "bench"


class Asked(NamedTuple):
    """One request: of which kind, how, and with what."""

    kind: str
    method: str
    path: str
    body: Any = None


class Answer(NamedTuple):
    """How long one took, in seconds, and its status."""

    kind: str
    took_s: float
    status: int


def requests(people: Cast, seed: int) -> Iterator[Asked]:
    """Yield requests without end, in the shares that are measured."""
    draw, numbers = Random(seed), count()  # noqa: S311  # requests are drawn, not secrets
    while True:
        kind = draw.choices(list(_SHARES), list(_SHARES.values()))[0]
        who = draw.choice(people.people)
        if kind == "worklist":
            yield Asked(kind, "GET", f"/api/v1/areas/{people.township}/worklist?day=2020-02-10")
        elif kind == "person":
            yield Asked(kind, "GET", f"/api/v1/persons/{who}/assessment")
        elif kind == "look-up":
            yield Asked(kind, "POST", "/api/v1/persons/search", {"name": people.names[who]})
        elif kind == "check":
            note = f"{seed}-{next(numbers)}"
            body = {"fact": "check", "person": who, "day": "2020-02-10", "slot": "am", "note": note}
            yield Asked(kind, "POST", "/api/v1/facts", [body])
        else:
            name, table = f"bench-{seed}-{next(numbers)}", draw.sample(people.quiet, 5)
            meal: dict[str, Any] = {"fact": "exposure", "id": name, "kind": "meal", "start": "2020-02-09"}
            yield Asked(kind, "POST", "/api/v1/facts", [meal | {"participants": table}])


@contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    """Run a server until the end, from when it answers."""
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while running.poll() is None:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
                    line.request("GET", "/ready")
                    line.getresponse().read()
                    break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait()


class Line:
    """A line to a server, that one thread asks on."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, asked: Asked, began: float) -> Answer:
        """Ask, and return how long it took from a moment on."""
        try:
            status = self._asked(asked)
        except ConnectionError:
            # A server may close a line on which nothing was asked for a while.
            self._line.close()
            status = self._asked(asked)
        return Answer(asked.kind, time.perf_counter() - began, status)

    def _asked(self, asked: Asked) -> int:
        headers = {"Authorization": f"Bearer {WHO}", "Content-Type": "application/json"}
        self._line.request(asked.method, asked.path, asked.body and json.dumps(asked.body), headers)
        answer = self._line.getresponse()
        answer.read()
        return answer.status


def closed_loop(port: int, people: Cast, seconds: float) -> list[Answer]:
    """Return what came of asking as fast as one is answered."""
    end = time.perf_counter() + seconds

    def ask(seed: int) -> list[Answer]:
        line, answers = Line(port), list[Answer]()
        for asked in requests(people, seed):
            if time.perf_counter() > end:
                return answers
            answers.append(line.ask(asked, time.perf_counter()))
        return answers

    with ThreadPoolExecutor(ASKING) as threads:
        seeds = [time.perf_counter_ns() + number for number in range(ASKING)]
        return [each for answers in threads.map(ask, seeds) for each in answers]


def open_loop(port: int, people: Cast, seconds: float, rate: float) -> list[Answer]:
    """Return what came of requests at a rate, each counted from when it was to come."""
    own, coming, began = threading.local(), requests(people, time.perf_counter_ns()), time.perf_counter()

    def ask(asked: Asked, due: float) -> Answer:
        time.sleep(max(0.0, due - time.perf_counter()))
        line: Line = vars(own).setdefault("line", Line(port))
        return line.ask(asked, due)

    with ThreadPoolExecutor(ASKING * 8) as threads:
        dues = [began + number / rate for number in range(int(seconds * rate))]
        return list(threads.map(ask, (next(coming) for _ in dues), dues))


def say_answers(name: str, answers: list[Answer]) -> None:
    """Print how long each kind took, and which statuses there were."""
    by_kind: dict[str, Series] = {}
    for each in answers:
        by_kind.setdefault(each.kind, Series(each.kind, "")).took.append(Took(each.took_s, 0))
    for kind, series in sorted(by_kind.items()):
        middle, p99 = series.median_s * 1000, series.p99_s * 1000
        say(f"{name:24}{kind:12}{middle:>10.1f}{p99:>10.1f}{p99 / middle:>8.1f}{len(series.took):>8}")
    say(f"{name:24}statuses {dict(Counter(each.status for each in answers))}")


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--store", choices=STORES, default="sqlite")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement")
    options = parser.parse_args(arguments)
    people, quiet = Cast(), Profiles(None)
    plan = Plan(options.store, options.people, 1, 1, 1, 0.0, None, None, is_verified=False)
    with tempfile.TemporaryDirectory() as folder, STORES[options.store](Path(folder)) as made:
        filled(chartered(made.store), plan, people, quiet)
        _settings(made.store)
        _, office = register_and_office_at(None)
        office.appoint(Officer(WHO, Role.INVESTIGATOR))
        office.grant(WHO, secret_digest(WHO), Pass(PassKind.TOKEN))
        office.close()
        _measure(people, options.seconds)
    return 0


def _settings(store: Any) -> None:
    """Let the servers that are started find the database, on the evening that it was filled for."""
    os.environ |= {"SHOUWANG_DATABASE": store.name, "SHOUWANG_NOW": NOW.isoformat()}
    os.environ |= {"SHOUWANG_POINTS": "10000", "SHOUWANG_LOG": "warning"}
    if hasattr(store, "connection"):
        os.environ["SHOUWANG_NEO4J_PASSWORD"] = store.connection.password


def _measure(people: Cast, seconds: float) -> None:
    rates = {}
    say(f"{'milliseconds':36}{'median':>10}{'p99':>10}{'ratio':>8}{'times':>8}")
    for name, command in _SERVERS.items():
        port = free_port()
        with serving(command(port), port):
            closed_loop(port, people, 3)
            answers = closed_loop(port, people, seconds)
            rates[name] = len(answers) / seconds
            say_answers(f"{name}, at its limit", answers)
            if name == "service":
                say_answers("service, at half", open_loop(port, people, seconds, rates[name] / 2))
    told = ", ".join(f"{name} {rate:.1f}" for name, rate in rates.items())
    say(f"requests a second: {told}; ratio {rates['service'] / rates['bare']:.2f}")


def _gunicorn(app: str, port: int) -> list[str]:
    program = str(Path(sys.executable).with_name("gunicorn"))
    limits = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--no-control-socket"]
    return [program, app, "--bind", f"127.0.0.1:{port}", *limits]


_SERVERS: dict[str, Callable[[int], list[str]]] = {
    "bare": lambda port: _gunicorn("scripts.bench.bare:create_app()", port),
    "service": lambda port: _gunicorn("api:create_app()", port),
}

if __name__ == "__main__":
    sys.exit(main())
