"""What the commands share: their options, the facts they read, the question they ask."""

import argparse
import gc
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from api.clock import now
from api.files import read_facts
from api.progress import progress
from api.rulebooks import rulings
from tracing.areas import NoSuchArea
from tracing.assessment import Assessment, assess
from tracing.days import DEFAULT_ZONE, Span, read_day, read_when, whole
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.known import Known
from tracing.phrases import Language
from tracing.question import Question
from tracing.responsibility import is_known_area

Commands = Any
DEFAULT_PROTOCOL = "nhc-covid19"


class NoSuchPerson(LookupError):
    """Somebody asked for is not in the facts."""


def add_command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], str]
) -> argparse.ArgumentParser:
    """Return a new command that reads a fact file; ``run`` returns what it prints."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.add_argument(
        "facts", metavar="FACTS", type=Path, help="a fact file (*.facts.jsonl, or a JSON array)"
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.add_argument("--language", type=Language, choices=list(Language), default=language_of_terminal())
    command.set_defaults(run=run)
    return command


def add_rules(command: argparse.ArgumentParser, *, protocol: str | None = DEFAULT_PROTOCOL) -> None:
    """Add the options that choose the rules and what was known."""
    required = protocol is None
    command.add_argument(
        "--protocol", required=required, default=protocol, metavar="ID", help="the rule book"
    )
    command.add_argument("--edition", metavar="E", help="pin one edition; without it those in force decide")
    command.add_argument("--overlay", metavar="NAME", help="a jurisdiction's variant of the rule book")
    command.add_argument("--known-at", type=when, metavar="WHEN", help="leave out what was recorded later")


def add_area_and_day(command: argparse.ArgumentParser) -> None:
    """Add the options that say whose list it is, and of which day."""
    command.add_argument("--area", required=True, metavar="CODE", help="the area and all that lie in it")
    command.add_argument("--day", required=True, type=day, metavar="D", help="the day judged, at its end")


def when(text: str) -> Span:
    """Read an option that is a day or a time."""
    try:
        return read_when(text, DEFAULT_ZONE)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day (2020-02-01) or time (2020-02-01T08:00)"
        ) from None


def day(text: str) -> Any:
    """Read an option that is a calendar day."""
    try:
        return read_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no calendar day such as 2020-02-01") from None


def language_of_terminal() -> Language:
    """Return Chinese where the terminal speaks it, else English."""
    return Language.ZH if os.environ.get("LANG", "").startswith("zh") else Language.EN


def known_facts(options: argparse.Namespace) -> tuple[FactBook, Known]:
    """Return the facts of the file named, and what of them was known at ``--known-at``."""
    book = read_facts(options.facts)
    known = book.known(options.known_at.last if options.known_at else None)
    # The facts stay until the command ends: the garbage collector need not go through them again.
    gc.freeze()
    return book, known


def question_at(options: argparse.Namespace, known: Known, moment: Span | None) -> Question:
    """Return the question that the options ask, judged at a moment or now."""
    as_of = moment.last if moment else now(known.zone)
    return Question(known, rulings(options.protocol, options.edition, options.overlay), as_of)


def question_of_day(options: argparse.Namespace, known: Known) -> Question:
    """Return the question asked of the area and the day named, judged at the end of the day.

    Raises:
        NoSuchArea: if nothing recorded lies in the area.
    """
    if not is_known_area(known, options.area):
        raise NoSuchArea(options.area)
    return question_at(options, known, whole(options.day, known.zone))


def people_asked(known: Known, asked: Sequence[str] | None) -> list[str]:
    """Return those asked for, each under the id they are answered; by default everybody.

    Raises:
        NoSuchPerson: naming the first who is not known.
    """
    for person in asked or ():
        if not known.is_person(person):
            raise NoSuchPerson(f"no person {person!r} in the facts")
    return list(dict.fromkeys(known.answers_for(person) for person in asked)) if asked else known.people


def assessed(book: FactBook, question: Question, people: Sequence[str] | None = None) -> list[Assessment]:
    """Return the assessments of people, by default of everybody known, with a progress bar.

    Raises:
        Refused: naming the place in the book of each fact that the rules do not allow.
    """
    asked = question.known.people if people is None else people
    try:
        return list(progress(assess(question, asked), "assessing", len(asked)))
    except Refused as refused:
        raise Refused(_in_its_place(book, fault) for fault in refused.faults) from None


def _in_its_place(book: FactBook, fault: Fault) -> Fault:
    fact_id = fault.where.removeprefix("fact ")
    return fault._replace(where=book.place_of(fact_id)) if fact_id != fault.where else fault


def as_json(answer: Any) -> str:
    """Return an answer as JSON text, Chinese readable."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
