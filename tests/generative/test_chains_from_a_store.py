"""Chains followed in a store, layer by layer, are those in the network of all facts."""

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from api.keys import master_keys
from api.rulebooks import rulings
from graphdb.sqlite import SQLiteStore
from tests.generative.asking import always, book_of
from tests.generative.histories import histories
from tests.generative.test_chain_properties import inquiries
from tracing.chains import Direction, chains
from tracing.days import DEFAULT_ZONE
from tracing.following import chains_of
from tracing.in_force import InForce
from tracing.network import contact_network
from tracing.ports import Charter
from tracing.register import Register
from tracing.restoring import restore


def register_of(folder, world, facts):
    """A register with these facts."""
    store = SQLiteStore(Path(folder) / "register.db", master_keys())
    store.create()
    rules = InForce(rulings(world.calendar.protocol, world.calendar.edition), "first", DEFAULT_ZONE)
    charter = Charter(world.calendar.protocol, None, DEFAULT_ZONE.key, rules.at(world.moment))
    store.write(lambda records: records.activate(charter, ("a book",), world.moment))
    restore(store, rules, enumerate(facts, 1), lambda: world.moment)
    return Register(store, rules)


@always(inquiry=inquiries(), direction=st.sampled_from(Direction), data=st.data())
def test_chains_followed_in_a_store_are_those_of_all_facts(inquiry, direction, data):
    world, root, bounds = inquiry
    facts = data.draw(histories(world))
    known = book_of(facts).known()

    with tempfile.TemporaryDirectory() as folder:
        found = chains_of(register_of(folder, world, facts), root, direction, bounds)

    assert found.known.answers_for(root) == known.answers_for(root)
    assert found.reached == chains(contact_network(known), known.answers_for(root), direction, bounds)
