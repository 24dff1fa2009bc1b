"""The transmission picture: people along a time axis, arrows from source to contact, as SVG."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape

from tracing.facts.vocabulary import Category
from tracing.phrases import WORDS, Language
from tracing.transmission import Member
from tracing.wording import day_in_words

DAY_WIDTH = 26
ROW_HEIGHT = 20
MARGIN = 40
HEAD = 96
LABEL_WIDTH = 62
RADIUS = 6
# Okabe and Ito's palette: told apart by those who do not see red and green as different.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9")

_TEXT = {
    Language.EN: {
        "title": "Transmission picture as of {day}",
        "desc": "{people} people along a time axis: {cases} cases by day of onset, {contacts} close contacts "
        "by day of last contact. A line leads from a recorded source to whom it may have infected; {roots} "
        "people have no recorded source.",
        "generation": "generation {number}",
        "contact": "close contact",
        "none": "no recorded source",
        "from": "from {source} by {by}",
    },
    Language.ZH: {
        "title": "传播关系图（截至{day}）",
        "desc": "按时间排列的{people}人：{cases}名病例按发病日期，{contacts}名密切接触者按末次接触日期。"
        "连线由记录在案的来源指向可能被其感染者；{roots}人没有记录在案的来源。",
        "generation": "第{number}代",
        "contact": "密切接触者",
        "none": "无记录来源",
        "from": "来源{source}（{by}）",
    },
}


class Placed(NamedTuple):
    """A member with the place of its mark, in pixels."""

    member: Member
    x: int
    y: int


def transmission_svg(members: Sequence[Member], as_of: date, language: Language) -> str:
    """Return the picture of a forest of people; complete in itself, with title and description."""
    first = min((member.day for member in members), default=as_of) - timedelta(days=1)
    last = max([as_of, *(member.day for member in members)]) + timedelta(days=3)
    places = _places(members, first)
    width = 2 * MARGIN + (last - first).days * DAY_WIDTH + LABEL_WIDTH
    height = max((place.y for place in places.values()), default=HEAD) + MARGIN
    title, description = _said(members, as_of, language)
    parts = [
        _opening_tag(width, height),
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="26" font-size="17" font-weight="bold">{escape(title)}</text>',
        *_legend(members, language),
        *_axis((first, last), as_of, height),
        *(_line(places[place.member.source], place) for place in places.values() if place.member.source),
        *(_mark(place, language) for place in places.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening_tag(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="11">'
    )


def _said(members: Sequence[Member], as_of: date, language: Language) -> tuple[str, str]:
    text = _TEXT[language]
    contacts = sum(member.category == Category.CLOSE_CONTACT for member in members)
    values = {
        "people": len(members),
        "cases": len(members) - contacts,
        "contacts": contacts,
        "roots": sum(member.source is None for member in members),
    }
    return text["title"].format(day=day_in_words(as_of, language)), text["desc"].format(**values)


def _places(members: Sequence[Member], first: date) -> dict[str, Placed]:
    """Return where everybody stands: each tree's people in rows of their own, the lone ones packed."""
    children: dict[str | None, list[Member]] = {}
    for member in members:
        children.setdefault(member.source, []).append(member)
    roots = children.get(None, [])
    trees = [root for root in roots if root.person in children]
    placed: dict[str, Placed] = {}
    row = 0
    for root in sorted(trees, key=lambda each: (each.day, each.person)):
        for member in _walk(root, children):
            placed[member.person] = Placed(member, _x(member.day, first), HEAD + row * ROW_HEIGHT)
            row += 1
    lone = [root for root in roots if root.person not in children]
    placed |= _packed(lone, first, HEAD + (row + 1) * ROW_HEIGHT)
    return placed


def _walk(root: Member, children: dict[str | None, list[Member]]) -> Iterable[Member]:
    """Yield a tree from the root, each person followed by all that hangs from them."""
    stack = [root]
    while stack:
        member = stack.pop()
        yield member
        below = sorted(children.get(member.person, ()), key=lambda each: (each.day, each.person))
        stack.extend(reversed(below))


def _packed(lone: Iterable[Member], first: date, top: int) -> dict[str, Placed]:
    """Return places for people without links, several in a row where their labels do not meet."""
    ends: list[int] = []
    placed: dict[str, Placed] = {}
    for member in sorted(lone, key=lambda each: (each.day, each.person)):
        x = _x(member.day, first)
        row = next((number for number, end in enumerate(ends) if end < x - RADIUS), len(ends))
        ends[row : row + 1] = [x + LABEL_WIDTH]
        placed[member.person] = Placed(member, x, top + row * ROW_HEIGHT)
    return placed


def _x(day: date, first: date) -> int:
    return MARGIN + (day - first).days * DAY_WIDTH


def _colour(member: Member) -> str:
    return COLOURS[member.generation % len(COLOURS)]


def _legend(members: Iterable[Member], language: Language) -> Iterable[str]:
    text = _TEXT[language]
    x = MARGIN
    for number in sorted({member.generation for member in members}):
        label = text["none"] if number == 0 else text["generation"].format(number=number)
        yield f'<circle cx="{x + RADIUS}" cy="46" r="{RADIUS}" fill="{COLOURS[number % len(COLOURS)]}"/>'
        yield f'<text x="{x + 18}" y="50">{escape(label)}</text>'
        x += 140
    hollow = 'fill="#ffffff" stroke="#333333" stroke-width="2"'
    yield f'<circle cx="{x + RADIUS}" cy="46" r="{RADIUS}" {hollow}/>'
    yield f'<text x="{x + 18}" y="50">{escape(text["contact"])}</text>'


def _axis(days: tuple[date, date], as_of: date, height: int) -> Iterable[str]:
    """Yield a line every week, with its date, and a bold one for the day asked about."""
    first, last = days
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        x = _x(day, first)
        if day == as_of:
            yield f'<line x1="{x}" y1="62" x2="{x}" y2="{height - 8}" stroke="#333333" stroke-width="1.5"/>'
        if day.weekday() == 0 or day == as_of:
            weight = ' font-weight="bold"' if day == as_of else ""
            yield f'<line x1="{x}" y1="78" x2="{x}" y2="{height - 8}" stroke="#dddddd"/>'
            yield f'<text x="{x}" y="72" text-anchor="middle"{weight}>{day:%m-%d}</text>'


def _line(source: Placed, place: Placed) -> str:
    """Return the line from a source: down from its mark, then along to whom it leads."""
    corner = f"M{source.x} {source.y} V{place.y} H{place.x}"
    stroke = f'stroke="{_colour(place.member)}" stroke-opacity="0.55" stroke-width="1.4"'
    return f'<path d="{corner}" fill="none" {stroke}/>'


def _mark(place: Placed, language: Language) -> str:
    member = place.member
    hollow = member.category == Category.CLOSE_CONTACT
    colour = _colour(member)
    look = f'fill="{"#ffffff" if hollow else colour}" stroke="{colour}" stroke-width="2"'
    said = f"{member.person}, {WORDS[member.category][language]}, {day_in_words(member.day, language)}"
    if member.source:
        said += ", " + _TEXT[language]["from"].format(source=member.source, by=member.by)
    return (
        f"<g><title>{escape(said)}</title>"
        f'<circle cx="{place.x}" cy="{place.y}" r="{RADIUS}" {look}/>'
        f'<text x="{place.x + RADIUS + 4}" y="{place.y + 4}" paint-order="stroke" stroke="#ffffff" '
        f'stroke-width="3">{escape(member.person)}</text></g>'
    )
