"""How fast a store takes facts and answers, beside the same questions in a database thirty times as large.

    python -m scripts.bench.store [--store S] [--people N] [--counties N N] [--one-county N] [options]

Each database is one of counties that are all alike, so that a township's list and a county's list have
the same size in each: only what depends on the size of the database differs. Each is made
in a process of its own, then all are asked by turns. Times are those of the clock on the wall (writing
waits for the disk), beside the process time: on a busy machine only the latter can be compared. The
processes are warm: facts once read stay in them, as in a server and not as in one command.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from scripts.bench.databases import Plan, begin, go_on
from scripts.bench.figures import say, say_columns, say_head, say_series, say_words
from scripts.bench.stores import STORES


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 0."""
    plans = _plans(_options(arguments))
    say_head([plan.title for plan in plans])
    with ExitStack() as held:
        ours = [held.enter_context(ProcessPoolExecutor(1, get_context("spawn"))) for _ in plans]
        say_words([each.submit(begin, plan).result() for each, plan in zip(ours, plans, strict=True)])
        say_columns(len(plans))
        while row := [done for each in ours if (done := each.submit(go_on).result())]:
            say_series([done.series for done in row if done.series])
    say("\nmedian and p99 (of fewer than 100 times the longest): clock on the wall, commits included")
    say("cpu: median of process time; ratio: of the medians, the last database by the first")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--store", choices=STORES, default="sqlite")
    parser.add_argument("--people", type=int, default=10_000, help="of one county")
    parser.add_argument("--counties", type=int, nargs="+", default=[1, 30], help="in each database")
    parser.add_argument("--one-county", type=int, metavar="PEOPLE", help="one more: a county of that size")
    parser.add_argument("--times", type=int, default=200, help="how often each is measured")
    parser.add_argument("--trains", type=int, default=20, help="how often the case on a train is")
    parser.add_argument("--seconds", type=float, default=20, help="after which less often is enough")
    parser.add_argument("--folder", type=Path, help="where databases are made and removed again")
    parser.add_argument("--verify", action="store_true", help="compare all answers kept with the facts' own")
    parser.add_argument("--profiles", type=Path, metavar="FOLDER", help="write profiles (all gets slower)")
    return parser.parse_args(arguments)


def _plans(options: argparse.Namespace) -> list[Plan]:
    sizes = [(options.people, counties) for counties in options.counties]
    if options.one_county:
        sizes.append((options.one_county, 1))
    return [
        Plan(
            options.store,
            *size,
            times=options.times,
            trains=options.trains,
            seconds=options.seconds,
            folder=options.folder,
            profiles=options.profiles,
            is_verified=options.verify,
        )
        for size in sizes
    ]


if __name__ == "__main__":
    sys.exit(main())
