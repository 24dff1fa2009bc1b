"""The command scripts/neo4j."""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Callable

from scripts.neo4j_server.bolt import speaks_bolt
from scripts.neo4j_server.errors import NotPossible
from scripts.neo4j_server.homes import LOGS
from scripts.neo4j_server.processes import noted_pid
from scripts.neo4j_server.servers import BOLT_PORT, Server
from scripts.neo4j_server.starting import start
from scripts.neo4j_server.stopping import status, stop, wipe
from scripts.neo4j_server.turns import say

NOT_RUNNING = 3
SHOWN_LINES = 40


def main() -> int:
    """Return the exit status: 0 done, 1 not possible, 3 if status finds the server not running."""
    options = _parser().parse_args()
    try:
        password = os.environ.get("SHOUWANG_NEO4J_PASSWORD") or None
        server = Server(name=options.name, port=options.port, password=password)
        return COMMANDS[options.command](server, options)
    except NotPossible as why:
        say(str(why))
        return 1
    except KeyboardInterrupt:
        say("Interrupted.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/neo4j", description="Run a real Neo4j on this machine.")
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("--name", default="default", help="which server; each has its own home")
    named.set_defaults(port=BOLT_PORT)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser
    starting = add("start", parents=[named], help="start it, and print what a shell can evaluate")
    starting.add_argument("--port", type=int, help=f"for Bolt; {BOLT_PORT} unless told, 0 for a free one")
    add("stop", parents=[named], help="stop it")
    add("status", parents=[named], help="say whether it runs; the exit status is 0 if it does, else 3")
    add("wipe", parents=[named], help="remove it with all data")
    logs = add("logs", parents=[named], help="show the end of its logs")
    logs.add_argument("-f", "--follow", action="store_true", help="and what is added from now on")
    return parser


def _start(server: Server, _: argparse.Namespace) -> int:
    running = start(server)
    if (process := status(server)) is not None:
        say(f"Neo4j {process.version} answers at {process.address} and {process.http_address}.")
    sys.stdout.write(
        f"export SHOUWANG_DATABASE={running.address}\n"
        f"export SHOUWANG_NEO4J_PASSWORD={shlex.quote(running.password)}\n"
    )
    return 0


def _stop(server: Server, _: argparse.Namespace) -> int:
    say(f"The server {server.name} {'has stopped' if stop(server) else 'did not run'}.")
    return 0


def _status(server: Server, _: argparse.Namespace) -> int:
    process = status(server)
    if process is None:
        pid = noted_pid(server.home)
        why = "" if pid is None else f"; its process {pid} ended without being stopped"
        sys.stdout.write(f"The server {server.name} does not run{why}.\n")
        return NOT_RUNNING
    answers = "answers" if speaks_bolt(process.bolt_port) else "runs, but does not answer yet,"
    sys.stdout.write(
        f"The server {server.name} {answers} at {process.address} and {process.http_address}:"
        f" Neo4j {process.version}, process {process.pid}.\n"
    )
    return 0


def _wipe(server: Server, _: argparse.Namespace) -> int:
    say(f"The server {server.name} {'is wiped' if wipe(server) else 'was not there'}.")
    return 0


def _logs(server: Server, options: argparse.Namespace) -> int:
    logs = [str(server.home / log) for log in LOGS if (server.home / log).exists()]
    if not logs:
        raise NotPossible(f"The server {server.name} has no logs: it was never started, or was wiped.")
    tail = ["tail", "-n", str(SHOWN_LINES), *(["-F"] if options.follow else [])]
    return subprocess.run([*tail, "-v", *logs], check=False).returncode


COMMANDS: dict[str, Callable[[Server, argparse.Namespace], int]] = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "wipe": _wipe,
    "logs": _logs,
}

if __name__ == "__main__":
    sys.exit(main())
