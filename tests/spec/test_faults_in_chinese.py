"""Whatever the register refuses of a fact is told in Chinese too; values and names stay as they are."""

import json
import re
from pathlib import Path

import pytest

from api.service.fault_phrases import in_chinese
from tests.spec.builders import book
from tracing.faults import Fault, Refused

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.json"))
REFUSED = [each for each in CASES if json.loads(each.read_text(encoding="utf-8")).get("exit") == 2]
CHINESE, ENGLISH = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"\b(would|right|is required|facts?)\b")


def faults_in(facts):
    try:
        book(*facts)
    except Refused as refused:
        return refused.faults
    return ()


@pytest.mark.parametrize("case", REFUSED, ids=lambda each: each.stem)
def test_every_fault_of_a_refused_file_is_told_in_chinese(case):
    for fault in faults_in(json.loads(case.read_text(encoding="utf-8")).get("facts", [])):
        told = in_chinese(fault)

        assert CHINESE.search(told.right), fault
        assert not ENGLISH.search(told.right), fault
        assert (told.where, told.field) == (fault.where, fault.field)


@pytest.mark.parametrize(
    ("fault", "found", "right"),
    [
        (
            Fault("line 1", "day", "'soon'", "a calendar day such as 2020-01-23 would be right"),
            "'soon'",
            "应为日期，如2020-01-23",
        ),
        (Fault("line 1", "kind", "nothing", "this field is required"), "空", "此项必填"),
        (
            Fault("line 2", "end", "x", "true or false would be right; or a list would be right"),
            "x",
            "应为true或false；或应为列表",
        ),
        (
            Fault("line 3", "id", "'p1' a second time for something else", "another id would be right"),
            "'p1'，且已用于其他内容",
            "应改用其他编号",
        ),
        (Fault("query", "day", "'{x}'", "{braces} would be right"), "'{x}'", "应为{braces}"),
        (
            Fault("query", "day", "1", "words that nobody put into Chinese"),
            "1",
            "words that nobody put into Chinese",
        ),
    ],
)
def test_a_fault_is_told_with_its_values(fault, found, right):
    assert in_chinese(fault) == fault._replace(found=found, right=right)
