"""Settings from the environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from tracing.faults import Fault, Refused

ROOT = Path(__file__).resolve().parent.parent

SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""The setting by which the processes of a service count together.

`prometheus_client` reads it once, when it is first imported: it must be set before.
"""


def data_folder() -> Path:
    """Return the folder for what the program writes, made if need be: ``SHOUWANG_DATA``, else ``data``."""
    folder = Path(os.environ.get("SHOUWANG_DATA") or ROOT / "data")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keys_file() -> Path:
    """Return the file of the master keys: ``SHOUWANG_KEYS``, else one in the user's configuration.

    It does not lie beside the data, so that whoever has these has not the keys too.
    """
    told = os.environ.get("SHOUWANG_KEYS")
    if told:
        return Path(told)
    configuration = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(configuration) / "shouwang" / "master.keys"


class SessionSettings(NamedTuple):
    """How long a session in a browser lasts: without being used, and at most."""

    idle: timedelta
    longest: timedelta


def session_settings() -> SessionSettings:
    """Return how long sessions last: ``SHOUWANG_SESSION_IDLE`` and ``_SESSION_LONGEST`` (minutes).

    Raises:
        Refused: if one of the numbers is none.
    """
    idle, longest = _number("SESSION_IDLE", 30), _number("SESSION_LONGEST", 12 * 60)
    return SessionSettings(timedelta(minutes=idle), timedelta(minutes=longest))


def points_a_minute() -> int:
    """Return how much an officer may ask of one process in a minute: ``SHOUWANG_POINTS``.

    Raises:
        Refused: if it is no number.
    """
    return int(_number("POINTS", 1_200))


def trusted_proxies() -> int:
    """Return how many proxies before the service are believed who asked them: ``SHOUWANG_PROXIES``.

    Raises:
        Refused: if it is no number.
    """
    return int(_number("PROXIES", 0, least=0))


def check_settings() -> None:
    """Check what a service reads again and again.

    Raises:
        Refused: if one of the settings is none.
    """
    session_settings()
    points_a_minute()
    trusted_proxies()


class Neo4jSettings(NamedTuple):
    """Who asks a Neo4j server, which of its databases, and the limits of the pool, in seconds."""

    user: str
    password: str
    database: str
    pool: int
    wait_s: float
    retry_s: float
    longest_s: float


def neo4j_settings() -> Neo4jSettings:
    """Return the settings of a Neo4j server: ``SHOUWANG_NEO4J_USER``, ``_PASSWORD``, ``_DATABASE``,
    ``_POOL`` (connections), ``_WAIT``, ``_RETRY`` and ``_LONGEST`` (seconds).

    Raises:
        Refused: if one of the numbers is none.
    """
    return Neo4jSettings(
        _text("NEO4J_USER", "neo4j"),
        _text("NEO4J_PASSWORD", ""),
        _text("NEO4J_DATABASE", "neo4j"),
        int(_number("NEO4J_POOL", 20)),
        _number("NEO4J_WAIT", 15),
        _number("NEO4J_RETRY", 30),
        _number("NEO4J_LONGEST", 120),
    )


def log_level() -> str:
    """Return from which level on the service writes its log: ``SHOUWANG_LOG``, else ``info``.

    Raises:
        Refused: if it is none of these.
    """
    told = _text("LOG", _LEVELS[0])
    if told not in _LEVELS:
        right = f"{', '.join(_LEVELS[:-1])} or {_LEVELS[-1]} would be right"
        raise Refused([Fault("SHOUWANG_LOG", "", repr(told), right)])
    return told


def _text(name: str, default: str) -> str:
    return os.environ.get(f"SHOUWANG_{name}") or default


def _number(name: str, default: float, least: int = 1) -> float:
    told = _text(name, str(default))
    try:
        number = float(told)
    except ValueError:
        number = -1
    if not least <= number <= _MOST:
        right = f"a number from {least} to {_MOST} would be right"
        raise Refused([Fault(f"SHOUWANG_{name}", "", repr(told), right)])
    return number


_MOST = 10_000
# Without debug: what libraries say there may repeat what was asked.
_LEVELS = ("info", "warning", "error")


def database_url() -> str:
    """Return the configured database: ``SHOUWANG_DATABASE``, else a file in the data folder."""
    return os.environ.get("SHOUWANG_DATABASE") or str(data_folder() / "shouwang.db")
