"""Installing what Debian has."""

import subprocess

from scripts.neo4j_server.servers import ROOT

INSTALL = 'source "$1" && shift && install_debian "$@"'


def install_debian(*packages: str) -> bool:
    """Return whether the packages were installed; if not, the reason has been written to standard error."""
    environment = ROOT / "scripts" / "environment.sh"
    command = ["bash", "-euo", "pipefail", "-c", INSTALL, "bash", str(environment), *packages]
    return subprocess.run(command, check=False).returncode == 0
