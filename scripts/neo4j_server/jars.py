"""The program itself: its jars, whole or not there."""

import json
import os
import shutil
import zipfile
from pathlib import Path

from scripts.neo4j_server.errors import JarsNotFetched
from scripts.neo4j_server.maven import copy_jars
from scripts.neo4j_server.turns import say, turn

ENTRY_POINT = "META-INF/services/org.neo4j.server.startup.EntryPoint"
LIST = "jars.json"


def whole_jars(version: str, folder: Path, java: Path) -> Path:
    """Return the folder with all jars of this version, fetched first if any is missing or cut short.

    Raises:
        JarsNotFetched: if they cannot be had.
    """
    lib = folder / version / "lib"
    with turn(folder / version / "lib.lock", f"Waiting for another fetch of Neo4j {version}."):
        if not is_whole(lib):
            if lib.exists():
                say(f"The jars in {lib} are not complete and are fetched again.")
            _fetch(version, lib, java)
    return lib


def is_whole(lib: Path) -> bool:
    """Return whether every jar that was fetched is there, as long as it was."""
    try:
        sizes: dict[str, int] = json.loads((lib / LIST).read_text(encoding="utf-8"))
        return bool(sizes) and all((lib / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def main_class(lib: Path, version: str) -> str:
    """Return the class that starts this version of Neo4j, as its own jar names it.

    Raises:
        JarsNotFetched: if it names none.
    """
    jar = lib / f"neo4j-{version}.jar"
    try:
        with zipfile.ZipFile(jar) as content:
            lines = content.read(ENTRY_POINT).decode("utf-8").splitlines()
    except (OSError, KeyError, zipfile.BadZipFile) as broken:
        raise JarsNotFetched(
            f"{jar} does not say how Neo4j is started. Please remove {lib}, and start again."
        ) from broken
    return next(name for line in lines if (name := line.partition("#")[0].strip()))


def _fetch(version: str, lib: Path, java: Path) -> None:
    """Fetch beside the final place and move there when whole: what is cut short never looks done."""
    say(f"Fetching Neo4j {version} with Maven, some 130 MB. This is done once and takes about a minute.")
    for left in lib.parent.glob("fetching-*"):
        shutil.rmtree(left, ignore_errors=True)
    # A Maven whose caller was killed may still be writing: its folder is not ours.
    fetching = lib.with_name(f"fetching-{os.getpid()}")
    fetching.mkdir()
    try:
        copy_jars(version, fetching, java)
        _list_jars(version, fetching)
        if lib.exists():
            shutil.rmtree(lib)
        fetching.rename(lib)
    finally:
        shutil.rmtree(fetching, ignore_errors=True)


def _list_jars(version: str, fetching: Path) -> None:
    """Write down what was fetched.

    Raises:
        JarsNotFetched: if Neo4j itself is not among it.
    """
    sizes = {jar.name: jar.stat().st_size for jar in sorted(fetching.glob("*.jar"))}
    missing = {f"neo4j-{version}.jar", f"neo4j-server-{version}.jar"} - sizes.keys()
    if missing:
        raise JarsNotFetched(f"Maven fetched Neo4j {version} without {' and '.join(sorted(missing))}.")
    (fetching / LIST).write_text(json.dumps(sizes, indent=1), encoding="utf-8")
