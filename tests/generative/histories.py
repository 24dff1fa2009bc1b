"""Worlds with the time of their recording: facts said twice, withdrawn, put back, corrected."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.generative.cast import RawFact
from tracing.days import DEFAULT_ZONE

BEGIN = datetime(2020, 1, 1, tzinfo=DEFAULT_ZONE)


def with_ids(facts: list[RawFact]) -> list[RawFact]:
    """Return facts that all have an id."""
    return [{"id": f"f{number}"} | fact for number, fact in enumerate(facts, 1)]


def names_in(fact: RawFact) -> set[str]:
    """Return what a fact names, and whatever else it says in texts, but for its own id."""
    said = [value for field, value in fact.items() if field != "id"]
    texts = [text for value in said for text in (value if isinstance(value, list) else [value])]
    return {text for text in texts if isinstance(text, str)}


def recorded(fact: RawFact, hour: int, minute: int = 0) -> RawFact:
    """Return a fact as recorded at an hour; at hour 0 nobody knows when."""
    at = BEGIN + timedelta(hours=hour, minutes=minute)
    return fact | {"recorded_at": f"{at:%Y-%m-%dT%H:%M}"} if hour else fact


@st.composite
def histories(draw, world):
    """The facts of a world with ids and the hour of their recording, some of them withdrawn since.

    What a fact names was recorded before it, and only what nothing names is ever withdrawn:
    so what was known at any moment is a world too.
    """
    facts = with_ids(world.facts)
    named = {name for fact in facts for name in names_in(fact)}
    leaves = [fact["id"] for fact in facts if fact["id"] not in named]
    changed = draw(st.lists(st.sampled_from(leaves), max_size=4, unique=True))
    hours: dict[str, int] = {}
    for fact in facts:
        earliest = max((hours.get(name, 0) for name in names_in(fact)), default=0)
        hours[fact["id"]] = max(earliest, draw(st.integers(int(fact["id"] in changed), 9)))
    found = [recorded(fact, hours[fact["id"]]) for fact in facts]
    for minute, fact in enumerate((fact for fact in facts if fact["id"] in changed), 1):
        alike = [other for other in facts if other["fact"] == fact["fact"] and other["id"] in changed]
        hour = max(hours[other["id"]] for other in alike)
        for later in draw(st.sampled_from(_FATES))(fact, draw(st.sampled_from(alike))):
            hour += draw(st.integers(1, 3))
            found.append(recorded(later, hour, minute))
    return found


def _void(of: str, number: int = 1) -> RawFact:
    return {"fact": "void", "id": f"void {number} of {of}", "of": of}


def _withdrawn(fact, other):
    return [_void(fact["id"])]


def _void_withdrawn(fact, other):
    void = _void(fact["id"])
    return [void, _void(void["id"])]


def _void_put_back(fact, other):
    return [*_void_withdrawn(fact, other), _void(_void(_void(fact["id"])["id"])["id"])]


def _added_back(fact, other):
    return [_void(fact["id"]), fact]


def _withdrawn_again(fact, other):
    return [*_added_back(fact, other), _void(fact["id"], 2)]


def _added_back_and_void_withdrawn(fact, other):
    return [*_added_back(fact, other), _void(_void(fact["id"])["id"])]


def _corrected(fact, other):
    return [_void(fact["id"]), other | {"id": fact["id"]}]


def _said_twice(fact, other):
    return [fact]


_FATES = (
    _withdrawn,
    _void_withdrawn,
    _void_put_back,
    _added_back,
    _added_back_and_void_withdrawn,
    _withdrawn_again,
    _corrected,
    _said_twice,
)
