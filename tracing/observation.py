"""What somebody must do: until which day they are observed, where, with which tests, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from tracing.claims import Claim, governing
from tracing.days import ONE_DAY, midnight
from tracing.episodes import Episode
from tracing.facts import Isolation
from tracing.facts.vocabulary import Category, Where
from tracing.periods import Period
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.schedule import Phase, TestDue, phases, tests


@dataclass(frozen=True, slots=True)
class Observation:
    """Somebody's observation; all dates are None while exposure goes on or nobody knows it.

    ``last_day`` is inclusive, ``free_from`` its 24:00. ``edition`` is the one that sets the last
    day, ``category`` the one that asks for it.
    """

    required: bool
    ongoing: bool = False
    category: Category | None = None
    edition: str | None = None
    counted_from: date | None = None
    last_day: date | None = None
    free_from: datetime | None = None
    phases: tuple[Phase, ...] = ()
    tests: tuple[TestDue, ...] = ()


NOT_REQUIRED = Observation(required=False)


def observation(question: Question, person: str, claims: tuple[Claim, ...], present: Episode) -> Observation:
    """Return the observation that claims ask for, in the present episode."""
    claim = governing(claims)
    if claim is None:
        return NOT_REQUIRED
    if claim.period is None:
        return Observation(required=True, ongoing=claim.ongoing, category=claim.category)
    period = claim.period
    return Observation(
        required=True,
        category=claim.category,
        edition=period.edition.name,
        counted_from=period.counted_from,
        last_day=period.last_day,
        free_from=period.free_from or midnight(period.last_day + ONE_DAY, question.known.zone),
        phases=phases(period, present.placements),
        tests=tests(period, present.placements, _isolated_on(question, person, period)),
    )


def _isolated_on(question: Question, person: str, period: Period) -> date | None:
    """Return the first day of an isolation away from others that lasts into the observation."""
    days = [
        isolation.start.first_day
        for isolation in question.known.of(Isolation, person)
        if isolation.start.first <= question.as_of
        and isolation.where != Where.HOME_SHARED
        and (
            isolation.end is None
            or period.counted_from is None
            or isolation.end.last_day >= period.counted_from
        )
    ]
    return min(days, default=None)


def observation_reason(question: Question, claims: tuple[Claim, ...]) -> Reason | None:
    """Return why somebody is observed until a day: what sets it first, then what else asks."""
    claim = governing(claims)
    if claim is None:
        return None
    others = tuple(other.reason for other in claims if other is not claim)
    if claim.ongoing:
        return Reason(Says.STILL_EXPOSED, {"category": claim.category}, (), None, (claim.reason, *others))
    if claim.period is None:
        return claim.reason
    period = claim.period
    values = {
        "category": claim.category,
        "last_day": period.last_day,
        "counted_from": period.counted_from,
        "days": period.plan.days,
        "edition": period.edition.name,
    }
    ref = question.rulings.ref(period.edition, period.plan.basis)
    return Reason(Says.OBSERVED_UNTIL, values, (), ref, (claim.reason, *period.newer, *others))
