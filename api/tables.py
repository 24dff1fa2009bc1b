"""Answers as text for a terminal, in Chinese or English."""

import unicodedata
from collections.abc import Iterable, Sequence

from tracing.assessment import Assessment
from tracing.chains import Direction, Reached
from tracing.phrases import STATES, TITLES, WORDS, Language
from tracing.wording import in_words


def width(text: str) -> int:
    """Return how many columns a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under titles, in columns."""
    lines = [titles, *rows]
    widths = [max(width(line[column]) for line in lines) for column in range(len(titles))]
    padded = (
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True))
        for line in lines
    )
    return "\n".join(line.rstrip() for line in padded) + "\n"


def titles(names: Iterable[str], language: Language) -> list[str]:
    """Return the titles of columns in the reader's language."""
    return [TITLES[name][language] for name in names]


def assess_text(assessments: Sequence[Assessment], language: Language) -> str:
    """Return one line a person, and under it why."""
    rows = [
        (
            each.person,
            WORDS[each.category][language],
            STATES[each.standing.state][language],
            each.observation.last_day.isoformat() if each.observation.last_day else "–",
        )
        for each in assessments
    ]
    lines = table(titles(("person", "category", "state", "last_day"), language), rows).splitlines()
    whys = [f"    {in_words(each.reason, language)}" for each in assessments]
    body = [line for pair in zip(lines[1:], whys, strict=True) for line in pair]
    return "\n".join([lines[0], *body]) + "\n"


def chains_text(direction: Direction, reached: Sequence[Reached], language: Language) -> str:
    """Return one line for each person reached, with the path."""
    rows = [
        (
            each.person,
            str(each.generation),
            f"{each.at:%Y-%m-%d %H:%M}" if each.at else "–",
            path_text(each),
        )
        for each in reached
    ]
    when = "earliest" if direction == Direction.FORWARD else "latest"
    return table(titles(("person", "generation", when, "path"), language), rows)


def path_text(reached: Reached) -> str:
    """Return a path as ``a –(e1 2020-03-01)→ b –(e2 …)→ c``."""
    if not reached.path:
        return ""
    steps = (
        f" –({step.by}{f' {step.at:%m-%d %H:%M}' if step.at else ''})→ {step.taker}" for step in reached.path
    )
    return reached.path[0].giver + "".join(steps)
