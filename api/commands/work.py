"""``shouwang work``: keeps the answers in the database up, in the background."""

import argparse
import signal
import threading

from api.options import Commands, add_database, add_plain_command
from api.progress import note
from api.upkeep import work_through
from api.wiring import close_stores, register_at
from tracing.ports import Busy, StoreTrouble

PAUSE_S = 2.0


def add(commands: Commands) -> None:
    """Add the command."""
    text = "keep answers up: work out anew what is marked or has run out, until stopped"
    command = add_plain_command(commands, "work", text, _run)
    command.add_argument("--once", action="store_true", help="only what waits now, then end")
    command.add_argument("--all", action="store_true", help="mark everybody first, then as --once")
    add_database(command)


def _run(options: argparse.Namespace) -> str:
    register = register_at(options.database)
    if options.all:
        register.store.write(lambda records: records.mark_stale(records.people()))
    if options.once or options.all:
        worked = work_through(register)
        left = len(register.store.read(lambda records: records.stale()))
        waits = f"{left} are leased by others or have no answer" if left else "nothing waits"
        return f"{worked} people worked on, {waits}\n"
    _until_stopped(options.database)
    return ""


def _until_stopped(url: str | None) -> None:
    """Work, and wait where there is nothing to do, until told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    was_reached = False
    while not stopped.is_set():
        try:
            # The rules may have been changed meanwhile: they are read anew each time.
            work_through(register_at(url), stopped.is_set)
            was_reached = True
        except StoreTrouble as trouble:
            # A server that was there will be there again; one that never was is perhaps another.
            if not was_reached and not isinstance(trouble, Busy):
                raise
            note(str(trouble))
        finally:
            close_stores()
        stopped.wait(PAUSE_S)
