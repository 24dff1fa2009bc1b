"""What every store must do: facts found by whom and what they name, and by who was where when."""

from datetime import date

import pytest

from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.spec.builders import fact
from tracing.ports import Coming

SEVENTH, NINTH = (date(2020, 2, day).toordinal() for day in (7, 9))
TRAIN = fact(
    "journey", id="g1", mode="train_enclosed", departs="2020-02-07T08:00", arrives="2020-02-07T10:00"
)
SHOP = fact("place", id="shop", name="a shop", area="120115001")
EVERYBODY = ("ill", "well", "guest", "nobody")
GUEST, ELSE = fact("person", id="guest"), fact("person", id="guest again")


def found(desk, people, first=SEVENTH, last=SEVENTH):
    """The ids of what stands of the occasions of people on some days."""
    return [each.fact_id for each in desk.store.read(lambda facts: facts.gatherings(people, (first, last)))]


def test_an_exposure_is_found_by_each_of_its_participants_on_its_days(desk):
    desk.record(*FAMILY, DINNER)

    assert found(desk, ["ill"]) == found(desk, ["well"]) == found(desk, ["well", "ill"]) == ["dinner"]
    assert found(desk, ["ill"], NINTH, NINTH) == found(desk, ["nobody"]) == found(desk, []) == []


def test_who_was_at_home_aboard_or_at_a_place_on_the_days_is_found_with_the_journey(desk):
    desk.record(*FAMILY, GUEST, TRAIN, SHOP)
    desk.record(
        fact("residence", id="r1", person="ill", household="home"),
        fact("residence", id="r2", person="well", household="home", last_day="2020-02-06"),
        fact("residence", id="r3", person="guest", household="home", first_day="2020-02-07"),
        fact("ride", id="on", person="ill", journey="g1"),
        fact("ride", id="on too", person="guest", journey="g1"),
        fact("visit", id="v1", person="ill", place="shop", start="2020-02-07T09:00", end="2020-02-07T10:00"),
        fact("visit", id="v2", person="well", place="shop", start="2020-02-08T09:00"),
    )

    assert found(desk, ["ill"]) == ["g1", "r1", "r3", "on", "on too", "v1"]
    assert found(desk, ["ill"], SEVENTH, NINTH) == ["g1", "r1", "r3", "on", "on too", "v1", "v2"]
    assert found(desk, ["well"], NINTH, NINTH) == ["v2"]


def test_what_was_withdrawn_is_not_found_and_leads_nowhere(desk):
    desk.record(*FAMILY, GUEST, TRAIN, DINNER)
    desk.record(
        fact("ride", id="on", person="ill", journey="g1"),
        fact("ride", id="on too", person="guest", journey="g1"),
    )
    desk.record(fact("void", of="dinner"), fact("void", id="off", of="on"))

    assert found(desk, ["ill", "well"]) == []
    assert found(desk, ["guest"]) == ["g1", "on too"]

    desk.record(fact("void", of="off"))

    assert found(desk, ["ill"]) == ["g1", "on", "on too"]


def test_the_merges_of_everybody_who_was_there_come_along(desk):
    desk.record(*FAMILY, GUEST, ELSE, DINNER)
    desk.record(fact("merge", id="one", person="well", into="guest"))
    desk.record(fact("merge", id="another", person="guest again", into="guest"))

    assert found(desk, ["ill"]) == ["dinner", "one"]


def test_what_stands_under_an_id_comes_with_its_voids_if_asked(desk):
    desk.record(*FAMILY, DINNER)
    desk.record(fact("void", id="no", of="dinner"))
    desk.record(DINNER | {"kind": "meeting"})

    def under(**asked):
        return [
            each.fact_id for each in desk.store.read(lambda facts: facts.under(["dinner", "ill"], **asked))
        ]

    assert under() == ["ill", "dinner", "dinner"]
    assert sorted(under(with_voids=True)) == ["dinner", "dinner", "ill", "no"]


@pytest.mark.parametrize("told", ["an answer", "a mark", "a merge", "a diagnosis withdrawn", "nothing"])
def test_of_note_is_of_whom_anything_is_kept_due_or_was_ever_diagnosed_or_merged(desk, told):
    desk.record(*FAMILY, GUEST, ELSE, DINNER)
    match told:
        case "an answer":
            desk.record(ILL)
        case "a mark":
            desk.store.write(lambda records: records.mark_stale({"ill", "well"}))
        case "a merge":
            desk.record(fact("merge", person="ill", into="well"))
        case "a diagnosis withdrawn":
            desk.record(ILL, fact("void", of="d1"))

    noted = desk.store.read(lambda records: records.of_note({"ill", "well", "guest"}))

    expected = {"nothing": set(), "a diagnosis withdrawn": {"ill"}}.get(told, {"ill", "well"})
    assert noted == expected


def test_of_whom_an_answer_is_kept_is_told_without_it(desk):
    desk.record(*FAMILY, GUEST, DINNER, ILL)

    kept, told = desk.store.read(lambda records: (records.kept(EVERYBODY), records.with_kept(EVERYBODY)))

    assert told == kept.keys() == {"ill", "well"}


COMING = Coming(["well"], ("residence", "exposure"))


@pytest.mark.parametrize(
    "coming",
    [
        COMING,
        Coming(["well"], ("residence",)),
        Coming(["well"], ("diagnosis", "merge"), exposures=["dinner", "lunch"]),
        Coming(["ill", "well"], COMING.kinds, with_companions=True),
        Coming(["guest", "ill"], COMING.kinds, unless_idle=True),
        Coming(["nobody"], COMING.kinds, exposures=["lunch"], with_companions=True, unless_idle=True),
    ],
)
def test_nothing_is_answered_otherwise_for_being_foreseen(desk, coming):
    desk.record(*FAMILY, GUEST, ELSE, TRAIN, SHOP, DINNER, ILL)
    desk.record(
        fact("residence", id="r1", person="well", household="home"),
        fact("residence", id="r2", person="guest", household="home", last_day="2020-02-06"),
        fact("ride", id="on", person="well", journey="g1"),
        fact("exposure", id="lunch", kind="meal", start="2020-02-08T12:00", participants=["ill", "guest"]),
        fact("determination", id="no", person="guest", exposure="lunch", category="none", day="2020-02-09"),
        fact("void", of="dinner"),
        fact("place", id="hotel", name="a hotel", area="120115001"),
        fact("order", id="o1", person="well", place_kind="home", first_day="2020-02-08"),
        fact("order", id="o2", person="guest", place_kind="home", first_day="2020-02-08"),
        fact("order", id="o3", person="guest", place_kind="home", first_day="2020-02-09"),
        fact("transfer", id="t1", order="o1", day="2020-02-09", place_kind="centralised", site="hotel"),
        fact("release", id="x1", order="o2", day="2020-02-09"),
    )
    desk.record(fact("void", of="o3"))
    desk.record(fact("merge", id="one", person="guest again", into="guest"))

    assert desk.store.read(asked) == desk.store.read(lambda records: asked(records, coming))


def test_what_was_foreseen_is_forgotten_once_something_is_written(desk):
    desk.record(*FAMILY, DINNER, ILL)

    def foreseen_and_withdrawn(records):
        records.foresee(Coming(["well", "ill"], ["exposure"]))
        (dinner,) = records.about(["well"], ["exposure"])
        records.withdraw({dinner.seq: desk.now})
        return records.about(["well"], ["exposure"])

    (dinner,) = desk.store.write(foreseen_and_withdrawn)
    assert dinner.voided_at == desk.now


def asked(records, coming=None):
    """Everything that may be asked about whoever was foreseen and others."""
    if coming:
        records.foresee(coming)
    days = dict.fromkeys(("dinner", "home", "g1", "shop"), (SEVENTH, NINTH))
    return [
        records.about(["well"]),
        records.about(["well", "ill", "guest", "nobody"]),
        records.about(["well", "ill"], ["exposure", "residence"]),
        records.about(["well", "ill", "guest"], ["diagnosis", "residence", "person"]),
        records.about(["well", "ill", "guest", "guest again"], ["merge"]),
        records.naming(["home", "g1"], ["residence"]),
        records.naming(["home", "g1"]),
        records.naming(["dinner", "lunch"], ["determination"]),
        records.naming(["o1", "o2", "o3"], ["transfer", "release", "notice"]),
        records.naming(["o1"], ["release"]),
        records.naming(["hotel"], ["transfer", "order"]),
        records.under(["hotel", "shop", "o1"]),
        records.under(["home", "g1", "shop", "dinner"]),
        records.under(["home", "dinner"], with_voids=True),
        records.under(["dinner"], with_voids=True),
        records.sources_at(days),
        records.sources_at({"dinner": (NINTH, NINTH)}),
        records.sources_at({"shop": (SEVENTH, SEVENTH)}),
        records.present_at(["home"]),
        records.present_at(["home", "g1"]),
        records.present_at(["home"], (SEVENTH, NINTH)),
        records.companions(["ill"]),
        records.companions(["ill", "guest"]),
        records.with_kept(["ill", "well", "guest"]),
        records.of_note(["ill", "well"]),
        records.of_note(["guest", "nobody"]),
    ]
