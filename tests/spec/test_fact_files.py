"""Fact files: JSON Lines or one JSON array; what is wrong with one, by its line."""

import json

import pytest

from api.cli import main
from api.files import read_facts
from tests.spec.builders import diagnosis, exposure, fact, person
from tracing.faults import Refused

NOT_JSON = "found a line that is not JSON; one fact a line would be right"
P, Q = '{"fact": "person", "id": "p"}', '{"fact": "person", "id": "q"}'


@pytest.fixture
def file(tmp_path):
    """Writes a fact file of these bytes, or of this text, and returns its path."""

    def write(content):
        path = tmp_path / "some.facts.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def people(file):
    """The people that a fact file of this content records."""
    return lambda content: read_facts(file(content)).known().people


@pytest.fixture
def refusal(file):
    """What is wrong with a fact file of this content, one sentence a fault."""

    def read(content):
        with pytest.raises(Refused) as refused:
            read_facts(file(content))
        return str(refused.value).splitlines()

    return read


# ---- files in order


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{P}\n{Q}\n", id="one fact a line"),
        pytest.param(f"{P}\n{Q}", id="no end of the last line"),
        pytest.param(f"\n{P}\n  \n\n{Q}\n\n", id="blank lines between"),
        pytest.param(f"{P}\r\n{Q}\r\n", id="lines of Windows"),
        pytest.param(f"\ufeff{P}\n{Q}\n", id="a byte order mark"),
        pytest.param(f"[{P}, {Q}]", id="an array on one line"),
        pytest.param(f"[\n  {P},\n  {Q}\n]\n", id="an array over lines"),
        pytest.param(f"\n [{P},{Q}]", id="an array after blanks"),
    ],
)
def test_a_fact_file_is_read(people, content):
    assert people(content) == ["p", "q"]


@pytest.mark.parametrize("content", ["", "\n \n", "[]", "[ ]\n"], ids=["nothing", "blanks", "[]", "[ ]"])
def test_a_file_without_facts_is_in_order(people, content):
    assert people(content) == []


def test_chinese_is_read_as_it_is(file):
    (somebody,) = read_facts(file('{"fact": "person", "id": "p", "name": "褚试例"}')).known().facts

    assert somebody.name == "褚试例"


# ---- files that are refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(f"{P}\nsomebody\n{Q}", f"line 2: {NOT_JSON} (Expecting value at column 1)", id="words"),
        pytest.param(
            f'{P}\n\n{{"fact": "person", "id": }}',
            f"line 3: {NOT_JSON} (Expecting value at column 26)",
            id="a value left out",
        ),
        pytest.param(f"{P} {Q}", f"line 1: {NOT_JSON} (Extra data at column 31)", id="two facts on a line"),
        pytest.param(
            '{"fact": "person", "id": "p", "age": NaN}',
            f"line 1: {NOT_JSON} (NaN is no number)",
            id="a number that is none",
        ),
        pytest.param(
            '{"fact": "person", "id": "p", "id": "q"}',
            f"line 1: {NOT_JSON} (field 'id' is given twice)",
            id="a field given twice",
        ),
        pytest.param(
            f"[\n{P},\n{Q}",
            f"line 3: {NOT_JSON} (Expecting ',' or ']' at column 30)",
            id="an array cut short",
        ),
        pytest.param(
            f"[\n{P},\nsomebody]", f"line 3: {NOT_JSON} (Expecting value at column 1)", id="words in an array"
        ),
        pytest.param(
            f"[\n{P},\n\n42]",
            "line 4: found a number; one fact, an object in braces, would be right",
            id="a number in an array",
        ),
        pytest.param(
            f'[{P},\n {Q}, {{"fact": "person",\n "id": 7}}]',
            "line 2: id: found 7; a text that is not empty would be right",
            id="a fact at fault begins on its line",
        ),
        pytest.param(
            b'{"fact": "person", "id": "\xff"}',
            "line 1: found a byte that is not UTF-8; a fact file in UTF-8 would be right",
            id="not in UTF-8",
        ),
    ],
)
def test_a_file_that_cannot_be_read(refusal, content, message):
    assert refusal(content) == [message]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(P.encode() + b'\n{"fact": "person", "id": "\xff"}', 2, id="a byte that is not UTF-8"),
        pytest.param(f'[\n{P},\n{{"fact": "person", "id": "q", "id": "r"}}]', 3, id="a field given twice"),
        pytest.param(f'[\n{P},\n{{"fact": "person", "id": "q", "age": NaN}}]', 3, id="a number that is none"),
    ],
)
def test_the_line_at_fault_is_named(refusal, content, line):
    (found,) = refusal(content)

    assert found.startswith(f"line {line}: ")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"fact": "person", "id": "\\ud800"}', id="half a character"),
        pytest.param('{"fact": ' * 10_000, id="ten thousand braces"),
        pytest.param("[" * 10_000, id="ten thousand brackets"),
    ],
)
def test_what_is_json_but_no_text_that_anybody_writes_is_refused(refusal, content):
    (found,) = refusal(content)

    assert found.startswith("line 1: ")


def test_faults_of_every_sort_come_at_once_in_the_order_of_the_lines(refusal):
    found = refusal(
        '{"fact": "symptoms", "person": "nobody", "day": "2020-03-10", "signs": []}\n'
        "words\n"
        '{"fact": "person", "id": "p", "age": 200}\n'
        '{"fact": "picnic"}\n'
    )

    assert [sentence.split(": ")[0] for sentence in found] == ["line 1", "line 2", "line 3", "line 4"]


def test_a_line_that_is_not_json_is_not_repeated(refusal):
    (found,) = refusal('{"fact": "person", "name": "褚试例", "phone": 13800001111')

    assert "褚试例" not in found
    assert "13800001111" not in found


# ---- what only an answer finds


def test_a_last_day_earlier_than_the_rule_is_refused_with_its_line(file, capsys):
    facts = [
        person(id="case"),
        person(id="contact"),
        diagnosis(onset="2020-03-10"),
        exposure(id="e", start="2020-03-11T12:00"),
        fact(
            "determination",
            person="contact",
            category="close_contact",
            day="2020-03-12",
            last_day="2020-03-24",
        ),
    ]
    path = file("\n".join(map(json.dumps, facts)))

    status = main(
        ["assess", str(path), "--protocol", "nhc-covid19", "--edition", "6", "--as-of", "2020-03-14"]
    )

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err.startswith(
        "line 5: last_day: found 2020-03-24; 2020-03-25 or later would be right, or a "
    )


def test_a_file_that_is_not_there_is_refused(capsys):
    status = main(["assess", "nowhere.jsonl", "--protocol", "nhc-covid19", "--as-of", "2020-03-14"])

    assert status == 2
    assert (
        "nowhere.jsonl: No such file or directory; the name of a readable fact file"
        in capsys.readouterr().err
    )
