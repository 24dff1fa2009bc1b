"""The page that shows what can be asked: from this machine alone, under a policy of its own."""

import re
from functools import partial

import pytest


@pytest.fixture
def load(service):
    """Loads what lies under a path, whole, as a browser does."""
    return partial(service.app.test_client().get, buffered=True)


def parts(load):
    return re.findall(r'(?:src|href)="(/docs/[^"]+)"', load("/docs").get_data(as_text=True))


def test_everybody_may_see_the_page(load):
    answer = load("/docs")

    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"


def test_whatever_the_page_is_made_of_is_there(load):
    assert len(parts(load)) == 5
    for part in parts(load):
        answer = load(part)
        assert answer.status_code == 200, part
        assert len(answer.get_data()) > 0


def test_the_page_shows_the_document(load):
    start = load("/docs/start.js").get_data(as_text=True)
    (document,) = re.findall(r'url: "([^"]+)"', start)

    assert load(document).json["openapi"] == "3.1.0"
    assert "/docs" in load(document).json["info"]["description"]


def test_nothing_of_the_page_comes_from_elsewhere_or_stands_inside_it(load):
    page = load("/docs").get_data(as_text=True)

    assert "//" not in page.partition("<head>")[2]
    assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", page) == []


def test_the_page_may_load_from_this_machine_only(load):
    policy = load("/docs").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_only_the_page_has_a_policy_of_its_own(load):
    for path in ("/docs/start.js", "/api/v1/openapi.json", "/health"):
        policy = load(path).headers["Content-Security-Policy"]
        assert policy == "default-src 'none'; frame-ancestors 'none'"


def test_the_page_is_loaded_again_only_if_it_is_another(load):
    first = load("/docs/swagger-ui-bundle.js")

    again = load("/docs/swagger-ui-bundle.js", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize("name", ["index.html", "oauth2-redirect.html", "..%2fapp.py", "page.html", ""])
def test_nothing_else_is_there(load, name):
    assert load(f"/docs/{name}").status_code == 404


def test_the_page_leaves_no_entry_in_the_trail(service, load):
    for path in ("/docs", *parts(load)):
        load(path)

    assert service.trail() == []
