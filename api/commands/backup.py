"""``shouwang backup``: every fact in the database into a fact file."""

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path

from api.options import Commands, add_database, add_plain_command
from api.progress import progress
from api.wiring import register_at
from tracing.faults import Fault, Refused
from tracing.ports import Stored
from tracing.storing import as_handed_in


def add(commands: Commands) -> None:
    """Add the command."""
    text = "write every fact in the database, with who people are, into a file that `restore` reads"
    command = add_plain_command(commands, "backup", text, _run)
    command.add_argument("file", metavar="FILE", type=Path, help="the file; one that is there is replaced")
    add_database(command)


def _run(options: argparse.Namespace) -> str:
    register = register_at(options.database)
    last = register.store.read(lambda facts: facts.last()[0])
    facts = progress(register.stored(last, identity=True), "writing facts", last)
    try:
        _write_whole(options.file, facts)
    except OSError as trouble:
        right = "the name of a file that can be written would be right"
        raise Refused([Fault(str(options.file), "", str(trouble.strerror), right)]) from None
    return f"{options.file}: {last} facts\n"


def _write_whole(file: Path, facts: Iterable[Stored]) -> None:
    """Write a file that is there whole or not at all, and that only its owner may read."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            for each in facts:
                out.write(json.dumps(as_handed_in(each), ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
