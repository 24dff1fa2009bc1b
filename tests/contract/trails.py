"""Trails as a service would have left them."""

from datetime import timedelta

from tracing.audit import AuditEntry
from tracing.days import DEFAULT_ZONE, read_when

NOON = read_when("2020-03-13T12:00", DEFAULT_ZONE).first


def entries(chain, number, before="", first=1):
    """So many entries of a chain, from the how manyth on, after the one of a digest."""
    made = []
    for count in range(first, first + number):
        about = ("p1", "p𠮷") if count % 2 else ()
        asked = (
            "wang" if count % 3 else None,
            f"request {count}",
            "GET /x",
            about,
            200,
            "a reason" if count % 2 else None,
            before,
        )
        entry = AuditEntry(chain, count, NOON + timedelta(microseconds=count), *asked).sealed()
        before = entry.digest
        made.append(entry)
    return made
