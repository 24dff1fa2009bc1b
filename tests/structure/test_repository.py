"""What holds for every file of the repository, committed or about to be."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDED_OVER = {ROOT / "tests/acceptance/run_cases.py", ROOT / "examples/tianjin/make_facts.py"}
LAYERS = {"tracing", "graphdb", "api"}

REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|maven\.(?:org|apache\.org)|crates\.io|proxy\.golang\.org)"
    r"|https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|maven|debian|ubuntu)"
)
REGISTRY_OPTION = re.compile(r"^\s*--(?:extra-index|index|find|trusted)-", re.MULTILINE)
# Written [x] where the pattern would otherwise find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")
TWO_COPIES = re.compile(r"kept consisten[t] with", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E])\b")


def repository_files() -> list[Path]:
    """The files that are tracked or would be, were everything added now."""
    # The checkout may belong to somebody else, and a fresh machine has no git configuration that allows it.
    git = ["git", "-c", f"safe.directory={ROOT}"]
    listing = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = [ROOT / name for name in listing.stdout.split("\0") if name]
    return sorted({file for file in files if file.is_file()})


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    found = {}
    for file in repository_files():
        content = file.read_bytes()
        if b"\0" not in content:
            found[file.relative_to(ROOT)] = content.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def modules(texts: dict[Path, str]) -> dict[Path, str]:
    ours = {file: text for file, text in texts.items() if ROOT / file not in HANDED_OVER}
    return {file: text for file, text in ours.items() if file.suffix == ".py"}


def lines_with(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    return [
        f"{file}:{number}: {line.strip()[:100]}"
        for file, text in texts.items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_repository_is_seen(texts):
    assert Path("pyproject.toml") in texts


def test_lock_files_hold_no_address(texts):
    locks = {file: text for file, text in texts.items() if file.match("requirements*.txt")}

    assert len(locks) == 3
    assert lines_with(re.compile("://"), locks) == []
    assert lines_with(REGISTRY_OPTION, locks) == []


def test_every_locked_package_has_a_hash(texts):
    locks = {file: text for file, text in texts.items() if file.match("requirements*.txt")}

    for file, text in locks.items():
        packages = re.split(r"\n(?=\S)", text.strip())
        assert [package for package in packages if "--hash=sha256:" not in package] == [], file


def test_no_lock_file_of_a_kind_that_names_its_registry(texts):
    kinds = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml"}
    resolved = {file: text for file, text in texts.items() if file.name == "package-lock.json"}

    assert [file for file in texts if file.name in kinds] == []
    assert lines_with(re.compile('"resolved"'), resolved) == []


def test_no_file_names_a_registry_host(texts):
    assert lines_with(REGISTRY_HOST, texts) == []


def test_no_file_names_a_path_of_a_machine(texts):
    assert lines_with(MACHINE_PATH, texts) == []


def test_nothing_asks_the_reader_to_change_two_places(texts):
    assert lines_with(TWO_COPIES, texts) == []


def test_nothing_is_left_for_later(texts):
    assert lines_with(UNFINISHED, texts) == []


def test_no_module_is_over_300_lines(modules):
    lengths = {str(file): len(text.splitlines()) for file, text in modules.items()}

    assert {file: length for file, length in lengths.items() if length > 300} == {}


def test_no_function_is_over_40_lines(modules):
    too_long = [
        f"{file}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for file, text in modules.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 40
    ]

    assert too_long == []


def test_no_command_waits_for_libraries_that_only_the_service_or_a_look_up_needs():
    late = {"argon2", "flask", "limits", "marshmallow", "neo4j", "opencc", "pypinyin", "werkzeug"}
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, api.cli; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    assert late & set(loaded.stdout.split()) == set()


def test_every_layer_is_checked_and_shipped(texts):
    tools = tomllib.loads(texts[Path("pyproject.toml")])["tool"]
    layers = {layer for layer in LAYERS if (ROOT / layer).is_dir()}

    assert layers <= set(tools["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert layers == set(tools["importlinter"]["root_packages"])
    assert layers <= set(tools["mypy"]["files"])


@pytest.mark.long
def test_the_wheel_holds_every_module_and_rule_book(tmp_path):
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    shipped = {
        file.relative_to(ROOT).as_posix()
        for file in repository_files()
        if file.relative_to(ROOT).parts[0] in LAYERS
    }

    subprocess.run([*pip, "--wheel-dir", tmp_path, ROOT], check=True)

    (wheel,) = tmp_path.glob("shouwang-*.whl")
    assert shipped <= set(zipfile.ZipFile(wheel).namelist())
