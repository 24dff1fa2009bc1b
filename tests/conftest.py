import os
import tempfile
from pathlib import Path

import pytest

from api.keys import make_master_key


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests master keys of their own, apart from those of whoever runs them."""
    folder = tempfile.TemporaryDirectory(prefix="shouwang-keys-")
    config.add_cleanup(folder.cleanup)
    os.environ["SHOUWANG_KEYS"] = str(Path(folder.name) / "master.keys")
    make_master_key()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
    items[:] = [item for item in items if not item.get_closest_marker("long")]
