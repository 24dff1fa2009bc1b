"""The store for production: a Neo4j server, in which facts are a graph that an analyst can query."""

from graphdb.neo4j.store import Connection, Neo4jStore

__all__ = ["Connection", "Neo4jStore"]
