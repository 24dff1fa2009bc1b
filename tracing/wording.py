"""A reason said in words, in Chinese and English, for three audiences.

``investigator`` hears everything; ``officer``, of people elsewhere, role and date only; ``contact``
never who it was. The sentences stand in :mod:`tracing.phrases`.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tracing.days import ONE_DAY, shown
from tracing.phrases import CHOICES, SENTENCES, WORDS, Language
from tracing.reasons import Reason, RuleRef, Says


class Audience(StrEnum):
    """Who reads a reason, and so how much it tells of others."""

    INVESTIGATOR = "investigator"
    OFFICER = "officer"
    CONTACT = "contact"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(
    reason: Reason, language: Language = Language.ZH, audience: Audience = Audience.INVESTIGATOR
) -> str:
    """Return a reason as one sentence: what it says, what it follows from, by which rule."""
    return _Speaker(language, audience).sentence(reason)


def day_in_words(day: date, language: Language = Language.ZH) -> str:
    """Return a calendar day as people say it."""
    if language == Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class _Speaker:
    """Says reasons in one language to one audience."""

    def __init__(self, language: Language, audience: Audience) -> None:
        self.language = language
        self.audience = audience

    def sentence(self, reason: Reason) -> str:
        text = self.clause(reason)
        if any(rule.unconfirmed for rule in reason.rules()):
            text += WORDS["unconfirmed"][self.language]
        stop = "。" if self.language == Language.ZH else "."
        return (text[:1].upper() + text[1:] if self.language == Language.EN else text) + stop

    def clause(self, reason: Reason) -> str:
        special = _SPECIAL.get(reason.says)
        return special(self, reason) if special else self.plain(reason)

    def plain(self, reason: Reason) -> str:
        template = SENTENCES[reason.says][self.language]
        words = {name: self.word(name, value) for name, value in reason.values.items()}
        words["who"] = self.who(reason)
        words["named"] = self.named(reason.values.get("source"))
        words["decided_by"] = self.named(reason.values.get("by"))
        return template.format_map(words)

    def named(self, name: object) -> str:
        """Return in brackets who it was; nothing for those who must not hear it."""
        if name is None or self.audience != Audience.INVESTIGATOR:
            return ""
        return f"（{name}）" if self.language == Language.ZH else f" ({name})"

    def word(self, name: str, value: Any) -> str:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return day_in_words(value, self.language)
        if name in CHOICES:
            return WORDS.get(str(value), {}).get(self.language, str(value))
        return "" if value is None else str(value)

    def moment(self, moment: datetime) -> str:
        moment = shown(moment)
        if moment.time() == moment.min.time():
            return day_in_words(moment.date(), self.language)
        return f"{day_in_words(moment.date(), self.language)} {moment:%H:%M}"

    def span(self, first: datetime, last: datetime) -> str:
        """Return from when to when, as short as it is clear; for officers days only."""
        whole_days = first.time() == first.min.time() and shown(last).time() == last.min.time()
        if whole_days or self.audience == Audience.OFFICER or first.date() != last.date():
            return self.days(first.date(), last.date())
        until = "" if first == last else f"–{shown(last):%H:%M}"
        return f"{self.days(first.date(), first.date())} {first:%H:%M}{until}"

    def days(self, first: date, last: date) -> str:
        one, other = day_in_words(first, self.language), day_in_words(last, self.language)
        if self.language == Language.ZH:
            return one if first == last else f"{one}至{other}"
        return f"on {one}" if first == last else f"from {one} to {other}"

    def who(self, reason: Reason) -> str:
        """Return the other person: by id only for investigators."""
        role = WORDS[f"a_{reason.values.get('source_category', 'somebody')}"][self.language]
        return role + self.named(reason.values.get("source"))

    def contact(self, reason: Reason) -> str:
        """Return how two people met; for officers only that they did."""
        when = self.span(reason.values["first"], reason.values["last"])
        how = "met" if self.audience == Audience.OFFICER else _how(reason)
        text = WORDS[f"with_{how}"][self.language].format(when=when, who=self.who(reason))
        return text + "".join(self.aside(each) for each in reason.because if each.says == Says.NOT_RECORDED)

    def aside(self, reason: Reason) -> str:
        text = self.plain(reason)
        return f"（{text}）" if self.language == Language.ZH else f" ({text})"

    def observed(self, reason: Reason) -> str:
        values = reason.values
        words = {
            "last_day": day_in_words(values["last_day"], self.language),
            "because": self.clause(reason.because[0]) if reason.because else "",
            "count": self.count(reason),
            "rule": self.rule(reason),
            "newer": "".join(self.after(each) for each in reason.because if each.says in _NEWER),
        }
        return SENTENCES[Says.OBSERVED_UNTIL][self.language].format_map(words)

    def count(self, reason: Reason) -> str:
        """Return the counting from day 0, where the plan alone sets the last day."""
        counted_from, last_day = reason.values["counted_from"], reason.values["last_day"]
        if counted_from is None or counted_from + reason.values["days"] * ONE_DAY != last_day:
            return ""
        kind = "count_leaving" if reason.values["category"] in _RETURNING else "count_contact"
        return WORDS[kind][self.language].format(days=reason.values["days"])

    def after(self, reason: Reason) -> str:
        return ("；" if self.language == Language.ZH else "; ") + self.plain(reason)

    def rule(self, reason: Reason) -> str:
        """Return the rule a reason rests on."""
        if reason.rule is None:
            return ""
        return WORDS["by_rule"][self.language].format(rule=self.label(reason.rule))

    def label(self, rule: RuleRef) -> str:
        return rule.label_zh if self.language == Language.ZH else rule.label

    def decided(self, reason: Reason) -> str:
        text = self.plain(reason)
        return text + "".join(self.after_colon(each) for each in reason.because[:1])

    def after_colon(self, reason: Reason) -> str:
        return ("：" if self.language == Language.ZH else ": ") + self.clause(reason)

    def not_observed(self, reason: Reason) -> str:
        text = self.plain(reason)
        joint = "；" if self.language == Language.ZH else "; "
        whys = dict.fromkeys(self.clause(each) for each in reason.because)
        return text + (self._colon() + joint.join(whys) if whys else "")

    def still_exposed(self, reason: Reason) -> str:
        return self.plain(reason) + self._colon() + self.clause(reason.because[0])

    def window(self, reason: Reason) -> str:
        joint = "；" if self.language == Language.ZH else "; "
        return joint.join(self.clause(each) for each in reason.because)

    def case(self, reason: Reason) -> str:
        joint = "；" if self.language == Language.ZH else "; "
        return joint.join([self.plain(reason), *(self.clause(each) for each in reason.because)])

    def _colon(self) -> str:
        return "：" if self.language == Language.ZH else ": "


def _how(reason: Reason) -> str:
    if reason.says == Says.LIVED_TOGETHER:
        return "household"
    if reason.says == Says.RODE_TOGETHER:
        return "conveyance"
    return str(reason.values.get("kind", "visit"))


_NEWER = frozenset({Says.NEWER_EDITION, Says.ENDED_BY_NEWER_EDITION, Says.SIGN_EXTENDS})
_RETURNING = frozenset({"returnee", "co_resident_of_returnee"})
_SPECIAL: dict[Says, Callable[[_Speaker, Reason], str]] = {
    Says.OBSERVED_UNTIL: _Speaker.observed,
    Says.STILL_EXPOSED: _Speaker.still_exposed,
    Says.MET: _Speaker.contact,
    Says.LIVED_TOGETHER: _Speaker.contact,
    Says.RODE_TOGETHER: _Speaker.contact,
    Says.SAME_PLACE: _Speaker.contact,
    Says.MET_RETURNEE: _Speaker.contact,
    Says.DECIDED: _Speaker.decided,
    Says.NOT_OBSERVED: _Speaker.not_observed,
    Says.CONTACT_WITHOUT_MEASURE: _Speaker.not_observed,
    Says.WINDOW: _Speaker.window,
    Says.CASE: _Speaker.case,
}
