"""The stores that the suite runs over, each empty for each test."""

from typing import cast

import pytest

from graphdb.neo4j import Neo4jOffice, Neo4jStore
from graphdb.sqlite import SQLiteOffice
from tests.contract.stores import STORES, Desk


@pytest.fixture(params=sorted(STORES))
def store(request, tmp_path):
    """An empty database with its tables."""
    with STORES[request.param](tmp_path) as made:
        yield made


@pytest.fixture
def desk(store):
    """A register over an empty database, chartered for COVID-19 in China, on 10 February 2020."""
    return Desk(store)


@pytest.fixture(params=[pytest.param("neo4j", marks=pytest.mark.neo4j), "sqlite"])
def office(request, tmp_path):
    """An office where nobody works yet."""
    with STORES[request.param](tmp_path) as store:
        made = (
            Neo4jOffice(cast(Neo4jStore, store).connection)
            if request.param == "neo4j"
            else SQLiteOffice(tmp_path / "register.db.office")
        )
        made.create()
        yield made
        made.close()
