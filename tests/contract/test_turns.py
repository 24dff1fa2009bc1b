"""How few statements the recording of facts takes on a server: each is a way there and back."""

import neo4j
import pytest

from tests.contract.stores import STORES, Desk
from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.spec.builders import fact

pytestmark = pytest.mark.neo4j
GUESTS = [fact("person", id=f"guest {number}") for number in range(5)]
HOMES = [
    fact("residence", id=f"r {number}", person=f"guest {number}", household="home") for number in range(3)
]
LUNCH = fact(
    "exposure",
    id="lunch",
    kind="meal",
    start="2020-02-08T12:00",
    end="2020-02-08T13:00",
    participants=[each["id"] for each in GUESTS],
)


@pytest.fixture
def desk(tmp_path):
    """A register on a server, about a family and five guests, some of whom live there."""
    with STORES["neo4j"](tmp_path) as store:
        desk = Desk(store)
        desk.record(*FAMILY, *GUESTS)
        desk.record(*HOMES)
        yield desk


@pytest.fixture
def said(monkeypatch):
    """What the driver said to the server since it was looked at last."""
    statements = []
    run = neo4j.ManagedTransaction.run

    def noted(transaction, query, *values, **more):
        statements.append(query)
        return run(transaction, query, *values, **more)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", noted)
    return statements


def test_people_of_whom_nothing_is_to_be_said_take_two(desk, said):
    done = desk.record(LUNCH)

    assert (done.new, done.changes) == (1, ())
    assert len(said) == 2


def test_an_exposure_with_a_case_takes_three(desk, said):
    desk.record(DINNER, ILL)
    said.clear()

    done = desk.record(LUNCH | {"participants": ["ill", "guest 0", "guest 1", "guest 4"]})

    assert [each.person for each in done.changes] == ["guest 0", "guest 1", "guest 4"]
    assert len(said) == 3


def test_a_new_case_takes_four(desk, said):
    desk.record(DINNER)
    desk.record(LUNCH | {"participants": ["ill", "guest 0", "guest 1", "guest 4"]})
    said.clear()

    done = desk.record(ILL)

    assert [each.person for each in done.changes] == ["guest 0", "guest 1", "guest 4", "ill", "well"]
    assert len(said) == 4
