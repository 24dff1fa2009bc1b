"""What holds of the office, whichever store keeps it: officers, tokens, the trail."""

from datetime import timedelta

from tests.contract.trails import NOON, entries
from tracing.audit import breaks
from tracing.office import Deed, Holder, Officer, Pass, PassKind, Role

LI = Officer("li", Role.TOWNSHIP_OFFICER, "420106100")
WANG = Officer("王", Role.INVESTIGATOR)
TOKEN = Pass(PassKind.TOKEN)


def noted(office):
    return [entry for _, entry in office.trail(0, 1_000)]


# ---- officers


def test_nobody_holds_a_pass_that_was_never_given(office):
    assert office.holder("some digest") is None
    assert office.appointed() == []


def test_an_officer_is_found_by_their_pass(office):
    office.appoint(LI)
    office.appoint(WANG)
    office.grant("li", "one", TOKEN)
    office.grant("王", "two", TOKEN._replace(until=NOON))

    assert office.holder("one") == Holder(LI, TOKEN)
    assert office.holder("two") == Holder(WANG, TOKEN._replace(until=NOON))
    assert office.appointed() == [(LI, [TOKEN]), (WANG, [TOKEN._replace(until=NOON)])]


def test_a_pass_with_a_scope_is_good_for_nothing_else(office):
    office.appoint(WANG)
    office.grant("王", "one", TOKEN._replace(scope=frozenset({Deed.SEE_STATUS})))

    found = office.holder("one").officer

    assert found.may(Deed.SEE_STATUS)
    assert not found.may(Deed.SEE_LISTS)


def test_whoever_is_appointed_again_keeps_their_passes(office):
    office.appoint(LI)
    office.grant("li", "one", TOKEN)
    moved = LI._replace(area="420106200", role=Role.GRID_LEADER)

    office.appoint(moved)

    assert office.holder("one") == Holder(moved, TOKEN)


def test_passes_are_taken_away_one_by_one_or_all_of_a_kind(office):
    office.appoint(LI)
    for secret, kind in (("one", PassKind.TOKEN), ("two", PassKind.SESSION), ("three", PassKind.SESSION)):
        office.grant("li", secret, Pass(kind))

    office.revoke("two")
    assert [bool(office.holder(each)) for each in ("one", "two", "three")] == [True, False, True]

    office.revoke_all("li", PassKind.SESSION)
    assert [bool(office.holder(each)) for each in ("one", "two", "three")] == [True, False, False]


def test_when_a_pass_was_used_last_is_known(office):
    office.appoint(LI)
    office.grant("li", "one", Pass(PassKind.SESSION))

    office.note_seen("one", NOON)

    assert office.holder("one").shown.seen == NOON


def test_whoever_is_dismissed_holds_nothing(office):
    office.appoint(LI)
    office.grant("li", "one", TOKEN)

    assert office.dismiss("li")

    assert office.holder("one") is None
    assert not office.dismiss("li")


def test_a_pass_for_somebody_dismissed_is_not_there_for_the_next_of_that_name(office):
    office.appoint(LI)

    office.dismiss("li")
    office.grant("li", "late", TOKEN)
    office.appoint(LI)

    assert office.holder("late") is None
    assert office.appointed() == [(LI, [])]


def test_a_password_is_that_of_one_officer_and_outlives_another_role(office):
    office.appoint(LI)
    assert office.password("li") is None

    office.set_password("li", "a digest")
    office.set_password("nobody", "another")
    office.appoint(LI._replace(role=Role.GRID_LEADER))

    assert office.password("li") == "a digest"
    assert office.password("nobody") is None


def test_failures_are_counted_since_a_moment_for_each_name(office):
    for minutes in (0, 5, 10):
        office.note_failure("li", NOON + timedelta(minutes=minutes))
    office.note_failure("other", NOON)

    assert office.failures("li", NOON) == 3
    assert office.failures("li", NOON + timedelta(minutes=5)) == 2
    assert office.failures("nobody", NOON) == 0


# ---- what is over


def test_passes_that_ended_and_wrong_passwords_of_long_ago_are_forgotten(office):
    office.appoint(LI)
    for secret, until in (("past", NOON), ("later", NOON + timedelta(hours=1)), ("endless", None)):
        office.grant("li", secret, TOKEN._replace(until=until))
    office.note_failure("li", NOON)
    office.note_failure("li", NOON + timedelta(hours=1))

    office.forget(NOON + timedelta(minutes=1))

    assert [bool(office.holder(each)) for each in ("past", "later", "endless")] == [False, True, True]
    assert office.failures("li", NOON) == 1


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


def test_the_trail_tells_who_asked_about_somebody(office):
    office.note(entries("one", 3))

    assert [entry.number for _, entry in office.about("p1", 0, 10)] == [1, 3]
    assert [entry.number for _, entry in office.about("p𠮷", 1, 10)] == [3]
    assert office.about("p2", 0, 10) == []
