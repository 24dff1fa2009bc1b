"""A page that shows what can be asked: Swagger UI over the document, all of it from this machine."""

from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, send_from_directory
from werkzeug.exceptions import NotFound

from api.service.gate import open_to_all

# It lies outside /api/: a script or a picture needs no entry in the trail. The document leaves one.
PAGE = "/docs"
_OWN, _SWAGGER = Path(__file__).with_name("document_files"), Path(str(files("flask_swagger_ui"))) / "dist"
_FILES = {
    "page.css": _OWN,
    "start.js": _OWN,
    "favicon-32x32.png": _SWAGGER,
    "swagger-ui.css": _SWAGGER,
    "swagger-ui-bundle.js": _SWAGGER,
}
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def show_document(app: Flask) -> None:
    """Let an app show its document to people."""
    app.add_url_rule(PAGE, "document_page", _page)
    app.add_url_rule(f"{PAGE}/<name>", "document_file", _file)


@open_to_all
def _page() -> Response:
    """Return the page."""
    response = send_from_directory(_OWN, "page.html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@open_to_all
def _file(name: str) -> Response:
    """Return what the page is made of."""
    if name not in _FILES:
        raise NotFound
    return send_from_directory(_FILES[name], name)
