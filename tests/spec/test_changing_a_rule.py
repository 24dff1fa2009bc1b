"""Whoever changes a rule touches one rule book, and everybody sees what is unconfirmed."""

import json
from importlib.resources import files

import pytest

from api.answers import person_answer
from api.rulebooks import protocols, rule_book
from tests.spec.builders import assessed, diagnosis, exposure, isolation, order
from tracing.book_texts import read_rule_book
from tracing.phrases import Language
from tracing.stated import changes
from tracing.wording import in_words

FIVE_DAYS = """
[edition.9-shorter]
label = "Edition 9, shorter"
based_on = "9"
in_force_from = 2022-08-01
basis = { source = "S20", clause = "Seven days become five from 1 August 2022", evidence = "found" }

[[edition.9-shorter.plan.close_contact]]
phases = [
    { kind = "centralised_observation", days = 5, tests = [1, 2, 3, 5] },
    { kind = "home_monitoring", days = 3, tests = [3] },
]
basis = { source = "S20", clause = "5 days centralised and 3 days of monitoring at home", evidence = "found" }
"""


@pytest.fixture(scope="module")
def changed_book():
    text = (files("tracing") / "rulebook" / "nhc-covid19.toml").read_text(encoding="utf-8")
    return read_rule_book("nhc-covid19.toml", text + FIVE_DAYS)


@pytest.mark.parametrize(
    ("met_on", "last_day"),
    [("2022-07-20", "2022-07-30"), ("2022-07-24", "2022-08-01"), ("2022-08-01", "2022-08-09")],
    ids=["over before the change", "running when it came", "on its first day"],
)
def test_seven_days_become_five_by_a_few_lines_of_one_rule_book(changed_book, met_on, last_day):
    contact = assessed(
        diagnosis(day=met_on, onset=met_on),
        isolation(start=met_on),
        exposure(start=met_on),
        protocol=changed_book,
        as_of="2022-08-20",
    )

    assert str(contact.observation.last_day) == last_day


def test_what_the_change_says_is_one_rule(changed_book):
    older, newer = changed_book.edition("9"), changed_book.edition("9-shorter")

    assert [each.name for each in changes(older, newer)] == ["plan.close_contact"]


@pytest.mark.parametrize(
    ("edition", "says"),
    [("5", True), ("9", False)],
    ids=["14 days from general knowledge", "7 and 3 days read in the source"],
)
def test_an_unconfirmed_length_shows_on_the_face_of_the_answer(edition, says):
    contact = assessed(
        diagnosis(day="2020-03-12", onset="2020-03-12"),
        exposure(start="2020-03-11"),
        order(first_day="2020-03-13"),
        edition=edition,
        as_of="2020-03-14",
    )

    sentence = in_words(contact.reason, Language.EN)
    plan = next(
        rule for rule in contact.reason.rules() if "days" in rule.clause and "onset" not in rule.clause
    )
    answer = person_answer(contact, Language.EN)
    assert plan.unconfirmed is says
    assert (plan.clause in answer.get("unconfirmed", ())) is says
    if says:
        assert "unconfirmed" in sentence


def test_every_rule_reference_in_an_answer_carries_its_evidence():
    contact = assessed(
        diagnosis(day="2020-03-12", onset="2020-03-12"), exposure(start="2020-03-11"), edition="6"
    )

    text = json.dumps(person_answer(contact, Language.EN)["because"])
    assert text.count('"evidence"') == text.count('"clause"') > 0


@pytest.mark.parametrize("protocol", protocols())
def test_every_rule_of_a_shipped_book_says_where_it_comes_from(protocol):
    book = rule_book(protocol)

    assert all(source.title for source in book.source.values())
    assert {basis.basis.source for basis in book.editions} <= book.source.keys()
