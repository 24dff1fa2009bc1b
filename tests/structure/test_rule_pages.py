"""The pages in docs/rules are what the rule books say."""

import pytest

from api.rule_pages import book_page
from api.rulebooks import protocols, rule_book
from scripts.make_rule_pages import FOLDER


@pytest.mark.parametrize("protocol", protocols())
def test_the_page_of_a_protocol_is_made_from_its_book(protocol):
    page = (FOLDER / f"{protocol}.md").read_text(encoding="utf-8")

    assert page == book_page(rule_book(protocol)), "make rules writes the pages anew"
