"""Real Neo4j servers on this machine, for tests, CI and the curious.

    running = start(Server(name="tests", port=0))
    ...
    stop(Server(name="tests"))

The command for a shell is scripts/neo4j.
"""

from scripts.neo4j_server.errors import (
    BadSetting,
    JarsNotFetched,
    NoJava,
    NotPossible,
    OtherVersion,
    PortTaken,
    StartFailed,
    StillRunning,
    WrongPassword,
)
from scripts.neo4j_server.servers import QUICK_START, Running, Server
from scripts.neo4j_server.starting import start
from scripts.neo4j_server.stopping import kill, status, stop, wipe

__all__ = [
    "QUICK_START",
    "BadSetting",
    "JarsNotFetched",
    "NoJava",
    "NotPossible",
    "OtherVersion",
    "PortTaken",
    "Running",
    "Server",
    "StartFailed",
    "StillRunning",
    "WrongPassword",
    "kill",
    "start",
    "status",
    "stop",
    "wipe",
]
