"""Worklists and release lists as JSON: the field names of the contract."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import NamedTuple

from api.answers import Json, blocker_answer, day_text, instant_text
from api.cells import Listed, is_unconfirmed, why
from api.unanswered_answers import unanswered_answer
from tracing.checks import DueSlot
from tracing.duties import Duties, SampleDue
from tracing.phrases import Language
from tracing.question import Question
from tracing.reached import Reached
from tracing.release_list import Candidate, Kind, Pending, ReleaseList, Verdict
from tracing.wording import Audience
from tracing.worklist import Task, Worklist, tasks


class Reader(NamedTuple):
    """Who reads a list: in which language, and how much they may know of others."""

    language: Language
    audience: Audience = Audience.INVESTIGATOR


def worklist_answer(question: Question, found: Worklist, reader: Reader) -> Json:
    """Return the answer of ``worklist``."""
    lists: Json = {Task.CHECKS.value: checks_answer(found.on(Task.CHECKS))}
    for task, own in _OWN.items():
        lists[task.value] = [_duties(each, reader.language) | own(each, reader) for each in found.on(task)]
    lists["unassigned"] = [_unassigned(each, reader) for each in found.unassigned]
    slot = {"slot": found.slot.value if found.slot else None}
    return _about(question, found.area) | slot | lists | unanswered_answer(found.unanswered, reader.language)


def release_list_answer(question: Question, found: ReleaseList, reader: Reader) -> Json:
    """Return the answer of ``release-list``."""
    lists: Json = {each.value: [_candidate(one, reader) for one in found.of(each)] for each in Verdict}
    lists["unassigned"] = [
        _candidate(each, reader) | {"list": each.verdict.value} for each in found.unassigned
    ]
    return _about(question, found.area) | lists | unanswered_answer(found.unanswered, reader.language)


def _about(question: Question, area: str) -> Json:
    pinned = question.rulings.pinned
    return {
        "area": area,
        "day": day_text(question.today),
        "protocol": question.rulings.book.protocol,
        "edition": pinned.name if pinned else None,
    }


def listed(each: Listed, language: Language, audience: Audience) -> Json:
    """Return what every list says of a person: who, until when, where, why."""
    answer: Json = {
        "person": each.assessment.person,
        "category": each.assessment.category.value,
        "last_day": day_text(each.assessment.observation.last_day),
        "area": each.where.area,
        "household": each.where.household,
        "place": each.where.site,
        "because": why(each.assessment.reason, language, audience),
    }
    if each.assessment.standing.reopened:
        answer["reopened"] = True
    return answer | _unconfirmed(each)


def _unconfirmed(each: Listed) -> Json:
    return {"unconfirmed": True} if is_unconfirmed(each.assessment) else {}


# ---- worklists


def _duties(each: Duties, language: Language) -> Json:
    return listed(each, language, Audience.OFFICER)


def checks_answer(due: Iterable[Duties]) -> list[Json]:
    """Return the checks still to do, given in order of places, place by place."""
    return [
        {
            "household": where.household,
            "place": where.site,
            "area": where.area,
            "people": [_check(each) for each in people],
        }
        for where, people in groupby(due, key=lambda each: each.where)
    ]


def _check(each: Duties) -> Json:
    answer = {
        "person": each.person,
        "slots": [slot.value for slot in each.slots],
        "last_day": day_text(each.assessment.observation.last_day),
        "last_reached": reached_answer(each.last_reached),
    }
    return answer | _unconfirmed(each)


def reached_answer(last: Reached | None) -> Json | None:
    """Return when and how somebody was last reached; a check has a slot, a call its instant."""
    if last is None:
        return None
    if last.at:
        return {"at": instant_text(last.at), "how": last.how.value}
    return {"at": day_text(last.day), "slot": last.slot.value, "how": last.how.value}


def _missed(slot: DueSlot) -> Json:
    return {"day": day_text(slot.day), "slot": slot.slot.value}


def _sample(due: SampleDue) -> Json:
    return {
        "day_number": due.day_number,
        "phase": due.phase.value if due.phase else None,
        "date": day_text(due.day),
        "double": due.double,
    }


def _move(each: Duties, _: Reader) -> Json:
    if each.move is None:
        return {}
    to = each.home if each.goes_home else None
    return {
        "to": each.move.kind.value,
        "since": day_text(each.move.first_day),
        "to_area": to.area if to else None,
        "to_household": to.household if to else None,
    }


def _release_reason(each: Duties, _: Reader) -> Json:
    reason = each.assessment.standing.reason
    return {"reason": reason.value if reason else None}


def _told(each: Duties, _: Reader) -> Json:
    return {"notice": each.notice.fact_id, "told": day_text(each.notice.last_day)} if each.notice else {}


_OWN: dict[Task, Callable[[Duties, Reader], Json]] = {
    Task.OVERDUE: lambda each, _: {
        "missed": [_missed(slot) for slot in each.missed],
        "last_reached": reached_answer(each.last_reached),
    },
    Task.ABNORMAL: lambda each, reader: {"alarms": [blocker_answer(one, *reader) for one in each.alarms]},
    Task.TO_BE_PLACED: lambda each, _: {"last_reached": reached_answer(each.last_reached)},
    Task.TESTS_DUE: lambda each, _: {"tests": [_sample(due) for due in each.samples]},
    Task.TRANSFERS_DUE: _move,
    Task.DUE_FOR_RELEASE: _release_reason,
    Task.BLOCKED: lambda each, reader: {
        "blockers": [blocker_answer(one, *reader) for one in each.assessment.standing.blockers]
    },
    Task.NOTICE_OUTDATED: _told,
}


def _unassigned(each: Duties, reader: Reader) -> Json:
    """Return somebody whom no area has, with all there is to do about them."""
    answer = _duties(each, reader.language) | {
        "state": each.state.value,
        "tasks": [task.value for task in tasks(each)],
        "slots": [slot.value for slot in each.slots],
        "last_reached": reached_answer(each.last_reached),
    }
    for task in tasks(each):
        answer |= _OWN[task](each, reader) if task in _OWN else {}
    return answer


# ---- release lists


def _candidate(each: Candidate, reader: Reader) -> Json:
    observed = each.assessment.observation
    answer = listed(each, reader.language, Audience.CONTACT) | {
        "counted_from": day_text(observed.counted_from),
        "free_from": instant_text(observed.free_from),
        "edition": observed.edition,
    }
    if each.reason:
        answer["reason"] = each.reason.value
    if each.release:
        answer |= {"released": day_text(each.release.day), "release": each.release.fact_id}
    if each.blockers:
        answer["blockers"] = [blocker_answer(blocker, *reader) for blocker in each.blockers]
    if each.pending:
        answer["pending"] = [_pending(pending) for pending in each.pending]
    return answer


def _pending(pending: Pending) -> Json:
    if pending.kind == Kind.TEST:
        return {"kind": pending.kind.value, "day_number": pending.day_number}
    return {"kind": pending.kind.value, "slot": pending.slot.value if pending.slot else None}
