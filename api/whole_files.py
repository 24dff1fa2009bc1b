"""Files that are there whole or not at all, also after a power cut, and that only their owner may read."""

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path


def write_whole(file: Path, lines: Iterable[str], put: Callable[[Path, Path], object] = Path.replace) -> None:
    """Write a file beside another and put it in its place once it lasts.

    ``put`` gives it its name: unless told otherwise, what had that name before is gone.

    Raises:
        OSError: if it cannot be written; nothing is left of it then. What ``put`` raises.
    """
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())
        put(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    _keep_names_in(file.parent)


def _keep_names_in(folder: Path) -> None:
    """See to it that the files of a folder bear their names after a power cut too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
