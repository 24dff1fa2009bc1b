"""Areas by their GB/T 2260 codes: which area lies in which."""

from functools import lru_cache


class NoSuchArea(LookupError):
    """Nothing recorded lies in the area asked for."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no area {code!r} in the facts")
        self.code = code


@lru_cache(maxsize=50_000)
def significant(code: str) -> str:
    """Return the part of a code that its sub-areas begin with.

    A six-digit code of a province or city is padded with zeros (``420000`` is all of ``42``).
    """
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def includes(area: str, other: str) -> bool:
    """Return whether ``other`` is ``area`` or lies in it."""
    return other.startswith(significant(area))
