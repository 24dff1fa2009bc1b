"""Processes, recognised by the home they serve: a number alone may by now be somebody else's."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PID_FILE = "java.pid"
OUTPUT = Path("logs", "java.out")
LAUNCH = 'output=$1 pid=$2; shift 2; setsid "$@" >"$output" 2>&1 </dev/null & echo $! >"$pid"'
PAUSE_SECONDS = 0.1
LONGEST_CHANGE_SECONDS = 10


def launch(command: list[str], home: Path) -> int:
    """Start a command that outlives this program, and return its process number, which the home keeps too."""
    files = [str(home / OUTPUT), str(home / PID_FILE)]
    environment = {name: text for name, text in os.environ.items() if name != "SHOUWANG_NEO4J_PASSWORD"}
    subprocess.run(["sh", "-c", LAUNCH, "sh", *files, *command], cwd=home, env=environment, check=True)
    return int((home / PID_FILE).read_text(encoding="ascii"))


def noted_pid(home: Path) -> int | None:
    """Return the process number that the home keeps, whatever has become of the process."""
    try:
        return int((home / PID_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def server_pid(home: Path) -> int | None:
    """Return the number of the process that serves this home now.

    Of one that is about to begin or end, what becomes of it is awaited: it may hold files and ports.
    """
    pid = noted_pid(home)
    if pid is None:
        return None
    last = time.monotonic() + LONGEST_CHANGE_SECONDS
    while not has_ended(pid) and not words_of(pid) and time.monotonic() < last:
        time.sleep(PAUSE_SECONDS)
    return pid if serves(pid, home) else None


def serves(pid: int, home: Path) -> bool:
    """Return whether this process is seen to be a server of this home."""
    return _word_for(home) in words_of(pid)


def words_of(pid: int) -> list[str]:
    """Return the command line of a process; nothing if it has ended, or is just about to begin or end."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(word) for word in line.split(b"\0")[:-1]]


def has_ended(pid: int) -> bool:
    """Return whether nothing is left of a process that could hold a file or a port."""
    process = Path("/proc", str(pid))
    try:
        state = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        return state == "Z" and len(list((process / "task").iterdir())) == 1
    except OSError:
        return True


def end(pid: int, home: Path, how: signal.Signals, seconds: float) -> bool:
    """Send a signal to the server of this home, and return whether it ends within so many seconds."""
    last = time.monotonic() + seconds
    is_told = False
    while not has_ended(pid) and not _is_another(pid, home):
        if not is_told and serves(pid, home):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            is_told = True
        if time.monotonic() > last:
            return False
        time.sleep(PAUSE_SECONDS)
    return True


def _is_another(pid: int, home: Path) -> bool:
    words = words_of(pid)
    return bool(words) and _word_for(home) not in words


def _word_for(home: Path) -> str:
    """Return what the command line of every server of this home contains."""
    return f"--home-dir={home}"


def stop_or_kill(pid: int, home: Path, seconds: float) -> bool:
    """End the server of this home, by force after so many seconds, and return whether it took no force."""
    gently = end(pid, home, signal.SIGTERM, seconds)
    if not gently:
        end(pid, home, signal.SIGKILL, seconds)
    (home / PID_FILE).unlink(missing_ok=True)
    return gently
