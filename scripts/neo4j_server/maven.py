"""Fetching Neo4j from the repository that Maven is set up for on this machine."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from itertools import takewhile
from pathlib import Path

from scripts.neo4j_server.debian import install_debian
from scripts.neo4j_server.errors import JarsNotFetched

DEBIAN_PACKAGE = "maven"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
LONGEST_SECONDS = 1800
COLOUR = re.compile(r"\x1b\[[\d;]*m")

# Without a namespace, which would be an address.
POM = """\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>shouwang</groupId>
  <artifactId>neo4j-of-this-machine</artifactId>
  <version>{version}</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>5.24.0</version></dependency>
  </dependencies>
</project>
"""


def copy_jars(version: str, folder: Path, java: Path) -> None:
    """Put all jars of this version of Neo4j into the folder.

    Raises:
        JarsNotFetched: if Maven is missing, or did not manage.
    """
    maven = find_maven()
    with tempfile.TemporaryDirectory(prefix="shouwang-maven-") as work:
        pom = Path(work) / "pom.xml"
        pom.write_text(POM.format(version=version), encoding="utf-8")
        command = [maven, "--batch-mode", "--quiet", "--strict-checksums", "--update-snapshots"]
        options = [
            "--file",
            str(pom),
            PLUGIN,
            "-DincludeScope=runtime",
            f"-DoutputDirectory={folder}",
            "-Dstyle.color=never",
        ]
        _run([*command, *options, *_own_repository(Path(work))], version, _environment(java))


def find_maven() -> str:
    """Return the mvn command, installed with apt if need be and possible.

    Raises:
        JarsNotFetched: if there is none, and apt cannot help.
    """
    if not shutil.which("mvn"):
        install_debian(DEBIAN_PACKAGE)
    found = shutil.which("mvn")
    if found is None:
        raise JarsNotFetched("Neo4j is fetched with Maven, and mvn was not found. Please install Maven.")
    return found


def _run(command: list[str], version: str, environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise JarsNotFetched(
            f"Maven could not fetch Neo4j {version} within {LONGEST_SECONDS // 60} minutes."
            " Please see whether its repository can be reached, and start again."
        ) from slow
    if done.returncode != 0:
        raise JarsNotFetched(f"Maven could not fetch Neo4j {version}. It says:\n{_reason(done.stdout)}")


def _reason(output: str) -> str:
    """Return what Maven says before its general advice, which an empty line sets apart."""
    lines = [line.strip() for line in COLOUR.sub("", output).strip().splitlines()]
    return "\n".join(takewhile(lambda line: line != "[ERROR]", lines))


def _own_repository(work: Path) -> list[str]:
    """Return the option that gives Maven a repository of its own, for people whose home cannot be written."""
    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        home = ""
    return [] if os.access(home, os.W_OK) else [f"-Dmaven.repo.local={work}/repository"]


def _environment(java: Path) -> dict[str, str]:
    """Return the environment for Maven, which needs a true JAVA_HOME, or none and java on the path."""
    named = os.environ.get("JAVA_HOME")
    if named and Path(named, "bin", "java").exists():
        return dict(os.environ)
    environment = {name: text for name, text in os.environ.items() if name != "JAVA_HOME"}
    if not shutil.which("java"):
        environment["JAVA_HOME"] = str(java.resolve().parents[1])
    return environment
