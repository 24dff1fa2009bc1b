"""The folder of one server: what is in it, and who may touch it when."""

from contextlib import AbstractContextManager
from pathlib import Path

from scripts.neo4j_server.errors import OtherVersion
from scripts.neo4j_server.processes import OUTPUT
from scripts.neo4j_server.servers import Server
from scripts.neo4j_server.turns import turn

FOLDERS = ("conf", "data", "logs", "plugins", "import", "run", "licenses")
LOGS = (Path("logs", "neo4j.log"), OUTPUT)
LAST_LINES = 15
STACK_FRAMES = ("\tat ", "\t... ")


def turn_of(server: Server) -> AbstractContextManager[None]:
    """Hold the server against all others who would start, stop or wipe it."""
    return turn(lock_of(server), f"Waiting for another command on the server {server.name}.")


def lock_of(server: Server) -> Path:
    """Return the file whose lock is the turn; it lies beside the home, which may come and go meanwhile."""
    return server.folder / "locks" / server.name


def make_home(server: Server) -> None:
    """Make the home of a server, if it has none, for its owner alone."""
    server.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (server.home / name).mkdir(exist_ok=True)
    _version_file(server.home).write_text(server.version, encoding="ascii")


def check_version(server: Server) -> None:
    """Return if the data are of the version that is to serve them, or there are none.

    Raises:
        OtherVersion: if they are of another, which Neo4j would change for good, or refuse.
    """
    if not has_data(server.home):
        return
    version = version_of(server.home)
    if version != server.version:
        raise OtherVersion(
            f"The server {server.name} has data of Neo4j {version}, and {server.version} was asked for."
            f" Please set SHOUWANG_NEO4J_VERSION={version}, take another --name, or wipe the server."
        )


def has_data(home: Path) -> bool:
    """Return whether a server has ever begun to store anything in this home."""
    return (home / "data" / "databases").exists()


def version_of(home: Path) -> str:
    """Return the version of Neo4j that this home was made for."""
    return _version_file(home).read_text(encoding="ascii")


def _version_file(home: Path) -> Path:
    return home / "version"


def log_lengths(home: Path) -> dict[Path, int]:
    """Return how long each log is now."""
    return {log: (home / log).stat().st_size if (home / log).exists() else 0 for log in LOGS}


def end_of_logs(home: Path, since: dict[Path, int]) -> str:
    """Return the last lines of each log of this home, of what was written after the lengths given."""
    ends = {log: _written(home / log, since[log])[-LAST_LINES:] for log in LOGS if (home / log).exists()}
    texts = ["\n".join([f"The end of {home / log}:", *lines]) for log, lines in ends.items() if lines]
    return "\n".join(texts)


def _written(log: Path, since: int) -> list[str]:
    """Return the lines after this length, without the frames of stack traces, which push out the reasons."""
    content = log.read_bytes()
    start = since if since <= len(content) else 0  # shorter than it was: begun anew meanwhile
    return [
        line
        for line in content[start:].decode("utf-8", "replace").splitlines()
        if not line.startswith(STACK_FRAMES)
    ]
