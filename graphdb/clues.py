"""By what people are looked up while who they are is sealed: keyed digests of names, phones and the like.

Without the key of the register nobody can tell what a digest is of; equal texts have equal ones.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, product
from typing import Any

from tracing.secrecy import Clue

_TOKEN_BYTES = 12
_MOST_READINGS = 8
_NOT_WORDS = re.compile(r"[\W_]+")
_NOT_DIGITS = re.compile(r"\D+")
_ABROAD = re.compile(r"^(?:00)?86(?=1\d{10}$)")


def token(key: bytes, clue: Clue, text: str) -> bytes | None:
    """Return the digest under which somebody is found by a text; None if nothing is left to go by."""
    plain = _PLAIN[clue](text)
    return _digest(key, clue, plain) if plain else None


def tokens_of(key: bytes, said: Iterable[tuple[int, Mapping[str, Any]]]) -> list[tuple[bytes, int]]:
    """Return the digests of all that facts, by number, say of who somebody is, each with its fact."""
    clues = ((number, each) for number, identity in said for each in _clues_in(identity))
    return sorted({(_digest(key, *each), number) for number, each in clues})


def _clues_in(identity: Mapping[str, Any]) -> Iterator[tuple[Clue, str]]:
    for clue, field, plainly in _STATED:
        text = identity.get(field)
        plain = plainly(text) if text else ""
        if plain:
            yield clue, plain
            if clue == Clue.NAME:
                yield from ((Clue.INITIALS, initials) for initials in _initials(plain))


def _digest(key: bytes, clue: Clue, plain: str) -> bytes:
    return hashlib.blake2b(f"{clue.value}:{plain}".encode(), digest_size=_TOKEN_BYTES, key=key).digest()


def _plain(text: str) -> str:
    """Return a text without spaces and punctuation, in simplified characters and small letters."""
    if text.isascii():
        return _NOT_WORDS.sub("", text).lower()
    return _simplified(_NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))).casefold()


@cache
def _simplifier() -> Any:
    # It loads slower than most commands answer, as does what knows pinyin.
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    return str(_simplifier().convert(text))


def _number(text: str) -> str:
    """Return a phone number without what stands between its digits, and without China's prefix."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _ABROAD.sub("", _NOT_DIGITS.sub("", plain))


def _initials(plain_name: str) -> Iterator[str]:
    """Yield the pinyin initials of a name, in every reading that its characters have."""
    readings = product(*map(_first_letters, plain_name))
    return ("".join(letters) for letters in islice(readings, _MOST_READINGS))


@cache
def _first_letters(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character,)
    from pypinyin import Style, pinyin

    return tuple(sorted(set(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0])))


_PLAIN = {
    Clue.NAME: _plain,
    Clue.INITIALS: _plain,
    Clue.PHONE: _number,
    Clue.ID_NUMBER: _plain,
    Clue.ADDRESS: _plain,
}
_STATED = [(clue, clue.value, plainly) for clue, plainly in _PLAIN.items() if clue != Clue.INITIALS]
