import json
from typing import NamedTuple

import pytest

from api.cli import main


class Overlap(NamedTuple):
    """How days of March 2020 lie to the 10th to the 14th: which of those they share, which they leave."""

    way: str
    first: int
    last: int
    shared: tuple[int, int] | None
    left: list[tuple[int, int]]


#                                   7  8  9 |10 11 12 13 14| 15 16 17
EIGHT_OVERLAPS = [
    Overlap("ends on the eve", 7, 9, None, [(10, 14)]),
    Overlap("reaches into its first day", 8, 10, (10, 10), [(11, 14)]),
    Overlap("begins with it", 10, 12, (10, 12), [(13, 14)]),
    Overlap("lies within it", 11, 13, (11, 13), [(10, 10), (14, 14)]),
    Overlap("ends with it", 12, 14, (12, 14), [(10, 11)]),
    Overlap("reaches all around it", 9, 15, (10, 14), []),
    Overlap("begins on its last day", 14, 16, (14, 14), [(10, 13)]),
    Overlap("begins on the morrow", 15, 17, None, [(10, 14)]),
]


@pytest.fixture(params=EIGHT_OVERLAPS, ids=lambda each: each.way)
def overlapping(request):
    """Each of the eight ways in which a stretch lies to the 10th to the 14th of March 2020."""
    return request.param


@pytest.fixture
def shouwang(capsys):
    """Runs a command; returns its exit status, what it printed and what it said beside that."""

    def run(*arguments):
        status = main([str(each) for each in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def file(tmp_path):
    """Writes facts into a file and returns it."""

    def write(*facts):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.facts.jsonl"
        path.write_text("\n".join(json.dumps(each) for each in facts), encoding="utf-8")
        return path

    return write
