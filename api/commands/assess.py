"""``shouwang assess``: what every person in the file is, and must do."""

import argparse

from api.answers import assess_answer
from api.options import (
    Commands,
    add_command,
    add_rules,
    as_json,
    assessed,
    known_facts,
    people_asked,
    question_at,
    when,
)
from api.tables import assess_text


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "assess", "what every person in the file is, and must do", _run)
    add_rules(command, protocol=None)
    command.add_argument("--as-of", type=when, metavar="WHEN", help="the moment judged (default: now)")
    command.add_argument("--person", action="append", metavar="ID", help="only this person; may be repeated")


def _run(options: argparse.Namespace) -> str:
    book, known = known_facts(options)
    question = question_at(options, known, options.as_of)
    people = people_asked(known, options.person)
    assessments = assessed(book, question, people)
    if options.json:
        return as_json(assess_answer(question, assessments, options.language))
    return assess_text(assessments, options.language)
