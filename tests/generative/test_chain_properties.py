"""What chains promise, against the contract's definition written out slowly.

Moments are counted in microseconds; a whole day lasts to its last one. Where no day is given,
somebody lived there ever since or still does.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import combinations, count
from typing import NamedTuple

from hypothesis import strategies as st

from tests.generative.asking import always, known_from
from tests.generative.cast import CALENDARS, Cast, aboard, when
from tests.generative.strategies import worlds
from tracing.chains import Bounds, Direction, chains
from tracing.days import DEFAULT_ZONE, midnight, shown
from tracing.network import contact_network

EVER, STILL = float("-inf"), float("inf")
BEGIN = midnight(CALENDARS[0].first, DEFAULT_ZONE)


class Step(NamedTuple):
    """Two people who shared something, from one moment to another."""

    giver: str
    taker: str
    kind: str
    by: str
    first: float
    last: float


def arrivals(steps, root, limits, generations):
    """Return the earliest arrival at everybody whom chains reach, and the fewest steps to them."""
    begin, end = limits
    best, fewest = {root: begin}, {root: 0}
    for generation in count(1):
        found = dict(best)
        for step in steps:
            if step.giver in best and best[step.giver] <= step.last:
                arrival = max(best[step.giver], step.first)
                if arrival <= min(end, found.get(step.taker, end)):
                    found[step.taker] = arrival
        fewest = dict.fromkeys(found, generation) | fewest
        if found == best or generation == generations:
            return found, fewest
        best = found
    raise AssertionError("unreachable")


@st.composite
def inquiries(draw):
    """A world, who is asked for, and how far chains are followed."""
    world = draw(worlds(determinations=False))
    merged = {fact["person"] for fact in world.facts if fact["fact"] == "merge"}
    root = draw(st.sampled_from([person for person in world.people if person not in merged]))
    times = st.none() | Cast(world.calendar, ()).when.map(when)
    since, until = draw(times), draw(times)
    return world, root, Bounds(since, until, draw(st.none() | st.integers(1, 3)))


@always(inquiry=inquiries(), direction=st.sampled_from(Direction))
def test_chains_reach_whom_the_definition_reaches_when_and_in_as_few_steps(inquiry, direction):
    world, root, bounds = inquiry
    steps = turned(steps_of(world.facts), direction)

    reached = chains(contact_network(known_from(world.facts)), root, direction, bounds)

    at, fewest = arrivals(steps, root, limits(bounds, direction), bounds.generations)
    del at[root]
    assert {each.person: (each.at, each.generation) for each in reached} == {
        person: (moment(at[person], direction), fewest[person]) for person in at
    }


@always(inquiry=inquiries(), direction=st.sampled_from(Direction))
def test_every_path_is_one_that_somebody_could_have_gone(inquiry, direction):
    world, root, bounds = inquiry
    steps = turned(steps_of(world.facts), direction)

    reached = chains(contact_network(known_from(world.facts)), root, direction, bounds)

    for each in reached:
        path = each.path if direction == Direction.FORWARD else each.path[::-1]
        person, arrival = root, limits(bounds, direction)[0]
        for step in path:
            giver, taker = sorted((step.giver, step.taker), key=lambda one: one != person)
            shared = [other for other in steps if other[:4] == (giver, taker, step.kind, step.by)]
            arrival = min(max(arrival, other.first) for other in shared if arrival <= other.last)
            person = taker
            assert (giver, step.at) == (giver, moment(arrival, direction))
        assert (person, moment(arrival, direction)) == (each.person, each.at)
        assert each.generation <= len(path) <= (bounds.generations or len(path))


@always(inquiry=inquiries())
def test_chains_backward_mirror_chains_forward(inquiry):
    world, _, bounds = inquiry
    known = known_from(world.facts)
    network = contact_network(known)

    pairs = {
        direction: {
            (person, each.person, each.generation)
            for person in known.people
            for each in chains(network, person, direction, bounds)
        }
        for direction in Direction
    }

    assert pairs[Direction.FORWARD] == {(p, q, steps) for q, p, steps in pairs[Direction.BACKWARD]}


@always(inquiry=inquiries(), direction=st.sampled_from(Direction), data=st.data())
def test_chains_do_not_depend_on_the_order_of_facts(inquiry, direction, data):
    world, root, bounds = inquiry
    shuffled = data.draw(st.permutations(world.facts))

    chains_of = [
        chains(contact_network(known_from(facts)), root, direction, bounds)
        for facts in (world.facts, shuffled)
    ]

    assert chains_of[0] == chains_of[1]


# ---- the steps, straight from the facts


def steps_of(facts):
    """Return every two people who shared something, as steps either way."""
    into = {fact["person"]: fact["into"] for fact in facts if fact["fact"] == "merge"}
    found = []
    for (kind, by), present in occasions(facts).items():
        for (one, since, until), (other, begin, end) in combinations(present, 2):
            first, last = max(since, begin), min(until, end)
            is_instant = since == until or begin == end
            if first < last or (first == last and is_instant):
                pair = answered(one, into), answered(other, into)
                found += [Step(*pair, kind, by, first, last), Step(*pair[::-1], kind, by, first, last)]
    return [step for step in found if step.giver != step.taker]


def occasions(facts):
    """Return who was at every exposure, home, journey and place, and from when to when."""
    journeys = {fact["id"]: fact for fact in facts if fact["fact"] == "journey"}
    found = defaultdict(list)
    for fact in facts:
        if fact["fact"] == "exposure":
            protected = fact.get("protected", [])
            for person in [] if protected is True else fact["participants"]:
                if person not in protected:
                    until = fact.get("end", fact["start"])
                    found[fact["kind"], fact["id"]].append((person, first(fact["start"]), last(until)))
        elif fact["fact"] == "residence":
            since, until = first(fact.get("first_day")), last(fact.get("last_day"))
            found["household", fact["household"]].append((fact["person"], since, until))
        elif fact["fact"] == "visit":
            found["visit", fact["place"]].append(
                (fact["person"], first(fact["start"]), last(fact.get("end")))
            )
        elif fact["fact"] == "ride" and (rode := aboard(fact, journeys[fact["journey"]])):
            found["conveyance", fact["journey"]].append((fact["person"], *map(counted, rode)))
    return found


def answered(person, into):
    while person in into:
        person = into[person]
    return person


def first(text):
    return counted(when(text).first) if text else EVER


def last(text):
    return counted(when(text).last) if text else STILL


# ---- time, forward and turned round


def counted(moment):
    return (moment - BEGIN) // timedelta(microseconds=1)


def moment(count_, direction):
    """Return a moment as an answer has it; None for ever and still."""
    if count_ in (EVER, STILL):
        return None
    forward = count_ if direction == Direction.FORWARD else -count_
    return shown(BEGIN + timedelta(microseconds=forward))


def turned(steps, direction):
    if direction == Direction.FORWARD:
        return steps
    return [step._replace(first=-step.last, last=-step.first) for step in steps]


def limits(bounds, direction):
    """Return when chains begin and end, in the direction of search."""
    since = counted(bounds.since.first) if bounds.since else EVER
    until = counted(bounds.until.last) if bounds.until else STILL
    return (since, until) if direction == Direction.FORWARD else (-until, -since)
