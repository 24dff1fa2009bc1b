"""Why something could not be done, each as a whole sentence."""


class NotPossible(Exception):
    """What was asked of a server cannot be done; the message says why, and what would be right."""


class BadSetting(NotPossible):
    """A name, port, version or password that no server can have."""


class NoJava(NotPossible):
    """No Java on this machine that this version of Neo4j runs on."""


class JarsNotFetched(NotPossible):
    """Maven is missing, or could not fetch the whole of Neo4j."""


class PortTaken(NotPossible):
    """Another process listens where the server would."""


class OtherVersion(NotPossible):
    """The data of this server were written by another version of Neo4j."""


class WrongPassword(NotPossible):
    """The password given is not that of the server, or is not known."""


class StartFailed(NotPossible):
    """The server ended while it started, or did not answer in time."""


class StillRunning(NotPossible):
    """The server runs, and must not for what was asked."""
