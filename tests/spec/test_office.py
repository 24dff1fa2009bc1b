"""Who may do what, whom they see, and what is seen of a trail that somebody changed."""

import pytest

from tests.contract.trails import entries
from tracing.audit import breaks
from tracing.office import MAY, Deed, Officer, Role
from tracing.wording import Audience


def officer(role, area=""):
    return Officer("somebody", role, area)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.INVESTIGATOR, {"check": True, "exposure": True, "void": True}),
        (Role.SUPERVISOR, {"check": True, "exposure": True, "void": True}),
        (Role.TOWNSHIP_OFFICER, {"check": True, "call": True, "exposure": False, "void": False}),
        (Role.GRID_LEADER, {"check": True, "order": False, "diagnosis": False}),
        (Role.AUDITOR, {"check": False, "exposure": False}),
    ],
)
def test_who_records_what(role, kinds):
    assert {kind: officer(role).may_record(kind) for kind in kinds} == kinds


def test_every_role_may_do_something_and_only_the_auditor_reads_the_trail():
    assert all(MAY[role] for role in Role)
    assert [role for role in Role if officer(role).may(Deed.READ_TRAIL)] == [Role.AUDITOR]


@pytest.mark.parametrize(
    ("areas", "is_seen"),
    [
        (["420106"], True),
        (["420106100"], True),
        (["420106100:3"], True),
        (["420107"], False),
        (["4201"], False),
        (["420107", "420106100"], True),
        ([], True),
    ],
)
def test_whom_an_officer_of_a_district_sees(areas, is_seen):
    assert officer(Role.TOWNSHIP_OFFICER, "420106").sees(areas) == is_seen


@pytest.mark.parametrize(
    ("role", "area", "hears_as", "follows"),
    [
        (Role.INVESTIGATOR, "", Audience.INVESTIGATOR, True),
        (Role.INVESTIGATOR, "420106", Audience.OFFICER, False),
        (Role.TOWNSHIP_OFFICER, "", Audience.OFFICER, False),
    ],
)
def test_only_who_investigates_everywhere_hears_who_it_was(role, area, hears_as, follows):
    assert officer(role, area).hears_as == hears_as
    assert {officer(role, area).may(each) for each in (Deed.FOLLOW_CHAINS, Deed.COMPARE)} == {follows}


# ---- the trail


def test_a_changed_entry_is_noticed():
    first, second, third = entries("one", 3)

    found = list(breaks([first, second._replace(about=("somebody else",)), third]))

    assert found == ["entry 2 of chain one was changed"]


def test_a_missing_entry_is_noticed():
    first, _, third = entries("one", 3)

    assert list(breaks([first, third])) == ["before entry 3 of chain one others are missing"]


def test_an_entry_put_in_the_place_of_another_is_noticed():
    first, _, third = entries("one", 3)
    forged = entries("one", 1, before="of something else", first=2)

    found = list(breaks([first, *forged, third]))

    assert found == [
        "entry 2 of chain one does not follow the one before it",
        "entry 3 of chain one does not follow the one before it",
    ]


def test_a_chain_that_begins_after_an_entry_that_is_not_there_is_noticed():
    one = entries("one", 2)
    other = entries("other", 1, before=one[-1].digest)

    assert list(breaks([one[0], *other])) == ["entry 1 of chain other does not follow the one before it"]
