"""The master keys, which lie apart from every database: made, read, changed; and what they opened once.

A file of keys has one on each line, the newest first: that one wraps, each of them opens. Beside it
stand the marks of keys that were destroyed, so that no old backup brings back who was erased.
"""

import base64
import binascii
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from api.settings import keys_file
from api.whole_files import write_whole
from graphdb.sealing import KEY_BYTES, MasterKeys
from tracing.ports import Store, StoreTrouble, Unreachable


@cache
def master_keys() -> MasterKeys:
    """Return the master keys of this program; their file is read when the first is needed."""
    return MasterKeys(lambda: _read(keys_file()))


def make_master_key() -> bool:
    """Make a file with a new master key if there is none; return whether there was none."""
    file = keys_file()
    if file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # Of two who make one at once, the second keeps that of the first.
        write_whole(file, _lines([_new()]), put=os.link)
    except FileExistsError:
        return False
    return True


def add_master_key() -> None:
    """Put a new master key before those that are there: from now on it wraps."""
    file = keys_file()
    with _alone(file):
        write_whole(file, _lines([_new(), *_read(file)]))
    master_keys.cache_clear()


class NotWrittenDown(StoreTrouble):
    """The marks of destroyed keys could not be written beside the master keys."""


def destroyed_keys() -> set[str]:
    """Return the marks of all keys that were ever destroyed under these master keys."""
    file = _destroyed_file()
    return set(file.read_text().split()) if file.exists() else set()


def note_destroyed(store: Store) -> None:
    """Write down the marks of the keys that a database destroyed, of those that are not written yet.

    An erasure does not wait for this: refused because there is no room for a mark, it would leave who
    somebody is in the register and in old backups; so it is left in old backups alone, which the marks
    keep from being opened. The register has every mark, and whoever calls next writes what is missing.

    Raises:
        NotWrittenDown: if they cannot be written; those that were there stay.
    """
    destroyed = store.read(lambda records: records.destroyed())
    try:
        if destroyed - destroyed_keys():
            with _alone(keys_file()):
                marks = sorted(destroyed | destroyed_keys())
                write_whole(_destroyed_file(), (f"{mark}\n" for mark in marks))
    except OSError as trouble:
        right = "room to write there would be right: until then an old backup brings back who was erased"
        raise NotWrittenDown(f"{_destroyed_file()}: {trouble.strerror}; {right}") from None


def _destroyed_file() -> Path:
    file = keys_file()
    return file.with_name(f"{file.name}.destroyed")


def _new() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _read(file: Path) -> list[bytes]:
    try:
        keys = [base64.b64decode(line, validate=True) for line in file.read_text().split()]
    except (OSError, binascii.Error, UnicodeDecodeError):
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        right = "the file of master keys that `shouwang init` made would be right; SHOUWANG_KEYS names it"
        raise Unreachable(f"{file}: there are no master keys here; {right}")
    return keys


def _lines(keys: list[bytes]) -> list[str]:
    return [f"{base64.b64encode(key).decode()}\n" for key in keys]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let one process at a time change a file."""
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
