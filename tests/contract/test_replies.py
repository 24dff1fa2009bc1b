"""What holds of replies, whichever store keeps the office: one worker records what is asked under a key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.contract.trails import NOON
from tracing.office import Lease, Officer, Reply, Role

LEASE = Lease("li", "key", "a digest", NOON + timedelta(seconds=30))
REPLY = Reply("a digest", 201, '{"new": 1}', ("p1", "p𠮷"))


def claimed(office, lease, at=NOON, since=NOON - timedelta(days=1)):
    return office.claim_reply(lease, at=at, since=since)


def test_what_was_answered_is_kept_by_officer_and_key_until_it_is_forgotten(office):
    other = LEASE._replace(officer="wang")
    assert claimed(office, LEASE) is None
    assert claimed(office, other, at=NOON + timedelta(hours=1)) is None
    office.keep_reply(LEASE, REPLY)
    office.keep_reply(other, REPLY._replace(status=200))

    assert claimed(office, LEASE) == REPLY
    assert claimed(office, LEASE._replace(asked="another")) == REPLY
    assert claimed(office, other) == REPLY._replace(status=200)
    assert claimed(office, LEASE._replace(key="other")) is None

    assert claimed(office, LEASE, since=NOON + timedelta(minutes=1)) is None
    assert claimed(office, other) == REPLY._replace(status=200)


def test_what_one_worker_records_another_does_not(office):
    claimed(office, LEASE)

    again = LEASE._replace(until=NOON + timedelta(seconds=40))
    assert claimed(office, again) == LEASE
    assert claimed(office, again._replace(asked="another")) == LEASE


@pytest.mark.parametrize(("seconds", "is_held"), [(29, True), (30, False), (31, False)])
def test_a_lease_that_ran_out_gives_way_to_the_same_request(office, seconds, is_held):
    claimed(office, LEASE)
    later = NOON + timedelta(seconds=seconds)

    found = claimed(office, LEASE._replace(until=later + timedelta(seconds=30)), at=later)

    assert found == (LEASE if is_held else None)


def test_a_lease_that_ran_out_gives_way_to_no_other_request_until_it_is_forgotten(office):
    claimed(office, LEASE)
    other, later = LEASE._replace(asked="another"), NOON + timedelta(hours=1)

    assert claimed(office, other, at=later) == LEASE
    assert claimed(office, other, at=later, since=NOON + timedelta(minutes=1)) is None


def test_what_was_given_up_is_claimed_anew_by_any_request(office):
    claimed(office, LEASE)

    office.give_up(LEASE)

    assert claimed(office, LEASE._replace(asked="another")) is None


def test_whose_place_another_has_taken_changes_nothing_any_more(office):
    claimed(office, LEASE)
    later = LEASE.until
    second = LEASE._replace(until=later + timedelta(seconds=30))
    claimed(office, second, at=later)

    office.give_up(LEASE)
    office.keep_reply(LEASE, REPLY._replace(status=200))
    assert claimed(office, LEASE, at=later) == second

    office.keep_reply(second, REPLY)
    office.give_up(second)
    assert claimed(office, LEASE, at=later) == REPLY


def test_of_many_who_ask_at_once_one_records(office):
    begin = Barrier(8)

    def claim(number):
        begin.wait(60)
        return claimed(office, LEASE._replace(asked=f"digest {number % 2}"))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(claim, range(8)))

    assert found.count(None) == 1
    assert {each.asked for each in found if each} == {f"digest {found.index(None) % 2}"}


def test_what_many_ask_at_once_is_recorded_by_one_after_the_other_if_it_is_refused(office):
    begin = Barrier(8)

    def claim_and_give_up(number):
        begin.wait(60)
        lease, given_up = LEASE._replace(until=NOON + timedelta(seconds=number + 1)), 0
        for _ in range(10):
            if claimed(office, lease) is None:
                office.give_up(lease)
                given_up += 1
        return given_up

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claim_and_give_up, range(8))) > 0
    assert claimed(office, LEASE) is None


def test_no_reply_for_somebody_dismissed_is_there_for_the_next_of_that_name(office):
    li, late = Officer("li", Role.TOWNSHIP_OFFICER), LEASE._replace(key="late")
    office.appoint(li)
    claimed(office, LEASE)
    claimed(office, late)
    office.keep_reply(LEASE, REPLY)

    office.dismiss("li")
    office.keep_reply(late, REPLY)
    office.appoint(li)

    assert [claimed(office, each) for each in (LEASE, late)] == [None, None]
