"""By which address the points of whoever has no token are counted: not every header is believed."""

import pytest

from api import create_app


@pytest.fixture
def statuses(service, monkeypatch):
    """Asks with one point a minute behind so many proxies; of each request what the header says."""
    monkeypatch.setenv("SHOUWANG_POINTS", "1")

    def of(proxies, *forwarded):
        monkeypatch.setenv("SHOUWANG_PROXIES", proxies)
        client = create_app(service.register.store.name).test_client()
        headers = [{"X-Forwarded-For": each} if each else {} for each in forwarded]
        return [client.get("/api/v1/openapi.json", headers=each).status_code for each in headers]

    return of


@pytest.mark.parametrize("proxies", ["", "0"])
def test_without_proxies_a_forged_address_changes_nothing(statuses, proxies):
    assert statuses(proxies, "192.0.2.1", "192.0.2.2", None) == [200, 429, 429]


def test_behind_a_proxy_each_address_has_points_of_its_own(statuses):
    assert statuses("1", "192.0.2.1", "192.0.2.2", "192.0.2.1") == [200, 200, 429]


def test_only_the_proxy_is_believed_not_who_asked_it(statuses):
    assert statuses("1", "192.0.2.1", "192.0.2.9, 192.0.2.1", "127.0.0.1, 192.0.2.1") == [200, 429, 429]


def test_behind_two_proxies_the_first_of_them_is_believed(statuses):
    one, other = "192.0.2.1, 198.51.100.1", "192.0.2.2, 198.51.100.1"
    assert statuses("2", one, other, f"192.0.2.9, {one}") == [200, 200, 429]


def test_whoever_comes_past_the_proxies_is_known_by_their_own_address(statuses):
    assert statuses("2", None, "192.0.2.1", None) == [200, 429, 429]


def test_nobody_becomes_this_machine_by_what_a_header_says(service, monkeypatch):
    monkeypatch.setenv("SHOUWANG_PROXIES", "1")
    client = create_app(service.register.store.name).test_client()

    answer = client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})

    assert answer.status_code == 404
