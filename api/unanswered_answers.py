"""For whom the rules refuse to answer, as JSON, as text and on paper."""

from collections.abc import Callable, Sequence
from typing import Any

from api.answers import Json
from tracing.determinations import EndsTooEarly
from tracing.phrases import Both, Language, both
from tracing.terms import RuleNotInForce
from tracing.unanswered import Elsewhere, EndOfCalendar, Unanswered

UNANSWERED = both("未能判定", "Not answered")
"""The title of the people for whom the rules refuse to answer."""
_HEADS: Both = both("{count}人未能判定：{people}", "{count} people could not be answered: {people}")
_HEAD_OF_ONE: Both = both("1人未能判定：{people}", "1 person could not be answered: {people}")
_MANY: Both = both("{people}等", "{people} and others")
_NAMED = 10
"""How many people the line that stands above a list names; all stand in its table."""
_IN_CHINESE: dict[type[Exception], Callable[[Any], str]] = {
    EndsTooEarly: lambda said: (
        f"事实{said.fact}：判定的最后观察日{said.last_day}早于规则要求的{said.by_rule}，"
        "应不早于该日，或注明提前解除的主管与理由"
    ),
    RuleNotInForce: lambda said: (
        f"{f'事实{said.fact}：' if said.fact else ''}{said.day}尚无生效的{said.protocol}版本，应核对该日期"
    ),
    EndOfCalendar: lambda said: (
        f"事实{said.fact}：{said.field}为{said.day}，规则无法据此推算日期，应核对该日期"
        if said.fact
        else "登记的某一日期过晚，规则无法据此推算日期，应核对该日期"
    ),
    Elsewhere: lambda _: "其他区域登记的某一事实与此抵触，应询问可见全部人员者",
}


def why(each: Unanswered, language: Language) -> str:
    """Return why the rules refuse to answer for somebody, as they say it of a fact handed in."""
    refusal = each.refusal
    if language == Language.ZH and type(refusal) in _IN_CHINESE:
        return _IN_CHINESE[type(refusal)](refusal)
    return str(each.refused if each.fact else refusal)


def unanswered_answer(unanswered: Sequence[Unanswered], language: Language) -> Json:
    """Return who is not answered, and why, as a field of an answer; no field if everybody is."""
    told = [{"person": each.person, "why": why(each, language)} for each in unanswered]
    return {"unanswered": told} if told else {}


def unanswered_line(unanswered: Sequence[Unanswered], language: Language) -> str:
    """Return how many people are not answered, and who they are."""
    head = _HEAD_OF_ONE if len(unanswered) == 1 else _HEADS
    people = ("、" if language == Language.ZH else ", ").join(each.person for each in unanswered[:_NAMED])
    if len(unanswered) > _NAMED:
        people = _MANY[language].format(people=people)
    return head[language].format(count=len(unanswered), people=people)


def unanswered_text(unanswered: Sequence[Unanswered], language: Language) -> str:
    """Return who is not answered and, under it, why; nothing if everybody is."""
    if not unanswered:
        return ""
    whys = [f"    {each.person}: {why(each, language)}" for each in unanswered]
    return "\n".join([unanswered_line(unanswered, language), *whys]) + "\n"
