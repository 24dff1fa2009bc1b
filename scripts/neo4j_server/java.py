"""Finding a Java that Neo4j runs on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.neo4j_server.debian import install_debian
from scripts.neo4j_server.errors import NoJava

DEBIAN_PACKAGE = "default-jre-headless"
DEBIAN_VERSION = 17  # what Debian 12 has under that name; later ones have more
USUAL_PLACES = ("/usr/lib/jvm/*/bin/java", "/opt/*/bin/java")


def java_for(version: str) -> Path:
    """Return the java command to run this version of Neo4j with, installed with apt if need be and possible.

    Raises:
        NoJava: if there is none, and apt cannot help.
    """
    oldest = oldest_java_for(version)
    try:
        return find_java(oldest, commands())
    except NoJava:
        if oldest > DEBIAN_VERSION or not install_debian(DEBIAN_PACKAGE):
            raise
    return find_java(oldest, commands())


def oldest_java_for(version: str) -> int:
    """Return the oldest Java that this version of Neo4j runs on."""
    return 17 if version.startswith("5.") else 21


def find_java(oldest: int, places: Iterable[Path]) -> Path:
    """Return the first of these java commands that is new enough.

    Raises:
        NoJava: if none is; the message names those that are too old.
    """
    found = {}
    for command in places:
        version = version_of(command)
        if version is not None and version >= oldest:
            return command
        found[command] = version
    too_old = ", ".join(f"{command} ({version})" for command, version in found.items() if version is not None)
    raise NoJava(
        f"Java {oldest} or newer is needed and was not found{too_old and f'; there is only {too_old}'}."
        " Please install it, or let JAVA_HOME name the folder it is in."
    )


def version_of(command: Path) -> int | None:
    """Return the major version of a java command, or None if it is none that runs."""
    try:
        done = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    spoken = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(spoken[1]) if spoken else None


def commands() -> Iterator[Path]:
    """Yield the java commands of this machine: of JAVA_HOME, of the path, of the usual places."""
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java"):
        yield Path(on_path)
    for pattern in USUAL_PLACES:
        yield from sorted(Path("/").glob(pattern.lstrip("/")))
