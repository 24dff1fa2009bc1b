"""A reason in words: two languages, three audiences, what is unconfirmed on its face."""

import pytest

from tests.spec.builders import assessed, diagnosis, exposure, fact, isolation, residence, stay
from tracing.phrases import Language
from tracing.wording import Audience, in_words

DINNER = (
    diagnosis(day="2020-01-24", onset="2020-01-21"),
    isolation(start="2020-01-23T15:00"),
    exposure(start="2020-01-20T18:00", end="2020-01-20T19:30", distance_m=1),
)
BY_EDITION_9 = "依据新型冠状病毒肺炎防控方案（第九版）"


def said(*facts, language=Language.ZH, audience=Audience.INVESTIGATOR, **asked):
    return in_words(assessed(*facts, as_of="2020-02-01", **asked).reason, language, audience)


@pytest.mark.parametrize(
    ("audience", "met"),
    [
        (Audience.INVESTIGATOR, "2020年1月20日 18:00–19:30与一名确诊病例（case）同餐"),
        (Audience.OFFICER, "2020年1月20日与一名确诊病例接触"),
        (Audience.CONTACT, "2020年1月20日 18:00–19:30与一名确诊病例同餐"),
    ],
)
def test_each_audience_hears_what_it_must_know(audience, met):
    sentence = said(*DINNER, edition="9", audience=audience)

    assert sentence == f"观察至2020年1月30日24时：{met}，末次接触次日起第10天，{BY_EDITION_9}。"


def test_the_same_in_english():
    assert said(*DINNER, edition="9", language=Language.EN, audience=Audience.CONTACT) == (
        "Observed until 24:00 on 30 January 2020: meal with a confirmed case on 20 January 2020 18:00–19:30; "
        "day 10 from the day after the last contact; by COVID-19 prevention and control plan, "
        "National Health Commission of China, Edition 9."
    )


@pytest.mark.parametrize(("language", "mark"), [(Language.ZH, "未经核实"), (Language.EN, "unconfirmed")])
def test_an_answer_that_rests_on_an_unconfirmed_rule_says_so(language, mark):
    assert mark in said(*DINNER, edition="5", language=language)
    assert mark not in said(*DINNER, edition="9", language=language)


@pytest.mark.parametrize("audience", [Audience.OFFICER, Audience.CONTACT])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "facts",
    [
        DINNER,
        (
            diagnosis(person="somebody", onset="2020-01-21"),
            residence(person="somebody"),
            residence(person="contact"),
        ),
        (
            stay(person="somebody", area="420100", last_day="2020-01-20"),
            residence(person="somebody"),
            residence(person="contact"),
        ),
        (
            diagnosis(day="2020-01-24", onset="2020-01-21"),
            exposure(start="2020-01-20"),
            fact(
                "determination",
                person="contact",
                category="close_contact",
                day="2020-01-25",
                last_day="2020-02-20",
                by="somebody",
            ),
        ),
        (
            diagnosis(person="somebody", day="2020-01-24", classification="suspected"),
            diagnosis(person="somebody", day="2020-01-26", classification="ruled_out"),
            exposure(start="2020-01-20", participants=["somebody", "contact"]),
        ),
    ],
    ids=["a meal", "a home", "a returnee", "a decision", "a source ruled out"],
)
def test_nobody_but_an_investigator_hears_who_it_was(facts, language, audience):
    sentence = said(*facts, edition="3", language=language, audience=audience)

    assert "somebody" not in sentence
    assert "(case)" not in sentence
    assert "（case）" not in sentence


def test_what_was_not_recorded_is_said():
    sentence = said(
        diagnosis(day="2020-01-24", onset="2020-01-21"), exposure(start="2020-01-20"), edition="9"
    )

    assert "（距离未记录，按符合处理）" in sentence
