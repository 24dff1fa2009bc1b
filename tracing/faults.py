"""What is wrong with something people handed in: where, which field, what was found, what would be right."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_LINE = re.compile(r"line (\d+)(.*)")


LONGEST_QUOTE = 60


def quoted(value: object) -> str:
    """Return what was found, short enough for a message."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


class Complaint(NamedTuple):
    """One thing wrong with a field, not yet placed on a line."""

    field: str
    found: str
    right: str


class Fault(NamedTuple):
    """One thing wrong, with the line (or the file and key) where it stands."""

    where: str
    field: str
    found: str
    right: str

    def __str__(self) -> str:
        place = f"{self.where}: {self.field}" if self.field else self.where
        return f"{place}: found {self.found}; {self.right}"


def by_line(fault: Fault) -> tuple[str, int]:
    """Return what sorts faults on lines: file by file, from the first line to the last, then all others."""
    on_a_line = _LINE.fullmatch(fault.where)
    if on_a_line is None:
        return f"~{fault.where}", 0
    number, file = on_a_line.groups()
    return file, int(number)


class Refused(ValueError):
    """Something handed in is refused whole; ``faults`` says why, all at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type["Refused"], tuple[tuple[Fault, ...]]]:
        return Refused, (self.faults,)
