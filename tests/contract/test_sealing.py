"""Who people are: sealed in either store, found again by those who know it, erased for good."""

import pytest

from api.keys import master_keys
from graphdb.sealing import KEY_BYTES, MasterKeys, opened
from tests.spec.builders import fact, merge, void
from tracing.casework import record
from tracing.faults import Refused
from tracing.ports import Unreachable
from tracing.secrecy import INDEX, Clue
from tracing.storing import owner_of

SOMEBODY = fact(
    "person",
    id="p1",
    name="曾試例",
    sex="female",
    birth_date="1970-01-01",
    id_number="11010519491231002X",
    phone="+86 138-0013-8000",
    workplace="某厂",
)
HOME = fact("household", id="h", area="120115", address="开阳街道3号楼")
LIVES = fact("residence", person="p1", household="h")


def who(desk, person="p1"):
    """What the register can tell of who somebody is."""

    def read(records):
        numbers = [each.seq for each in records.under([person]) + records.about([person], ("statement",))]
        return records.identities(numbers)

    return list(desk.store.read(read).values())


def found(desk, clue, text):
    return {owner_of(each) for each in desk.store.read(lambda records: records.matching(clue, text))}


def erased(desk, *people):
    return desk.record(*(fact("erasure", person=person, reason="asked for") for person in people))


def test_who_somebody_is_comes_back_and_their_facts_do_not_say_it(desk):
    desk.record(SOMEBODY)

    assert who(desk) == [
        {each: SOMEBODY[each] for each in ("name", "birth_date", "id_number", "phone", "workplace")}
    ]
    (stored,) = desk.store.read(lambda records: records.under(["p1"]))
    assert set(stored.body) == {"id", "sex"}


@pytest.mark.parametrize(
    ("clue", "text"),
    [
        (Clue.NAME, "曾试例"),
        (Clue.NAME, " 曾 試例"),
        (Clue.INITIALS, "zsl"),
        (Clue.INITIALS, "CSL"),
        (Clue.PHONE, "13800138000"),
        (Clue.PHONE, "0086 138 0013 8000"),
        (Clue.ID_NUMBER, "11010519491231002x"),
    ],
)
def test_somebody_is_found_by_what_was_said_of_them_however_it_is_written(desk, clue, text):
    desk.record(SOMEBODY, fact("person", id="other", name="别人", phone="13900139000"))

    assert found(desk, clue, text) == {"p1"}


def test_a_household_is_found_by_its_address(desk):
    desk.record(HOME, HOME | {"id": "other", "address": "开阳街道30号楼"})

    assert found(desk, Clue.ADDRESS, "开阳街道 ３号楼") == {"h"}


@pytest.mark.parametrize("text", ["", "  ", "陌生人"])
def test_nobody_is_found_by_what_nobody_said(desk, text):
    desk.record(SOMEBODY)

    assert found(desk, Clue.NAME, text) == set()


def test_a_further_name_finds_the_same_person(desk):
    desk.record(SOMEBODY, fact("statement", person="p1", name="曾小名"))

    assert found(desk, Clue.NAME, "曾小名") == {"p1"}


def test_the_same_said_twice_is_one_fact_though_it_is_sealed(desk):
    desk.record(SOMEBODY, fact("statement", person="p1", phone="13900000000"))

    assert desk.record(SOMEBODY, fact("statement", person="p1", phone="13900000000")).new == 0


def test_two_registers_make_other_digests_of_the_same_name(desk, tmp_path):
    desk.record(SOMEBODY)
    one = desk.store.read(lambda records: records.index_key())

    desk.store.write(lambda records: records.adopt({INDEX: master_keys().wrap(bytes(KEY_BYTES), INDEX)}))

    assert desk.store.read(lambda records: records.index_key()) != one
    assert found(desk, Clue.NAME, "曾试例") == set()


# ---- erasing


def test_who_was_erased_is_found_by_nothing_while_what_happened_stays(desk):
    desk.record(SOMEBODY, HOME, LIVES, fact("arrival", person="p1", area="120115", day="2020-02-01"))
    before, answer = desk.fact_ids(), desk.answer("p1")

    erased(desk, "p1")

    assert who(desk) == []
    assert found(desk, Clue.NAME, "曾试例") | found(desk, Clue.PHONE, "13800138000") == set()
    assert desk.fact_ids()[:-1] == before
    assert desk.answer("p1") == answer
    assert desk.differences() == []


def test_an_erased_key_is_known_again_and_nobody_elses(desk):
    desk.record(SOMEBODY, fact("person", id="other", name="别人"))
    erased(desk, "p1")

    assert len(desk.store.read(lambda records: records.destroyed())) == 1
    assert desk.store.read(lambda records: records.erased(["p1", "other"])) == {"p1"}
    assert who(desk, "other") == [{"name": "别人"}]


def test_all_records_of_one_human_being_are_erased_together(desk):
    desk.record(SOMEBODY, fact("person", id="p2", name="曾试例"), merge(person="p2", into="p1"))

    erased(desk, "p1")

    assert who(desk, "p2") == []


def test_a_merge_that_was_withdrawn_takes_nobody_along(desk):
    desk.record(SOMEBODY, fact("person", id="p2", name="别人"), merge(id="m", person="p2", into="p1"))
    desk.record(void(of="m"))

    erased(desk, "p1")

    assert who(desk, "p2") == [{"name": "别人"}]


@pytest.mark.parametrize(("erased_people", "address"), [(["p1"], {"h"}), (["p1", "p2"], set())])
def test_an_address_goes_with_the_last_who_lived_there(desk, erased_people, address):
    also = [fact("person", id="p2", name="同住"), fact("residence", person="p2", household="h")]
    desk.record(SOMEBODY, HOME, LIVES, *also)

    for person in erased_people:
        erased(desk, person)

    assert found(desk, Clue.ADDRESS, "开阳街道3号楼") == address


def test_an_address_goes_though_somebody_else_was_taken_to_live_there(desk):
    also = [fact("person", id="p2", name="误记"), fact("residence", id="r", person="p2", household="h")]
    desk.record(SOMEBODY, HOME, LIVES, *also, void(of="r"))

    erased(desk, "p1")

    assert found(desk, Clue.ADDRESS, "开阳街道3号楼") == set()


def test_nobody_tells_again_where_somebody_erased_lived(desk):
    desk.record(SOMEBODY, HOME, LIVES)
    erased(desk, "p1")

    with pytest.raises(Refused, match="which was erased"):
        desk.record(HOME | {"address": "开阳街道3号"})


@pytest.mark.parametrize("again", [SOMEBODY, fact("statement", person="p1", name="曾试例")])
def test_nobody_tells_again_who_was_erased(desk, again):
    desk.record(SOMEBODY)
    erased(desk, "p1")
    if again is SOMEBODY:
        again = SOMEBODY | {"id": "p1", "phone": "13900139000"}

    with pytest.raises(Refused, match="which was erased"):
        desk.record(again)


TOLD = fact("statement", id="s", person="p1", name="曾小名")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (SOMEBODY, {"name": "别人"}),
        (SOMEBODY, {"phone": "13900139000"}),
        (TOLD, {"name": "别人"}),
        (fact("statement", person="p1", phone="13800138000"), {"phone": "13900139000"}),
        (HOME, {"address": "冶金大道2号"}),
    ],
)
@pytest.mark.parametrize("more", [[], [fact("check", person="p1", day="2020-02-09", slot="am")], [{}]])
def test_a_right_guess_of_who_was_erased_is_refused_like_a_wrong_one(desk, right, wrong, more):
    desk.record(SOMEBODY, HOME, LIVES, TOLD, fact("statement", person="p1", phone="13800138000"))
    erased(desk, "p1")

    def refused(guess):
        with pytest.raises(Refused) as caught:
            desk.record(guess, *more, guess)
        return caught.value.faults

    assert refused(right) == refused(right | wrong)
    assert [each.where for each in refused(right) if "was erased" in each.found] == [
        "line 1",
        f"line {len(more) + 2}",
    ]


def test_an_erasure_is_not_withdrawn(desk):
    desk.record(SOMEBODY)
    desk.record(fact("erasure", id="e", person="p1", reason="asked for"))

    with pytest.raises(Refused, match="what was erased is gone"):
        desk.record(void(of="e"))


# ---- master keys


def test_another_master_key_opens_nothing(desk):
    desk.record(SOMEBODY)
    ((sealed,),) = [desk.store.read(lambda records: records.sealed([1])).values()]

    assert opened(master_keys(), "p1", sealed)["name"] == "曾試例"
    with pytest.raises(Unreachable, match="a master key that is not at hand"):
        opened(MasterKeys(lambda: [bytes(KEY_BYTES)]), "p1", sealed)


def test_what_is_sealed_of_one_is_not_taken_for_anothers(desk):
    desk.record(SOMEBODY)
    ((sealed,),) = [desk.store.read(lambda records: records.sealed([1])).values()]

    with pytest.raises(Unreachable, match="was changed since"):
        opened(master_keys(), "p2", sealed)


def test_what_breaks_off_seals_nothing(desk):
    with pytest.raises(Refused):
        record(desk.store, desk.rules, enumerate([SOMEBODY, fact("person")], 1), desk.clock)

    assert found(desk, Clue.NAME, "曾试例") == set()
    assert desk.store.read(lambda records: records.wrapped()).keys() == {INDEX}
