"""The options that commands share, and what they mean."""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tracing.days import DEFAULT_ZONE, Span, read_day, read_when
from tracing.faults import Fault, Refused
from tracing.phrases import Language

Commands = Any
Run = Callable[[argparse.Namespace], str]
DEFAULT_PROTOCOL = "nhc-covid19"


class Told(NamedTuple):
    """A day or a time as it was told, to be understood in the zone of the facts."""

    text: str

    def in_zone(self, zone: ZoneInfo) -> Span:
        """Return the instant, or the whole of the local day."""
        return read_when(self.text, zone)


def add_plain_command(commands: Commands, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    """Return a new command; ``run`` returns what it prints."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def add_command(commands: Commands, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    """Return a new command that asks something of facts; ``run`` returns what it prints."""
    command = add_plain_command(commands, name, text, run)
    add_facts(command, "a fact file (*.facts.jsonl, or a JSON array), or - for the database")
    command.add_argument("--json", action="store_true", help="answer in JSON")
    add_language(command)
    return command


def add_facts(command: argparse.ArgumentParser, text: str) -> None:
    """Add the fact file that a command reads, and the database."""
    command.add_argument("facts", metavar="FACTS", type=Path, help=text)
    add_database(command)


def add_database(command: argparse.ArgumentParser) -> None:
    """Add the option that names the database."""
    text = "the database: a path, or bolt://… (default: SHOUWANG_DATABASE, else a file in the data folder)"
    command.add_argument("--database", metavar="URL", help=text)


def add_language(command: argparse.ArgumentParser) -> None:
    """Add the option that chooses the language of an answer."""
    command.add_argument("--language", type=Language, choices=list(Language), default=language_of_terminal())


def add_rules(command: argparse.ArgumentParser, *, needs_protocol: bool = False) -> None:
    """Add the options that choose the rules and what was known."""
    default = "needed for a file" if needs_protocol else f"default for a file: {DEFAULT_PROTOCOL}"
    command.add_argument(
        "--protocol", metavar="ID", help=f"the rule book ({default}; a database has its own)"
    )
    command.add_argument("--edition", metavar="E", help="pin one edition; without it those in force decide")
    command.add_argument("--overlay", metavar="NAME", help="a jurisdiction's variant of the rule book")
    command.add_argument("--known-at", type=when, metavar="WHEN", help="leave out what was recorded later")
    command.set_defaults(needs_protocol=needs_protocol)


def add_area_and_day(command: argparse.ArgumentParser) -> None:
    """Add the options that say whose list it is, and of which day."""
    command.add_argument("--area", required=True, metavar="CODE", help="the area and all that lie in it")
    command.add_argument("--day", required=True, type=day, metavar="D", help="the day judged, at its end")


def when(text: str) -> Told:
    """Read an option that is a day or a time."""
    try:
        read_when(text, DEFAULT_ZONE)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day (2020-02-01) or time (2020-02-01T08:00)"
        ) from None
    return Told(text)


def day(text: str) -> Told:
    """Read an option that is a calendar day."""
    try:
        read_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no calendar day such as 2020-02-01") from None
    return Told(text)


def add_reason(command: argparse.ArgumentParser) -> None:
    """Add the option that says why somebody does what needs a reason."""
    command.add_argument("--reason", metavar="TEXT", help="why, for the trail")


def check_reason(options: argparse.Namespace) -> None:
    """Check that a reason is given.

    Raises:
        Refused: if none is.
    """
    if not (options.reason or "").strip():
        raise Refused([Fault("--reason", "", "nothing", "why this must be done would be right")])


def language_of_terminal() -> Language:
    """Return Chinese where the terminal speaks it, else English."""
    return Language.ZH if os.environ.get("LANG", "").startswith("zh") else Language.EN


def as_json(answer: Any) -> str:
    """Return an answer as JSON text, Chinese readable."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
