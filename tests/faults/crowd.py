"""Invented people who meet and fall ill, the registers that hold them, and whether these are in order."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from api.answers import person_answer
from api.rulebooks import book_texts
from api.wiring import charter_of, register_at, store_at
from tests.spec.builders import fact
from tracing.casework import AT_ONCE, record
from tracing.days import DEFAULT_ZONE
from tracing.keeping import answer_from
from tracing.phrases import Language
from tracing.ports import Row
from tracing.question import Question
from tracing.register import Asked, Register
from tracing.verifying import verify

NOW = datetime(2020, 2, 10, 12, tzinfo=DEFAULT_ZONE)
NOON = "2020-02-10T12:00"
AFTERWARDS = NOW + timedelta(hours=1)
"""When all is looked at: where the clock stands still, what was recorded last is a little later than that."""

AREA = "420106"


# ---- people


def table(name):
    """Two who ate together, one of whom fell ill: the other is a close contact. Everything has an id."""
    ill, well, home = f"{name}-ill", f"{name}-well", f"{name}-home"
    return [
        fact("person", id=ill),
        fact("person", id=well),
        fact("household", id=home, area=AREA),
        fact("residence", id=f"{name}-r", person=well, household=home),
        meal(name, ill, well),
        diagnosis(name, ill),
        fact("check", id=f"{name}-c", person=well, day="2020-02-10", slot="am", temperature_c=36.5),
    ]


def tables(name, number):
    """As many tables in one file."""
    return [each for seat in range(number) for each in table(f"{name}-{seat}")]


def meal(name, *people, day="2020-02-08"):
    span = {"start": f"{day}T12:00", "end": f"{day}T13:00"}
    return fact("exposure", id=f"{name}-meal", kind="meal", participants=list(people), **span)


def diagnosis(name, person):
    return fact(
        "diagnosis",
        id=f"{name}-d",
        person=person,
        classification="confirmed",
        day="2020-02-09",
        onset="2020-02-08",
    )


def file_of(folder, name):
    """Write a table into a file."""
    file = folder / f"{name}.facts.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in table(name)), encoding="utf-8")
    return file


# ---- databases


def new_database(database):
    """Make a database for what began in Wuhan: a file, or on a server."""
    store = store_at(str(database))
    store.create()
    charter, texts = charter_of("nhc-covid19", None, DEFAULT_ZONE, NOW), book_texts("nhc-covid19", None)
    store.write(lambda records: records.activate(charter, texts, NOW))
    store.close()
    return database


@contextmanager
def opened(database) -> Iterator[Register]:
    """A register whose database is closed in the end."""
    register = register_at(str(database))
    try:
        yield register
    finally:
        register.store.close()


def recorded(register, facts, at=NOW, *, at_once=AT_ONCE):
    """Record facts; return what became of them."""
    return record(register.store, register.rules, enumerate(facts, 1), lambda: at, at_once=at_once)


def held(register) -> Counter[str]:
    """How often each fact id is in the database."""
    last = register.store.read(lambda facts: facts.last()[0])
    return Counter(each.fact_id for each in register.stored(last, identity=False))


def times_held(register, facts) -> set[int]:
    """How often the database holds each of some facts; equal numbers are told once."""
    there = held(register)
    return {there[each["id"]] for each in facts}


def wrong(register, at=AFTERWARDS) -> list[str]:
    """What `shouwang verify` finds, who waits, and who of some people is answered otherwise alone."""
    asked = Asked(register.rules.rulings, at)
    whole = _answers(register.of_everybody(asked))
    some = dice(len(whole)).sample(sorted(whole), min(len(whole), 20))
    alone = _answers(register.of_people(asked, some))
    found = [f"{each}: another answer if asked alone" for each in some if whole[each] != alone.get(each)]
    verified = verify(register, at)
    waiting = [f"{verified.waiting} wait to be worked out"] if verified.waiting else []
    return [*register.store.faults(), *verified.differences, *waiting, *found]


def everybody_waits(register):
    """Let everybody wait to be worked out."""
    register.store.write(lambda records: records.mark_stale(records.people()))


def waiting(register):
    """Who waits to be worked out."""
    return register.store.read(lambda records: records.stale())


def dice(seed) -> random.Random:
    """Dice that fall the same each time."""
    return random.Random(seed)  # noqa: S311 - nothing is to be kept secret


def kept_categories(register, at=AFTERWARDS) -> dict[str, str]:
    """What everybody is by the answers kept, but for those who wait to be worked out."""

    def kept(records) -> dict[str, Row]:
        stale = records.stale()
        return {person: row for person, row in records.kept_in(None).items() if person not in stale}

    question = Question(register.book().known(), register.rules.rulings, at)
    rows = register.store.read(kept)
    return {person: answer_from(question, row.text).category.value for person, row in rows.items()}


def _answers(answered):
    return {each.person: person_answer(each, Language.EN) for each in answered.assessments}
