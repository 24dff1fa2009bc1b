"""What is recorded into a full database: exposures and new cases, with all their consequences."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count, cycle, islice
from random import Random
from statistics import median
from typing import NamedTuple, cast

from scripts.bench.counties import Cast
from scripts.bench.figures import WARM_UP, Profiles, Series, repeated
from scripts.bench.stores import Counting
from scripts.make_county import Fact
from tracing.casework import Recorded, record
from tracing.in_force import Clock, InForce
from tracing.ports import Store
from tracing.upkeep import work

_NEAR, _RIDERS, _COACH = 60, 200, 100


class Desk(NamedTuple):
    """Where facts are recorded: a store, its rules, a clock that stands still."""

    store: Counting
    rules: InForce
    clock: Clock

    def record(self, facts: list[Fact]) -> Recorded:
        """Record facts with their consequences."""
        return record(cast(Store, self.store), self.rules, enumerate(facts, 1), self.clock)

    def assessed_with(self, facts: list[Fact]) -> int:
        """Record facts; return how many people were assessed, or are left to be assessed later."""
        waiting = self.record(facts).waiting
        return self.store.assessed + waiting

    def settle(self) -> None:
        """Assess whoever was left to be assessed later."""
        waiting = self.store.read(lambda records: len(records.stale()))
        while waiting and work(cast(Store, self.store), self.rules, self.clock).people:
            pass


class Take(NamedTuple):
    """Facts whose recording is measured, and what is recorded before them."""

    facts: list[Fact]
    before: tuple[Fact, ...] = ()


Scene = tuple[str, int, Iterator[Take]]


def recorded(desk: Desk, scene: Scene, seconds: float, profiles: Profiles) -> Series:
    """Return how long each take of a scene took to record, after some to warm up."""
    name, times, takes = scene

    def works() -> Iterator[Callable[[], int]]:
        for take in islice(takes, times + WARM_UP):
            if take.before:
                desk.record(list(take.before))
            desk.settle()
            yield partial(desk.assessed_with, take.facts)

    series = Series(name, "assessed")
    repeated(series, works(), seconds, profiles)
    desk.settle()
    return series


def scenes(people: Cast, times: int, trains: int) -> list[Scene]:
    """Return what is recorded about the people of the first county and of the quiet one."""
    free = [each for each in people.people if each not in people.ill and each not in people.placed]
    new, riding = _usual(people, free, times + WARM_UP)
    return [
        ("exposure of 5, no case near", times, _meals("q", people.quiet)),
        ("exposure of 5 neighbours", times, _meals("n", free)),
        ("exposure of 5, one a case", times, _meals("c", free, people.onsets)),
        ("a new case", times, (Take([_diagnosis(person)]) for person in new)),
        ("a case on a train of 200", trains, _on_trains(riding)),
    ]


def _usual(people: Cast, free: list[str], count: int) -> tuple[list[str], list[str]]:
    """Return so many people with a usual number of exposures, by chance, and all others."""
    usual = median(people.exposures[person] for person in free)
    able = [person for person in free if abs(people.exposures[person] - usual) <= 1]
    chosen = Random("cases").sample(able, count)  # noqa: S311  # people are drawn, not secrets
    others = set(free) - set(chosen)
    return chosen, [person for person in free if person in others]


def _meals(name: str, people: list[str], guests: Mapping[str, str] | None = None) -> Iterator[Take]:
    """Yield meals of five who stand near each other, or of four and a guest on the day they fell ill."""
    chance = Random(name)  # noqa: S311  # people are drawn, not secrets
    for number, (guest, day) in zip(count(), cycle((guests or {"": "2020-02-09"}).items())):
        first = chance.randrange(len(people) - _NEAR)
        five = chance.sample(people[first : first + _NEAR], 5)
        yield Take([_meal(f"bench-{name}{number}", day, [guest, *five[1:]] if guest else five)])


def _meal(fact_id: str, day: str, people: list[str]) -> Fact:
    times = {"start": f"{day}T12:00", "end": f"{day}T13:30"}
    return {"fact": "exposure", "id": fact_id, "kind": "meal", "participants": people} | times


def _diagnosis(person: str) -> Fact:
    days = {"day": "2020-02-10", "onset": "2020-02-07"}
    fields = {"id": f"bench-d{person}", "person": person, "classification": "confirmed"}
    return {"fact": "diagnosis"} | fields | days


def _on_trains(people: list[str]) -> Iterator[Take]:
    """Yield the diagnosis of one of those aboard a train that was recorded before; nobody rides twice."""
    aboard = Random("trains").sample(people, len(people))  # noqa: S311  # people are drawn, not secrets
    for number in range(len(people) // _RIDERS):
        riders = aboard[number * _RIDERS : (number + 1) * _RIDERS]
        yield Take([_diagnosis(riders[0])], tuple(_train(f"bench-j{number}", riders)))


def _train(journey: str, riders: list[str]) -> Iterator[Fact]:
    times = {"departs": "2020-02-09T08:00", "arrives": "2020-02-09T14:00"}
    yield {"fact": "journey", "id": journey, "mode": "train_enclosed", "number": "K1"} | times
    for number, person in enumerate(riders):
        coach, seat = divmod(number, _COACH)
        where = {"carriage": str(coach + 1), "row": str(seat // 5 + 1), "seat": "ABCDF"[seat % 5]}
        yield {"fact": "ride", "person": person, "journey": journey, "berth_class": "seat"} | where
