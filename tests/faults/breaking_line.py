"""A line to a server that breaks, when told so, just as a transaction is to be committed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from scripts.neo4j_server.servers import bolt_address
from tests.faults.processes import LONGEST_S

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""What a driver says to a server when it is to commit: one chunk with a message without fields."""
_AT_ONCE = 65536


class Line:
    """Both ends of every connection, and what passes between them."""

    def __init__(self, address: str, port: int) -> None:
        self.address = address
        self._port = port
        self._open = ExitStack()
        self._is_to_break = threading.Event()
        self._is_heard = False

    def break_once(self, *, is_heard: bool) -> None:
        """Break at the next commit; the server hears of it, or not."""
        self._is_heard = is_heard
        self._is_to_break.set()

    def connect(self, listening: socket.socket) -> None:
        """Connect whoever comes, until nobody listens any longer."""
        with self._open, suppress(OSError):
            while True:
                near = self._open.enter_context(listening.accept()[0])
                far = self._open.enter_context(socket.create_connection(("127.0.0.1", self._port)))
                is_breaking = threading.Event()
                self._pass(near, far, is_breaking, self._ask)
                self._pass(far, near, is_breaking, self._answer)

    def _pass(self, near, far, is_breaking, say):
        def pass_all():
            with suppress(OSError):
                while (data := near.recv(_AT_ONCE)) and say(far, data, is_breaking):
                    pass
            _end(near, far)

        thread = threading.Thread(target=pass_all)
        thread.start()
        self._open.callback(thread.join, LONGEST_S)
        self._open.callback(_end, near, far)

    def _ask(self, server, data, is_breaking):
        """Pass on what the client says; return whether the line still holds."""
        if data == _COMMIT and self._is_to_break.is_set():
            self._is_to_break.clear()
            is_breaking.set()
            if not self._is_heard:
                return False
        server.sendall(data)
        return True

    def _answer(self, client, data, is_breaking):
        """Pass on what the server says, unless that is the answer to the commit."""
        if is_breaking.is_set():
            return False
        client.sendall(data)
        return True


def _end(*ends: socket.socket) -> None:
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@contextmanager
def a_line(port: int) -> Iterator[Line]:
    """Give a line to a port, that holds until it is told otherwise."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line(bolt_address(listening.getsockname()[1]), port)
        connecting = threading.Thread(target=line.connect, args=(listening,))
        connecting.start()
        try:
            yield line
        finally:
            _end(listening)
            connecting.join(LONGEST_S)
