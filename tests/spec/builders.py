"""Small builders for the specification: facts in the words of a fact file, and questions about them.

What a test does not care about is made up: people, households and places that are only named,
ids of things, who is meant (``case``), where somebody is isolated (``hospital``).
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from api.rulebooks import rulings
from tracing.assessment import Assessment, assess
from tracing.book_texts import read_rule_book
from tracing.books import RuleBook
from tracing.days import DEFAULT_ZONE, Span, read_when, shown
from tracing.factbook import FactBook
from tracing.facts import FACT_TYPES, THINGS
from tracing.faults import Refused
from tracing.known import Known
from tracing.question import Question
from tracing.reading import names_in
from tracing.rulings import Rulings
from tracing.windows import Window, status

Raw = dict[str, Any]

SOUND = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")

_NAMED_ONLY: dict[str, Raw] = {
    "person": {"fact": "person"},
    "household": {"fact": "household", "area": "420106"},
    "place": {"fact": "place", "name": "a place", "area": "420106"},
    "journey": {"fact": "journey", "mode": "car"},
}


def fact(kind: str, /, **fields: Any) -> Raw:
    """A fact as it stands in a fact file."""
    return {"fact": kind, **fields}


person = partial(fact, "person")
household = partial(fact, "household", area="420106")
residence = partial(fact, "residence", person="case", household="home")
stay = partial(fact, "stay", person="case", area="310101")
exposure = partial(fact, "exposure", kind="meal", participants=["case", "contact"])
diagnosis = partial(fact, "diagnosis", person="case", classification="confirmed", day="2020-03-12")
isolation = partial(fact, "isolation", person="case", where="hospital")
order = partial(fact, "order", id="order", person="case", place_kind="centralised")
transfer = partial(fact, "transfer", order="order")
release = partial(fact, "release", order="order")
recovery = partial(fact, "recovery", person="case")
death = partial(fact, "death", person="case")
symptoms = partial(fact, "symptoms", person="case", day="2020-03-10", signs=["fever"])
merge = partial(fact, "merge")
void = partial(fact, "void")


def book(*facts: Any) -> FactBook:
    """The book of exactly these facts, the first on line 1."""
    return FactBook.read(enumerate(facts, 1))


def complaints(*facts: Any) -> list[str]:
    """What is wrong with exactly these facts, one sentence a fault."""
    try:
        book(*facts)
    except Refused as refused:
        return str(refused).splitlines()
    return []


def faults_of(raw: Any) -> list[str]:
    """What is wrong with one fact, on line 1, when what it may name is recorded below it."""
    return complaints(
        raw,
        person(id="case"),
        person(id="contact"),
        person(id="nurse"),
        household(id="home"),
        fact("place", id="market", name="a market", area="420106"),
        fact("journey", id="train", mode="train_open"),
    )


def whole_book(*facts: Raw) -> FactBook:
    """The book of these facts, with what they only name made up."""
    given = [_with_id(number, each) for number, each in enumerate(facts, 1)]
    described = {each.get("id") for each in given}
    named = {name: kinds for each in given for name, kinds in _named_by(each) if name not in described}
    return book(*given, *({**_NAMED_ONLY[kinds[0]], "id": name} for name, kinds in named.items()))


def known(*facts: Raw) -> Known:
    """What is known from these facts, with what they only name made up."""
    return whole_book(*facts).known()


def small_book(*changes: tuple[str, str]) -> RuleBook:
    """The rule book ``sound.toml``, with some of its text replaced."""
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_rule_book("small.toml", text)


def question(
    *facts: Raw,
    protocol: str | RuleBook = "nhc-covid19",
    edition: str | None = None,
    as_of: str = "2020-04-30",
) -> Question:
    """A question about these facts, judged at a day or a time."""
    ruled = rulings(protocol, edition) if isinstance(protocol, str) else Rulings(protocol)
    return Question(known(*facts), ruled, when(as_of).last)


def assessed(*facts: Raw, person: str = "contact", **asked: Any) -> Assessment:
    """What somebody is and must do."""
    (found,) = assess(question(*facts, **asked), [person])
    return found


def window(*facts: Raw, edition: str | None = "6", **asked: Any) -> Window:
    """The window of the case."""
    found = status(question(*facts, edition=edition, **asked), "case")
    assert found is not None
    assert found.window is not None
    return found.window


def when(text: str) -> Span:
    """The day or the time that a text names."""
    return read_when(text, DEFAULT_ZONE)


def said(moment: datetime | None) -> str | None:
    """A moment as people write it, to the minute; 24:00 of a day is 00:00 of the next."""
    return f"{shown(moment):%Y-%m-%dT%H:%M}" if moment else None


def days(first: str, last: str) -> Span:
    """Two days and all between them."""
    return Span(when(first).first, when(last).last)


def day(text: str) -> date:
    """A calendar day."""
    return date.fromisoformat(text)


def _with_id(number: int, raw: Raw) -> Raw:
    return {"id": f"{raw['fact']} {number}"} | raw if raw["fact"] in THINGS else raw


def _named_by(raw: Raw) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, kinds in names_in(FACT_TYPES[raw["fact"]]).items():
        named = raw.get(field)
        for name in named if isinstance(named, list) else [named]:
            if isinstance(name, str) and kinds[0] in _NAMED_ONLY:
                yield name, kinds
