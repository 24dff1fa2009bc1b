"""A synthetic county of any size with an outbreak in it, as a fact file; nobody in it exists.

Everybody stands in one line, household by household, and meets mostly people who stand near, on occasions of
bounded size, so contacts per person do not depend on the size of the county. An outbreak is played on these
meetings until the wanted share of people met a case between two days before its onset and its isolation.
"""

import argparse
import heapq
import json
import random
import sys
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from importlib import import_module
from itertools import accumulate, chain, count, pairwise, product, takewhile
from typing import Any

Fact = dict[str, Any]
Gathering = tuple[str, str, int, int, "array[int]"]  # kind, kind of place, begin, end, people

# Times are minutes and days are numbers, both counted from 1 January 2020, 00:00.
DAY, CUT = 24 * 60, 40  # the file holds what was known at the end of 10 February
MIDNIGHT = (CUT + 1) * DAY
DAYS = [(date(2020, 1, 1) + timedelta(number)).isoformat() for number in range(CUT + 1)]
COUNTY, WUHAN = "990626", "420100"  # no area code of GB/T 2260 begins with 99
AGES = {"G": range(24, 56), "Y": range(24), "O": range(56, 90)}  # grown, young, old
HOUSEHOLDS = ("O", "G", *["GG", "OO"] * 2, *["GGY"] * 4, *["GGYY", "GGYOO"] * 2, "GGYO", "GGYYOO")
KINDS = ("village", "market", "school", "enterprise", "station", "designated_hospital")
SIZES = ((150, 3000), (500, 6000), (800, 8000), (60, 2000), (8000, 40000), (40000, 60000))  # people
TOWNSHIP, TRAIN, CARRIAGE = 10, 1000, 40  # villages in one, people who have one, seats in one
OCCASIONS = (  # kind, ages, chance to host one (more), most people, days, hours, place
    ("meal", range(100), 0.36, 20, range(16, 39), range(11, 19), ""),
    ("work", range(18, 60), 0.26, 30, range(12, 30), range(8, 16), "enterprise"),
    ("class", range(6, 18), 0.25, 40, range(12, 24), range(8, 15), "school"),
    ("meeting", range(25, 80), 0.10, 40, range(14, 30), range(9, 17), ""),
    ("entertainment", range(16, 85), 0.22, 12, range(18, 39), range(13, 20), ""),
    ("care", range(100), 0.05, 4, range(16, 39), range(8, 18), ""),
    ("aerosol_procedure", range(40, 90), 0.01, 3, range(16, 39), range(8, 18), "designated_hospital"),
)
RETURNS = range(18, 24)  # the days on which one in a hundred came back from Wuhan
OUTCOMES = ("ruled_out", "asymptomatic", "asymptomatic", "suspected", "suspected", *["confirmed"] * 15)
AT_HOME, AT_A_GATHERING = 0.20, 0.08  # chance of infection


def at(minute: int) -> str:
    return f"{DAYS[minute // DAY]}T{minute // 60 % 24:02d}:{minute % 60:02d}"


def thing(letter: str, number: int) -> str:
    return f"{letter}{number + 1:06d}"


def fact(kind: str, recorded: int | None = None, /, **fields: Any) -> Fact:
    fields["recorded_at"] = None if recorded is None else at(recorded)
    return {"fact": kind} | {name: value for name, value in fields.items() if value is not None}


class County:
    """Everybody, by their place in the line, and what happened to them."""

    def __init__(self, people: int, seed: int) -> None:
        self.people, self.rng = people, random.Random(seed)  # noqa: S311 - the same seed, the same county
        self.ages, self.homes = bytearray(), array("i")  # the first person of each household
        while len(self.ages) < people:
            self.homes.append(len(self.ages))
            self.ages.extend(self.rng.choice(AGES[role]) for role in self.rng.choice(HOUSEHOLDS))
        self.homes.append(people)
        self.ends = {kind: self.stretches(*size) for kind, size in zip(KINDS, SIZES, strict=True)}
        self.ends["observation_site"] = sorted({*self.ends["village"][TOWNSHIP - 1 :: TOWNSHIP], people})
        self.back = {person: self.rng.choice(RETURNS) for person in range(people) if self.rng.random() < 0.01}
        self.gatherings: list[Gathering] = []
        self.attended: list[tuple[Gathering, ...]] = [()] * people
        self.cases: dict[int, str] = {}  # how it turned out
        self.onset: dict[int, int] = {}  # day; of an asymptomatic case, the day of sampling
        self.found: dict[int, int] = {}  # when the contacts of the case were asked for
        self.away: dict[int, int] = {}  # from when those isolated or placed meet nobody
        self.contacts: dict[int, tuple[int, int]] = {}  # when found, and when they last met a case

    def bounded(self, least: int, most: int) -> int:
        """Return a size with a heavy tail (Pareto, exponent 1.3) that ends at ``most``."""
        return int(least / (1 - self.rng.random() * (1 - (least / most) ** 1.3)) ** (1 / 1.3))

    def stretches(self, least: int, most: int) -> list[int]:
        """Return where stretches of such sizes end when they follow each other along the line."""
        ends = accumulate(self.bounded(least, most) for _ in count())
        return [*takewhile(lambda end: end < self.people, ends), self.people]

    def place(self, kind: str, person: int) -> str:
        return f"m{list(self.ends).index(kind)}{bisect_right(self.ends[kind], person):05d}"

    def village(self, person: int) -> str:
        township, village = divmod(bisect_right(self.ends["village"], person), TOWNSHIP)
        return f"{COUNTY}{100 + township}{201 + village}"

    def there(self, people: Iterable[int], minute: int) -> list[int]:
        """Return those who are back from Wuhan and neither isolated nor placed."""
        return [p for p in people if self.back.get(p, 0) * DAY <= minute < self.away.get(p, MIDNIGHT)]

    def settlement(self) -> Iterator[Fact]:
        yield fact("area", code=WUHAN, name="武汉市", level="city")
        yield fact("area", code=COUNTY, name="样例县", level="county")
        for village, first in enumerate((0, *self.ends["village"][:-1])):
            code = self.village(first)
            if village % TOWNSHIP == 0:
                yield fact("area", code=code[:9], name=f"样例{code[6:9]}镇", level="township", parent=COUNTY)
            yield fact("area", code=code, name=f"样例{code[6:]}村", level="village", parent=code[:9])
        for kind in list(self.ends)[1:]:
            for first, end in pairwise((0, *self.ends[kind])):
                number, area, size = self.place(kind, first), self.village(first), (end - first) // 5 + 10
                yield fact("place", id=number, name=f"样例{number}", area=area, kind=kind, capacity=size)

    def residents(self) -> Iterator[Fact]:
        for number, (first, end) in enumerate(pairwise(self.homes)):
            home = thing("h", number)
            yield fact("household", id=home, area=self.village(first))
            for person in range(first, end):
                who, sex = thing("p", person), self.rng.choice(("female", "male"))
                yield fact("person", id=who, name=f"样例{person + 1:04d}", sex=sex, age=self.ages[person])
                yield fact("residence", person=who, household=home)
                if day := self.back.get(person):
                    yield fact("stay", person=who, area=WUHAN, first_day=DAYS[person % 5], last_day=DAYS[day])
                    yield fact("arrival", person=who, area=COUNTY, day=DAYS[day], from_area=WUHAN)

    def trains(self) -> Iterator[Fact]:
        """Yield the trains and who sat where in them, and remember each carriage as a gathering."""
        for train in range(-(-self.people // TRAIN)):
            begin = self.rng.choice(RETURNS) * DAY + self.rng.randrange(420, 720)
            end, journey = begin + self.rng.randrange(180, 600), thing("j", train)
            times = {"departs": at(begin), "arrives": at(end)}
            yield fact("journey", id=journey, mode="train_enclosed", number=f"K{train + 1}", **times)
            drawn = {self.rng.randrange(self.people) for _ in range(self.bounded(20, 200))}
            riders, berth = self.there(drawn, begin), ("seat", "hard_sleeper")[train % 2]
            for first in range(0, len(riders), CARRIAGE):
                seated, carriage = riders[first : first + CARRIAGE], str(first // CARRIAGE + 1)
                self.gather(("conveyance", "", begin, end, array("i", seated)))
                for seat, person in enumerate(seated):
                    where = {"carriage": carriage, "row": str(seat // 5 + 1), "seat": "ABCDF"[seat % 5]}
                    yield fact("ride", person=thing("p", person), journey=journey, berth_class=berth, **where)

    def meet(self) -> None:
        for kind, ages, again, most, days, hours, place in OCCASIONS:
            circle = array("i", (person for person in range(self.people) if self.ages[person] in ages))
            for host in range(len(circle)):
                while self.rng.random() < again:
                    begin = self.rng.choice(days) * DAY + self.rng.choice(hours) * 60
                    end = begin + self.rng.randrange(30, 180)
                    self.gather((kind, place, begin, end, self.company(circle, host, most)))

    def company(self, circle: "array[int]", host: int, most: int) -> "array[int]":
        """Return a host and some more of the circle, mostly people who stand near."""
        reaches = self.rng.choices((60, 800, len(circle)), (20, 4, 1), k=self.bounded(2, most) - 1)
        places = [host, *(host + int((self.rng.random() - 0.5) * reach) for reach in reaches)]
        return array("i", dict.fromkeys(circle[place % len(circle)] for place in places))

    def gather(self, gathering: Gathering) -> None:
        self.gatherings.append(gathering)
        for person in gathering[-1]:
            self.attended[person] += (gathering,)

    def meetings(self, person: int) -> Iterator[tuple[int, int, int, float]]:
        """Yield whom a case met in its window, from which minute to which, and the chance of infection."""
        start, isolated = max(self.onset[person] - 2, self.back.get(person, 0)) * DAY, self.away[person]
        home = bisect_right(self.homes, person)
        for other in range(self.homes[home - 1], self.homes[home]):
            yield other, start, isolated, AT_HOME
        for kind, _, begin, end, people in self.attended[person]:
            if start <= begin < isolated and kind != "aerosol_procedure":
                yield from ((other, begin, end, AT_A_GATHERING) for other in self.there(people, begin))

    def fall_ill(self, infected: int, person: int) -> Iterator[tuple[int, int]]:
        """Yield on which day a case infects whom, and note all whom it met."""
        onset = infected + min(12, max(3, round(self.rng.lognormvariate(1.6, 0.4))))
        isolated = (onset + self.rng.choice((1, 2, 2, 3, 3, 4, 5, 7))) * DAY + self.rng.randrange(480, 1140)
        found = isolated + self.rng.choice((120, 180, DAY))
        if person in self.cases or found + 120 > MIDNIGHT:
            return
        self.cases[person] = outcome = self.rng.choice(OUTCOMES[isolated + 2 * DAY > MIDNIGHT :])
        self.onset[person], self.away[person], self.found[person] = onset, isolated, found
        for other, first, last, chance in self.meetings(person):
            if other not in self.cases and outcome != "ruled_out":
                earliest, latest = self.contacts.get(other, (found, last))
                self.contacts[other] = min(found, earliest), max(last, latest)
                self.away[other] = (min(found, earliest) // DAY + 1) * DAY
                if self.rng.random() < chance:
                    yield self.rng.randint(first // DAY, last // DAY), other

    def play(self, target: int) -> None:
        """Let returnees fall ill one by one, then anybody, until so many people have met a case."""
        anybody = (self.rng.randrange(self.people) for _ in range(self.people))
        for index in chain(self.rng.sample(sorted(self.back), len(self.back)), anybody):
            due = [(self.back.get(index, self.rng.randrange(12, 28)) - self.rng.randrange(2), index)]
            while due and len(self.contacts) < target:
                for infection in self.fall_ill(*heapq.heappop(due)):
                    heapq.heappush(due, infection)

    def visits(self) -> Iterator[Fact]:
        for person in range(self.people):
            while self.rng.random() < 0.35:
                begin = self.rng.randrange(5, 36) * DAY + self.rng.randrange(420, 1080)
                market, end = self.place("market", person), at(begin + self.rng.randrange(10, 90))
                if self.there([person], begin):
                    yield fact("visit", person=thing("p", person), place=market, start=at(begin), end=end)

    def told(self, right: Fact, recorded: int, **wrong: str) -> Iterator[Fact]:
        """Yield a fact as recorded; one in a hundred is wrong at first and put right a day later."""
        if recorded + DAY < MIDNIGHT and self.rng.random() < 0.01:
            yield right | wrong | {"recorded_at": at(recorded)}
            yield fact("void", recorded + DAY, of=right["id"], reason="asked again")
            right, recorded = right | {"id": f"{right['id']}-2"}, recorded + DAY
        yield right | {"recorded_at": at(recorded)}

    def exposures(self) -> Iterator[Fact]:
        for number, (kind, place, begin, end, people) in enumerate(self.gatherings):
            present = self.there(people, begin)
            if len(present) > 1 and kind != "conveyance":
                asked = [self.found[person] for person in present if person in self.found]
                recorded = max(end, min(asked, default=begin + 2 * DAY))
                how: Fact = {"kind": kind, "participants": [thing("p", person) for person in present]}
                how |= {"place": self.place(place, people[0])} if place else {}
                how |= {"protected": True} if kind == "aerosol_procedure" else {}
                exposure = fact("exposure", id=thing("e", number), start=at(begin), end=at(end), **how)
                yield from self.told(exposure, recorded, start=at(begin - DAY), end=at(end - DAY))

    def illness(self) -> Iterator[Fact]:
        for person, outcome in self.cases.items():
            who, onset, isolated = thing("p", person), self.onset[person], self.away[person]
            yield fact("isolation", isolated + 60, person=who, start=at(isolated), where="hospital")
            sign, first = ("sampled", outcome) if outcome == "asymptomatic" else ("onset", "suspected")
            fields = {"classification": first, "day": DAYS[isolated // DAY], sign: DAYS[onset]}
            diagnosis = fact("diagnosis", id=thing("d", person), person=who, **fields)
            yield from self.told(diagnosis, isolated + 60, **{sign: DAYS[onset + 1]})
            later = isolated + 2 * DAY
            if outcome in ("confirmed", "ruled_out") and later < MIDNIGHT:
                yield fact("diagnosis", later, person=who, classification=outcome, day=at(later)[:10])

    def placements(self) -> Iterator[Fact]:
        for person, (found, last) in self.contacts.items():
            begin, end, reason = found + 60, (last // DAY + 15) * DAY + 540, "completed"
            where = {"place_kind": "home"}
            if person in self.cases:
                end, reason = self.away[person], "converted"
            elif self.rng.random() < 0.6:
                where = {"place_kind": "centralised", "site": self.place("observation_site", person)}
            if begin < end and self.rng.random() < 0.92:
                order, day = thing("o", person), DAYS[begin // DAY]
                yield fact("order", begin, id=order, person=thing("p", person), first_day=day, **where)
                yield from self.checks(person, begin, end)
                if end < MIDNIGHT:
                    yield fact("release", end, order=order, day=DAYS[end // DAY], reason=reason)

    def checks(self, person: int, begin: int, end: int) -> Iterator[Fact]:
        ill = self.onset.get(person, MIDNIGHT)
        for day, (slot, hour) in product(range(begin // DAY, CUT + 1), (("am", 9), ("pm", 16))):
            minute, luck = day * DAY + hour * 60 + self.rng.randrange(120), self.rng.random()
            if begin < minute < end and luck > 0.03:
                fever = self.rng.random() < (0.6 if day >= ill else 0.004)
                seen = {"outcome": "seen", "temperature_c": round(36.1 + 1.3 * fever + self.rng.random(), 1)}
                how = seen if luck > 0.05 else {"outcome": "absent"}
                yield fact("check", minute, person=thing("p", person), day=DAYS[day], slot=slot, **how)

    def facts(self, contact_share: float) -> Iterator[Fact]:
        yield from chain(self.settlement(), self.residents(), self.trains())
        self.meet()
        self.play(round(contact_share * self.people))
        yield from chain(self.visits(), self.exposures(), self.illness(), self.placements())


def county(people: int, seed: int, contact_share: float = 0.1) -> Iterator[Fact]:
    """Yield the facts of a county, the same for the same arguments."""
    return County(people, seed).facts(contact_share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", help="a file; without it, standard output")
    parser.add_argument("--contact-share", type=float, default=0.1)
    chosen = parser.parse_args()
    made, counts = County(chosen.people, chosen.seed), Counter[str]()
    encode = json.JSONEncoder(ensure_ascii=False).encode
    facts: Iterable[Fact] = made.facts(chosen.contact_share)
    with suppress(ImportError):
        facts = import_module("tqdm").tqdm(facts, unit=" facts", unit_scale=True, delay=1, disable=None)
    with open(chosen.out or sys.stdout.fileno(), "w", encoding="utf-8", closefd=bool(chosen.out)) as out:
        for each in facts:
            counts[each["fact"]] += 1
            out.write(encode(each) + "\n")
    cases = sum(outcome != "ruled_out" for outcome in made.cases.values())
    sys.stderr.write(f"{made.people} people, {dict(counts)}, {cases} cases, {len(made.contacts)} contacts\n")


if __name__ == "__main__":
    main()
