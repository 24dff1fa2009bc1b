"""What asks for an observation: a category with its period, or one that cannot be dated yet."""

from typing import NamedTuple

from tracing.facts import Determination
from tracing.facts.vocabulary import STRENGTH, Category
from tracing.findings import Finding
from tracing.periods import Period
from tracing.reasons import Reason


class Claim(NamedTuple):
    """One ground for observing somebody.

    ``period`` is None while exposure goes on (``ongoing``) and where a decision names a contact
    whose exposure nobody knows. ``decision`` is the determination behind it, if any.
    """

    category: Category
    reason: Reason
    period: Period | None = None
    finding: Finding | None = None
    ongoing: bool = False
    decision: Determination | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows the exposure that it counts from."""
        return not self.ongoing and (self.period is None or self.period.counted_from is None)


def strongest_first(categories: set[Category]) -> tuple[Category, ...]:
    """Return categories in order of strength; ``none`` alone for nobody."""
    return tuple(sorted(categories - {Category.NONE}, key=STRENGTH.__getitem__)) or (Category.NONE,)


def governing(claims: tuple[Claim, ...]) -> Claim | None:
    """Return the claim that sets the last day: the latest, on a tie the strongest.

    A claim that is still going on hides the dates, unless a stronger category has one.
    """
    if not claims:
        return None
    dated = [claim for claim in claims if claim.period]
    going_on = [claim for claim in claims if claim.ongoing]
    hiding = min(going_on, key=_strength, default=None)
    if hiding and not any(_strength(claim) < _strength(hiding) for claim in dated):
        return hiding
    latest = min(dated, key=lambda claim: (-_last(claim), _strength(claim), *_order(claim)), default=None)
    return latest or min(claims, key=_strength)


def in_order(claim: Claim) -> tuple[int, int, str, str, tuple[str, ...]]:
    """Return what claims are put in order by: strength, the later exposure first, then its name."""
    return (_strength(claim), *_order(claim), claim.reason.facts)


def _strength(claim: Claim) -> int:
    return STRENGTH[claim.category]


def _last(claim: Claim) -> int:
    return claim.period.last_day.toordinal() if claim.period else 0


def _order(claim: Claim) -> tuple[int, str, str]:
    """Return what decides between claims alike: the later exposure, then its name."""
    counted = claim.period.counted_from.toordinal() if claim.period and claim.period.counted_from else 0
    finding = claim.finding
    return (-counted, finding.exposure if finding else "", (finding.source or "") if finding else "")
