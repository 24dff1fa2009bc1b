"""Rule books: those that come with the program, what an edition takes over, what is refused and why.

Each file in ``broken`` is ``sound.toml`` with one mistake, which its name tells. Its first line says
the message expected of it, up to an ellipsis.
"""

from datetime import date
from pathlib import Path

import pytest

from api.rulebooks import NoSuchProtocol, protocols, rule_book, rulings
from tests.spec.builders import SOUND, day, small_book
from tracing.book_texts import read_rule_book
from tracing.facts.vocabulary import Category, ExposureKind, Mode
from tracing.faults import Refused
from tracing.terms import NoSuchEdition, RuleNotInForce

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.toml"))

# ---- broken ones


def named_after_its_mistake(file):
    return pytest.param(file, id=file.stem.replace("-", " "))


@pytest.mark.parametrize("file", [named_after_its_mistake(file) for file in BROKEN])
def test_a_broken_rule_book_is_refused(file):
    text = file.read_text(encoding="utf-8")
    expected = f"{file.name}: {text.splitlines()[0].removeprefix('# expect: ')}"

    with pytest.raises(Refused) as refused:
        read_rule_book(file.name, text)

    (found,) = map(str, refused.value.faults)
    assert found == expected or (expected.endswith("…") and found.startswith(expected[:-1]))


def test_the_book_without_the_mistakes_is_read():
    assert [edition.name for edition in small_book().editions] == ["1", "2"]


def test_all_mistakes_are_told_at_once():
    text = SOUND.replace("days = 14", "days = 0").replace('grade = "A"', 'grade = "Z"')

    with pytest.raises(Refused) as refused:
        read_rule_book("small.toml", text)

    fields = {fault.field for fault in refused.value.faults}
    assert {"source.S1.grade", "edition.1.plan.close_contact[1].phases[1].days"} <= fields


def test_a_mistake_that_a_later_edition_takes_over_is_told_once():
    with pytest.raises(Refused) as refused:
        small_book(("home_isolation_closes = true", "home_isolation_closes = 1"))

    assert [fault.field for fault in refused.value.faults] == ["edition.1.window.home_isolation_closes"]


# ---- shipped ones


@pytest.mark.parametrize("protocol", protocols())
def test_every_shipped_rule_book_is_read(protocol):
    book = rule_book(protocol)

    assert book.protocol == protocol
    assert book.editions


def test_the_editions_of_the_chinese_plan():
    names = [edition.name for edition in rule_book("nhc-covid19").editions]

    assert names == [*map(str, range(1, 10)), "20-measures", "10-measures", "10"]


def test_an_unknown_protocol():
    with pytest.raises(NoSuchProtocol, match="^no protocol 'nhc'; there are .*nhc-covid19"):
        rulings("nhc", None)


def test_an_unknown_edition():
    with pytest.raises(NoSuchEdition, match="^nhc-covid19 has no edition '11'; it has 1, 2, 3, "):
        rulings("nhc-covid19", "11")


# ---- what is in force


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2020-01-15", "1"),
        ("2020-01-21", "1"),
        ("2020-01-22", "2"),
        ("2020-01-23", "2"),
        ("2022-06-26", "8"),
        ("2022-06-27", "9"),
        ("2022-06-28", "9"),
        ("2022-11-10", "9"),
        ("2022-11-11", "20-measures"),
        ("2022-12-06", "20-measures"),
        ("2022-12-07", "10-measures"),
        ("2023-01-07", "10-measures"),
        ("2023-01-08", "10"),
        ("2099-01-01", "10"),
    ],
)
def test_the_edition_in_force_on_a_day(on, edition):
    assert rule_book("nhc-covid19").in_force(day(on)).name == edition


def test_before_the_first_edition_nothing_is_in_force():
    with pytest.raises(RuleNotInForce, match="^no edition of nhc-covid19 is in force on 2020-01-14; "):
        rule_book("nhc-covid19").in_force(date(2020, 1, 14))


def test_editions_stand_in_the_order_of_their_days():
    turned = small_book(("in_force_from = 2020-02-01", "in_force_from = 2020-01-01"))

    assert [edition.name for edition in turned.editions] == ["2", "1"]


# ---- what an edition takes over


def test_an_edition_takes_over_what_it_does_not_change():
    first, second = small_book().editions

    assert second.window == first.window
    assert second.meeting == first.meeting


def test_an_edition_replaces_the_entry_of_the_same_name():
    first, second = small_book().editions

    assert [edition.plan[Category.CLOSE_CONTACT][0].days for edition in (first, second)] == [14, 7]


def test_an_edition_adds_entries_beside_those_it_takes_over():
    brief = """[edition.2.meeting.brief]
        kinds = ["brief"]
        makes = "general_contact"
        basis = { source = "S1", clause = "Brief contact", evidence = "found" }

        [[edition.2.plan"""

    _, second = small_book(("[[edition.2.plan", brief)).editions

    kinds = {kind for rule in second.meeting.values() for kind in rule.kinds}
    assert kinds == {ExposureKind.MEAL, ExposureKind.WORK, ExposureKind.BRIEF}


def test_an_edition_drops_a_table():
    first, second = small_book().editions

    assert Mode.AIRCRAFT in first.seats
    assert second.seats == {}


def test_an_edition_drops_one_entry_of_a_table():
    _, second = small_book(('drops = ["seats"]', 'drops = ["seats.aircraft"]')).editions

    assert second.seats == {}


def test_what_an_edition_drops_it_may_state_anew():
    rule = """[[edition.2.seats.car]]
        scope = "everybody"
        makes = "close_contact"
        basis = { source = "S1", clause = "Cars", evidence = "found" }

        [[edition.2.plan"""

    _, second = small_book(("[[edition.2.plan", rule)).editions

    assert list(second.seats) == [Mode.CAR]


# ---- how sure a rule is


@pytest.mark.parametrize(
    ("evidence", "grade", "unconfirmed"),
    [
        ("found", "A", False),
        ("found", "C", False),
        ("found", "D", True),
        ("memory-high", "A", True),
        ("inference", "A", True),
    ],
)
def test_a_rule_is_confirmed_if_it_was_found_in_a_source_that_counts(evidence, grade, unconfirmed):
    text = SOUND.replace('grade = "A"', f'grade = "{grade}"').replace(
        'clause = "14 days", evidence = "found"', f'clause = "14 days", evidence = "{evidence}"'
    )
    book = read_rule_book("small.toml", text)

    (plan,) = book.edition("1").plan[Category.CLOSE_CONTACT]

    assert book.is_unconfirmed(plan.basis) is unconfirmed
