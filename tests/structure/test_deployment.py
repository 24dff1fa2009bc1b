"""What is written down for those who run it starts commands that there are."""

import shlex
from pathlib import Path

import pytest

from api.cli import _parser

UNITS = sorted((Path(__file__).parents[2] / "deploy").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_starts_a_command_as_it_is_understood(unit):
    lines = unit.read_text(encoding="utf-8").splitlines()
    (started,) = (line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart="))
    program, *words = shlex.split(started)

    assert Path(program).name == "shouwang"
    assert _parser().parse_args(words).run


def test_there_is_a_unit_for_the_service_and_one_for_the_work():
    assert [unit.stem for unit in UNITS] == ["shouwang-serve", "shouwang-work"]
