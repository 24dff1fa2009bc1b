"""Which orders belong to the present observation, and whether a release before it still holds."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracing.claims import Claim
from tracing.control import Placement, placements, release_of
from tracing.facts import Order, Release
from tracing.facts.vocabulary import ReleaseReason
from tracing.question import Question


class Episode(NamedTuple):
    """Somebody's present observation.

    ``placements`` are where its orders put them, empty if nobody has; ``is_open`` whether an
    order runs. ``release`` ended the last order, if none runs. ``reopened``: facts ask for
    a last day after a completed release. ``is_released``: a release holds.
    """

    placements: tuple[Placement, ...] = ()
    is_open: bool = False
    release: Release | None = None
    reopened: bool = False
    is_released: bool = False
    ever_ordered: bool = False
    after: date | None = None


def episode(question: Question, person: str, claims: Iterable[Claim], last_day: date | None) -> Episode:
    """Return somebody's present observation, given what asks for it.

    An exposure on the day of a release or later begins a new episode; so does what asks again
    for somebody released for another reason than a completed period.
    """
    orders = [order for order in question.known.of(Order, person) if question.happened(order.first_day)]
    if not orders:
        return Episode()
    released = {order.fact_id: release_of(question.known, order, question.today) for order in orders}
    ends = [release for release in released.values() if release]
    after = max((release.day for release in ends), default=None)
    running = [order for order in orders if released[order.fact_id] is None]
    if running:
        placed = [each for order in running for each in placements(question.known, order, question.today)]
        placed.sort(key=lambda each: (each.day, each.fact_id))
        return Episode(tuple(placed), is_open=True, ever_ordered=True, after=after)
    release = max(ends, key=lambda each: (each.day, each.fact_id))
    if _is_new(question, claims, release.day):
        return Episode(release=release, ever_ordered=True, after=release.day)
    if last_day is not None and last_day > release.day:
        reopened = release.reason == ReleaseReason.COMPLETED
        return Episode(release=release, reopened=reopened, ever_ordered=True, after=release.day)
    last = next(order for order in orders if released[order.fact_id] == release)
    placed = placements(question.known, last, release.day)
    return Episode(tuple(placed), release=release, is_released=True, ever_ordered=True)


def _is_new(question: Question, claims: Iterable[Claim], released_on: date) -> bool:
    """Return whether anything that asks for observation happened on the day of release or since."""
    days = (claim.period.counted_from for claim in claims if claim.period and claim.period.counted_from)
    return any(claim.ongoing for claim in claims) or any(day >= released_on for day in days)
