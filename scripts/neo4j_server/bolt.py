"""Whether a server answers, by its own protocol rather than by what its log promises."""

import socket
import time
from collections.abc import Callable

from scripts.neo4j_server.errors import StartFailed
from scripts.neo4j_server.ports import HOST, listens

MAGIC = bytes.fromhex("6060b017")
# Four offers of (0, how many minor versions below, minor, major): 6.0, 5.8 to 5.0, 4.4 to 4.2, and no more.
OFFERS = bytes([0, 0, 0, 6, 0, 8, 8, 5, 0, 2, 4, 4, 0, 0, 0, 0])
MAJORS = {4, 5, 6}
PAUSE_SECONDS = 0.1


def wait_for_bolt(pid: int, port: int, is_alive: Callable[[], bool], seconds: float) -> None:
    """Return once this process, and no other, speaks Bolt on this port.

    Raises:
        StartFailed: if it ended, or did not answer within so many seconds.
    """
    last = time.monotonic() + seconds
    while is_alive():
        if listens(pid, port) and speaks_bolt(port):
            return
        if time.monotonic() > last:
            raise StartFailed(f"It did not answer on Bolt port {port} within {seconds:.0f} seconds.")
        time.sleep(PAUSE_SECONDS)
    raise StartFailed("It ended while it started.")


def speaks_bolt(port: int) -> bool:
    """Return whether a Bolt handshake succeeds on this port."""
    try:
        with socket.create_connection((HOST, port), timeout=5) as connection:
            connection.sendall(MAGIC + OFFERS)
            answer = connection.recv(4, socket.MSG_WAITALL)
    except OSError:
        return False
    return len(answer) == 4 and answer[:2] == b"\0\0" and answer[3] in MAJORS
