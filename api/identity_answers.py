"""Who somebody is, as JSON; id numbers are masked unless they are to be revealed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.answers import Json
from tracing.identity import Home, Identity, Stated, masked

_REVEALED = ("id_number", "phone", "birth_date")


def identity_answer(found: Identity) -> Json:
    """Return who somebody is, of each field what is in use and which fact says so, and what others say."""
    return {
        "person": found.person,
        **{field: _told(field, each) for field, each in found.in_use.items()},
        "others": [{"field": field} | _told(field, each) for field, each in found.others],
        "homes": [_home(each) for each in found.homes],
    }


def revealed_answer(found: Identity) -> Json:
    """Return what somebody is known by elsewhere, whole."""
    whole = {field: found.in_use[field].value for field in _REVEALED if field in found.in_use}
    return {"person": found.person} | {field: _plain(value) for field, value in whole.items()}


def found_answer(people: Mapping[str, Identity | None]) -> list[Json]:
    """Return people found, with who they are of those of whom that may be told."""
    return [identity_answer(found) if found else {"person": person} for person, found in people.items()]


def _told(field: str, stated: Stated) -> Json:
    value = _plain(stated.value)
    return {"value": masked(value) if field == "id_number" else value, "fact": stated.fact}


def _home(home: Home) -> Json:
    residence, household = home
    return {
        "household": household.fact_id,
        "area": household.area,
        "address": household.address,
        "first_day": _plain(residence.first_day),
        "last_day": _plain(residence.last_day),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
