"""``shouwang report`` on the command line: JSON, text, a workbook, exit status."""

import json
import zipfile

import pytest

from api.cli import main
from tests.spec.builders import fact, person
from tests.spec.daily import COUNTRY, COUNTY, ONE, order_of

PEOPLE = [person(id=somebody) for somebody in ("case", "a", "b", "c", "d")]
FIGURES = ["cumulative", "new", "released", "still_observed", "abnormal", "converted", "other_ends"]


@pytest.fixture
def answered(tmp_path, capsys):
    """Runs the command on these facts, and returns its exit status and what it printed."""

    def run(*options, facts=()):
        file = tmp_path / "county.facts.jsonl"
        lines = (json.dumps(each) for each in [*PEOPLE, *COUNTRY, order_of(), *facts])
        file.write_text("\n".join(lines), encoding="utf-8")
        status = main(["report", str(file), "--edition", "6", "--at", "2020-03-15T18:00", *options])
        return status, capsys.readouterr()

    return run


def test_the_answer_in_json(answered):
    status, printed = answered("--area", COUNTY, "--json")

    answer = json.loads(printed.out)
    assert status == 0
    assert (answer["area"], answer["at"]) == (COUNTY, "2020-03-15T18:00+08:00")
    assert list(answer["total"])[:7] == FIGURES
    assert [line["area"] for line in answer["areas"]] == [ONE, "430626102"]
    assert answer["units"][0] == {"area": ONE, "status": "missing", "count": None}


def test_the_total_is_the_sum_of_the_areas_and_the_unassigned(answered):
    answer = json.loads(answered("--area", COUNTY, "--json", facts=[order_of("d")])[1].out)

    parts = [*answer["areas"], answer["unassigned"]]
    for figure in FIGURES:
        assert answer["total"][figure] == sum(part[figure] for part in parts)
    assert answer["unassigned"]["cumulative"] == 1


def test_the_answer_in_words(answered):
    _, english = answered("--area", COUNTY, "--language", "en")
    _, chinese = answered("--area", COUNTY, "--language", "zh")

    assert "Daily report of 430626 up to 2020-03-15 18:00" in english.out
    assert "尚在观察" in chinese.out
    assert "未报" in chinese.out


def test_sections_in_which_there_is_nothing_are_left_out_of_the_text(answered):
    assert "返回人员" not in answered("--area", COUNTY, "--language", "zh")[1].out


def test_the_answer_as_a_workbook(answered, tmp_path):
    file = tmp_path / "report.xlsx"
    named = fact("area", code="430626103", name="=1+1", level="township")

    status, printed = answered("--area", COUNTY, "--xlsx", str(file), "--language", "zh", facts=[named])

    parts = zipfile.ZipFile(file)
    texts = parts.read("xl/sharedStrings.xml").decode()
    assert status == 0
    assert str(file) in printed.out
    assert "尚在观察" in texts
    assert "=1+1" in texts
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_same_report_gives_the_same_workbook(answered, tmp_path):
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"

    for file in (one, other):
        answered("--area", COUNTY, "--xlsx", str(file))

    assert one.read_bytes() == other.read_bytes()


def test_json_and_a_workbook_at_once(answered, tmp_path):
    file = tmp_path / "report.xlsx"

    _, printed = answered("--area", COUNTY, "--json", "--xlsx", str(file))

    assert json.loads(printed.out)["area"] == COUNTY
    assert zipfile.is_zipfile(file)


def test_an_area_that_does_not_exist(answered):
    status, printed = answered("--area", "999999", "--json")

    assert status == 1
    assert printed.err == "no area '999999' in the facts\n"
    assert printed.out == ""


def test_a_workbook_that_cannot_be_written(answered, tmp_path):
    status, printed = answered("--area", COUNTY, "--xlsx", str(tmp_path))

    assert status == 2
    assert "a file that can be written would be right" in printed.err
