"""The command, and processes that record until they are killed; the clock stands still for them."""

import os
import subprocess
import sys
from contextlib import suppress
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import graphdb.sqlite.file
from api.wiring import register_at
from tests.faults.crowd import NOON, dice, recorded, tables, waiting
from tracing.register import Register

ROOT = Path(__file__).parents[2]
LONGEST_S = 60
"""How long something is waited for that takes a moment, however busy the machine is."""

_LITTLE_CACHE_KIB = 16


# ---- the command


def shouwang(*words, now=NOON):
    """Start the command as it is installed."""
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("shouwang")), *map(str, words)],
        env={**os.environ, "SHOUWANG_NOW": now},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    trouble: str


def ended(*words, now=NOON) -> Ended:
    """Run the command to its end."""
    with shouwang(*words, now=now) as command:
        out, trouble = command.communicate(timeout=LONGEST_S)
    return Ended(command.returncode, out, trouble)


# ---- processes that can be killed


class Child:
    """A process that says what it has done, until it ends or is killed.

    It is forked from a process that has imported everything, so that it is there at once. Settings are
    those of whoever starts it.
    """

    def __init__(self, work, *arguments) -> None:
        os.environ.setdefault("PYTHONPATH", str(ROOT))
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.processes"])
        self._heard, said = context.Pipe(duplex=False)
        self.process = context.Process(
            target=_at_noon, args=(work, said, _settings(), *arguments), daemon=True
        )
        self.process.start()
        said.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        self._heard.close()
        self.process.close()

    def hear(self):
        """Return the next that it says."""
        assert self._heard.poll(LONGEST_S), "the process says nothing"
        return self._heard.recv()

    def hear_all(self):
        """Return all that it has said by now and nobody heard yet."""
        said = []
        while self._heard.poll():
            said.append(self._heard.recv())
        return said

    def kill(self, after_s=0.0):
        """Kill it, after a while, unless it has ended; return all that it said and nobody heard."""
        self.process.join(after_s)
        self.process.kill()
        self.process.join(LONGEST_S)
        rest = []
        with suppress(EOFError):
            while True:
                rest.append(self._heard.recv())
        return rest


def _settings():
    return {name: text for name, text in os.environ.items() if name.startswith("SHOUWANG_")}


def _at_noon(work, said, settings, *arguments):
    os.environ.update(settings, SHOUWANG_NOW=NOON)
    work(said, *arguments)


def is_worked_out(register, worker):
    """Return whether nobody waits any longer, as soon as it is so or the worker has ended."""
    for _ in range(LONGEST_S * 100):
        if not waiting(register) or not worker.process.is_alive():
            break
        worker.process.join(0.01)
    return not waiting(register)


def with_little_cache():
    """Let SQLite write into the file long before the end of a transaction."""
    vars(graphdb.sqlite.file)["_CACHE_KIB"] = _LITTLE_CACHE_KIB


def record_tables(said, file, name, size):
    """Record tables without end, ``size`` at a time; say the number of each that is acknowledged."""
    register = register_at(str(file))
    for number in count():
        recorded(register, tables(f"{name}-{number}", size))
        said.send(number)


def record_tables_with_little_cache(said, file, name, size):
    with_little_cache()
    record_tables(said, file, name, size)


class Interrupted:
    """A store in one of whose transactions something happens when all is written but nothing committed."""

    def __init__(self, store, happens, transactions=1) -> None:
        self._store = store
        self._happens = happens
        self._left = transactions

    def __getattr__(self, name):
        return getattr(self._store, name)

    def write(self, work, people=()):
        def work_and_wait(records):
            done = work(records)
            self._happens()
            return done

        self._left -= 1
        return self._store.write(work if self._left else work_and_wait, people)


def stopping(said, database, transactions=1):
    """The register in a database that stops before the end of the how manyth transaction."""

    def stop():
        said.send("written")
        wait_for_the_end()

    register = register_at(str(database), unfinished=True)
    return Register(Interrupted(register.store, stop, transactions), register.rules)


def write_without_committing(said, database, facts):
    """Record facts up to the moment before they are acknowledged."""
    recorded(stopping(said, database), facts)


def write_without_committing_with_little_cache(said, file, facts):
    with_little_cache()
    write_without_committing(said, file, facts)


def wait_for_the_end():
    """Wait until killed; or for so long that the test has failed."""
    get_context("forkserver").Event().wait(LONGEST_S)


def moments(seed, number, usual_s):
    """So many moments between nothing and the usual duration."""
    thrown = dice(seed)
    return [thrown.uniform(0, usual_s) for _ in range(number)]
