"""Who came back from an affected area, by their own stays and arrivals."""

from datetime import date
from typing import NamedTuple

from tracing.areas import includes
from tracing.facts import Arrival, Stay
from tracing.question import Question
from tracing.rules import AffectedArea, ReturneeRule


class Return(NamedTuple):
    """The last day in an affected area, or the day of arrival where that is not known."""

    day: date
    left_known: bool
    facts: tuple[str, ...]


def came_back(question: Question, person: str, rule: ReturneeRule) -> Return | None:
    """Return somebody's latest return from an affected area; None if there was none.

    A stay that is over counts from its last day, in transit too. An arrival from an affected
    area that no stay since the arrival before it explains counts from the day of arrival.
    """
    stays = [stay for stay in question.known.of(Stay, person) if _is_over(question, stay)]
    affected = [stay for stay in stays if _is_affected(stay.area, stay.last_day, rule)]
    returns = [Return(stay.last_day, True, (stay.fact_id,)) for stay in affected if stay.last_day]
    arrivals = [each for each in question.known.of(Arrival, person) if question.happened(each.day)]
    arrivals.sort(key=lambda each: (each.day, each.fact_id))
    before = date.min
    for arrival in arrivals:
        explained = any(before <= each.day <= arrival.day for each in returns if each.left_known)
        if arrival.from_area and not explained and _is_affected(arrival.from_area, arrival.day, rule):
            returns.append(Return(arrival.day, False, (arrival.fact_id,)))
        before = arrival.day
    return max(returns, key=lambda each: (each.day, each.left_known, each.facts), default=None)


def _is_over(question: Question, stay: Stay) -> bool:
    return stay.last_day is not None and question.happened(stay.last_day)


def _is_affected(area: str, day: date | None, rule: ReturneeRule) -> bool:
    return day is not None and any(_covers(affected, area, day) for affected in rule.areas)


def _covers(affected: AffectedArea, area: str, day: date) -> bool:
    return includes(affected.code, area) and affected.since <= day <= (affected.until or date.max)
