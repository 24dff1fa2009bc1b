"""What a server is called, where it lives, and how it is reached."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from scripts.neo4j_server.errors import BadSetting

ROOT = Path(__file__).resolve().parents[2]
LTS = "5.26.26"
BOLT_PORT = 7687
QUICK_START = ("-XX:TieredStopAtLevel=1",)  # half the work at the start, slower queries in the long run
SHORTEST_PASSWORD = 8  # Neo4j refuses a shorter one


def chosen_version() -> str:
    """Return the version that SHOUWANG_NEO4J_VERSION names, else the long-term one."""
    return os.environ.get("SHOUWANG_NEO4J_VERSION") or LTS


def chosen_folder() -> Path:
    """Return the folder that SHOUWANG_NEO4J_HOME names, else one in build/ of the checkout."""
    named = os.environ.get("SHOUWANG_NEO4J_HOME")
    return Path(named) if named else ROOT / "build" / "neo4j"


@dataclass(frozen=True, slots=True)
class Server:
    """One server on this machine: the name decides its home, port 0 stands for a free one.

    Without a password it keeps the one it has, or makes one at random. Options of Java come last, and so
    overrule ours; QUICK_START is one for tests.

    Raises:
        BadSetting: if Neo4j can have no such name, port, version or password.
    """

    name: str = "default"
    port: int = BOLT_PORT
    version: str = field(default_factory=chosen_version)
    folder: Path = field(default_factory=chosen_folder)
    password: str | None = field(default=None, repr=False)
    java_options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", self.name):
            raise BadSetting(
                f"A server cannot be named {self.name!r}: use letters, digits, hyphens and underscores."
            )
        if self.port != 0 and not 1024 <= self.port <= 65535:
            raise BadSetting(f"{self.port} is no port: take one from 1024 to 65535, or 0 for a free one.")
        if not re.fullmatch(r"(?:5|20\d\d)\.\d{1,2}\.\d{1,3}", self.version):
            raise BadSetting(
                f"{self.version!r} is no version of Neo4j that is known here:"
                f" SHOUWANG_NEO4J_VERSION is written like {LTS} or 2026.02.2."
            )
        if self.password is not None and len(self.password) < SHORTEST_PASSWORD:
            raise BadSetting(f"Neo4j asks for a password of at least {SHORTEST_PASSWORD} characters.")

    @property
    def home(self) -> Path:
        """The folder that holds all of this server, and nothing else."""
        return self.folder.resolve() / "servers" / self.name


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its Bolt address, its password and its process."""

    address: str
    password: str = field(repr=False)
    pid: int


@dataclass(frozen=True, slots=True)
class Process:
    """The process of a server, whether or not it answers yet."""

    pid: int
    version: str
    bolt_port: int
    http_port: int

    @property
    def address(self) -> str:
        """Where drivers reach it."""
        return bolt_address(self.bolt_port)

    @property
    def http_address(self) -> str:
        """Where it answers over HTTP."""
        return f"http://127.0.0.1:{self.http_port}/"


def bolt_address(port: int) -> str:
    """Return the address under which drivers reach this port of this machine."""
    return f"bolt://127.0.0.1:{port}"
