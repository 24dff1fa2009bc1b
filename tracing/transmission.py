"""Who may have passed it to whom, by recorded contact in a source's window: a forest of people.

Not a proof and not the likeliest tree: of the sources that somebody met in their window, the one
who fell ill last before them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracing.assessment import Assessment
from tracing.facts.vocabulary import Category
from tracing.findings import Finding
from tracing.reasons import Says
from tracing.windows import CASE_CATEGORY

_CASES = frozenset(CASE_CATEGORY.values())


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the forest: a case by day of onset, or a contact by day of last contact.

    ``generation`` is 0 for who has no recorded source; ``by`` names what they shared with it.
    """

    person: str
    category: Category
    day: date
    generation: int
    source: str | None
    by: str | None


def forest(assessments: Iterable[Assessment], fell_ill: Mapping[str, date]) -> list[Member]:
    """Return cases and their close contacts, each under one recorded source, sources first.

    Args:
        assessments: The assessments of one moment.
        fell_ill: The day of onset, or of what stands for it, of every case.
    """
    order = {person: (day, person) for person, day in fell_ill.items()}
    found: dict[str, Member] = {}
    shown = [
        each for each in assessments if each.category in _CASES or each.category == Category.CLOSE_CONTACT
    ]
    shown.sort(key=lambda each: order.get(each.person, (date.max, each.person)))
    for each in shown:
        link = _latest_source(each, order)
        source = found.get(link.source) if link and link.source else None
        day = fell_ill.get(each.person) or (link.last.date() if link and link.last else None)
        if day is None:
            continue
        generation = source.generation + 1 if source else 0
        by = link.exposure if source and link else None
        found[each.person] = Member(
            each.person, each.category, day, generation, source.person if source else None, by
        )
    return list(found.values())


def _latest_source(assessment: Assessment, order: Mapping[str, tuple[date, str]]) -> Finding | None:
    """Return the contact with the source that fell ill last before somebody did."""
    own = order.get(assessment.person, (date.max, assessment.person))
    links = [
        finding
        for finding in assessment.findings
        if _counts(finding) and finding.source and order.get(finding.source, own) < own
    ]
    return max(links, key=lambda each: (order[each.source or ""], each.exposure), default=None)


def _counts(finding: Finding) -> bool:
    """Return whether a contact counts, or would if the person were not a case by now."""
    return finding.counted or finding.why_not is not None and finding.why_not.says == Says.IS_A_CASE
