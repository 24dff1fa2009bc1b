"""A jurisdiction's variant laid over a rule book: what it changes, what is refused and why."""

import tomllib
from importlib.resources import files

import pytest

from api.rulebooks import NoSuchProtocol, overlays, rule_book
from tests.spec.builders import SOUND
from tracing.book_texts import read_rule_book
from tracing.facts.vocabulary import Category
from tracing.faults import Refused

HERE = """
overlay = "here"
protocol = "small"
label = "Here"
label_zh = "此地"
"""
LONGER = """
[[edition.1.plan.close_contact]]
phases = [{ kind = "centralised_observation", days = 21 }]
basis = { source = "S2", clause = "21 days", evidence = "found" }

[source]
S2 = { title = "A notice", grade = "B" }
"""


def laid_over(text):
    """The small rule book with an overlay."""
    return read_rule_book("small.toml", SOUND, text)


@pytest.mark.parametrize("overlay", overlays())
def test_every_shipped_overlay_is_read(overlay):
    text = (files("tracing") / "rulebook" / "overlays" / f"{overlay}.toml").read_text(encoding="utf-8")

    protocol = tomllib.loads(text)["protocol"]

    assert rule_book(protocol, overlay).label.startswith(rule_book(protocol).label)


def test_an_unknown_overlay():
    with pytest.raises(NoSuchProtocol, match="^no overlay 'nowhere'; there are .*township-2020-01"):
        rule_book("nhc-covid19", "nowhere")


def test_an_overlay_changes_what_it_states_and_nothing_else():
    book, changed = read_rule_book("small.toml", SOUND), laid_over(HERE + LONGER)

    assert [edition.plan[Category.CLOSE_CONTACT][0].days for edition in changed.editions] == [21, 7]
    assert [edition.seats for edition in changed.editions] == [edition.seats for edition in book.editions]
    assert (changed.label, changed.label_zh) == ("A small rule book · Here", "小方案 · 此地")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "protocol = small",
            "overlay of small.toml: found a text that is not TOML; Invalid value (at line 1, column 12)",
            id="not TOML",
        ),
        pytest.param(
            HERE.replace('"small"', '"large"'),
            "overlay here: protocol: found 'large'; the protocol 'small' would be right",
            id="of another protocol",
        ),
        pytest.param(
            HERE.replace('protocol = "small"', ""),
            "overlay here: protocol: found None; the protocol 'small' would be right",
            id="of no protocol",
        ),
        pytest.param(
            HERE + "[edition.3.check]\nfever_c = 37.5",
            "overlay here: edition: found '3'; one of 1, 2 would be right",
            id="of an unknown edition",
        ),
        pytest.param(
            HERE + LONGER.replace("days = 21", "days = 0"),
            "small.toml: edition.1.plan.close_contact[1].phases[1].days: found 0; "
            "at least 1 day would be right",
            id="with a mistake in a rule",
        ),
    ],
)
def test_a_broken_overlay_is_refused(text, message):
    with pytest.raises(Refused) as refused:
        laid_over(text)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HERE.replace('label = "Here"', ""), id="without a label"),
        pytest.param(HERE + 'desease = "another"', id="an unknown field"),
        pytest.param(HERE + 'edition = "2"', id="editions that are a text"),
        pytest.param(HERE + '[edition]\n2 = "as before"', id="an edition that is a text"),
        pytest.param(HERE + '[edition.2]\nplan = "as before"', id="plans that are a text"),
    ],
)
def test_an_overlay_of_the_wrong_shape_is_refused(text):
    with pytest.raises(Refused):
        laid_over(text)
