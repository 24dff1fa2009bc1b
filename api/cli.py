"""The command line: runs one command, prints its answer, chooses the exit status."""

import argparse
import sys
from collections.abc import Sequence

from api.clock import told_now
from api.commands import (
    add,
    assess,
    audit,
    backup,
    chains,
    copy,
    diff,
    doctor,
    init,
    keys,
    release_list,
    report,
    restore,
    retention,
    rules,
    serve,
    user,
    verify,
    work,
    worklist,
)
from api.garbage import look_for_garbage_seldom
from api.progress import note
from api.rulebooks import NoSuchProtocol
from api.wiring import close_stores
from tracing.areas import NoSuchArea
from tracing.faults import Refused
from tracing.known import NoSuchPerson
from tracing.ports import StoreTrouble
from tracing.terms import NoSuchEdition, RuleNotInForce

DOES_NOT_EXIST = 1
BAD_INPUT = 2
NOT_REACHABLE = 3
NOT_IN_ORDER = 4

COMMANDS = {
    "assess": assess,
    "chains": chains,
    "diff": diff,
    "report": report,
    "rules": rules,
    "release-list": release_list,
    "worklist": worklist,
    "init": init,
    "add": add,
    "work": work,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "copy": copy,
    "doctor": doctor,
    "serve": serve,
    "keys": keys,
    "retention": retention,
    "user": user,
    "audit": audit,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    0 answered, 1 no such thing, 2 bad input, 3 the database cannot be used now, 4 it is not in order.
    """
    look_for_garbage_seldom()
    options = _parser().parse_args(arguments)
    if told_now():
        note(f"SHOUWANG_NOW is set: it is always {told_now()}")
    try:
        sys.stdout.write(options.run(options))
        sys.stdout.flush()
    except (NoSuchPerson, NoSuchArea, NoSuchProtocol, NoSuchEdition, RuleNotInForce) as trouble:
        return _fail(str(trouble), DOES_NOT_EXIST)
    except Refused as refused:
        return _fail(str(refused), BAD_INPUT)
    except verify.NotInOrder as trouble:
        return _fail(str(trouble), NOT_IN_ORDER)
    except StoreTrouble as trouble:
        return _fail(str(trouble), NOT_REACHABLE)
    except OSError as trouble:
        what = f"{trouble.filename}: {trouble.strerror}"
        return _fail(f"{what}; the name of a readable fact file would be right", BAD_INPUT)
    finally:
        close_stores()
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
