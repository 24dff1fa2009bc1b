"""``shouwang restore``: a backup, or any fact file, into an empty database, with the times of recording."""

import argparse

from api.alongside import made_alongside
from api.clock import instant
from api.commands.init import add_charter, chartered_as_asked
from api.files import lines_of
from api.options import Commands, add_facts, add_plain_command
from api.sealed_lines import open_lines
from api.upkeep import work_through
from api.wiring import register_at
from tracing.restoring import restore


def add(commands: Commands) -> None:
    """Add the command."""
    text = "make an empty database (new if there is none) hold the facts of a file, recorded when it says"
    command = add_plain_command(commands, "restore", text, _run)
    add_facts(command, "a file that `backup` wrote, or any fact file")
    command.add_argument("--later", action="store_true", help="leave the answers to `shouwang work`")
    add_charter(command)


def _run(options: argparse.Namespace) -> str:
    # What was sealed elsewhere is opened first: without its keys, no new ones are made.
    sealed, faults = lines_of(options.facts)
    lines, keys = open_lines(sealed)
    chartered_as_asked(options)
    register = register_at(options.database, unfinished=True)
    rules = register.rules
    facts = restore(
        register.store,
        rules,
        lines,
        lambda: instant(rules.zone),
        faults=faults,
        keys=keys,
        alongside=made_alongside,
    )
    if options.later:
        return f"{facts} facts restored; `shouwang work` works out the answers\n"
    return f"{facts} facts restored, {work_through(register)} people worked on\n"
