"""The embedded store: one SQLite file, no server."""

from graphdb.sqlite.office import SQLiteOffice
from graphdb.sqlite.store import SQLiteStore

__all__ = ["SQLiteOffice", "SQLiteStore"]
