"""``shouwang assess``: what every person is, and must do."""

import argparse

from api.answers import assess_answer
from api.options import Commands, add_command, add_rules, as_json, when
from api.sources import asked_at, source_of
from api.tables import assess_text


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "assess", "what every person is, and must do", _run)
    add_rules(command, needs_protocol=True)
    command.add_argument("--as-of", type=when, metavar="WHEN", help="the moment judged (default: now)")
    command.add_argument("--person", action="append", metavar="ID", help="only this person; may be repeated")


def _run(options: argparse.Namespace) -> str:
    source = source_of(options)
    found = source.of_people(asked_at(options, source, options.as_of), options.person)
    if options.json:
        return as_json(assess_answer(found.question, found.assessments, options.language))
    return assess_text(found.assessments, options.language)
