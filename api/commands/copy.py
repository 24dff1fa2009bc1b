"""``shouwang copy``: all facts of one database into an empty other, of either kind."""

import argparse

from api.clock import instant
from api.commands.init import chartered
from api.options import Commands, add_plain_command
from api.upkeep import work_through
from api.wiring import charter_there, register_at, store_at
from tracing.faults import Fault, Refused
from tracing.restoring import copy


def add(commands: Commands) -> None:
    """Add the command."""
    text = (
        "copy every fact of one database into an empty other; goes on where it broke off, checks at the end"
    )
    command = add_plain_command(commands, "copy", text, _run)
    command.add_argument(
        "--from", dest="source", required=True, metavar="URL", help="copy from this database"
    )
    command.add_argument("--to", dest="target", required=True, metavar="URL", help="to this one")
    command.add_argument("--later", action="store_true", help="leave the answers to `shouwang work`")


def _run(options: argparse.Namespace) -> str:
    source = register_at(options.source)
    charter = charter_there(source.store)
    store = store_at(options.target)
    if charter:
        there, _ = chartered(store, charter)
        if (there.protocol, there.overlay, there.zone) != (charter.protocol, charter.overlay, charter.zone):
            right = f"a database for {charter.protocol}, zone {charter.zone}, would be right"
            raise Refused([Fault("--to", "", f"a database for {there.protocol}, zone {there.zone}", right)])
    target = register_at(options.target, unfinished=True)
    facts = copy(source, target, lambda: instant(target.rules.zone))
    worked = "" if options.later else f", {work_through(target)} people worked on"
    return f"{store.name}: {facts} facts copied, the same as in {source.store.name}{worked}\n"
