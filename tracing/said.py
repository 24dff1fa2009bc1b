"""What a fact says: field by field, and as the one text by which facts are compared and kept."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str, check_circular=False)


class Said(Mapping[str, Any]):
    """Fields of a fact and their text; whichever is not there is made when somebody asks for it."""

    __slots__ = ("_fields", "_text")

    def __init__(self, fields: Mapping[str, Any] | None, text: str | None = None) -> None:
        self._fields = fields
        self._text = text

    @classmethod
    def read(cls, text: str) -> "Said":
        """Return what a text says, which was that of another."""
        return cls(None, text)

    @property
    def text(self) -> str:
        """All fields as JSON, in the order of their names."""
        if self._text is None:
            self._text = _CANONICAL.encode(self._fields)
        return self._text

    @property
    def fields(self) -> Mapping[str, Any]:
        """All fields by their names."""
        if self._fields is None:
            self._fields = json.loads(self.text)
        return self._fields

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)
