"""``shouwang rules``: what is in force and why, what an edition changes in text and for people."""

import argparse
from datetime import date
from pathlib import Path

from api.clock import instant
from api.diff_answers import compared_answer, compared_text
from api.options import (
    DEFAULT_PROTOCOL,
    Commands,
    Run,
    Told,
    add_command,
    add_database,
    add_language,
    as_json,
    day,
    when,
)
from api.report_phrases import PHRASES
from api.rule_pages import changes_text, edition_text, editions_text
from api.rulebooks import book_texts, protocols, rule_book, rulings
from api.sources import asked_at, source_of
from api.upkeep import work_through
from api.wiring import register_at
from tracing.activation import activate, who_changes
from tracing.book_texts import read_rule_book
from tracing.comparing import between
from tracing.days import DEFAULT_ZONE
from tracing.question import Question
from tracing.rulings import Rulings
from tracing.stated import changes


def add(commands: Commands) -> None:
    """Add the command with its own commands."""
    text = "the rule books: what is in force and why, and what an edition changes"
    rules = commands.add_parser("rules", help=text, description=text)
    own = rules.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_list(own)
    _add_show(own)
    _add_check(own)
    _add_diff(own)
    _add_who_changes(own)
    _add_activate(own)


def _add(own: Commands, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = own.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _add_protocol(command: argparse.ArgumentParser) -> None:
    command.add_argument("--protocol", default=DEFAULT_PROTOCOL, metavar="ID", help="the rule book")
    command.add_argument("--overlay", metavar="NAME", help="a jurisdiction's variant of the rule book")


def _add_list(own: Commands) -> None:
    command = _add(own, "list", "every protocol and edition, and what is in force on a day", _list)
    command.add_argument("--on", type=day, metavar="DAY", help="mark what is in force on this day")


def _list(options: argparse.Namespace) -> str:
    return editions_text([rule_book(protocol) for protocol in protocols()], _day(options.on))


def _day(told: Told | None) -> date | None:
    return told.in_zone(DEFAULT_ZONE).first_day if told else None


def _add_show(own: Commands) -> None:
    command = _add(own, "show", "every rule of an edition, with source and evidence", _show)
    _add_protocol(command)
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--edition", metavar="E", help="this edition")
    which.add_argument("--on", type=day, metavar="DAY", help="the edition in force on this day")


def _show(options: argparse.Namespace) -> str:
    ruled = rulings(options.protocol, options.edition, options.overlay)
    return edition_text(
        ruled.book, ruled.pinned or ruled.book.in_force(options.on.in_zone(DEFAULT_ZONE).first_day)
    )


def _add_check(own: Commands) -> None:
    command = _add(own, "check", "whether a rule book contradicts itself", _check)
    command.add_argument("book", type=Path, metavar="BOOK", help="a rule book (*.toml)")
    command.add_argument("--overlay", type=Path, metavar="FILE", help="an overlay to lay over it")


def _check(options: argparse.Namespace) -> str:
    overlay = options.overlay.read_text(encoding="utf-8") if options.overlay else None
    book = read_rule_book(options.book.name, options.book.read_text(encoding="utf-8"), overlay)
    return f"{options.book.name}: {len(book.editions)} editions of {book.protocol}, no contradiction\n"


def _add_diff(own: Commands) -> None:
    command = _add(own, "diff", "what changes from one edition to another", _diff)
    command.add_argument("older", metavar="EDITION", help="from this edition")
    command.add_argument("newer", metavar="EDITION", help="to this edition")
    _add_protocol(command)


def _diff(options: argparse.Namespace) -> str:
    book = rule_book(options.protocol, options.overlay)
    return changes_text(book, changes(book.edition(options.older), book.edition(options.newer)))


def _add_who_changes(own: Commands) -> None:
    text = "for whom an edition changes category, last day, state or place"
    command = add_command(own, "who-changes", text, _who_changes)
    _add_protocol(command)
    command.add_argument("--from", dest="older", required=True, metavar="E", help="from this edition")
    command.add_argument("--to", dest="newer", required=True, metavar="E", help="to this edition")
    command.add_argument("--known-at", type=when, metavar="WHEN", help="leave out what was recorded later")
    command.add_argument("--as-of", type=when, metavar="WHEN", help="the moment judged (default: now)")


def _who_changes(options: argparse.Namespace) -> str:
    source, options.needs_protocol = source_of(options), False
    book, states = source.book(), []
    for edition in (options.older, options.newer):
        options.edition = edition
        asked = asked_at(options, source, options.as_of)
        question = Question(book.known(asked.known_at), asked.rulings, asked.as_of)
        states.append(source.assessed(book, question))
    found = between(states[0], states[1], ())
    if options.json:
        return as_json(compared_answer(found, options.language))
    return compared_text(found, options.language)


def _add_activate(own: Commands) -> None:
    text = "who changes under the rules of this program, and put them in force in the database"
    command = _add(own, "activate", text, _activate)
    command.add_argument(
        "--yes", action="store_true", help="put them in force; without it only say who changes"
    )
    command.add_argument("--later", action="store_true", help="leave the answers to `shouwang work`")
    add_database(command)
    add_language(command)


def _activate(options: argparse.Namespace) -> str:
    register, language = register_at(options.database), options.language
    charter = register.store.read(lambda records: records.charter())
    if charter is None or charter.digest == register.rules.digest:
        return PHRASES["rules_in_force"][language] + "\n"
    texts = register.store.read(lambda records: records.rule_texts(charter.digest))
    before = Rulings(read_rule_book(f"{charter.protocol}.toml", *texts))
    at = instant(register.rules.zone)
    changed = compared_text(who_changes(register, before, at), language)
    if not options.yes:
        return changed + PHRASES["not_activated"][language] + "\n"
    ours = book_texts(charter.protocol, charter.overlay)
    register.store.write(lambda records: activate(records, register.rules, ours, at))
    if not options.later:
        work_through(register)
    return changed + PHRASES["activated"][language] + "\n"
