"""How fast the core answers, and in how much memory: reading, assessing, chains beside reticula.

    python -m scripts.bench.core [--people N] [--contacts N]

People are those of a synthetic county with every tenth a contact; the chain is followed for four
generations from one person among a million recorded contacts. Ratios within one run are what
counts: these machines are noisy.
"""

import argparse
import gc
import json
import random
import resource
import sys
from collections.abc import Callable, Iterable
from functools import partial
from time import process_time
from typing import TypeVar

from api.rulebooks import rulings
from scripts.make_county import county
from tracing.assessment import Assessor
from tracing.chains import Bounds, Direction, chains
from tracing.days import DEFAULT_ZONE, read_when
from tracing.factbook import FactBook
from tracing.facts.vocabulary import Category
from tracing.network import ContactNetwork, Occasion, Presence, ticks
from tracing.question import Question

T = TypeVar("T")
AS_OF = "2020-02-10"
HOURS = 40 * 24


def main() -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    options = parser.parse_args()
    _assessing(options.people)
    _following(options.contacts)
    say(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    return 0


def say(text: str) -> None:
    """Print one line of figures."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds of one core a piece of work took, and what it returned."""
    start = process_time()
    result = work()
    return process_time() - start, result


def _assessing(people: int) -> None:
    lines = [json.dumps(fact, ensure_ascii=False) for fact in county(people, seed=1)]
    say(f"county of {people} people: {len(lines)} facts, {len(lines) / people:.1f} a person")
    decoding, raws = timed(lambda: [json.loads(line) for line in lines])
    reading, book = timed(lambda: FactBook.read(enumerate(raws, 1)))
    indexing, known = timed(book.known)
    # As the commands do: the facts stay, the garbage collector need not go through them again.
    gc.freeze()
    say(f"JSON decoded: {len(lines) / decoding:,.0f} facts/s")
    say(f"facts parsed and checked: {len(lines) / reading:,.0f} facts/s")
    say(f"facts indexed: {len(lines) / indexing:,.0f} facts/s")
    question = Question(known, rulings("nhc-covid19", "6"), read_when(AS_OF, DEFAULT_ZONE).last)
    strata, assessor = timed(lambda: Assessor(question))
    assessing, assessments = timed(lambda: [assessor.assess(person) for person in known.people])
    say(f"people assessed: {people / (strata + assessing):,.0f} a second (facts parsed, reasons as values)")
    whole = decoding + reading + indexing + strata + assessing
    say(f"from text to answers, everything counted: {people / whole:,.0f} people a second")
    contacts = [each.person for each in assessments if each.category == Category.CLOSE_CONTACT]
    say(f"close contacts: {len(contacts)} ({len(contacts) / people:.1%})")
    fresh = Assessor(question)
    alone, _ = timed(lambda: [fresh.assess(person) for person in contacts])
    say(f"contacts alone: {len(contacts) / alone:,.0f} a second")


def _following(contacts: int) -> None:
    events = list(_random_contacts(contacts))
    building, network = timed(lambda: _our_network(events))
    roots = [str(one) for one, _, _ in events[:5]]
    ours = [timed(partial(_four_generations, network, root)) for root in roots]
    say(f"network of {len(events)} contacts built: ours {building:.1f} s")
    theirs = _reticula(events, [int(root) for root in roots])
    for number, (seconds, reached) in enumerate(ours):
        beside = (
            f", reticula {theirs[number] * 1000:.1f} ms, ratio {seconds / theirs[number]:.2f}"
            if theirs
            else ""
        )
        say(f"chain of 4 generations: {reached} people in {seconds * 1000:.1f} ms{beside}")


def _four_generations(network: ContactNetwork, root: str) -> int:
    return len(chains(network, root, Direction.FORWARD, Bounds(generations=4)))


def _random_contacts(contacts: int) -> Iterable[tuple[int, int, int]]:
    """Yield meetings of two people at an hour: about ten a person."""
    chance = random.Random(1)  # noqa: S311  # meetings are drawn, not secrets
    people = contacts // 5
    for _ in range(contacts):
        one, other = chance.sample(range(people), 2)
        yield one, other, chance.randrange(HOURS)


def _our_network(events: Iterable[tuple[int, int, int]]) -> ContactNetwork:
    network = ContactNetwork(zone=DEFAULT_ZONE)
    begin = ticks(read_when("2020-01-01T00:00", DEFAULT_ZONE).first)
    for number, (one, other, hour) in enumerate(events):
        at = begin + hour * 3_600_000_000
        present = [Presence(str(one), at, at), Presence(str(other), at, at)]
        network.add_occasion(Occasion("meeting", f"e{number}"), present)
    return network


def _reticula(events: list[tuple[int, int, int]], roots: Iterable[int]) -> list[float]:
    """Return the seconds of reticula's out_cluster from each root; nothing where it is not installed."""
    try:
        import reticula  # type: ignore[import-not-found]  # only installed for the benchmark
    except ImportError:
        say("reticula is not installed (make bench installs it): no comparison")
        return []
    edge = reticula.undirected_temporal_edge[reticula.int64, reticula.int64]
    made = reticula.undirected_temporal_network[reticula.int64, reticula.int64]
    building, network = timed(lambda: made(edges=[edge(*event) for event in events]))
    say(f"network of {len(events)} contacts built: reticula {building:.1f} s")
    adjacency = reticula.temporal_adjacency.simple[edge]()
    return [timed(partial(reticula.out_cluster, network, adjacency, root, 0))[0] for root in roots]


if __name__ == "__main__":
    sys.exit(main())
