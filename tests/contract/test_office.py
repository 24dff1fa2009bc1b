"""What holds of the office, whichever store keeps it: officers, tokens, the trail."""

from typing import cast

import pytest

from graphdb.neo4j import Neo4jOffice, Neo4jStore
from graphdb.sqlite import SQLiteOffice
from tests.contract.stores import STORES
from tests.contract.trails import NOON, entries
from tracing.office import Appointment, Officer, Role, breaks

LI = Officer("li", Role.TOWNSHIP_OFFICER, "420106100")
WANG = Officer("王", Role.INVESTIGATOR)


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


def noted(office):
    return [entry for _, entry in office.trail(0, 1_000)]


# ---- officers


def test_nobody_holds_a_token_that_was_never_given(office):
    assert office.holder("some digest") is None
    assert office.appointed() == []


def test_an_officer_is_found_by_their_token(office):
    office.appoint(Appointment(LI, None), "one")
    office.appoint(Appointment(WANG, NOON), "two")

    assert office.holder("one") == Appointment(LI, None)
    assert office.holder("two") == Appointment(WANG, NOON)
    assert office.appointed() == [Appointment(LI, None), Appointment(WANG, NOON)]


def test_of_one_name_the_last_appointment_counts(office):
    office.appoint(Appointment(LI, None), "one")
    moved = LI._replace(area="420106200")

    office.appoint(Appointment(moved, None), "two")

    assert office.holder("one") is None
    assert office.holder("two") == Appointment(moved, None)


def test_whoever_is_dismissed_holds_nothing(office):
    office.appoint(Appointment(LI, None), "one")

    assert office.dismiss("li")

    assert office.holder("one") is None
    assert not office.dismiss("li")


# ---- the trail


def test_the_trail_gives_entries_as_they_were_added(office):
    one, other = entries("one", 3), entries("other", 2)

    office.note(one)
    office.note(other)

    assert noted(office) == [*one, *other]
    assert office.latest() == other[-1].digest


def test_nothing_was_done_where_nothing_was_noted(office):
    assert noted(office) == []
    assert office.latest() == ""


def test_the_trail_is_read_page_by_page(office):
    office.note(entries("one", 5))

    pages, after = [], 0
    while page := office.trail(after, 2):
        pages.append([entry.number for _, entry in page])
        after = page[-1][0]

    assert pages == [[1, 2], [3, 4], [5]]


def test_a_trail_that_is_whole_has_no_breaks(office):
    one = entries("one", 3)
    office.note(one)
    office.note(entries("other", 2, before=one[-1].digest))
    office.note(entries("one", 2, before=one[-1].digest, first=4))

    assert list(breaks(noted(office))) == []
