"""One at a time: whoever comes second waits."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def say(sentence: str) -> None:
    """Tell the person who waits; what a shell reads goes to standard output instead."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


@contextmanager
def turn(file: Path, while_waiting: str) -> Iterator[None]:
    """Hold the lock of this file; if another process or thread holds it, say so and wait.

    Whoever holds the lock may remove the file.
    """
    while True:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as lock:
            _hold(lock, while_waiting)
            if _is_at(file, lock):
                yield
                return


def _hold(lock: TextIO, while_waiting: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(while_waiting)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _is_at(file: Path, lock: TextIO) -> bool:
    """Return whether this is the lock that others would find at this place."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), file.stat())
    except FileNotFoundError:
        return False
