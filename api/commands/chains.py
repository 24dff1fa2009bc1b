"""``shouwang chains``: exposure chains in time order."""

import argparse
from zoneinfo import ZoneInfo

from api.answers import chains_answer
from api.options import Commands, Told, add_command, as_json, when
from api.sources import answered_for, source_of
from api.tables import chains_text
from tracing.chains import Bounds, Direction
from tracing.days import Span


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


def _span(told: Told | None, zone: ZoneInfo) -> Span | None:
    return told.in_zone(zone) if told else None


def _run(options: argparse.Namespace) -> str:
    source = source_of(options)
    since, until = (_span(told, source.zone) for told in (options.since, options.until))
    bounds = Bounds(since, until, options.generations)
    known, reached = source.chains_of(options.person, options.direction, bounds)
    (person,) = answered_for(known, [options.person])
    if options.json:
        return as_json(chains_answer(person, options.direction, reached))
    return chains_text(options.direction, reached, options.language)
