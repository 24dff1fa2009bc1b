"""Starting a server: all that must be there first, then the process, then its password."""

from pathlib import Path

from neo4j.exceptions import DriverError, Neo4jError

from scripts.neo4j_server.bolt import wait_for_bolt
from scripts.neo4j_server.configuration import (
    Memory,
    Ports,
    available_memory,
    configure,
    configured_ports,
    fitting_memory,
)
from scripts.neo4j_server.errors import StartFailed
from scripts.neo4j_server.homes import (
    check_version,
    end_of_logs,
    has_data,
    log_lengths,
    make_home,
    turn_of,
    version_of,
)
from scripts.neo4j_server.jars import main_class, whole_jars
from scripts.neo4j_server.java import java_for
from scripts.neo4j_server.passwords import keep, password_for, settle
from scripts.neo4j_server.ports import check_free, free_port
from scripts.neo4j_server.processes import OUTPUT, has_ended, launch, server_pid, stop_or_kill
from scripts.neo4j_server.servers import BOLT_PORT, Running, Server, bolt_address
from scripts.neo4j_server.turns import say

HTTP_PORT = 7474
LONGEST_START_SECONDS = 180
LONGEST_STOP_SECONDS = 10
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


def start(server: Server) -> Running:
    """Return the server once it answers and has its password; one that runs already is left as it is.

    Raises:
        NotPossible: one of its kinds, if the server cannot run. What this call started is ended then.
    """
    with turn_of(server):
        password = password_for(server)
        check_version(server)
        pid = server_pid(server.home)
        if pid is None:
            return _start_anew(server, password)
        say(f"The server {server.name} runs already: Neo4j {version_of(server.home)}, process {pid}.")
        return _when_ready(server, password, pid, log_lengths(server.home))


def _start_anew(server: Server, password: str) -> Running:
    ports = _ports(server)
    java = java_for(server.version)
    lib = whole_jars(server.version, server.folder.resolve(), java)
    make_home(server)
    if not has_data(server.home):
        keep(password, server.home)
    memory = fitting_memory(available_memory())
    configure(server.home, ports, memory)
    written = {**log_lengths(server.home), OUTPUT: 0}
    say(f"Starting Neo4j {server.version} in {server.home}.")
    pid = launch(_command(java, lib, server, memory), server.home)
    try:
        return _when_ready(server, password, pid, written)
    except BaseException:
        stop_or_kill(pid, server.home, LONGEST_STOP_SECONDS)
        raise


def _ports(server: Server) -> Ports:
    """Return where the server will listen; the usual port for HTTP goes with the usual one for Bolt."""
    ports = Ports(server.port or free_port(), HTTP_PORT if server.port == BOLT_PORT else free_port())
    check_free(ports.bolt, "Bolt")
    check_free(ports.http, "HTTP")
    return ports


def _command(java: Path, lib: Path, server: Server, memory: Memory) -> list[str]:
    heap = [f"-Xms{memory.first_heap}m", f"-Xmx{memory.heap}m", "-XX:+ExitOnOutOfMemoryError"]
    # A server that is killed leaves nothing outside of its home.
    unpacked = f"-Djava.io.tmpdir={server.home / 'run'}"
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    folders = [f"--home-dir={server.home}", f"--config-dir={server.home / 'conf'}"]
    program = ["-cp", f"{lib}/*", main_class(lib, server.version)]
    return [str(java), *heap, unpacked, *opened, *server.java_options, *program, *folders]


def _when_ready(server: Server, password: str, pid: int, written: dict[Path, int]) -> Running:
    port = configured_ports(server.home).bolt
    try:
        wait_for_bolt(pid, port, lambda: not has_ended(pid), LONGEST_START_SECONDS)
        settle(bolt_address(port), password, server)
    except (StartFailed, DriverError, Neo4jError) as why:
        logs = end_of_logs(server.home, written) or "Its logs are empty."
        raise StartFailed(f"The server {server.name} could not be started. {why}\n{logs}") from why
    keep(password, server.home)
    return Running(bolt_address(port), password, pid)
