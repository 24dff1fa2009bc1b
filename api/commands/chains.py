"""``shouwang chains``: exposure chains in time order."""

import argparse

from api.answers import chains_answer
from api.files import read_facts
from api.options import Commands, add_command, as_json, people_asked, when
from api.tables import chains_text
from tracing.chains import Bounds, Direction, chains
from tracing.network import contact_network


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "chains", "exposure chains in time order", _run)
    command.add_argument("--person", required=True, metavar="ID", help="whose chains")
    command.add_argument("--direction", type=Direction, choices=list(Direction), default=Direction.FORWARD)
    command.add_argument("--since", type=when, metavar="WHEN", help="nothing before")
    command.add_argument("--until", type=when, metavar="WHEN", help="nothing later")
    command.add_argument("--generations", type=_steps, metavar="N", help="at most so many steps")


def _steps(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps, 1 or more")
    return int(text)


def _run(options: argparse.Namespace) -> str:
    known = read_facts(options.facts).known()
    person = people_asked(known, [options.person])[0]
    bounds = Bounds(options.since, options.until, options.generations)
    reached = chains(contact_network(known), person, options.direction, bounds)
    if options.json:
        return as_json(chains_answer(person, options.direction, reached))
    return chains_text(options.direction, reached, options.language)
