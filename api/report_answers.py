"""The daily report as JSON and as text for a terminal."""

from typing import NamedTuple

from api.answers import Json, moment_text
from api.paper import printable
from api.report_phrases import COLUMNS, PHRASES, SECTIONS, STATUSES
from api.tables import table
from api.unanswered_answers import unanswered_answer, unanswered_text
from tracing.days import shown
from tracing.figures import Counts, Section
from tracing.phrases import Language
from tracing.question import Question
from tracing.report import Report
from tracing.units import Unit


def report_answer(question: Question, report: Report, language: Language) -> Json:
    """Return the answer of ``report``; ``total`` is the sum of ``areas`` and ``unassigned``."""
    pinned = question.rulings.pinned
    answer = {
        "area": report.area,
        "at": moment_text(question.as_of),
        "protocol": question.rulings.book.protocol,
        "edition": pinned.name if pinned else None,
        "total": counts_answer(report.total),
        "areas": [
            {"area": area.code, "name": area.name, **counts_answer(counts)} for area, counts in report.areas
        ],
        "unassigned": counts_answer(report.unassigned),
        "units": [unit_answer(unit) for unit in report.units],
        "places": [{"place": unit.place, **unit_answer(unit)} for unit in report.places],
    }
    return answer | unanswered_answer(report.unanswered, language)


def counts_answer(counts: Counts) -> Json:
    """Return all counts, those of the observation first, the rest under the name of their section."""
    sections = {
        section.value: {item.value: counts[section, item] for item in items}
        for section, items in COLUMNS.items()
    }
    return {**sections.pop(Section.OBSERVATION), **sections}


def unit_answer(unit: Unit) -> Json:
    """Return what a unit handed in."""
    return {"area": unit.area, "status": unit.status.value, "count": unit.figure}


class Line(NamedTuple):
    """One line of the report as people read it."""

    name: str
    code: str
    counts: Counts


def lines(report: Report, language: Language) -> list[Line]:
    """Return a line for each area, for whoever lives in none of them, and for the total."""
    return [
        *(Line(printable(area.name), area.code, counts) for area, counts in report.areas),
        Line(PHRASES["unassigned"][language], "", report.unassigned),
        Line(PHRASES["total"][language], report.area, report.total),
    ]


def title(question: Question, report: Report, language: Language) -> str:
    """Return what the report is of, and up to when."""
    ends_with_day = shown(question.as_of) != question.as_of
    at = f"{question.as_of:%Y-%m-%d 24:00}" if ends_with_day else f"{question.as_of:%Y-%m-%d %H:%M}"
    return PHRASES["report"][language].format(area=report.area, at=at)


def uncounted(report: Report, language: Language) -> list[str]:
    """Return who stands in no count, because the rules refuse to answer for them, and why."""
    return [unanswered_text(report.unanswered, language)] if report.unanswered else []


def sections(report: Report) -> list[Section]:
    """Return the sections to show: the observation, and whatever else there is anything in."""
    return [
        section
        for section, items in COLUMNS.items()
        if section == Section.OBSERVATION or any(report.total[section, item] for item in items)
    ]


def titles(section: Section, language: Language) -> list[str]:
    """Return the titles of the columns of a section."""
    return [
        PHRASES["area"][language],
        PHRASES["code"][language],
        *(words[language] for words in COLUMNS[section].values()),
    ]


def report_text(question: Question, report: Report, language: Language) -> str:
    """Return a table for each section, and one of the units."""
    parts = [title(question, report, language) + "\n", *uncounted(report, language)]
    parts += [_section(report, section, language) for section in sections(report)]
    if report.units or report.places:
        parts.append(PHRASES["units"][language] + "\n" + _units(report, language))
    return "\n".join(parts)


def _section(report: Report, section: Section, language: Language) -> str:
    rows = [
        (line.name, line.code, *(str(line.counts[section, item]) for item in COLUMNS[section]))
        for line in lines(report, language)
    ]
    return SECTIONS[section][language] + "\n" + table(titles(section, language), rows)


def _units(report: Report, language: Language) -> str:
    titles = [PHRASES[name][language] for name in ("unit", "status", "figure")]
    rows = [
        (
            unit.place or unit.area,
            STATUSES[unit.status][language],
            "–" if unit.figure is None else str(unit.figure),
        )
        for unit in (*report.units, *report.places)
    ]
    return table(titles, rows)


def _number(figure: int | None) -> str:
    return "–" if figure is None else str(figure)
