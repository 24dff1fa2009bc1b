"""What one process makes while another uses it."""

import fcntl
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from tracing.ports import StoreTrouble

T = TypeVar("T")

_BATCH = 500
_AHEAD_BYTES = 1024 * 1024
"""How much may be made before it is used."""


class Ended(StoreTrouble):
    """The other process was ended before all was made."""


@contextmanager
def made_alongside(make: Callable[[], Iterator[T]]) -> Iterator[Iterator[T]]:
    """Give what is made, in its order; it is made in a process of its own, a copy of this one as it is now.

    Nothing that ``make`` changes is changed here, and it must leave open databases alone.

    Raises, while what is made is used:
        Ended: if that process is ended from outside.
        Exception: what ``make`` raises.
    """
    context = get_context("fork")
    coming, going = context.Pipe(duplex=False)
    fcntl.fcntl(going.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD_BYTES)
    process = context.Process(target=_make, args=(make, coming, going), daemon=True)
    process.start()
    going.close()
    try:
        yield _all_of(coming)
    finally:
        coming.close()
        process.terminate()
        process.join()


def _all_of(coming: "Connection[Any, Any]") -> Iterator[Any]:
    while batch := _next_of(coming):
        yield from batch


def _next_of(coming: "Connection[Any, Any]") -> list[Any]:
    try:
        batch, raised = coming.recv()
    except (EOFError, OSError):
        right = "nothing was recorded, beginning again would be right"
        raise Ended(f"a process of this program was ended from outside; {right}") from None
    if raised:
        raise raised
    found: list[Any] = batch
    return found


def _make(
    make: Callable[[], Iterator[Any]], coming: "Connection[Any, Any]", going: "Connection[Any, Any]"
) -> None:
    # Who interrupts the program interrupts the process that uses this; then nobody listens any longer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    coming.close()
    with suppress(BrokenPipeError):
        for each in _batches(make):
            going.send(each)


def _batches(make: Callable[[], Iterator[Any]]) -> Iterator[tuple[list[Any], Exception | None]]:
    """Yield what is made, and at the end nothing, or what was raised."""
    try:
        items = make()
        while batch := list(islice(items, _BATCH)):
            yield batch, None
    except Exception as trouble:  # noqa: BLE001  # it is raised where what is made is used
        yield [], trouble
    else:
        yield [], None
