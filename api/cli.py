"""The command line: runs one command, prints its answer, chooses the exit status."""

import argparse
import sys
from collections.abc import Sequence

from api.commands import assess, chains, diff, release_list, report, rules, worklist
from api.options import NoSuchPerson
from api.rulebooks import NoSuchProtocol
from tracing.areas import NoSuchArea
from tracing.faults import Refused
from tracing.terms import NoSuchEdition, RuleNotInForce

DOES_NOT_EXIST = 1
BAD_INPUT = 2

COMMANDS = {
    "assess": assess,
    "chains": chains,
    "diff": diff,
    "report": report,
    "rules": rules,
    "release-list": release_list,
    "worklist": worklist,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 answered, 1 no such thing, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        sys.stdout.write(options.run(options))
        sys.stdout.flush()
    except (NoSuchPerson, NoSuchArea, NoSuchProtocol, NoSuchEdition, RuleNotInForce) as trouble:
        return _fail(str(trouble), DOES_NOT_EXIST)
    except Refused as refused:
        return _fail(str(refused), BAD_INPUT)
    except OSError as trouble:
        what = f"{trouble.filename}: {trouble.strerror}"
        return _fail(f"{what}; the name of a readable fact file would be right", BAD_INPUT)
    return 0


def _fail(sentence: str, status: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


def _parser() -> argparse.ArgumentParser:
    description = "Contact tracing and quarantine: what every person is, until when, and why."
    parser = argparse.ArgumentParser(prog="shouwang", description=description)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS.values():
        command.add(commands)
    return parser
