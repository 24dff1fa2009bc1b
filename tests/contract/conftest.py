"""The stores that the suite runs over, each empty for each test."""

import pytest

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
