"""What somebody is called: several sources may say several things."""

import pytest

from tests.spec.builders import fact, known, merge, person
from tracing.identity import in_use

RECORD = person(id="p", name="record", phone="1")


def statement(name, **fields):
    return fact("statement", person="p", name=name, **fields)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ([RECORD], "record"),
        ([RECORD, statement("further")], "record"),
        ([RECORD, statement("further", preferred=True), statement("other")], "further"),
        ([person(id="p"), statement("further")], "further"),
        ([person(id="p")], None),
    ],
    ids=["the record", "not a further source", "unless preferred", "or the record has none", "nobody says"],
)
def test_the_name_in_use(facts, name):
    assert in_use(known(*facts), "p", "name") == name


def test_who_was_merged_is_called_as_the_record_that_answers():
    facts = [RECORD, person(id="q", name="second"), merge(person="q", into="p")]

    assert in_use(known(*facts), "p", "name") == "record"
