"""``shouwang report``: the daily figures of an area, as known at the cut-off."""

import argparse
from pathlib import Path

from api.files import write_file
from api.list_phrases import PHRASES
from api.options import Commands, add_command, add_rules, as_json, when
from api.report_answers import report_answer, report_text
from api.sources import asked_at, source_of
from tracing.phrases import Language
from tracing.question import Question
from tracing.report import Report
from tracing.reporting import reported


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "report", "the daily figures of an area, as known at the cut-off", _run)
    command.add_argument("--area", required=True, metavar="CODE", help="the area and all that lie in it")
    command.add_argument("--at", required=True, type=when, metavar="WHEN", help="the cut-off")
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook")
    add_rules(command)


def _run(options: argparse.Namespace) -> str:
    source = source_of(options)
    question, found = reported(
        source.book(), asked_at(options, source, options.at), options.area, source.assessed
    )
    if options.xlsx:
        _write(options.xlsx, question, found, options.language)
    if options.json:
        return as_json(report_answer(question, found, options.language))
    if options.xlsx:
        return PHRASES["written"][options.language].format(file=options.xlsx) + "\n"
    return report_text(question, found, options.language)


def _write(file: Path, question: Question, found: Report, language: Language) -> None:
    # Its library loads slower than most answers are given, and few answers become workbooks.
    from api.report_sheets import report_workbook

    write_file(file, report_workbook(question, found, language))
