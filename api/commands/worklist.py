"""``shouwang worklist``: whom an officer of an area sees on a day."""

import argparse
from pathlib import Path

from api.documents import write
from api.list_phrases import PHRASES
from api.lists import Reader, worklist_answer
from api.options import Commands, add_area_and_day, add_command, add_rules, as_json
from api.paper import paper_text
from api.sources import asked_of_day, source_of
from api.worklist_paper import worklist_paper
from tracing.facts.vocabulary import Slot
from tracing.worklist import worklist


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "worklist", "whom an officer of an area sees on a day, and why", _run)
    add_area_and_day(command)
    command.add_argument("--slot", type=Slot, choices=list(Slot), help="only the checks of one half of a day")
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook, with names and phones")
    add_rules(command)


def _run(options: argparse.Namespace) -> str:
    source, language = source_of(options), options.language
    asked = asked_of_day(options, source)
    question, assessments, unanswered = source.of_area(asked, options.area, named=bool(options.xlsx))
    found = worklist(question, assessments, options.area, options.slot, unanswered=unanswered)
    if options.xlsx:
        write(options.xlsx, "xlsx", worklist_paper(question, found, language, named=True), question.as_of)
    if options.json:
        return as_json(worklist_answer(question, found, Reader(language)))
    if options.xlsx:
        return PHRASES["written"][language].format(file=options.xlsx) + "\n"
    return paper_text(worklist_paper(question, found, language))
