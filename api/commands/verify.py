"""``shouwang verify``: whether every answer kept is what the facts give."""

import argparse

from api.clock import instant
from api.options import Commands, add_database, add_plain_command
from api.wiring import register_at
from tracing.ports import StoreTrouble
from tracing.verifying import verify


class NotInOrder(StoreTrouble):
    """What a database keeps is not what its facts give; the message says where."""


def add(commands: Commands) -> None:
    """Add the command."""
    text = "work everything out from the facts and compare it with what is kept"
    add_database(add_plain_command(commands, "verify", text, _run))


def _run(options: argparse.Namespace) -> str:
    register = register_at(options.database)
    found = verify(register, instant(register.rules.zone))
    wrong = [*register.store.faults(), *found.differences]
    if wrong:
        right = "`shouwang work --all` works everything out anew from the facts"
        raise NotInOrder("\n".join([*wrong, f"{len(wrong)} faults found; {right}"]))
    return (
        f"{found.people} people, {found.kept} answers kept, {found.waiting} waiting to be worked out; "
        "everything is as the facts give it\n"
    )
