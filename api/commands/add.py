"""``shouwang add``: facts into the database, and what follows from them for whom."""

import argparse

from api.clock import instant
from api.consequence_answers import recorded_answer, recorded_text
from api.files import lines_of
from api.options import Commands, add_command, as_json
from api.progress import note
from api.upkeep import note_destroyed_or_say, work_through
from api.wiring import register_at
from tracing.casework import record


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "add", "add facts to the database; says who changes, and why", _run)
    command.add_argument(
        "--later", action="store_true", help="leave what so many facts change to `shouwang work`"
    )


def _run(options: argparse.Namespace) -> str:
    register = register_at(options.database)
    rules = register.rules
    lines, faults = lines_of(options.facts)
    if any(isinstance(raw, dict) and raw.get("recorded_at") for _, raw in lines):
        note("recorded_at in the file is not taken: these facts are recorded now (`restore` keeps it)")
    done = record(register.store, rules, lines, lambda: instant(rules.zone), faults=faults)
    note_destroyed_or_say(register.store)
    if done.waiting and not options.later:
        work_through(register)
    if options.json:
        return as_json(recorded_answer(done, options.language))
    return recorded_text(done, options.language)
