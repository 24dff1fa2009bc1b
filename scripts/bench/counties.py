"""Counties in one database: one synthetic county, repeated under other ids and area codes.

All are alike, so that whatever concerns one county or one township has the same size however many
there are. Beside them lies a small county where nobody ever fell ill.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from scripts.make_county import COUNTY, Fact, county

_QUIET = 999
_IDS = ("id", "person", "household", "place", "site", "journey", "order", "of")
_CODES = ("code", "parent", "area")


@dataclass
class Cast:
    """Of whom facts are recorded and whose lists are asked for: the people of the first county.

    In the order of the line that everybody stands in. ``ill`` was ever diagnosed, ``onsets`` tells on which
    day most of these fell ill; ``quiet`` are those of the county without cases.
    """

    people: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    quiet: list[str] = field(default_factory=list)
    ill: set[str] = field(default_factory=set)
    onsets: dict[str, str] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    exposures: Counter[str] = field(default_factory=Counter)
    county: str = ""
    township: str = ""

    def see(self, fact: Fact) -> None:
        """Note whom a fact of the first county tells of."""
        match fact["fact"]:
            case "person":
                self.people.append(fact["id"])
                self.names[fact["id"]] = fact["name"]
            case "diagnosis":
                self.ill.add(fact["person"])
                if "onset" in fact:
                    self.onsets[fact["person"]] = fact["onset"]
            case "order":
                self.placed.add(fact["person"])
            case "exposure":
                self.exposures.update(fact["participants"])


def facts_of(people: int, counties: int, quiet: int, cast: Cast) -> Iterator[Fact]:
    """Yield the facts of so many counties of so many people each and of a quiet one; fill the cast."""
    cast.county = _code(1)
    cast.township = f"{cast.county}100"
    first = county(people, seed=1)
    repeated: Iterable[Fact] = list(first) if counties > 1 else first
    for number in range(1, counties + 1):
        for fact in _moved(repeated, number, is_first=number == 1):
            if number == 1:
                cast.see(fact)
            yield fact
    for fact in _moved(county(quiet, seed=2, contact_share=0), _QUIET, is_first=False):
        if fact["fact"] == "person":
            cast.quiet.append(fact["id"])
        yield fact


def _moved(facts: Iterable[Fact], number: int, *, is_first: bool) -> Iterator[Fact]:
    """Yield facts as those of another county; areas outside of it only for the first."""
    for fact in facts:
        if is_first or fact["fact"] != "area" or fact["code"].startswith(COUNTY):
            yield fact | dict(_other_names(fact, number))


def _other_names(fact: Fact, number: int) -> Iterator[tuple[str, Any]]:
    for name in _IDS:
        if name in fact:
            yield name, f"{number:03d}{fact[name]}"
    for name in _CODES:
        if name in fact:
            yield name, fact[name].replace(COUNTY, _code(number), 1)
    if "participants" in fact:
        yield "participants", [f"{number:03d}{each}" for each in fact["participants"]]


def _code(number: int) -> str:
    # No code ends in 00, which would make it that of a city.
    return f"99{number:03d}6"
