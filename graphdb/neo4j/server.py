"""A Neo4j server: sessions on it, and what is wrong with it in a sentence."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from neo4j import Driver, GraphDatabase, Session, unit_of_work
from neo4j.exceptions import AuthError, ClientError, DriverError, IncompleteCommit, Neo4jError, TransientError

from tracing.ports import Busy, StoreTrouble, Unreachable

_AGAIN = "nothing was recorded, asking again would be right"
_ENDED = "Neo.ClientError.Transaction."  # by the server: it took too long, or somebody ended it


class Connection(NamedTuple):
    """How a server is reached: its URL without password, who asks, and limits in seconds.

    ``wait_s``: until a connection is there; ``retry_s``: for how long trouble that passes is tried again;
    ``longest_s``: how long one transaction may take, waiting for others included.
    """

    url: str
    user: str
    password: str
    database: str = "neo4j"
    pool: int = 20
    wait_s: float = 15.0
    retry_s: float = 30.0
    longest_s: float = 120.0


# What the driver notes of broken lines is said once, in a sentence; whoever wants its notes asks for them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jServer:
    """A server as one program sees it; threads may share it, processes open their own connections."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.name = connection.url
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._driver: Driver | None = None
        self._process = 0
        self._opening = threading.Lock()

    def close(self) -> None:
        """Close all connections."""
        if self._driver:
            self._driver.close()
            self._driver = None

    def bounded(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return work for a managed transaction that ends after the longest time allowed."""
        return unit_of_work(timeout=self.connection.longest_s)(work)

    def driver(self) -> Driver:
        """Return the driver of this process, opened if need be."""
        with self._opening:
            if self._driver is None or self._process != os.getpid():
                self._driver, self._process = self._opened(), os.getpid()
            return self._driver

    def _opened(self) -> Driver:
        url, user, password, _, pool, wait_s, retry_s, _ = self.connection
        driver = GraphDatabase.driver(
            url,
            auth=(user, password),
            max_connection_pool_size=pool,
            connection_acquisition_timeout=wait_s,
            connection_timeout=wait_s,
            max_transaction_retry_time=retry_s,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            user_agent="shouwang",
        )
        # Whoever begins is told at once that there is no server; whoever goes on waits for it.
        try:
            driver.verify_connectivity()
        except (DriverError, Neo4jError):
            driver.close()
            raise
        return driver

    @contextmanager
    def session(self, access: str) -> Iterator[Session]:
        """Give a session, which sees what this program wrote before."""
        database = self.connection.database
        driver = self.driver()
        with driver.session(
            database=database, default_access_mode=access, bookmark_manager=self._bookmarks
        ) as session:
            yield session

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Say in a sentence what the driver says in an exception."""
        try:
            yield
        except AuthError:
            right = "the password in SHOUWANG_NEO4J_PASSWORD that scripts/neo4j printed would be right"
            raise Unreachable(f"{self.name}: the server does not accept the password; {right}") from None
        except IncompleteCommit:
            sentence = "the connection broke as it was to be recorded; asking again records it once"
            raise StoreTrouble(f"{self.name}: {sentence}") from None
        except TransientError as trouble:
            raise Busy(f"{self.name}: the server is too busy ({trouble.code}); {_AGAIN}") from None
        except ClientError as trouble:
            if (trouble.code or "").startswith(_ENDED):
                raise Busy(f"{self.name}: others kept what was needed for too long; {_AGAIN}") from None
            raise Unreachable(f"{self.name}: the server refuses: {trouble.message}") from None
        except (DriverError, Neo4jError, OSError) as trouble:
            right = "a running server at this address would be right (scripts/neo4j start)"
            raise Unreachable(f"{self.name}: the server is not reachable; {right}") from trouble
