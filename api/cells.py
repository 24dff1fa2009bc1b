"""The cells of worklists and release lists: what a reader is told of one person, column by column."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, Protocol

from api.answers import blocker_answer
from api.list_phrases import HOW, PHRASES, SLOTS, UNCONFIRMED, Column
from tracing.areas import includes
from tracing.assessment import Assessment
from tracing.facts import Household, Place
from tracing.facts.vocabulary import Slot
from tracing.identity import in_use
from tracing.phrases import STATES, WORDS, Language
from tracing.question import Question
from tracing.reached import Reached
from tracing.reasons import Reason, Says
from tracing.release import Blocker
from tracing.responsibility import Whereabouts
from tracing.wording import Audience, in_words

_FIRST_GROUND = frozenset({Says.OBSERVED_UNTIL, Says.STILL_EXPOSED})


class Listed(Protocol):
    """Somebody on a list."""

    @property
    def assessment(self) -> Assessment: ...
    @property
    def where(self) -> Whereabouts: ...


def why(reason: Reason, language: Language, audience: Audience) -> str:
    """Return the ground that sets the last day, as one sentence."""
    ground = reason.because[0] if reason.says in _FIRST_GROUND and reason.because else reason
    return in_words(ground, language, audience)


def is_unconfirmed(assessment: Assessment) -> bool:
    """Return whether an answer rests on a rule that is unconfirmed."""
    return any(rule.unconfirmed for rule in assessment.reason.rules())


class Cells:
    """Says cells in one language to one audience; ``named`` for a paper that shows names."""

    def __init__(
        self, question: Question, language: Language, audience: Audience, *, named: bool = False
    ) -> None:
        self.question = question
        self.known = question.known
        self.areas = question.known.areas()
        self.language = language
        self.audience = audience
        self.named = named
        self.common: dict[Column, Callable[[Listed], str]] = {
            Column.PERSON: lambda each: each.assessment.person,
            Column.NAME: lambda each: self.own(each.assessment.person, "name"),
            Column.PHONE: lambda each: self.own(each.assessment.person, "phone"),
            Column.CATEGORY: lambda each: WORDS[each.assessment.category][language],
            Column.EDITION: self.edition,
            Column.STATE: lambda each: STATES[each.assessment.standing.state][language],
            Column.COUNTED_FROM: lambda each: day_or_nothing(each.assessment.observation.counted_from),
            Column.LAST_DAY: lambda each: day_or_nothing(each.assessment.observation.last_day),
            Column.FREE_FROM: self.free_from,
            Column.PLACE: lambda each: self.place(each.where),
            Column.REOPENED: lambda each: self.say("yes") if each.assessment.standing.reopened else "",
            Column.WHY: self.why,
        }

    def say(self, phrase: str, **values: object) -> str:
        return PHRASES[phrase][self.language].format(**values)

    def own(self, person: str, field: Literal["name", "phone"]) -> str:
        """Return a name or a phone, on a paper that shows them."""
        found = in_use(self.known, person, field) if self.named else None
        return found or ""

    def why(self, each: Listed) -> str:
        mark = UNCONFIRMED if is_unconfirmed(each.assessment) else ""
        return why(each.assessment.reason, self.language, self.audience) + mark

    def edition(self, each: Listed) -> str:
        name = each.assessment.observation.edition
        return self.edition_label(name) if name else ""

    def edition_label(self, name: str) -> str:
        """Return an edition as people call it."""
        edition = self.question.rulings.book.edition(name)
        zh = edition.label_zh if self.language == Language.ZH else None
        return zh or edition.label

    def free_from(self, each: Listed) -> str:
        observed = each.assessment.observation
        if not observed.required:
            return self.say("at_once")
        return f"{observed.free_from:%Y-%m-%d %H:%M}" if observed.free_from else ""

    def place(self, where: Whereabouts) -> str:
        """Return where somebody is to be seen: a site, a household, or an area."""
        site = self.known.thing(Place, where.site) if where.site else None
        if site:
            return f"{site.name} ({site.fact_id})"
        home = self.known.thing(Household, where.household) if where.household else None
        if home:
            address = home.address if self.named and home.address else self.area(home.area)
            return f"{address} ({home.fact_id})"
        return self.area(where.area) if where.area else self.say("place_unknown")

    def area(self, code: str) -> str:
        """Return the names of the recorded areas that an area lies in, the widest first; else its code."""
        around = [each for each in self.areas if includes(each.code, code)]
        names = [each.name for each in around]
        exact = any(each.code == code for each in around)
        return ("" if self.language == Language.ZH else " ").join(names if exact else [*names, code])

    def slots(self, slots: Iterable[Slot]) -> str:
        return self.joined(SLOTS[slot][self.language] for slot in slots)

    def reached(self, last: Reached | None) -> str:
        if last is None:
            return ""
        when = f"{last.at:%H:%M}" if last.at else SLOTS[last.slot][self.language]
        return f"{last.day} {when} {HOW[last.how][self.language]}"

    def blockers(self, blockers: Iterable[Blocker]) -> str:
        return self.joined(blocker_answer(each, self.language)["detail"] for each in blockers)

    def joined(self, texts: Iterable[str]) -> str:
        return ("；" if self.language == Language.ZH else "; ").join(texts)


def day_or_nothing(day: date | None) -> str:
    """Return a day, or nothing where there is none."""
    return day.isoformat() if day else ""
