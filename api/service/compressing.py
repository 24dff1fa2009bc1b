"""Long answers compressed for those who take that."""

import gzip

from flask import Response, request

_WORTH_IT = 1_400
"""Bytes; a shorter answer goes into one packet anyhow."""
_LEVEL = 5


def compressed(response: Response) -> Response:
    """Return a response as short as whoever asked takes it."""
    response.vary.add("Accept-Encoding")
    is_long = not response.is_streamed and len(response.get_data()) >= _WORTH_IT
    is_taken = request.accept_encodings.quality("gzip") > 0
    if is_long and is_taken and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(response.get_data(), _LEVEL))
        response.headers["Content-Encoding"] = "gzip"
    return response
