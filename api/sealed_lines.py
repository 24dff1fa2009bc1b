"""Facts on the lines of a backup: who people are is sealed there, with wrapped keys beside it."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from api.keys import destroyed_keys, master_keys
from graphdb.sealing import fingerprint_of, opened
from tracing.faults import Fault, Refused
from tracing.intake import FIRST_FILE, NumberedLine
from tracing.ports import Facts, Stored
from tracing.secrecy import INDEX, Sealed
from tracing.storing import as_handed_in, owner_on

FIELD = "sealed"

Line = dict[str, Any]


def lines_for(facts: Facts, stored: list[Stored]) -> list[Line]:
    """Return facts as lines of a backup; who people are is sealed, and gone of those who were erased."""
    sealed = facts.sealed([each.seq for each in stored])
    return [
        as_handed_in(each) | ({FIELD: _told(sealed[each.seq])} if each.seq in sealed else {})
        for each in stored
    ]


def open_lines(lines: list[NumberedLine]) -> tuple[list[NumberedLine], dict[str, bytes]]:
    """Return lines with who people are in the clear, and the wrapped keys that came with them, by owner.

    Whose key was ever destroyed under these master keys stays erased.

    Raises:
        Refused: if what is sealed cannot be read.
        Unreachable: if it was sealed with a master key that is not at hand.
    """
    opening = _Opening()
    found = [(number, opening.clear(number, raw)) for number, raw in lines]
    return found, opening.keys


class _Opening:
    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}
        self._destroyed = destroyed_keys()

    def clear(self, number: int, raw: Any) -> Any:
        if not isinstance(raw, Mapping) or FIELD not in raw:
            return raw
        owner, sealed = owner_on(raw), _sealed_on(number, raw[FIELD])
        rest = {name: value for name, value in raw.items() if name != FIELD}
        if fingerprint_of(master_keys().unwrap(sealed.key, owner)) in self._destroyed:
            return rest
        self.keys |= {owner: sealed.key, INDEX: sealed.index_key}
        return rest | opened(master_keys(), owner, sealed)


def _told(sealed: Sealed) -> dict[str, str]:
    return {name: base64.b64encode(value).decode() for name, value in sealed._asdict().items()}


def _sealed_on(number: int, told: Any) -> Sealed:
    try:
        return Sealed(**{name: base64.b64decode(value, validate=True) for name, value in told.items()})
    except (AttributeError, TypeError, ValueError, binascii.Error):
        right = "what `backup` wrote there would be right"
        fault = Fault(FIRST_FILE.place(number), FIELD, "something else", right)
        raise Refused([fault]) from None
