"""The command line: reads options and facts, asks, prints the answer, chooses the exit status."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from api.answers import assess_answer, chains_answer
from api.clock import now
from api.files import read_facts
from api.progress import progress
from api.rulebooks import NoSuchProtocol, rulings
from api.tables import assess_text, chains_text
from tracing.assessment import assess
from tracing.chains import Bounds, Direction, chains
from tracing.days import DEFAULT_ZONE, Span, read_when
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.known import Known
from tracing.network import contact_network
from tracing.phrases import Language
from tracing.question import Question
from tracing.rules import NoSuchEdition, RuleNotInForce

DOES_NOT_EXIST = 1
BAD_INPUT = 2


class NoSuchPerson(LookupError):
    """Somebody asked for is not in the facts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 answered, 1 no such thing, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        _print(options.run(options))
    except (NoSuchPerson, NoSuchProtocol, NoSuchEdition, RuleNotInForce) as trouble:
        return _fail(str(trouble), DOES_NOT_EXIST)
    except Refused as refused:
        return _fail(str(refused), BAD_INPUT)
    except OSError as trouble:
        return _fail(
            f"{trouble.filename}: {trouble.strerror}; the name of a readable fact file would be right",
            BAD_INPUT,
        )
    return 0


def _fail(sentence: str, status: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def command_names() -> list[str]:
    """Return the names of all commands."""
    return list(COMMANDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shouwang",
        description="Contact tracing and quarantine: what every person is, until when, and why.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in COMMANDS.values():
        add(commands)
    return parser


def _add_command(commands: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.add_argument(
        "facts", metavar="FACTS", type=Path, help="a fact file (*.facts.jsonl, or a JSON array)"
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.add_argument(
        "--language", type=Language, choices=list(Language), default=_language(), help="zh or en"
    )
    command.set_defaults(run=run)
    return command


def _add_assess(commands: Any) -> None:
    command = _add_command(commands, "assess", "what every person in the file is, and must do", _assess)
    command.add_argument("--protocol", required=True, metavar="ID", help="the rule book")
    command.add_argument("--edition", metavar="E", help="pin one edition; without it those in force decide")
    command.add_argument("--as-of", type=_when, metavar="WHEN", help="the moment judged (default: now)")
    command.add_argument("--known-at", type=_when, metavar="WHEN", help="leave out what was recorded later")
    command.add_argument("--person", action="append", metavar="ID", help="only this person; may be repeated")


def _add_chains(commands: Any) -> None:
    command = _add_command(commands, "chains", "exposure chains in time order", _chains)
    command.add_argument("--person", required=True, metavar="ID", help="whose chains")
    command.add_argument("--direction", type=Direction, choices=list(Direction), default=Direction.FORWARD)
    command.add_argument("--since", type=_when, metavar="WHEN", help="nothing before")
    command.add_argument("--until", type=_when, metavar="WHEN", help="nothing later")
    command.add_argument("--generations", type=_steps, metavar="N", help="at most so many steps")


def _when(text: str) -> Span:
    try:
        return read_when(text, DEFAULT_ZONE)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day (2020-02-01) or time (2020-02-01T08:00)"
        ) from None


def _steps(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps, 1 or more")
    return int(text)


def _language() -> Language:
    return Language.ZH if os.environ.get("LANG", "").startswith("zh") else Language.EN


def _assess(options: argparse.Namespace) -> str:
    ruled = rulings(options.protocol, options.edition)
    book = read_facts(options.facts)
    known = book.known(options.known_at.last if options.known_at else None)
    as_of = options.as_of.last if options.as_of else now(book.zone)
    question = Question(known, ruled, as_of)
    people = _people(known, options.person)
    try:
        assessments = list(progress(assess(question, people), "assessing", len(people)))
    except Refused as refused:
        raise Refused(_on_its_line(book, fault) for fault in refused.faults) from None
    if options.json:
        return _json(assess_answer(question, assessments, options.language))
    return assess_text(question, assessments, options.language)


def _people(known: Known, asked: Sequence[str] | None) -> list[str]:
    """Return those asked for, each under the id they are answered; by default everybody."""
    for person in asked or ():
        if not known.is_person(person):
            raise NoSuchPerson(f"no person {person!r} in the facts")
    return list(dict.fromkeys(known.answers_for(person) for person in asked)) if asked else known.people


def _on_its_line(book: FactBook, fault: Fault) -> Fault:
    fact_id = fault.where.removeprefix("fact ")
    return fault._replace(where=f"line {book.line_of(fact_id)}") if fact_id != fault.where else fault


def _chains(options: argparse.Namespace) -> str:
    known = read_facts(options.facts).known()
    person = _people(known, [options.person])[0]
    bounds = Bounds(options.since, options.until, options.generations)
    reached = chains(contact_network(known), person, options.direction, bounds)
    if options.json:
        return _json(chains_answer(person, options.direction, reached))
    return chains_text(person, options.direction, reached, options.language)


def _json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


COMMANDS: dict[str, Callable[[Any], None]] = {
    "assess": _add_assess,
    "chains": _add_chains,
}
