"""A second file of facts, read after the first: what it may name, and how its faults are named."""

import json

import pytest

from api.files import read_more
from tests.spec.builders import book, exposure, fact, household, isolation, person, residence, symptoms, void
from tracing.faults import Refused
from tracing.intake import File

SECOND = File(1, "MORE")
FIRST = [
    person(id="case"),
    person(id="contact"),
    household(id="home"),
    residence(id="lives", person="contact"),
    exposure(id="e", start="2020-03-10T12:00"),
    symptoms(id="s", person="case"),
]


def more(*lines, first=FIRST):
    """The book of a first file and of these facts after it."""
    return book(*first).with_file(SECOND, enumerate(lines, 1))


def refusal(*lines):
    with pytest.raises(Refused) as refused:
        more(*lines)
    return str(refused.value).splitlines()


def news(*lines):
    """The ids of what a second file adds, each with the id of what it is about."""
    return [(fact_id, subject.fact_id) for fact_id, subject in more(*lines).news(SECOND)]


def test_more_may_name_what_the_first_file_records():
    found = more(residence(person="case")).known()

    assert len(found.facts) == len(FIRST) + 1


def test_the_same_facts_add_nothing():
    assert news(*FIRST) == []


def test_facts_alike_are_counted_file_by_file():
    cough = symptoms(person="case", day="2020-03-11")

    once = more(cough, first=[*FIRST, cough])
    twice = more(cough, cough, first=[*FIRST, cough])

    assert len(once.known().facts) == len(FIRST) + 1
    assert len(twice.known().facts) == len(FIRST) + 2


def test_a_void_in_the_second_file_comes_after_the_first():
    assert "s" not in [each.fact_id for each in more(void(of="s")).known().facts]


def test_a_correction_in_the_second_file_may_bear_the_same_id():
    (corrected,) = [
        each
        for each in more(void(of="s"), symptoms(id="s", person="case", day="2020-03-09")).known().facts
        if each.fact_id == "s"
    ]

    assert f"{corrected.day}" == "2020-03-09"


def test_news_are_about_what_a_void_withdraws_or_puts_back():
    assert news(void(id="v", of="s"), void(id="w", of="v"), person(id="p")) == [
        ("v", "s"),
        ("w", "s"),
        ("p", "p"),
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(
            [void(of="x")], "line 1 of MORE: of: found 'x'; the id of a fact", id="a void of nothing"
        ),
        pytest.param(
            [person(id="p"), isolation(person="nobody", start="2020-03-14")],
            "line 2 of MORE: person: found 'nobody'; the id of a recorded person would be right",
            id="an unknown person",
        ),
        pytest.param(
            [person(id="case", age=40)],
            "line 1 of MORE: id: found 'case' a second time for something else; "
            "another id, or first a void of the fact on line 1, would be right",
            id="an id taken in the first file",
        ),
        pytest.param(
            [person(id="p"), person(id="p", age=40)],
            "line 2 of MORE: id: found 'p' a second time for something else; "
            "another id, or first a void of the fact on line 1 of MORE, would be right",
            id="an id taken in the second file",
        ),
        pytest.param(
            [void(of="home")],
            "line 1 of MORE: of: found 'home'; first a void of the fact on line 4, which names it",
            id="a void of a household that somebody lives in",
        ),
        pytest.param(["words"], "line 1 of MORE: found", id="no fact"),
    ],
)
def test_a_fault_names_its_line_and_its_file(lines, message):
    (found,) = refusal(*lines)

    assert found.startswith(message)


def test_all_faults_come_at_once_in_the_order_of_the_lines(tmp_path):
    file = tmp_path / "more.facts.jsonl"
    lines = [fact("picnic"), void(of="nothing")]
    file.write_text("\n".join(["words", *map(json.dumps, lines)]))

    with pytest.raises(Refused) as refused:
        read_more(file, book(*FIRST), SECOND)

    places = [each.where for each in refused.value.faults]
    assert places == ["line 1 of MORE", "line 2 of MORE", "line 3 of MORE"]
