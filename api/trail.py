"""The trail of requests: each is kept before its answer leaves; those of many threads are written at once."""

import secrets
import threading
from datetime import datetime
from http import HTTPStatus

from tracing.audit import AuditEntry, Done
from tracing.office import Office


class Trail:
    """One chain of entries, that of this process; its threads share it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._chain = secrets.token_hex(8)
        self._number = 0
        self._before: str | None = None
        self._waiting: list[AuditEntry] = []
        self._adding, self._writing = threading.Lock(), threading.Lock()

    def note(self, at: datetime, done: Done) -> None:
        """Add an entry of what was done and return when it is kept.

        Raises:
            StoreTrouble: if it cannot be kept.
        """
        with self._adding:
            if self._before is None:
                self._before = self._office.latest()
            entry = AuditEntry(self._chain, self._number + 1, at, *done, self._before).sealed()
            self._number, self._before = entry.number, entry.digest
            self._waiting.append(entry)
        with self._writing:
            self._write_all()

    def _write_all(self) -> None:
        """Write what waits; whoever comes second finds that the first has written theirs too."""
        with self._adding:
            batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            self._office.note(batch)
        except BaseException:
            with self._adding:
                self._waiting = [*batch, *self._waiting]
            raise


def note_command(
    office: Office, at: datetime, command: str, why: str | None = None, *, about: tuple[str, ...] = ()
) -> None:
    """Note in the trail what somebody who has the machine is about to do, about whom, and why.

    Raises:
        StoreTrouble: if it cannot be kept; nothing is to be done then.
    """
    Trail(office).note(at, Done(None, _COMMAND_LINE, command, about, HTTPStatus.OK, why))


_COMMAND_LINE = "command line"
