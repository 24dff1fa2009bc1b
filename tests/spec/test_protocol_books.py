"""The rule books themselves: which there are, which edition is in force, how far to trust them."""

from datetime import date, timedelta

import pytest

from api.rulebooks import protocols, rule_book
from tracing.facts.vocabulary import Category
from tracing.terms import RuleNotInForce

NAMED_BY_THE_CONTRACT = {
    "nhc-covid19": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "20-measures", "10-measures", "10"],
    "cdc-covid19": ["2020-03", "2020-12", "2021-12", "2022-08"],
    "who-covid19": ["2021-02"],
    "uk-covid19": ["2020-07"],
    "nz-covid19": ["2022-04"],
    "hk-covid19": ["2022-08"],
    "sars": ["2003"],
    "h1n1": ["2009"],
    "h7n9": ["1", "3"],
    "mpox": ["us-2022", "china-2023"],
    "plague": ["china"],
}
WITH_ONE_EDITION = {"mers", "ebola", "measles", "cholera", "yellow-fever"}


def test_every_protocol_has_a_book():
    assert set(protocols()) == NAMED_BY_THE_CONTRACT.keys() | WITH_ONE_EDITION


@pytest.mark.parametrize("protocol", NAMED_BY_THE_CONTRACT)
def test_editions_in_order(protocol):
    assert [each.name for each in rule_book(protocol).editions] == NAMED_BY_THE_CONTRACT[protocol]


@pytest.mark.parametrize("protocol", sorted(WITH_ONE_EDITION))
def test_a_protocol_without_named_editions_needs_none_to_be_named(protocol):
    book = rule_book(protocol)

    assert len(book.editions) == 1
    assert book.in_force(date(1949, 10, 1)) is book.editions[0]


@pytest.mark.parametrize(
    ("protocol", "begins", "before", "since"),
    [
        ("cdc-covid19", "2020-12-02", "2020-03", "2020-12"),
        ("cdc-covid19", "2021-12-27", "2020-12", "2021-12"),
        ("cdc-covid19", "2022-08-11", "2021-12", "2022-08"),
        ("h7n9", "2014-01-30", "1", "3"),
        ("mpox", "2023-07-26", "us-2022", "china-2023"),
        ("who-covid19", "2021-02-01", None, "2021-02"),
        ("hk-covid19", "2022-08-12", None, "2022-08"),
        ("sars", "2003-05-09", None, "2003"),
    ],
)
def test_the_day_on_which_an_edition_comes_into_force(protocol, begins, before, since):
    book, day = rule_book(protocol), date.fromisoformat(begins)
    eve = day - timedelta(days=1)

    assert book.in_force(day).name == since
    if before is None:
        pytest.raises(RuleNotInForce, book.in_force, eve)
    else:
        assert book.in_force(eve).name == before


@pytest.mark.parametrize("protocol", sorted(protocols()))
def test_running_observations_are_judged_anew_in_china_and_hong_kong_only(protocol):
    policy = rule_book(protocol).transition.policy

    assert (policy == "reassess_open") == (protocol in {"nhc-covid19", "hk-covid19"})


@pytest.mark.parametrize(
    "protocol", ["who-covid19", "uk-covid19", "nz-covid19", "hk-covid19", "h1n1", "mers", "ebola"]
)
def test_what_no_text_settles_is_shown_as_unconfirmed(protocol):
    book = rule_book(protocol)
    *_, outside_the_household = book.editions[-1].plan[Category.CLOSE_CONTACT]

    assert book.is_unconfirmed(outside_the_household.basis)


@pytest.mark.parametrize("protocol", ["uk-covid19", "nz-covid19", "sars", "measles", "plague", "mpox"])
def test_what_was_read_in_a_source_is_confirmed(protocol):
    book = rule_book(protocol)
    first, *_ = book.editions[-1].plan[Category.CLOSE_CONTACT]

    assert not book.is_unconfirmed(first.basis)
