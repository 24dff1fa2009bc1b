"""Answers as JSON: the field names of the contract."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from tracing.assessment import Assessment
from tracing.chains import Direction, Reached, Step
from tracing.days import shown
from tracing.findings import Finding
from tracing.history import History
from tracing.observation import Observation
from tracing.phrases import BLOCKERS, Language
from tracing.ports import Stored
from tracing.question import Question
from tracing.reasons import Reason, RuleRef
from tracing.release import Blocker, Standing
from tracing.storing import as_handed_in
from tracing.wording import Audience, day_in_words, in_words

Json = dict[str, Any]


def assess_answer(
    question: Question,
    assessments: Iterable[Assessment],
    language: Language,
    audience: Audience = Audience.INVESTIGATOR,
) -> Json:
    """Return the answer of ``assess``."""
    pinned = question.rulings.pinned
    return {
        "as_of": moment_text(question.as_of),
        "protocol": question.rulings.book.protocol,
        "edition": pinned.name if pinned else None,
        "people": [person_answer(assessment, language, audience) for assessment in assessments],
    }


def person_answer(
    assessment: Assessment, language: Language, audience: Audience = Audience.INVESTIGATOR
) -> Json:
    """Return one person's entry; who may not know others hears nothing by which to find them."""
    window = assessment.window
    answer: Json = {
        "person": assessment.person,
        "category": assessment.category.value,
        "categories": [category.value for category in assessment.categories],
        "window": None,
        "exposures": [finding_answer(finding, language, audience) for finding in assessment.findings],
        "observation": observation_answer(assessment.observation),
        **standing_answer(assessment.standing, language, audience),
        "because": reason_answer(assessment.reason, language, audience),
    }
    if window:
        answer["window"] = {
            "start": moment_text(window.contact.start),
            "end": instant_text(window.contact.end),
        }
        if window.estimated:
            answer["window"]["estimated"] = True
    unconfirmed = sorted({rule.clause for rule in assessment.reason.rules() if rule.unconfirmed})
    if unconfirmed:
        answer["unconfirmed"] = unconfirmed
    return answer


def finding_answer(finding: Finding, language: Language, audience: Audience = Audience.INVESTIGATOR) -> Json:
    """Return one exposure considered."""
    answer: Json = {
        "exposure": finding.exposure,
        "source": finding.source if audience == Audience.INVESTIGATOR else None,
        "category": finding.category.value,
        "counted": finding.counted,
        "first": instant_text(finding.first),
        "last": None if finding.last is None else moment_text(shown(finding.last)),
    }
    if finding.why_not:
        answer["why_not"] = in_words(finding.why_not, language, audience)
    for mark in ("estimated", "ongoing"):
        if getattr(finding, mark):
            answer[mark] = True
    return answer


def observation_answer(observed: Observation) -> Json:
    """Return the observation; dates are null while nobody can name them."""
    answer: Json = {
        "required": observed.required,
        "counted_from": day_text(observed.counted_from),
        "last_day": day_text(observed.last_day),
        "free_from": instant_text(observed.free_from),
        "edition": observed.edition,
        "phases": [
            {
                "kind": phase.kind.value,
                "first_day": day_text(phase.first_day),
                "last_day": day_text(phase.last_day),
            }
            for phase in observed.phases
        ],
        "tests": [
            {
                "day_number": test.day_number,
                "phase": test.phase.value,
                "date": day_text(test.date),
                "double": test.double,
            }
            for test in observed.tests
        ],
    }
    if observed.ongoing:
        answer["ongoing"] = True
    return answer


def standing_answer(
    standing: Standing, language: Language, audience: Audience = Audience.INVESTIGATOR
) -> Json:
    """Return state, release and blockers."""
    answer: Json = {"state": standing.state.value}
    if standing.reopened:
        answer["reopened"] = True
    answer["release"] = {
        "may_release": standing.may_release,
        "blockers": [blocker_answer(blocker, language, audience) for blocker in standing.blockers],
    }
    if standing.reason:
        answer["release"]["reason"] = standing.reason.value
    return answer


def blocker_answer(blocker: Blocker, language: Language, audience: Audience = Audience.INVESTIGATOR) -> Json:
    """Return what stands against a release, with a sentence."""
    day = day_in_words(blocker.day, language) if blocker.day else ""
    detail = BLOCKERS[blocker.code][language].format(day=day, number=blocker.number)
    return {"code": blocker.code.value, "detail": detail, "facts": _facts(blocker.facts, audience)}


def reason_answer(reason: Reason, language: Language, audience: Audience = Audience.INVESTIGATOR) -> Json:
    """Return a reason as a tree: what it says in words and in values, its rule, facts and grounds.

    Who may not know others hears it in words alone: values, facts and grounds lead to them.
    """
    knows = audience == Audience.INVESTIGATOR
    return {
        "answer": in_words(reason, language, audience),
        "says": reason.says.value,
        "values": {name: plain(value) for name, value in reason.values.items()} if knows else {},
        "rule": rule_answer(reason.rule),
        "facts": _facts(reason.facts, audience),
        "from": [reason_answer(each, language, audience) for each in reason.because] if knows else [],
    }


def _facts(ids: Iterable[str], audience: Audience) -> list[str]:
    return list(ids) if audience == Audience.INVESTIGATOR else []


def rule_answer(rule: RuleRef | None) -> Json | None:
    """Return the rule a reason rests on, with its evidence."""
    if rule is None:
        return None
    names = ("protocol", "edition", "clause", "source", "evidence", "unconfirmed", "choice")
    return {name: getattr(rule, name) for name in names}


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, datetime):
        return moment_text(shown(value))
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def day_text(day: date | None) -> str | None:
    """Return a calendar day as ISO text."""
    return day.isoformat() if day else None


def instant_text(moment: datetime | None) -> str | None:
    """Return an instant as ISO text with its offset, or None."""
    return moment_text(moment) if moment else None


def local_text(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """Return an instant as ISO text with the offset of a zone, or None."""
    return moment_text(moment.astimezone(zone)) if moment else None


def moment_text(moment: datetime) -> str:
    """Return an instant as ISO text with its offset; seconds only where there are any."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def fact_answer(fact: Stored, zone: ZoneInfo) -> Json:
    """Return a fact as it was handed in, with its number, when it was recorded and when withdrawn."""
    times = {"recorded_at": fact.recorded_at, "voided_at": fact.voided_at}
    return as_handed_in(fact) | {"seq": fact.seq} | {name: local_text(at, zone) for name, at in times.items()}


def history_answer(found: History, zone: ZoneInfo, language: Language) -> Json:
    """Return all facts about somebody and all that was ever answered about them, and from when until when."""
    return {
        "person": found.person,
        "facts": [fact_answer(each, zone) for each in found.facts],
        "versions": [
            {
                "known_from": local_text(version.known_from, zone),
                "known_to": local_text(version.known_to, zone),
                "rules": version.rules,
                "categories": [category.value for category in conclusion.categories],
                "observation": observation_answer(conclusion.observation),
                "because": reason_answer(conclusion.reason, language),
            }
            for version, conclusion in found.versions
        ],
    }


def chains_answer(person: str, direction: Direction, reached: Iterable[Reached]) -> Json:
    """Return the answer of ``chains``."""
    when = "earliest" if direction == Direction.FORWARD else "latest"
    return {
        "person": person,
        "direction": direction.value,
        "reached": [
            {
                "person": each.person,
                "generation": each.generation,
                when: instant_text(each.at),
                "path": [step_answer(step) for step in each.path],
            }
            for each in reached
        ],
    }


def step_answer(step: Step) -> Json:
    """Return one step of a chain."""
    return {
        "from": step.giver,
        "to": step.taker,
        "by": step.by,
        "kind": step.kind,
        "at": instant_text(step.at),
    }
