"""What a benchmark measured, and how it is printed: the sizes beside each other, and their ratio."""

import cProfile
import gc
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

T = TypeVar("T")
WARM_UP, ENOUGH = 3, 7


class Took(NamedTuple):
    """Seconds that a piece of work took: by the clock on the wall, and of one core."""

    wall: float
    cpu: float


@dataclass
class Series:
    """One piece of work repeated: what each took, and how much there was of what it brought."""

    name: str
    unit: str
    took: list[Took] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)

    @property
    def median_s(self) -> float:
        return median(each.wall for each in self.took)

    @property
    def cpu_s(self) -> float:
        return median(each.cpu for each in self.took)

    @property
    def p99_s(self) -> float:
        """The 99th percentile; of less than 100 repetitions the longest."""
        ordered = sorted(each.wall for each in self.took)
        return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]

    @property
    def amount(self) -> float:
        return median(self.amounts)


class Measured(NamedTuple):
    """A piece of what was measured in one database: figures in words, or a series."""

    words: dict[str, str]
    series: Series | None = None


class Profiles:
    """Profiles by name, gathered and written to a folder if one is given."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._gathered: dict[str, cProfile.Profile] = defaultdict(cProfile.Profile)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add what is done meanwhile to a profile."""
        if self._folder is None:
            yield
            return
        with self._gathered[name]:
            yield

    def write(self) -> None:
        """Write all that was gathered, a file a name."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, profile in self._gathered.items():
            profile.dump_stats(self._folder / f"{name.replace(',', '').replace(' ', '-')}.prof")


def took(work: Callable[[], T]) -> tuple[Took, T]:
    """Return how long a piece of work took, and what it returned."""
    cpu, wall = process_time(), perf_counter()
    result = work()
    return Took(perf_counter() - wall, process_time() - cpu), result


def repeated(
    series: Series, works: Iterable[Callable[[], int]], seconds: float, profiles: Profiles
) -> Series:
    """Measure works one by one into a series, but for the first few; each returns its amount.

    It ends early when so many seconds are gone and there are enough for a median.
    """
    gc.collect()
    begun = perf_counter()
    for number, work in enumerate(works):
        with profiles.of(series.name):
            time, amount = took(work)
        if number >= WARM_UP:
            series.took.append(time)
            series.amounts.append(amount)
        if len(series.took) >= ENOUGH and perf_counter() - begun > seconds:
            break
    return series


def pace() -> float:
    """Return how long a fixed piece of Python takes now, in process time: what the machine is worth."""
    start, number = process_time(), 0
    for each in range(2_000_000):
        number += each & 7
    return process_time() - start


def peak_mib() -> int:
    """Return how much memory this process ever had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


_NAMES, _DATABASE = 44, 43
_COLUMNS = {"median": 9, "p99": 9, "cpu": 9, "amount": 9, "times": 7}


def say_head(titles: Sequence[str]) -> None:
    """Print what each database is."""
    say(f"{'':{_NAMES}}" + "".join(f"{title:>{_DATABASE}}" for title in titles))


def say_words(row: Sequence[Measured]) -> None:
    """Print figures in words, those of each database in a column."""
    for name in row[0].words:
        say(f"{name:{_NAMES}}" + "".join(f"{each.words[name]:>{_DATABASE}}" for each in row))


def say_columns(databases: int) -> None:
    """Print what is told of a series in each database."""
    head = "".join(f"{title:>{wide}}" for title, wide in _COLUMNS.items())
    say(f"\n{'milliseconds':{_NAMES}}" + head * databases + f"{'ratio':>8}{'of cpu':>8}")


def say_series(row: Sequence[Series]) -> None:
    """Print one series in each database, and the last by the first."""
    ratios = f"{row[-1].median_s / row[0].median_s:>8.2f}{row[-1].cpu_s / row[0].cpu_s:>8.2f}"
    say(f"{f'{row[0].name} ({row[0].unit})':{_NAMES}}" + "".join(map(_cells, row)) + ratios)


def _cells(series: Series) -> str:
    times = (series.median_s, series.p99_s, series.cpu_s)
    amounts = f"{series.amount:>9.0f}{len(series.took):>7}"
    return "".join(f"{each * 1000:>9.1f}" for each in times) + amounts
