"""What the domain needs of a store that keeps who people are: sealed, found again, destroyed.

Everybody has a key of their own, and every household one for its address; all are wrapped by a master
key that no store has. Their owner is named by id.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

INDEX = ""
"""The owner of the key by which a register makes digests; no person and no household has this id."""


class Clue(StrEnum):
    """By what somebody is looked up."""

    NAME = "name"
    INITIALS = "initials"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    ADDRESS = "address"


class Sealed(NamedTuple):
    """Who somebody is as it leaves a register: sealed, with the wrapped keys of owner and digests."""

    text: bytes
    key: bytes
    index_key: bytes


class Identities(Protocol):
    """Who people are, within a transaction."""

    def identities(self, numbers: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        """Return the identity that facts carry, of those that carry any, by ``seq``."""

    def sealed(self, numbers: Collection[int]) -> Mapping[int, Sealed]:
        """Return the same, sealed, as it may leave the register."""

    def erased(self, people: Collection[str]) -> set[str]:
        """Return those of these people who were erased."""

    def destroyed(self) -> set[str]:
        """Return by what the keys are known again of those who were erased."""

    def wrapped(self, owners: Collection[str] | None = None) -> Mapping[str, bytes]:
        """Return the wrapped keys of owners, of those who have one; by default all."""

    def index_key(self) -> bytes:
        """Return the secret by which this register makes digests of who people are."""


class Vault(Protocol):
    """The keys of a register, within a transaction that writes."""

    def erase(self, people: Collection[str]) -> None:
        """Destroy the keys of people, and of households, and what they sealed."""

    def adopt(self, keys: Mapping[str, bytes]) -> None:
        """Take over wrapped keys from another register, by owners; that of its digests by the empty id.

        Raises:
            Unreachable: if none of the master keys at hand wrapped them.
        """

    def rewrap(self) -> int:
        """Wrap all keys that an older master key wrapped by the first one; return how many."""
