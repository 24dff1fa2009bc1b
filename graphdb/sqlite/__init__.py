"""The embedded store: one SQLite file, no server."""

from graphdb.sqlite.store import SQLiteStore

__all__ = ["SQLiteStore"]
