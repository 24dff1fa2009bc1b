"""Answers as ``shouwang`` does, but through a database: the facts are restored into a new one first.

    python -m scripts.through_database COMMAND FACTS [options]

The database is a file in a folder of its own, or the one that SHOUWANG_THROUGH names, which must be
empty. What it keeps is worked out at the moment asked about, so that answers kept are answers given.
"""

import argparse
import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.cli import main as shouwang


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of the command, or of what goes wrong before it."""
    command, facts, *options = arguments
    with _database() as url:
        os.environ |= _moment_asked(options)
        with contextlib.redirect_stdout(io.StringIO()):
            status = shouwang(["restore", facts, "--database", url, *_charter(options)])
        return status or shouwang([command, "-", "--database", url, *options])


@contextlib.contextmanager
def _database() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield os.environ.get("SHOUWANG_THROUGH") or str(Path(folder) / "case.db")


def _charter(options: Sequence[str]) -> list[str]:
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--protocol")
    asked.add_argument("--overlay")
    found = vars(asked.parse_known_args(options)[0])
    return [text for name, value in found.items() if value for text in (f"--{name}", value)]


def _moment_asked(options: Sequence[str]) -> dict[str, str]:
    """Return the setting by which it is the moment asked about; a day is asked about at its end."""
    asked = argparse.ArgumentParser(add_help=False)
    for name in ("--as-of", "--day", "--at"):
        asked.add_argument(name, dest="moment")
    moment = asked.parse_known_args(options)[0].moment
    if moment is None:
        return {}
    return {"SHOUWANG_NOW": f"{moment}T23:59" if len(moment) == len("2020-02-01") else moment}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
