"""The table of settings names every one that is read, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"SHOUWANG_[A-Z0-9_]*[A-Z0-9]")
COMPOSED = {"_text", "_number"}
"""The functions of api/settings.py that are told a name without what all begin with."""


def read_by_the_program():
    return {
        name for file in (ROOT / "api").rglob("*.py") for name in names_in(file.read_text(encoding="utf-8"))
    }


def names_in(source):
    """The settings that stand in a text of Python as a whole string, or are composed."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(text)) if NAME.fullmatch(text):
                yield text
            case ast.Call(func=ast.Name(id=function), args=[ast.Constant(value=str(text)), *_]) if (
                function in COMPOSED
            ):
                yield f"SHOUWANG_{text}"


def read_by_scripts():
    """The settings that scripts name at all; the program's own are among them."""
    files = [ROOT / "Makefile", *(file for file in (ROOT / "scripts").rglob("*") if file.suffix != ".pyc")]
    return {
        name for file in files if file.is_file() for name in NAME.findall(file.read_text(encoding="utf-8"))
    }


def told(heading):
    """The names in the table below a heading, each of which has a meaning, a default and a reader."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    names = [row[0].strip("`") for row in rows]
    assert len(names) == len(set(names))
    return set(names)


def test_the_table_names_what_the_program_reads_and_nothing_else():
    read = read_by_the_program()

    assert {"SHOUWANG_DATABASE", "SHOUWANG_NEO4J_POOL"} <= read
    assert told("Of the program") == read


def test_the_table_names_what_only_scripts_read_and_nothing_else():
    assert told("Of the scripts of a checkout") == read_by_scripts() - read_by_the_program()


def test_every_setting_that_is_written_about_is_one():
    known = told("Of the program") | told("Of the scripts of a checkout")
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").iterdir()]

    written = {name for page in pages for name in NAME.findall(page.read_text(encoding="utf-8"))}

    assert written <= known
