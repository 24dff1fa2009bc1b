"""Lists of a register whose rules refuse to answer for somebody, on a terminal, as workbooks and to sign."""

import json
import zipfile

import docx
import pytest

from tests.spec.builders import diagnosis, exposure, fact, household, person, residence

FACTS = [
    person(id="case", name="曹样例"),
    person(id="contact", name="严样例", phone="13800000000"),
    person(id="lost", name="魏样例", phone="13900000000"),
    fact("area", code="4201", name="示例市", level="city"),
    household(id="home", area="420106100"),
    *(residence(person=each) for each in ("contact", "lost")),
    *(
        exposure(id=f"with {each}", start="2020-03-10", participants=["case", each])
        for each in ("contact", "lost")
    ),
    diagnosis(id="d1", day="2020-03-13", onset="2020-03-09"),
]
EARLY = fact(
    "determination",
    id="early",
    person="lost",
    category="close_contact",
    day="2020-03-16",
    last_day="2020-03-18",
)
AREA = ("--area", "4201")
WORKLIST = ("worklist", "-", *AREA, "--day", "2020-03-20")
RELEASES = ("release-list", "-", *AREA, "--day", "2020-03-25")
REPORT = ("report", "-", *AREA, "--at", "2020-03-20")
ENGLISH = {
    "line": "1 person could not be answered: lost",
    "why": "fact early: last_day: found 2020-03-18; 2020-03-24 or later would be right, "
    "or a supervisor and a reason for ending earlier",
}
CHINESE = {
    "line": "1人未能判定：lost",
    "why": "事实early：判定的最后观察日2020-03-18早于规则要求的2020-03-24，"
    "应不早于该日，或注明提前解除的主管与理由",
}
SAID = [("en", ENGLISH), ("zh", CHINESE)]


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T08:00")
    monkeypatch.delenv("SHOUWANG_DATABASE", raising=False)


@pytest.fixture
def refused(shouwang, file):
    assert shouwang("restore", file(*FACTS, EARLY), "--protocol", "nhc-covid19")[0] == 0
    return shouwang


def texts_of(workbook):
    with zipfile.ZipFile(workbook) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/")}


@pytest.mark.parametrize("command", [WORKLIST, RELEASES, REPORT])
@pytest.mark.parametrize(("language", "said"), SAID)
def test_a_terminal_shows_first_who_is_missing_and_why(refused, command, language, said):
    status, out, _ = refused(*command, "--language", language)

    assert status == 0
    assert said["line"] in out
    assert said["why"] in out
    assert "contact" in out or command == REPORT


@pytest.mark.parametrize("command", [WORKLIST, RELEASES, REPORT])
def test_json_names_who_is_missing_and_why(refused, command):
    status, out, _ = refused(*command, "--json", "--language", "en")

    assert status == 0
    assert json.loads(out)["unanswered"] == [{"person": "lost", "why": ENGLISH["why"]}]


@pytest.mark.parametrize("command", [WORKLIST, RELEASES])
@pytest.mark.parametrize("language", [language for language, _ in SAID])
def test_a_workbook_says_so_on_its_first_page_above_each_table_and_in_one_of_its_own(
    refused, tmp_path, command, language
):
    workbook, said = tmp_path / "list.xlsx", dict(SAID)[language]

    refused(*command, "--xlsx", workbook, "--language", language)

    parts = texts_of(workbook)
    assert said["line"] in parts["xl/sharedStrings.xml"]
    assert said["why"] in parts["xl/sharedStrings.xml"]
    assert "魏样例" in parts["xl/sharedStrings.xml"]
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) > 2
    assert all(said["line"] in page for page in pages)


@pytest.mark.parametrize(("language", "said"), SAID)
def test_a_workbook_of_figures_says_so_above_them_and_why_below(refused, tmp_path, language, said):
    workbook = tmp_path / "report.xlsx"

    refused(*REPORT, "--xlsx", workbook, "--language", language)

    assert said["line"] in texts_of(workbook)["xl/sharedStrings.xml"]
    assert said["why"] in texts_of(workbook)["xl/sharedStrings.xml"]


@pytest.mark.parametrize(("language", "said"), SAID)
def test_a_signer_sees_it_before_the_first_table(refused, tmp_path, language, said):
    paper = tmp_path / "list.docx"

    refused(*RELEASES, "--docx", paper, "--language", language)

    found = docx.Document(str(paper))
    (line,) = [each for each in found.paragraphs if each.text == said["line"]]
    assert all(run.bold for run in line.runs)
    assert [cell.text for cell in found.tables[0].rows[1].cells] == [
        "lost",
        "魏样例",
        "13900000000",
        said["why"],
    ]


def test_many_are_counted_and_the_first_named(shouwang, file):
    people = [person(id=f"p{number:02}") for number in range(12)]
    met = exposure(id="party", start="2019-12-20", participants=[each["id"] for each in people])
    shouwang("restore", file(*FACTS, *people, met, diagnosis(id="d0", person="p00", day="2019-12-22")))

    _, out, _ = shouwang(*WORKLIST, "--language", "en")

    assert (
        "12 people could not be answered: p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 and others" in out
    )
    assert out.count("fact d0: day: found 2019-12-22;") == 12


def test_with_nobody_unanswered_no_paper_says_anything_of_it(shouwang, file, tmp_path):
    shouwang("restore", file(*FACTS))
    paper = tmp_path / "list.docx"

    out = [shouwang(*command, "--language", "en")[1] for command in (WORKLIST, RELEASES, REPORT)]
    shouwang(*RELEASES, "--docx", paper, "--language", "en")

    texts = [*out, *(each.text for each in docx.Document(str(paper)).paragraphs)]
    assert not any("answered" in text for text in texts)


@pytest.mark.parametrize(
    "command", [WORKLIST, RELEASES, REPORT, ("assess", "-", "--protocol", "nhc-covid19")]
)
def test_a_file_is_refused_whole_with_the_line(shouwang, file, command):
    name, _, *options = command

    status, out, said = shouwang(name, file(*FACTS, EARLY), *options)

    assert (status, out) == (2, "")
    assert f"\nline {len(FACTS) + 1}: last_day: found 2020-03-18;" in said


def test_who_asks_a_database_for_everybodys_answer_is_refused_with_the_fault(refused):
    status, out, said = refused("assess", "-", "--json", "--language", "en")

    assert (status, out) == (2, "")
    assert "last_day: found 2020-03-18;" in said


@pytest.mark.parametrize("people", [(), ("--person", "contact")])
def test_a_file_with_a_diagnosis_from_before_the_rules_is_refused_whoever_is_asked_for(
    shouwang, file, people
):
    early = diagnosis(id="d0", person="lost", day="2019-12-22")

    status, out, said = shouwang("assess", file(*FACTS, early), "--protocol", "nhc-covid19", *people)

    assert (status, out) == (1, "")
    assert said.endswith("\nno edition of nhc-covid19 is in force on 2019-12-22; --edition pins one\n")


def test_a_comparison_with_the_register_says_of_whom_it_cannot_say_anything(refused, file):
    tea = file(exposure(id="tea", start="2020-03-12", participants=["case", "contact"]))

    status, out, _ = refused("diff", "-", "--add", tea, "--language", "en")

    assert status == 0
    assert out.startswith(ENGLISH["line"])
    assert "contact" in out


def test_work_and_verify_go_on_and_say_who_has_no_answer(refused):
    _, worked, said = refused("work", "--all")
    status, verified, _ = refused("verify")

    assert worked == "3 people worked on, 1 are leased by others or have no answer\n"
    assert "lost: no answer can be given; fact early" in said
    assert status == 0
    assert "1 waiting to be worked out" in verified
