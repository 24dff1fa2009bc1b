"""How many requests there were and how long they took, as Prometheus asks; for this machine only.

With ``PROMETHEUS_MULTIPROC_DIR`` set before this is imported, the processes of a service count into
one folder, and each answers for all.
"""

import ipaddress
import os
from collections.abc import Iterable

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.exceptions import NotFound

from api.service.gate import open_to_all
from api.service.observing import Ended, when_ended
from api.settings import SHARED_COUNTS

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_FORWARDED = ("forwarded", "x-forwarded-", "x-real-ip", "via")


class Metrics:
    """What one app counts."""

    def __init__(self) -> None:
        self.own = CollectorRegistry()
        self._requests = Counter(
            "shouwang_requests", "Requests answered.", ("method", "rule", "status"), registry=self.own
        )
        self._seconds = Histogram(
            "shouwang_request_seconds", "How long they took.", ("rule",), buckets=_SECONDS, registry=self.own
        )
        self._open = Gauge(
            "shouwang_requests_open", "Being answered.", registry=self.own, multiprocess_mode="livesum"
        )

    def began(self) -> None:
        """Count a request as open."""
        g.is_counted = True
        self._open.inc()

    def ended(self, request: Ended) -> None:
        """Count a request as answered."""
        self._requests.labels(request.method, request.rule, str(request.status)).inc()
        self._seconds.labels(request.rule).observe(request.seconds)

    def left(self, _: BaseException | None) -> None:
        """Count a request as open no longer, whatever became of it."""
        if g.pop("is_counted", False):
            self._open.dec()

    def text(self) -> bytes:
        """Return all counts, those of the other processes of this service too."""
        if not os.environ.get(SHARED_COUNTS):
            return generate_latest(self.own)
        of_all = CollectorRegistry()
        MultiProcessCollector(of_all)  # type: ignore[no-untyped-call]  # it comes without types
        return generate_latest(of_all)


def measure(app: Flask) -> None:
    """Let an app count its requests, and show the counts under ``/metrics``."""
    metrics = Metrics()

    @open_to_all
    def show() -> Response:
        if not is_from_here(request.remote_addr, request.headers.keys()):
            raise NotFound
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    app.before_request(metrics.began)
    app.teardown_request(metrics.left)
    when_ended(app, metrics.ended)
    app.add_url_rule("/metrics", "metrics", show)


def is_from_here(address: str | None, headers: Iterable[str]) -> bool:
    """Return whether a request was made on this machine, and no header says it was only handed on."""
    try:
        asking = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(asking, ipaddress.IPv6Address):
        asking = asking.ipv4_mapped or asking
    return asking.is_loopback and not any(name.lower().startswith(_FORWARDED) for name in headers)
