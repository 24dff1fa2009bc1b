"""What every store must do: facts recorded once, answers kept fresh, nothing half done."""

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.spec.builders import fact
from tracing.casework import record
from tracing.digests import private_digest
from tracing.faults import Refused
from tracing.in_force import OtherRules
from tracing.intake import handed_in
from tracing.storing import as_handed_in

FAMILY = [
    fact("area", code="120115", name="Baodi", level="county"),
    fact("household", id="home", area="120115001"),
    fact("person", id="ill", name="赵试例"),
    fact("person", id="well", name="𠮷试例", phone="13800000000"),
]
DINNER = fact(
    "exposure",
    id="dinner",
    kind="meal",
    start="2020-02-07T18:00",
    end="2020-02-07T20:00",
    participants=["ill", "well"],
)
ILL = fact(
    "diagnosis", id="d1", person="ill", classification="confirmed", day="2020-02-09", onset="2020-02-06"
)


def test_a_contact_is_told_as_a_consequence_of_the_diagnosis(desk):
    desk.record(*FAMILY)
    desk.record(DINNER)

    done = desk.record(ILL)

    assert [(each.person, each.because_of) for each in done.changes] == [("ill", ("d1",)), ("well", ("d1",))]
    assert desk.category("well") == "close_contact"
    assert desk.differences() == []


def test_exposure_and_diagnosis_make_a_contact_in_either_order(desk):
    desk.record(*FAMILY)
    desk.record(ILL)

    desk.record(DINNER)

    assert desk.answer("well")["observation"]["last_day"] == "2020-02-21"
    assert desk.differences() == []


def test_who_met_people_of_whom_nothing_is_kept_has_nothing_kept_either(desk):
    desk.record(*FAMILY)

    done = desk.record(DINNER)

    assert (done.new, done.changes, done.waiting) == (1, (), 0)
    assert desk.store.read(lambda records: records.kept({"ill", "well"})) == {}
    assert desk.category("well") == "none"


def test_whoever_meets_a_case_a_contact_or_somebody_merged_with_one_is_judged_at_once(desk):
    desk.record(*FAMILY, fact("person", id="again"), fact("person", id="guest"))
    desk.record(ILL)
    desk.record(fact("merge", person="again", into="ill"))

    done = desk.record(DINNER | {"participants": ["again", "guest"]})

    assert [each.person for each in done.changes] == ["guest"]
    assert desk.differences() == []


def test_the_same_facts_again_add_nothing(desk):
    desk.record(*FAMILY, DINNER, ILL)
    before = desk.fact_ids()

    assert desk.record(*FAMILY, DINNER, ILL).new == 0
    assert desk.record(DINNER, fact("check", person="well", day="2020-02-10", slot="am")).new == 1
    assert len(desk.fact_ids()) == len(before) + 1


def test_the_same_line_twice_in_one_file_is_two_facts_and_stays_two(desk):
    desk.record(*FAMILY)
    test = fact("test", person="well", sampled="2020-02-09", result="negative")

    assert desk.record(test, test).new == 2
    assert desk.record(test, test).new == 0


def test_a_withdrawn_diagnosis_frees_the_contact_and_a_void_of_the_void_brings_them_back(desk):
    desk.record(*FAMILY, DINNER, ILL)

    desk.record(fact("void", id="v1", of="d1"))
    assert desk.category("well") == "none"
    desk.record(fact("void", id="v2", of="v1"))

    assert desk.category("well") == "close_contact"
    assert desk.differences() == []


def test_a_corrected_fact_under_the_same_id_counts_from_then_on(desk):
    desk.record(*FAMILY, DINNER, ILL)

    desk.record(fact("void", of="dinner"), DINNER | {"start": "2020-02-08T18:00", "end": "2020-02-08T20:00"})

    assert desk.answer("well")["observation"]["last_day"] == "2020-02-22"
    assert desk.answer("well", known_at="2020-02-10T20:00")["observation"]["last_day"] == "2020-02-21"
    assert desk.differences() == []


def test_what_was_known_earlier_can_be_asked(desk):
    desk.record(*FAMILY, DINNER)
    desk.record(ILL)

    assert desk.category("well", known_at="2020-02-10T20:00") == "none"
    assert desk.category("well", known_at="2020-02-10T20:01") == "close_contact"


def test_facts_recorded_together_bear_one_moment_later_than_all_before(desk):
    desk.record(*FAMILY)
    desk.record(DINNER, ILL)

    stamps = [each.recorded_at for each in desk.store.read(lambda facts: facts.page(0, 10))]

    assert stamps[:4] == [datetime(2020, 2, 10, 12, 0, tzinfo=UTC)] * 4
    assert stamps[4:] == [datetime(2020, 2, 10, 12, 0, 1, tzinfo=UTC)] * 2


def test_a_clock_that_goes_back_never_stamps_earlier(desk):
    desk.record(*FAMILY)
    desk.now = desk.now.replace(year=2019)

    later = desk.record(DINNER).at

    first = desk.store.read(lambda facts: facts.page(0, 1))[0].recorded_at
    assert later > first


def test_a_refused_file_leaves_nothing_behind(desk):
    desk.record(*FAMILY)
    before = desk.fact_ids()

    with pytest.raises(Refused, match="stranger"):
        desk.record(ILL, DINNER | {"participants": ["ill", "stranger"]})

    assert desk.fact_ids() == before
    assert desk.category("ill") == "none"


def test_a_second_different_fact_under_a_live_id_is_refused(desk):
    desk.record(*FAMILY, DINNER)

    with pytest.raises(Refused, match="'dinner' a second time for something else"):
        desk.record(DINNER | {"kind": "work"})


def test_a_thing_that_live_facts_name_is_not_withdrawn(desk):
    desk.record(*FAMILY, fact("residence", person="ill", household="home"))

    with pytest.raises(Refused, match="first a void"):
        desk.record(fact("void", of="home"))


def test_what_a_fact_names_must_be_recorded_and_not_withdrawn(desk):
    desk.record(*FAMILY)
    desk.record(fact("void", of="home"))

    with pytest.raises(Refused, match="household"):
        desk.record(fact("residence", person="ill", household="home"))


def test_merges_in_a_circle_are_refused_across_files(desk):
    desk.record(*FAMILY, fact("merge", person="ill", into="well"))

    with pytest.raises(Refused, match="not itself merged"):
        desk.record(fact("merge", person="well", into="ill"))


def test_a_merged_record_is_answered_under_the_other_and_split_again(desk):
    desk.record(*FAMILY, DINNER | {"participants": ["ill", "twin"]}, ILL, fact("person", id="twin"))
    desk.record(fact("merge", id="m1", person="twin", into="well"))
    assert desk.category("well") == "close_contact"

    desk.record(fact("void", of="m1"))

    assert (desk.category("well"), desk.category("twin")) == ("none", "close_contact")
    assert desk.differences() == []


def test_an_instant_in_utc_and_a_local_time_are_one(desk):
    desk.record(*FAMILY, ILL)
    desk.record(DINNER | {"start": "2020-02-07T10:00Z", "end": "2020-02-07T12:00Z"})

    (exposure,) = desk.answer("well")["exposures"]
    assert exposure["first"] == "2020-02-07T18:00+08:00"


def test_a_null_is_as_good_as_nothing(desk):
    desk.record(*FAMILY, DINNER | {"distance_m": None, "place": None})

    assert desk.record(DINNER).new == 0


def test_an_empty_file_records_nothing(desk):
    assert desk.record().new == 0


def test_somebody_met_alone_with_nobody_named_is_recorded(desk):
    desk.record(*FAMILY)

    assert desk.record(DINNER | {"participants": ["well"], "unnamed": 3}).new == 1
    assert desk.differences() == []


def test_ten_thousand_facts_at_once_are_recorded_and_worked_through(desk):
    people = [fact("person", id=f"p{number}") for number in range(2_500)]
    homes = [fact("household", id=f"h{number}", area="120115") for number in range(2_500)]
    lived = [fact("residence", person=f"p{number}", household=f"h{number // 4}") for number in range(2_500)]
    stay = partial(fact, "stay", area="420100", last_day="2020-02-05")
    stays = [stay(person=f"p{number}") for number in range(2_500)]

    done = desk.record(*people, *homes, *lived, *stays)

    assert (done.new, done.changes, done.waiting) == (10_000, (), 2_500)
    assert desk.category("p77") == "returnee"
    desk.work()
    assert desk.differences() == []


def test_more_people_than_fit_into_one_transaction_are_worked_on_later_and_answered_meanwhile(desk):
    guests = [fact("person", id=f"g{number}") for number in range(8)]
    party = DINNER | {"id": "party", "participants": ["ill", *(each["id"] for each in guests)]}
    desk.record(*FAMILY, *guests, party)

    done = desk.record(ILL, at_once=4)

    assert len(done.changes) == 4
    assert done.waiting == 5
    assert [desk.category(each["id"]) for each in guests] == ["close_contact"] * 8
    desk.work()
    assert desk.differences() == []


def test_identity_is_kept_apart_and_given_only_when_asked_for(desk):
    desk.record(*FAMILY)

    without = desk.store.read(lambda facts: facts.about({"well"}))
    given = desk.store.read(lambda facts: facts.page(0, 100, identity=True))

    assert [each.identity for each in without] == [{}]
    assert {"name", "phone"}.isdisjoint(without[0].body)
    assert given[3].identity == {"name": "𠮷试例", "phone": "13800000000"}


def test_every_fact_comes_out_as_it_was_handed_in(desk):
    desk.record(*FAMILY, DINNER, ILL, fact("check", person="well", day="2020-02-10", slot="am", note="早"))

    out = [as_handed_in(each) for each in desk.store.read(lambda facts: facts.page(0, 100, identity=True))]

    again = handed_in(enumerate(out, 1), desk.rules.zone, digest=private_digest(desk.store))
    assert [entry.fact.fact_id for entry in again.entries] == desk.fact_ids()
    assert [entry.content for entry in again.entries] == [
        each.content for each in desk.store.read(lambda facts: facts.page(0, 100))
    ]


def test_a_program_with_other_rules_reads_but_does_not_write(desk):
    desk.record(*FAMILY, DINNER, ILL)
    charter = desk.store.read(lambda records: records.charter())
    others = type(charter)(charter.protocol, None, charter.zone, "second/5")
    desk.store.write(lambda records: records.activate(others, ("another book",), desk.now))

    with pytest.raises(OtherRules, match="rules activate"):
        record(desk.store, desk.rules, [(1, fact("person", id="new"))], desk.clock)
    assert desk.category("well") == "close_contact"
    assert desk.listed("12") == ["ill", "well"]


def test_work_that_raises_leaves_nothing_behind(desk):
    desk.record(*FAMILY)

    def breaks(records):
        records.mark_stale({"ill"})
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError):
        desk.store.write(breaks)
    assert desk.store.read(lambda records: records.stale()) == set()
