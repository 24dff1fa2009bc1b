"""Ports of this machine: free ones, and who holds the others."""

import random
import socket
from contextlib import suppress
from pathlib import Path

from scripts.neo4j_server.errors import PortTaken
from scripts.neo4j_server.processes import words_of

HOST = "127.0.0.1"
LISTENING = "0A"
# Below the ports that Linux gives to outgoing connections, which could take one before Neo4j does.
FREE_PORTS = range(20_000, 32_000)


def check_free(port: int, purpose: str) -> None:
    """Return if a server could listen on this port.

    Raises:
        PortTaken: if not; the message says who listens there, if that can be seen.
    """
    if not is_free(port):
        raise PortTaken(
            f"Port {port} is needed for {purpose} and is taken by {holder(port)}."
            " Please stop that, or start with another --port; --port 0 takes a free one."
        )


def free_port() -> int:
    """Return a port on which nobody listens.

    Raises:
        PortTaken: if there is none.
    """
    tried = random.sample(FREE_PORTS, 100)
    for port in tried:
        if is_free(port):
            return port
    raise PortTaken(f"{len(tried)} ports were tried and none of them is free.")


def is_free(port: int) -> bool:
    """Return whether nobody listens on this port of this machine."""
    with socket.socket() as trial:
        # As Java does: a connection that has just ended is no reason to refuse.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True


def listens(pid: int, port: int) -> bool:
    """Return whether this process listens on this port."""
    return bool(_sockets(port) & _open_files(Path("/proc", str(pid))))


def holder(port: int) -> str:
    """Return in words who listens on this port."""
    sockets = _sockets(port)
    for process in Path("/proc").glob("[0-9]*"):
        if sockets & _open_files(process):
            return _described(int(process.name))
    return "a process that cannot be seen from here"


def _described(pid: int) -> str:
    words = words_of(pid)
    home = next((word.partition("=")[2] for word in words if word.startswith("--home-dir=")), None)
    if home:
        return f"the Neo4j of {home} (process {pid})"
    return f"process {pid} ({Path(words[0]).name if words else 'unknown'})"


def _sockets(port: int) -> set[str]:
    """Return the sockets that listen on this port, as /proc names them among the files of a process."""
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        for _, local, _, state, *rest in (line.split() for line in lines):
            if state == LISTENING and int(local.rpartition(":")[2], 16) == port:
                found.add(f"socket:[{rest[5]}]")
    return found


def _open_files(process: Path) -> set[str]:
    """Return what the open files of a process are; nothing where that may not be seen."""
    found = set()
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                found.add(str(file.readlink()))
    return found
