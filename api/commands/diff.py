"""``shouwang diff``: what changes, for whom, when more becomes known."""

import argparse
from pathlib import Path

from api.diff_answers import diff_answer, diff_text
from api.files import read_more
from api.options import Commands, add_command, add_rules, as_json, assessed, known_facts, question_at, when
from tracing.consequences import Knowledge, News, consequences
from tracing.factbook import FactBook
from tracing.intake import File
from tracing.question import Question

MORE = File(1, "MORE")


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "diff", "what changes, for whom, when more becomes known", _run)
    command.add_argument(
        "--add", required=True, dest="more", type=Path, metavar="MORE", help="a file of further facts"
    )
    add_rules(command)
    command.add_argument("--as-of", type=when, metavar="WHEN", help="the moment judged (default: now)")


def _run(options: argparse.Namespace) -> str:
    book, known = known_facts(options)
    more = read_more(options.more, book, MORE)
    known_at = options.known_at.last if options.known_at else None
    question = question_at(options, known, options.as_of)
    before = _knowledge(book, question)
    after = _knowledge(more, question._replace(known=more.known(known_at)))
    changes = consequences(before, after, [News(*each) for each in more.news(MORE, known_at)])
    if options.json:
        return as_json(diff_answer(changes, options.language))
    return diff_text(changes, options.language)


def _knowledge(book: FactBook, question: Question) -> Knowledge:
    return Knowledge(question.known, {each.person: each for each in assessed(book, question)})
