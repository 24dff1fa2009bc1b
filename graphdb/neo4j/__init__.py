"""The store for production: a Neo4j server, in which facts are a graph that an analyst can query."""

from graphdb.neo4j.office import Neo4jOffice
from graphdb.neo4j.server import Connection
from graphdb.neo4j.store import Neo4jStore

__all__ = ["Connection", "Neo4jOffice", "Neo4jStore"]
