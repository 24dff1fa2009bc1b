"""The acceptance cases, answered through a database on each store: what a file gives, a database gives."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from scripts.acceptance import FOLDERS, not_built
from scripts.through_database import main
from tests.acceptance.run_cases import command_line, mismatch
from tests.contract.stores import STORES

CASES = [file for folder in FOLDERS for file in sorted(folder.glob("*.json"))]


# So many cases take some minutes on a server.
ON = ["sqlite", pytest.param("neo4j", marks=pytest.mark.long)]


@pytest.fixture(params=ON)
def database(request, tmp_path):
    """The URL of an empty database."""
    with STORES[request.param](tmp_path) as store:
        yield store.name


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_database_answers_as_the_file_does(file, database, tmp_path, monkeypatch):
    case = json.loads(file.read_text(encoding="utf-8"))
    if not_built(file):
        return
    monkeypatch.setenv("SHOUWANG_THROUGH", database)
    monkeypatch.setenv("SHOUWANG_NOW", "")

    status, out, err = run(command_line(case, (), tmp_path))

    assert status == case.get("exit", 0), err
    assert [text for text in case.get("stderr_contains", []) if text not in err] == []
    if "expect" in case:
        assert mismatch(case["expect"], json.loads(out)) is None


def run(arguments: list[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
    return status, out.getvalue(), err.getvalue()


def test_every_store_is_tried():
    assert {"sqlite", "neo4j"} == set(STORES)


def test_every_case_is_run():
    assert len(CASES) > 300
    assert all(isinstance(file, Path) for file in CASES)
