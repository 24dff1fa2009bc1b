"""What can be done with a server that was started: look at it, stop it, kill it, wipe it."""

import shutil
from signal import SIGKILL

from scripts.neo4j_server.configuration import configured_ports
from scripts.neo4j_server.errors import StillRunning
from scripts.neo4j_server.homes import lock_of, turn_of, version_of
from scripts.neo4j_server.processes import end, server_pid, stop_or_kill
from scripts.neo4j_server.servers import Process, Server
from scripts.neo4j_server.turns import say

LONGEST_STOP_SECONDS = 60


def status(server: Server) -> Process | None:
    """Return the process of this server if it runs."""
    pid = server_pid(server.home)
    if pid is None:
        return None
    ports = configured_ports(server.home)
    return Process(pid, version_of(server.home), bolt_port=ports.bolt, http_port=ports.http)


def stop(server: Server) -> bool:
    """Stop the server, by force if it does not end in time, and return whether it ran."""
    with turn_of(server):
        pid = server_pid(server.home)
        if pid is not None and not stop_or_kill(pid, server.home, LONGEST_STOP_SECONDS):
            say(
                f"The server {server.name} did not stop within {LONGEST_STOP_SECONDS} seconds and was killed."
            )
        return pid is not None


def kill(server: Server) -> bool:
    """End the server at once, as a crash would, and return whether it ran."""
    pid = server_pid(server.home)
    return pid is not None and end(pid, server.home, SIGKILL, LONGEST_STOP_SECONDS)


def wipe(server: Server) -> bool:
    """Remove the home of the server with all data, and return whether it had one.

    Raises:
        StillRunning: if it runs.
    """
    with turn_of(server):
        pid = server_pid(server.home)
        if pid is not None:
            raise StillRunning(
                f"The server {server.name} runs (process {pid}) and cannot be wiped. Please stop it first."
            )
        had_home = server.home.exists()
        if had_home:
            shutil.rmtree(server.home)
        lock_of(server).unlink()
        return had_home
