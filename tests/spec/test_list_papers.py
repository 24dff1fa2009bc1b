"""Worklists and release lists as they leave the program: JSON, text, a workbook, a paper to sign."""

import json
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from api.cli import main
from tests.spec.builders import fact
from tests.spec.observing import COUNTY, MET, ONE, TWO, VILLAGE, check, checked, placed, sample

FORMULA = '=HYPERLINK("http://example.org")'
PEOPLE = [
    fact("person", id="case", name="曹样例"),
    fact("person", id="contact", name="严样例", phone="13800000000"),
    fact("area", code=VILLAGE, name="示例村", level="village"),
]
SITE = fact("place", id="site", name="示例宾馆", area=TWO, kind="observation_site")
DONE = (*MET, *PEOPLE, placed(), *checked("2020-03-12", "2020-03-24"))

UNCONFIRMED = " (rests on a rule that is unconfirmed)"


@pytest.fixture
def asked(tmp_path, capsys):
    """What a command prints about facts."""

    def answer(command, *facts, day="2020-03-24", area=COUNTY, options=(), status=0):
        file = tmp_path / "case.facts.jsonl"
        file.write_text(
            "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in facts), encoding="utf-8"
        )
        line = [
            command,
            str(file),
            "--area",
            area,
            "--day",
            day,
            "--language",
            "en",
            "--edition",
            "6",
            *options,
        ]
        assert main(line) == status
        printed = capsys.readouterr()
        return printed.err if status else printed.out

    return answer


@pytest.fixture
def in_json(asked):
    return lambda *facts, **options: json.loads(asked(*facts, **options, options=["--json"]))


# ---- JSON


def test_checks_are_grouped_by_household(in_json):
    facts = [*MET, *PEOPLE, placed(), check("2020-03-14", "pm", "phoned")]

    (home,) = in_json("worklist", *facts, day="2020-03-15")["checks"]

    assert (home["household"], home["place"], home["area"]) == ("home", None, VILLAGE)
    (somebody,) = home["people"]
    assert (somebody["person"], somebody["slots"]) == ("contact", ["am", "pm"])
    assert somebody["last_reached"] == {"at": "2020-03-14", "slot": "pm", "how": "phoned"}


def test_checks_of_people_at_a_site_name_the_place(in_json):
    facts = [*MET, *PEOPLE, SITE, placed(place_kind="centralised", site="site")]

    (site,) = in_json("worklist", *facts, day="2020-03-15")["checks"]

    assert (site["household"], site["place"], site["area"]) == (None, "site", TWO)


def test_a_call_has_its_hour(in_json):
    facts = [
        *MET,
        *PEOPLE,
        placed(),
        fact("call", person="contact", at="2020-03-14T19:20", outcome="reached"),
    ]

    (home,) = in_json("worklist", *facts, day="2020-03-15")["checks"]

    assert home["people"][0]["last_reached"] == {"at": "2020-03-14T19:20+08:00", "how": "call"}


def test_every_list_is_there_even_when_empty(in_json):
    found = in_json("worklist", *DONE, day="2020-03-20")

    lists = {name for name, value in found.items() if value == []}
    assert lists == {
        "checks",
        "overdue",
        "abnormal",
        "to_be_placed",
        "tests_due",
        "transfers_due",
        "due_for_release",
        "blocked",
        "notice_outdated",
        "unassigned",
    }


def test_the_unassigned_say_what_there_is_to_do(in_json):
    nowhere = [each for each in (*MET, *PEOPLE, placed()) if each["fact"] != "residence"]

    (found,) = in_json("worklist", *nowhere, day="2020-03-15")["unassigned"]

    assert (found["state"], found["tasks"]) == ("under_observation", ["overdue", "checks"])
    assert (found["slots"], found["area"], found["last_reached"]) == (["am", "pm"], None, None)


def test_pending_names_the_slot(in_json):
    almost = (*MET, *PEOPLE, placed(), *checked("2020-03-12", "2020-03-23"), check("2020-03-24", "am"))

    (found,) = in_json("release-list", *almost)["eligible"]

    assert (found["person"], found["last_day"]) == ("contact", "2020-03-24")
    assert found["pending"] == [{"kind": "check", "slot": "pm"}]


def test_the_blocked_have_blockers_as_in_assess(in_json):
    (found,) = in_json("release-list", *DONE, sample("2020-03-20", "positive"))["blocked"]

    assert [each["code"] for each in found["blockers"]] == ["test_positive"]
    assert found["blockers"][0]["detail"]


def test_lists_never_say_who_it_was(in_json):
    release_list = in_json("release-list", *DONE)
    worklist = in_json("worklist", *MET, *PEOPLE, day="2020-03-15")

    (free,), (placing,) = release_list["eligible"], worklist["to_be_placed"]
    assert free["because"] == f"Meal with a confirmed case on 10 March 2020 12:00–13:00{UNCONFIRMED}."
    assert placing["because"] == f"Contact with a confirmed case on 10 March 2020{UNCONFIRMED}."


def test_json_has_no_names(asked):
    for command in ("worklist", "release-list"):
        assert "严样例" not in asked(command, *DONE, options=["--json"]) + asked(command, *DONE)


# ---- text


def test_a_worklist_reads_as_tables(asked):
    text = asked("worklist", *MET, *PEOPLE, placed(), day="2020-03-15")

    assert "Overdue\nPerson" in text
    assert "2020-03-14 am; 2020-03-14 pm" in text


def test_an_empty_list_says_so(asked):
    assert "(none)" in asked("worklist", *DONE, day="2020-03-20")


# ---- a workbook


def sheets_of(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(
            book.read(name).decode()
            for name in book.namelist()
            if "sharedStrings" in name or "/sheet" in name
        )


@pytest.mark.parametrize("command", ["worklist", "release-list"])
def test_a_workbook_has_names_and_no_formulas(asked, tmp_path, command):
    named = [each | {"name": FORMULA} if each.get("id") == "contact" else each for each in DONE]
    file = tmp_path / "list.xlsx"

    asked(command, *named, day="2020-03-25", options=["--xlsx", str(file)])

    sheets = sheets_of(file.read_bytes())
    assert "HYPERLINK" in sheets
    assert "<f>" not in sheets


def test_the_same_list_gives_the_same_workbook(asked, tmp_path):
    files = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for file in files:
        asked("release-list", *DONE, options=["--xlsx", str(file)])

    one, two = (file.read_bytes() for file in files)
    assert sheets_of(one) == sheets_of(two)


# ---- a paper to sign


@pytest.fixture
def paper(asked, tmp_path):
    def written(*facts, **options):
        file = tmp_path / "list.docx"
        asked("release-list", *facts, **options, options=["--docx", str(file)])
        return docx.Document(str(file))

    return written


def test_a_signer_sees_names_days_and_why(paper):
    found = paper(*DONE)

    titles, row = ([cell.text.rstrip("※") for cell in line.cells] for line in found.tables[0].rows)
    assert dict(zip(titles, row, strict=True)) == {
        "No.": "1",
        "Person": "contact",
        "Name": "严样例",
        "Category": "close contact",
        "Counted from": "2020-03-10",
        "Last day": "2020-03-24",
        "Free from": "2020-03-25 00:00",
        "Place": f"{COUNTY} {ONE} 示例村 (home)",
        "Reason for release": "period complete",
        "Why": f"Meal with a confirmed case on 10 March 2020 12:00–13:00{UNCONFIRMED}.",
    }


def test_there_are_lines_to_sign(paper):
    signatures = [cell.text for cell in paper(*DONE).tables[-1].rows[0].cells]

    assert [text.split(":")[0] for text in signatures] == [
        "Prepared by",
        "Checked by",
        "Approved by (signature, seal)",
    ]


def test_what_is_unconfirmed_is_marked_and_explained(paper):
    animal = fact("exposure", id="seller", start="2020-03-10T09:00", kind="animal", participants=["contact"])
    others = [each for each in DONE if each["fact"] not in ("exposure", "isolation", "diagnosis")]

    found = paper(*others, animal)

    assert found.tables[0].rows[1].cells[-1].text.endswith("※")
    assert any("unconfirmed" in line.text for line in found.paragraphs)


def test_chinese_letters_have_a_font(paper):
    fonts = paper(*DONE).styles["Normal"].element.rPr.rFonts

    assert fonts.get(qn("w:eastAsia")) == "SimSun"


def test_a_name_with_control_characters_is_written_all_the_same(paper):
    named = [each | {"name": "a\u0000b\u000bc"} if each.get("id") == "contact" else each for each in DONE]

    assert paper(*named).tables[0].rows[1].cells[2].text == "a b c"


# ---- what cannot be answered


@pytest.mark.parametrize("command", ["worklist", "release-list"])
def test_an_unknown_area_does_not_exist(asked, command):
    assert asked(command, *DONE, area="999999", status=1) == "no area '999999' in the facts\n"


def test_a_file_that_cannot_be_written_is_bad_input(asked, tmp_path):
    options = ["--xlsx", str(tmp_path / "no such folder" / "list.xlsx")]

    assert "the name of a file that can be written would be right" in asked(
        "worklist", *DONE, options=options, status=2
    )
