"""One database: filled with counties, then asked and written to again and again."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from api.alongside import made_alongside
from api.garbage import look_for_garbage_seldom
from api.rulebooks import book_texts
from api.wiring import charter_of, rules_for
from scripts.bench.counties import Cast, facts_of
from scripts.bench.figures import (
    WARM_UP,
    Measured,
    Profiles,
    Series,
    Took,
    pace,
    peak_mib,
    repeated,
    say,
    took,
)
from scripts.bench.scenes import Desk, recorded, scenes
from scripts.bench.stores import STORES, Counting
from scripts.make_county import Fact
from tracing.days import DEFAULT_ZONE, read_when
from tracing.phrases import Language
from tracing.ports import Store
from tracing.register import Asked, Register
from tracing.release_list import release_list
from tracing.restoring import restore
from tracing.upkeep import work_from_the_book
from tracing.verifying import verify
from tracing.wording import in_words
from tracing.worklist import worklist

NOW = read_when("2020-02-10T20:00", DEFAULT_ZONE).first
EVENING = read_when("2020-02-10", DEFAULT_ZONE).last
QUIET = 2_000


@dataclass(frozen=True)
class Plan:
    """What is measured in one database: in which store, how many counties of how many people, how often."""

    store: str
    people: int
    counties: int
    times: int
    trains: int
    seconds: float
    folder: Path | None
    profiles: Path | None
    is_verified: bool

    @property
    def title(self) -> str:
        return f"{self.counties} × {self.people:,} people"


_going_on: Iterator[Measured] = iter(())


def begin(plan: Plan) -> Measured:
    """Make a database in this process, kept until all is measured in it; return how that went."""
    global _going_on  # noqa: PLW0603  # a process measures one database, piece by piece
    look_for_garbage_seldom()
    _going_on = _measuring(plan)
    return next(_going_on)


def go_on() -> Measured | None:
    """Return what was measured next in the database of this process; None if it is done and removed."""
    return next(_going_on, None)


def _measuring(plan: Plan) -> Iterator[Measured]:
    """Yield the figures of loading, then those of one series after the other."""
    profiles = Profiles(plan.profiles and plan.profiles / f"{plan.counties}x{plan.people}")
    with tempfile.TemporaryDirectory(dir=plan.folder) as folder, STORES[plan.store](Path(folder)) as made:
        register, people = chartered(made.store), Cast()
        loading = filled(register, plan, people, profiles)
        yield Measured(loading | {"size on disk": f"{made.size_mib():,} MiB"})
        for series, works in _asked(register, people, plan.times):
            yield Measured({}, repeated(series, works, plan.seconds, profiles))
        desk = Desk(Counting(made.store), register.rules, clock)
        for scene in scenes(people, plan.times, plan.trains):
            yield Measured({}, recorded(desk, scene, plan.seconds, profiles))
        profiles.write()
        if plan.is_verified:
            _verify(register)


def chartered(store: Store) -> Register:
    charter = charter_of("nhc-covid19", None, DEFAULT_ZONE, NOW)
    store.write(lambda records: records.activate(charter, book_texts(charter.protocol), NOW))
    return Register(store, rules_for(charter))


def filled(register: Register, plan: Plan, people: Cast, profiles: Profiles) -> dict[str, str]:
    """Fill a database and work all answers out; return the figures of both."""
    # As in a backup, each after those recorded before it.
    facts = list(enumerate(sorted(facts_of(plan.people, plan.counties, QUIET, people), key=_recorded), 1))
    made = peak_mib()
    with profiles.of("restore"):
        restoring, number = took(
            lambda: restore(register.store, register.rules, facts, clock, alongside=made_alongside)
        )
    restored = peak_mib()
    facts.clear()
    with profiles.of("assess all"):
        assessing, assessed = took(lambda: _worked_out(register))
    whole = restoring.wall + assessing.wall
    return {
        "facts": f"{number:,}",
        "restored without answers, facts/s": _rates(number, restoring),
        "answers worked out, people/s": _rates(assessed, assessing),
        "both, facts/s": f"{number / whole:,.0f}",
        "peak memory: facts as lines": f"{made:,} MiB",
        "peak memory: restored": f"{restored:,} MiB",
        "peak memory: answers worked out": f"{peak_mib():,} MiB",
        "a fixed piece of Python, process time": f"{pace() * 1000:.0f} ms",
    }


def _rates(number: int, time: Took) -> str:
    return f"{number / time.wall:,.0f} ({number / time.cpu:,.0f} by process time)"


def _recorded(fact: Fact) -> str:
    return fact.get("recorded_at") or ""


def _worked_out(register: Register) -> int:
    people = 0
    while (done := work_from_the_book(register, clock, more_than=0)) and done.people:
        people += done.people
        for person, why in done.failed.items():
            say(f"{person}: {why}")
    return people


def _asked(
    register: Register, people: Cast, times: int
) -> Iterator[tuple[Series, Iterator[Callable[[], int]]]]:
    """Yield what is asked again and again; each question returns how much it brought."""
    asked = Asked(register.rules.rulings, EVENING)

    def worklist_of_a_township() -> int:
        found = worklist(*register.of_area(asked, people.township)[:2], people.township)
        return len(found.of_area)

    def release_list_of_a_county() -> int:
        found = release_list(*register.of_area(asked, people.county)[:2], people.county)
        return len(found.of_area)

    def person_with_reasons(person: str) -> int:
        answered = register.of_people(asked, [person])
        return sum(len(in_words(each.reason, Language.ZH)) for each in answered.assessments)

    drawn = Random(3).sample(people.people, times + WARM_UP)  # noqa: S311  # people are drawn, not secrets
    again = range(times + WARM_UP)
    yield Series("worklist of a township", "people"), (worklist_of_a_township for _ in again)
    yield Series("release list of a county", "people"), (release_list_of_a_county for _ in again)
    yield (
        Series("answer about one person", "characters"),
        (partial(person_with_reasons, each) for each in drawn),
    )


def _verify(register: Register) -> None:
    # Facts are stamped a little later than all before them, so what is kept holds from later than now.
    found = verify(register, EVENING)
    wrong = [*register.store.faults(), *found.differences]
    say(f"verified: {found.people} people, {found.kept} answers kept, {len(wrong)} differences")
    for each in wrong:
        say(each)


def clock() -> datetime:
    return NOW
