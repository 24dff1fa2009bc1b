"""How a server is set up: its neo4j.conf, and memory that fits the machine."""

from pathlib import Path
from typing import NamedTuple

FILE = Path("conf", "neo4j.conf")
MEBIBYTE = 2**20
LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")

TEXT = """\
# Written by scripts/neo4j at every start; what is changed here is lost.
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{ports.bolt}
server.bolt.advertised_address=127.0.0.1:{ports.bolt}
server.http.listen_address=127.0.0.1:{ports.http}
server.http.advertised_address=127.0.0.1:{ports.http}
server.https.enabled=false
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.memory.heap.initial_size={memory.first_heap}m
server.memory.heap.max_size={memory.heap}m
server.memory.pagecache.size={memory.page_cache}m
db.tx_log.preallocate=false
db.tx_log.rotation.size=64m
db.tx_log.rotation.retention_policy=1 files
"""


class Ports(NamedTuple):
    """Where a server listens."""

    bolt: int
    http: int


class Memory(NamedTuple):
    """What a server takes at first and may take, in mebibytes."""

    first_heap: int
    heap: int
    page_cache: int


def configure(home: Path, ports: Ports, memory: Memory) -> None:
    """Write the neo4j.conf of this home."""
    (home / FILE).write_text(TEXT.format(ports=ports, memory=memory), encoding="utf-8")


def configured_ports(home: Path) -> Ports:
    """Return where the server of this home listens, by its neo4j.conf."""
    settings = dict(
        line.partition("=")[::2] for line in (home / FILE).read_text(encoding="utf-8").splitlines()
    )
    listening = (settings[f"server.{protocol}.listen_address"] for protocol in ("bolt", "http"))
    return Ports(*(int(address.rpartition(":")[2]) for address in listening))


def fitting_memory(available: int) -> Memory:
    """Return what a server may take where so many bytes are available.

    An eighth is heap, at least 512 MB and at most 2 GB; a sixteenth is page cache, 256 MB to 1 GB.
    """
    mebibytes = available // MEBIBYTE
    heap, page_cache = min(max(mebibytes // 8, 512), 2048), min(max(mebibytes // 16, 256), 1024)
    return Memory(first_heap=512, heap=heap, page_cache=page_cache)


def available_memory() -> int:
    """Return how many bytes are available on this machine, or in the container that this is."""
    (line,) = (
        line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemAvailable:")
    )
    limits = [Path(file).read_text().strip() for file in LIMITS if Path(file).exists()]
    return min([int(line.split()[1]) * 1024, *(int(limit) for limit in limits if limit.isdigit())])
