"""What every store must do: answers kept in versions, found by area, leased and marked."""

from datetime import timedelta

import pytest

from tests.contract.stores import Desk
from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.spec.builders import fact
from tracing.faults import Refused
from tracing.upkeep import work

HOME = fact("residence", person="well", household="home")


def test_an_answer_has_a_version_for_each_time_it_changed(desk):
    desk.record(*FAMILY, DINNER, ILL)
    desk.record(fact("void", of="dinner"), DINNER | {"end": "2020-02-08T01:00"})
    desk.record(fact("check", person="well", day="2020-02-10", slot="am"))

    versions = desk.store.read(lambda records: records.versions("well"))

    assert [each.known_to for each in versions] == [versions[1].known_from, None]
    assert versions[0].text != versions[1].text


def test_lists_find_people_by_the_beginning_of_an_area_code(desk):
    desk.record(*FAMILY, HOME, DINNER, ILL)

    assert "well" in desk.listed("1201")
    assert "well" in desk.listed("120115001")
    assert "well" not in desk.listed("120116")


def test_people_of_whom_nobody_knows_where_they_live_stand_in_every_list(desk):
    desk.record(*FAMILY, DINNER, ILL)

    assert desk.listed("330000") == ["ill", "well"]


def test_a_move_takes_somebody_to_the_lists_of_the_new_area_too(desk):
    desk.record(*FAMILY, HOME, DINNER, ILL)
    desk.record(fact("moved", person="well", day="2020-02-09", to_area="130100"))

    assert "well" in desk.listed("1301")


def test_an_area_is_known_once_anything_in_it_is_recorded(desk):
    assert not desk.register.names_area("1201")
    desk.record(*FAMILY)
    assert desk.register.names_area("1201")
    assert desk.register.names_area("120115001")
    assert not desk.register.names_area("1202")


def test_an_id_of_digits_is_no_area(desk):
    desk.record(fact("person", id="440100"))

    assert not desk.register.names_area("44")


def test_two_workers_do_not_lease_the_same_people(desk):
    desk.record(*FAMILY, DINNER, ILL)
    desk.store.write(lambda records: records.mark_stale({"ill", "well"}))
    until = desk.now + timedelta(minutes=1)

    first = desk.store.write(lambda records: records.claim(1, desk.now, until))
    second = desk.store.write(lambda records: records.claim(5, desk.now, until))
    third = desk.store.write(lambda records: records.claim(5, desk.now, until))

    assert sorted(each.person for each in (*first, *second)) == ["ill", "well"]
    assert third == []


def test_a_lease_that_ran_out_is_taken_over(desk):
    desk.record(*FAMILY)
    desk.store.write(lambda records: records.mark_stale({"ill"}))
    desk.store.write(lambda records: records.claim(5, desk.now, desk.now + timedelta(minutes=1)))

    desk.now += timedelta(minutes=2)

    assert work(desk.store, desk.rules, desk.clock).people == 1


def test_somebody_marked_again_while_leased_stays_marked(desk):
    desk.record(*FAMILY)
    desk.store.write(lambda records: records.mark_stale({"ill"}))
    leased = desk.store.write(lambda records: records.claim(5, desk.now, desk.now + timedelta(minutes=1)))

    desk.store.write(lambda records: records.mark_stale({"ill"}))
    desk.store.write(lambda records: records.unmark(leased))

    assert desk.store.read(lambda records: records.stale()) == {"ill"}


def test_working_twice_changes_nothing(desk):
    desk.record(*FAMILY, DINNER, ILL)
    desk.store.write(lambda records: records.mark_stale({"ill", "well"}))
    desk.work()
    before = desk.store.read(lambda records: records.versions("well"))

    desk.store.write(lambda records: records.mark_stale({"ill", "well"}))
    desk.work()

    assert desk.store.read(lambda records: records.versions("well")) == before


def test_an_answer_that_the_clock_changes_is_worked_out_when_its_time_has_come(desk):
    desk.record(*FAMILY, ILL | {"day": "2020-02-12"}, DINNER)
    assert desk.category("well") == "none"

    desk.now += timedelta(days=2)

    assert desk.listed("99") == ["ill", "well"]
    assert desk.category("well") == "close_contact"
    desk.work()
    assert desk.differences() == []


def test_an_edition_that_comes_into_force_has_everybody_worked_out_anew(desk):
    desk.record(*FAMILY, DINNER, ILL)
    desk.now += timedelta(days=11)

    desk.work()

    assert desk.answer("well")["observation"]["phases"][0]["kind"] == "centralised_observation"
    assert desk.differences() == []


def test_pages_of_facts_stay_as_they_are_while_others_are_recorded(desk):
    desk.record(*FAMILY)
    first = desk.store.read(lambda facts: facts.page(0, 2))

    desk.record(DINNER)
    second = desk.store.read(lambda facts: facts.page(first[-1].seq, 10))

    assert [each.seq for each in (*first, *second)] == [1, 2, 3, 4, 5]


def test_a_linked_contacts_test_is_told_to_whoever_waits_for_it(desk):
    desk.now = desk.now.replace(year=2021, month=6)
    people = [fact("person", id=each) for each in ("case", "close", "second")]
    met = {"kind": "meal", "start": "2021-06-08T12:00", "end": "2021-06-08T13:00"}
    later = {"kind": "meal", "start": "2021-06-09T12:00", "end": "2021-06-09T13:00"}
    desk.record(
        *people,
        fact("exposure", id="e1", participants=["case", "close"], **met),
        fact("exposure", id="e2", participants=["close", "second"], **later),
        fact("diagnosis", person="case", classification="confirmed", day="2021-06-10", onset="2021-06-09"),
    )

    assert desk.category("second") == "secondary_contact"
    assert desk.store.read(lambda records: records.linked_to({"close"})) == {"second"}
    desk.record(fact("test", person="close", sampled="2021-06-10", result="positive"))
    codes = [each["code"] for each in desk.answer("second")["release"]["blockers"]]
    assert "linked_contact_positive" in codes
    assert desk.differences() == []


def test_whom_a_contact_met_is_judged_by_a_decision_about_an_exposure_that_names_others(store):
    desk = Desk(store, at="2021-06-10T20:00")
    desk.record(
        *(fact("person", id=each) for each in ("a", "b", "contact", "friend")),
        fact("exposure", id="party", kind="meal", start="2021-06-04T12:00", participants=["a", "b"]),
        fact("exposure", id="tea", kind="meal", start="2021-06-05T12:00", participants=["contact", "friend"]),
    )
    desk.record(
        fact("determination", person="contact", category="close_contact", day="2021-06-06", exposure="party")
    )

    desk.record(
        fact("exposure", id="game", kind="meal", start="2021-06-01T12:00", participants=["friend"], unnamed=1)
    )

    assert desk.category("friend") == "secondary_contact"
    assert desk.differences() == []


def test_a_decision_because_of_somebody_merged_with_another_names_the_other(desk):
    desk.record(*FAMILY, *(fact("person", id=each) for each in ("one", "two", "decided")), DINNER, ILL)
    decision = fact(
        "determination",
        person="decided",
        category="close_contact",
        day="2020-02-09",
        exposure="dinner",
        source_person="one",
    )
    desk.record(decision)

    desk.record(fact("merge", id="first", person="one", into="two"))
    assert desk.differences() == []
    desk.record(fact("merge", id="second", person="two", into="ill"))
    assert desk.differences() == []
    desk.record(fact("void", of="second"))
    assert desk.differences() == []


def test_a_decision_because_of_somebody_merged_before_or_since_names_whom_they_answer_under(desk):
    desk.record(*(fact("person", id=each) for each in ("a", "b", "c", "before", "since")))
    desk.record(
        fact("exposure", id="tea", kind="meal", start="2020-02-08", end="2020-02-08", participants=["a", "b"])
    )
    because_of_c = {
        "category": "close_contact",
        "day": "2020-02-09",
        "exposure": "tea",
        "source_person": "c",
    }
    desk.record(fact("determination", person="since", **because_of_c))
    desk.record(fact("merge", person="c", into="a"))
    desk.record(fact("determination", person="before", **because_of_c))
    desk.record(fact("isolation", person="since", where="home_shared", start="2020-02-09T12:00"))

    assert desk.differences() == []


def test_among_many_people_whoever_they_are_one_with_is_marked_too(desk):
    desk.record(*(fact("person", id=each) for each in ("record", "whole", "else")))
    desk.record(fact("merge", person="record", into="whole"))

    desk.record(
        fact("determination", person="record", category="close_contact", day="2020-02-09"),
        fact("symptoms", person="else", day="2020-02-09", signs=["fever"]),
        at_once=1,
    )

    assert desk.category("whole") == "close_contact"
    assert desk.differences() == []


def test_rides_that_only_their_end_tells_apart_are_kept_in_one_order(desk):
    def ride(name, person, end):
        return fact("ride", id=name, person=person, journey="g1", start="2020-02-04T08:00", end=end)

    desk.record(*(fact("person", id=each) for each in ("a", "b")))
    desk.record(fact("journey", id="g1", mode="train_open"))
    desk.record(ride("long", "a", "2020-02-04T18:00"), ride("short", "a", "2020-02-04T12:00"))
    desk.record(ride("theirs", "b", "2020-02-04T20:00"))
    desk.record(fact("void", id="no", of="long"))
    desk.record(fact("void", of="no"))
    desk.record(
        fact("diagnosis", person="b", day="2020-02-04", classification="ruled_out"),
        fact("order", id="o", person="a", first_day="2020-02-05", place_kind="home"),
    )

    assert desk.differences() == []


def test_what_names_a_thing_withdrawn_since_is_not_put_back(desk):
    desk.record(*FAMILY, fact("order", id="o", person="ill", place_kind="home", first_day="2020-02-08"))
    desk.record(fact("release", id="r", order="o", day="2020-02-09"))
    desk.record(fact("void", of="o"), fact("void", id="no", of="r"))

    with pytest.raises(Refused, match="found 'o'"):
        desk.record(fact("void", of="no"))

    assert desk.differences() == []
