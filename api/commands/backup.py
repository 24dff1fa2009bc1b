"""``shouwang backup``: every fact in the database into a fact file."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from api.clock import instant
from api.options import Commands, add_database, add_plain_command, add_reason, check_reason
from api.progress import progress
from api.sealed_lines import Line, lines_for
from api.trail import note_command
from api.whole_files import write_whole
from api.wiring import register_and_office_at
from tracing.faults import Fault, Refused
from tracing.paging import pages
from tracing.register import Register
from tracing.storing import as_handed_in

_PAGE = 5_000


def add(commands: Commands) -> None:
    """Add the command."""
    text = "write every fact in the database into a file that `restore` reads; who people are stays sealed"
    command = add_plain_command(commands, "backup", text, _run)
    command.add_argument("file", metavar="FILE", type=Path, help="the file; one that is there is replaced")
    command.add_argument(
        "--clear", action="store_true", help="with who people are for all to read; needs a reason"
    )
    add_reason(command)
    add_database(command)


def _run(options: argparse.Namespace) -> str:
    if options.clear:
        check_reason(options)
    register, office = register_and_office_at(options.database)
    if options.clear:
        note_command(office, instant(register.rules.zone), "backup --clear", options.reason)
    last = register.store.read(lambda facts: facts.last()[0])
    lines = _clear_lines(register, last) if options.clear else _sealed_lines(register, last)
    try:
        write_whole(options.file, map(_written, progress(lines, "writing facts", last)))
    except OSError as trouble:
        right = "the name of a file that can be written would be right"
        raise Refused([Fault(str(options.file), "", str(trouble.strerror), right)]) from None
    return f"{options.file}: {last} facts\n"


def _clear_lines(register: Register, last: int) -> Iterator[Line]:
    return (as_handed_in(each) for each in register.stored(last, identity=True))


def _sealed_lines(register: Register, last: int) -> Iterator[Line]:
    for page in pages(register.stored(last, identity=False), _PAGE):
        yield from register.store.read(lambda facts, page=page: lines_for(facts, page))  # type: ignore[misc]


def _written(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
