"""``shouwang diff``: what changes, for whom, when more becomes known."""

import argparse
from pathlib import Path

from api.diff_answers import diff_answer, diff_text
from api.files import read_more
from api.options import Commands, add_command, add_rules, as_json, when
from api.sources import asked_at, assessed, source_of
from tracing.consequences import Knowledge, News, consequences
from tracing.factbook import FactBook
from tracing.intake import File
from tracing.question import Question
from tracing.register import Asked

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
    source = source_of(options)
    book, asked = source.book(), asked_at(options, source, options.as_of)
    more = read_more(options.more, book, MORE)
    before, after = (_knowledge(each, asked) for each in (book, more))
    changes = consequences(before, after, [News(*each) for each in more.news(MORE, asked.known_at)])
    if options.json:
        return as_json(diff_answer(changes, options.language))
    return diff_text(changes, options.language)


def _knowledge(book: FactBook, asked: Asked) -> Knowledge:
    question = Question(book.known(asked.known_at), asked.rulings, asked.as_of)
    return Knowledge(question.known, {each.person: each for each in assessed(book, question)})
