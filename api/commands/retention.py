"""``shouwang retention``: who people are is erased of whom it need not be known any longer."""

import argparse

from api.clock import instant, now
from api.options import Commands, add_database, add_plain_command, add_reason, check_reason, when
from api.trail import note_command
from api.upkeep import note_destroyed_or_say
from api.wiring import register_and_office_at
from tracing.casework import record
from tracing.paging import pages
from tracing.register import Asked
from tracing.retention import no_longer_needed

_AT_ONCE = 200


def add(commands: Commands) -> None:
    """Add the command."""
    text = "erase who people are about whom nothing is to be done, and nothing was recorded since a day"
    command = add_plain_command(commands, "retention", text, _run)
    command.add_argument(
        "--unused-since", type=when, metavar="DAY", required=True, help="nothing was recorded from then on"
    )
    add_reason(command)
    command.add_argument("--yes", action="store_true", help="erase them; without it they are only counted")
    add_database(command)


def _run(options: argparse.Namespace) -> str:
    if options.yes:
        check_reason(options)
    register, office = register_and_office_at(options.database)
    rules, store = register.rules, register.store
    since = options.unused_since.in_zone(rules.zone).first
    people = no_longer_needed(register, Asked(rules.rulings, now(rules.zone)), since)
    if not options.yes:
        return f"{len(people)} people would be erased; --yes with a --reason does it\n"
    note_command(office, instant(rules.zone), "retention", options.reason)
    for page in pages(people, _AT_ONCE):
        facts = [{"fact": "erasure", "person": each, "reason": options.reason} for each in page]
        record(store, rules, enumerate(facts, 1), lambda: instant(rules.zone))
        note_destroyed_or_say(store)
    return f"{len(people)} people erased\n"
