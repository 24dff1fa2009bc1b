"""Who people are, sealed: everybody with a key of their own, each wrapped by a master key kept elsewhere.

Whoever destroys a key has made all that it sealed unreadable, in every copy that has no other one.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracing.ports import Stored, Unreachable
from tracing.secrecy import INDEX, Sealed
from tracing.storing import owner_of

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 4


class MasterKeys:
    """The keys that wrap all others: the first one wraps, each of them opens.

    ``read`` is asked when the first key is needed, and again when one turns up that is not known.
    """

    def __init__(self, read: Callable[[], Sequence[bytes]]) -> None:
        self._read = read
        self._known: dict[bytes, AESGCM] = {}

    def _ciphers(self) -> dict[bytes, AESGCM]:
        if not self._known:
            self._known = {_mark_of(key): AESGCM(key) for key in self._read()}
        return self._known

    def look_again(self) -> None:
        """Read them anew: another process may have put a newer one first, and the older ones may go soon."""
        self._known = {}

    def wrap(self, key: bytes, owner: str) -> bytes:
        """Return somebody's key so that only a master key opens it."""
        mark, cipher = next(iter(self._ciphers().items()))
        return mark + _locked(cipher, secrets.token_bytes(_NONCE_BYTES), key, owner)

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """Return somebody's key.

        Raises:
            Unreachable: if none of the master keys wrapped it, or it is not theirs.
        """
        mark = wrapped[:_MARK_BYTES]
        if mark not in self._ciphers():
            self.look_again()
        cipher = self._ciphers().get(mark)
        if cipher is None:
            right = "the file of keys that it was made with would be right"
            raise Unreachable(f"who people are was sealed with a master key that is not at hand; {right}")
        return _unlocked(cipher, wrapped[_MARK_BYTES:], owner)

    def wraps_now(self, wrapped: bytes) -> bool:
        """Return whether the first of the master keys wrapped this."""
        return wrapped[:_MARK_BYTES] == next(iter(self._ciphers()))


class SealedRow(NamedTuple):
    """What a store keeps of who somebody is: by the fact that said so."""

    seq: int
    owner: str
    text: bytes


class Shelf(Protocol):
    """Where one transaction finds and puts wrapped keys, by their owners."""

    def wrapped(self, owners: Collection[str] | None = None) -> dict[str, bytes]:
        """Return the keys of these owners, of those who have one (None: of everybody)."""

    def put(self, wrapped: Mapping[str, bytes]) -> None:
        """Keep keys, instead of those that their owners had."""


class Safe:
    """Seals and opens within one transaction."""

    def __init__(self, master: MasterKeys, shelf: Shelf) -> None:
        self._master = master
        self._shelf = shelf

    def index_key(self) -> bytes:
        """Return the key by which this register makes digests of who people are."""
        return self.keys([INDEX])[INDEX]

    def keys(self, owners: Collection[str], *, make: bool = False) -> dict[str, bytes]:
        """Return the keys of owners, of those who have one; ``make``: new ones for the others."""
        wrapped = self._shelf.wrapped(owners)
        found = {owner: self._master.unwrap(each, owner) for owner, each in wrapped.items()}
        if make and (missing := set(owners) - found.keys()):
            self._master.look_again()
            new = {owner: secrets.token_bytes(KEY_BYTES) for owner in sorted(missing)}
            self._shelf.put({owner: self._master.wrap(key, owner) for owner, key in new.items()})
            found |= new
        return found

    def seal(self, facts: Iterable[Stored]) -> list[SealedRow]:
        """Return what facts say of who somebody is, sealed."""
        said = [(each.seq, owner_of(each), each.identity) for each in facts if each.identity]
        keys = self.keys({owner for _, owner, _ in said}, make=True) if said else {}
        return [
            SealedRow(seq, owner, _sealed(keys[owner], _json(identity), owner))
            for seq, owner, identity in said
        ]

    def open(self, rows: Collection[SealedRow]) -> dict[int, dict[str, Any]]:
        """Return what was sealed, by the number of the fact, of those whose key is there."""
        keys = self.keys({row.owner for row in rows}) if rows else {}
        ciphers = {owner: AESGCM(key) for owner, key in keys.items()}
        return {
            row.seq: json.loads(_unlocked(ciphers[row.owner], row.text, row.owner))
            for row in rows
            if row.owner in ciphers
        }

    def taken_out(self, rows: Collection[SealedRow]) -> dict[int, Sealed]:
        """Return what was sealed as it leaves a register: with its key and that of the index, wrapped."""
        wrapped = self._shelf.wrapped({INDEX} | {row.owner for row in rows}) if rows else {}
        return {
            row.seq: Sealed(row.text, wrapped[row.owner], wrapped[INDEX])
            for row in rows
            if row.owner in wrapped
        }

    def fingerprints(self, owners: Collection[str]) -> list[tuple[str, str]]:
        """Return owners, each with what their key is known by again, or nothing if they have none."""
        keys = self.keys(owners)
        return [(owner, fingerprint_of(keys[owner]) if owner in keys else "") for owner in sorted(owners)]

    def adopt(self, wrapped: Mapping[str, bytes]) -> None:
        """Keep keys from elsewhere.

        Raises:
            Unreachable: if they cannot be opened here.
        """
        for owner, each in wrapped.items():
            self._master.unwrap(each, owner)
        self._shelf.put(wrapped)

    def rewrap(self) -> int:
        """Wrap those keys by the first master key that an older one wrapped; return how many."""
        new = {
            owner: self._master.wrap(self._master.unwrap(each, owner), owner)
            for owner, each in self._shelf.wrapped().items()
            if not self._master.wraps_now(each)
        }
        self._shelf.put(new)
        return len(new)


def opened(master: MasterKeys, owner: str, sealed: Sealed) -> dict[str, Any]:
    """Return who somebody is from what left a register.

    Raises:
        Unreachable: if it was sealed with a master key that is not at hand, or was changed since.
    """
    found = json.loads(_unlocked(AESGCM(master.unwrap(sealed.key, owner)), sealed.text, owner))
    return dict(found)


def fingerprint_of(key: bytes) -> str:
    """Return by what a key that is no more is known again."""
    return hashlib.blake2b(key, digest_size=16, person=b"destroyed").hexdigest()


def _mark_of(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_MARK_BYTES, person=b"master").digest()


def _sealed(key: bytes, clear: bytes, owner: str) -> bytes:
    """Return a text sealed with somebody's key, the same text always alike.

    A nonce made of key and text differs for every other text, and a backup of what was restored is the
    same file.
    """
    nonce = hashlib.blake2b(clear, key=key, digest_size=_NONCE_BYTES, person=b"nonce").digest()
    return _locked(AESGCM(key), nonce, clear, owner)


def _locked(cipher: AESGCM, nonce: bytes, clear: bytes, owner: str) -> bytes:
    return nonce + cipher.encrypt(nonce, clear, owner.encode())


def _unlocked(cipher: AESGCM, sealed: bytes, owner: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], owner.encode())
    except (InvalidTag, ValueError):
        right = "restoring a backup would be right"
        raise Unreachable(f"what is sealed of {owner!r} was changed since; {right}") from None


def _json(identity: Mapping[str, Any]) -> bytes:
    return _COMPACT.encode(identity).encode()


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
