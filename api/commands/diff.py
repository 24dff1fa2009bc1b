"""``shouwang diff``: what changes, for whom, when more becomes known."""

import argparse
from pathlib import Path

from api.diff_answers import compared_answer, compared_text
from api.files import told_in
from api.options import Commands, add_command, add_rules, as_json, when
from api.sources import asked_at, source_of
from tracing.comparing import MORE, compared


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
    more = book.with_more(source.told(told_in(options.more, book, MORE)))
    found = compared(book, more, asked, source.assessed)
    if options.json:
        return as_json(compared_answer(found, options.language))
    return compared_text(found, options.language)
