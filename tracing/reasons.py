"""Why an answer is what it is: a tree whose leaves are facts and rule clauses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Says(StrEnum):
    """What one node of a reason says; the wording belongs to :mod:`tracing.wording`."""

    # what somebody is
    NO_REASON = "no_reason"
    CASE = "case"
    RULED_OUT = "ruled_out"
    CONTACT_WITHOUT_MEASURE = "contact_without_measure"
    NOT_OBSERVED = "not_observed"
    # until when
    OBSERVED_UNTIL = "observed_until"
    STILL_EXPOSED = "still_exposed"
    LAST_EXPOSURE_UNKNOWN = "last_exposure_unknown"
    DECIDED = "decided"
    NEWER_EDITION = "newer_edition"
    ENDED_BY_NEWER_EDITION = "ended_by_newer_edition"
    SIGN_EXTENDS = "sign_extends"
    # windows
    WINDOW = "window"
    WINDOW_OPENS = "window_opens"
    WINDOW_CLOSES = "window_closes"
    WINDOW_OPEN = "window_open"
    NO_WINDOW = "no_window"
    # exposures that count
    MET = "met"
    LIVED_TOGETHER = "lived_together"
    RODE_TOGETHER = "rode_together"
    SAME_PLACE = "same_place"
    SUSPECTED_EXPOSURE = "suspected_exposure"
    CAME_BACK = "came_back"
    DAY_OF_LEAVING_NOT_KNOWN = "day_of_leaving_not_known"
    LIVES_WITH_RETURNEE = "lives_with_returnee"
    MET_RETURNEE = "met_returnee"
    FOUND_IN_FACILITY = "found_in_facility"
    NOT_RECORDED = "not_recorded"
    # why an exposure does not count
    SOURCE_RULED_OUT = "source_ruled_out"
    BEFORE_WINDOW = "before_window"
    AFTER_WINDOW = "after_window"
    WHILE_ISOLATED = "while_isolated"
    PROTECTED = "protected"
    NO_RULE = "no_rule"
    TOO_FAR = "too_far"
    TOO_SHORT = "too_short"
    GENERAL_ONLY = "general_only"
    SEAT_TOO_FAR = "seat_too_far"
    NO_TIME_RECORDED = "no_time_recorded"
    DORMITORY = "dormitory"
    NOT_LIVING_TOGETHER = "not_living_together"
    IS_A_CASE = "is_a_case"
    DECIDED_OTHERWISE = "decided_otherwise"
    NO_EDITION = "no_edition"
    EXEMPT = "exempt"
    FIRST_CASE_HOLDS = "first_case_holds"


@dataclass(frozen=True, slots=True)
class RuleRef:
    """The rule that a reason rests on."""

    protocol: str
    edition: str
    clause: str
    source: str
    evidence: str
    unconfirmed: bool
    choice: str | None
    label: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a reason: what it says, of which values, by which rule, from which facts."""

    says: Says
    values: Mapping[str, Any]
    facts: tuple[str, ...] = ()
    rule: RuleRef | None = None
    because: tuple["Reason", ...] = ()

    def leaves(self) -> Iterator[str]:
        """Yield the ids of all facts in the tree, as often as they are named."""
        yield from self.facts
        for reason in self.because:
            yield from reason.leaves()

    def rules(self) -> Iterator[RuleRef]:
        """Yield all rules in the tree."""
        if self.rule:
            yield self.rule
        for reason in self.because:
            yield from reason.rules()
