"""The command under test, and programs to stand in for java and mvn: these take long, or never fail."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from scripts.neo4j_server.jars import ENTRY_POINT
from scripts.neo4j_server.servers import LTS

ROOT = Path(__file__).parents[2]
JARS = (f"neo4j-{LTS}.jar", f"neo4j-server-{LTS}.jar", "some-library-1.0.jar")

FETCHING_MAVEN = """\
for word in "$@"; do case $word in -DoutputDirectory=*) folder=${{word#*=}} ;; esac; done
echo fetched >>"{calls}"
cp "{jars}"/*.jar "$folder"
"""
FAILING_MAVEN = FETCHING_MAVEN + 'rm "$folder"/some-library-1.0.jar; echo "the line broke"; exit 1\n'

JAVA = """\
if [ "$1" = -version ]; then echo 'openjdk version "{version}" 2026-01-01' >&2; exit; fi
{otherwise}
"""


def program(file: Path, script: str) -> Path:
    """Write an executable shell script and return its file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    file.chmod(0o755)
    return file


def fake_java(home: Path, version: str = "17.0.1", otherwise: str = "exit 1") -> Path:
    """Write a java that tells its version, and does something else when asked for anything else."""
    return program(home / "bin" / "java", JAVA.format(version=version, otherwise=otherwise))


def fake_maven(folder: Path, script: str = FETCHING_MAVEN) -> Path:
    """Write an mvn into folder/bin, and return the file that gets a line each time it is called."""
    jars, calls = folder / "jars", folder / "calls"
    jars.mkdir(exist_ok=True)
    for name in JARS:
        with zipfile.ZipFile(jars / name, "w") as jar:
            jar.writestr(ENTRY_POINT, "# the class\norg.example.Neo4j\n")
    calls.touch()
    program(folder / "bin" / "mvn", script.format(calls=calls, jars=jars))
    return calls


def neo4j_command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/neo4j in this environment, without preparing that first."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "scripts.neo4j_server", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
