"""``shouwang release-list``: who may be released on a day, who may not and why."""

import argparse
from pathlib import Path

from api.documents import FORMATS, write
from api.list_phrases import PHRASES
from api.lists import Reader, release_list_answer
from api.options import Commands, add_area_and_day, add_command, add_rules, as_json
from api.paper import paper_text
from api.release_paper import release_paper
from api.sources import asked_of_day, source_of
from tracing.release_list import release_list


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "release-list", "who may be released on a day, who may not and why", _run)
    add_area_and_day(command)
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook, with names")
    command.add_argument("--docx", type=Path, metavar="FILE", help="write a list to sign, with names")
    add_rules(command)


def _run(options: argparse.Namespace) -> str:
    source, language = source_of(options), options.language
    files = {kind: getattr(options, kind) for kind in FORMATS if getattr(options, kind)}
    asked = asked_of_day(options, source)
    question, assessments, unanswered = source.of_area(asked, options.area, named=bool(files))
    found = release_list(question, assessments, options.area, unanswered=unanswered)
    for kind, file in files.items():
        write(file, kind, release_paper(question, found, language, named=True), question.as_of)
    if options.json:
        return as_json(release_list_answer(question, found, Reader(language)))
    written = "".join(PHRASES["written"][language].format(file=file) + "\n" for file in files.values())
    return written or paper_text(release_paper(question, found, language))
