"""Settings from the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder for what the program writes, made if need be: ``SHOUWANG_DATA``, else ``data``."""
    folder = Path(os.environ.get("SHOUWANG_DATA") or ROOT / "data")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """Return the configured database: ``SHOUWANG_DATABASE``, else a file in the data folder."""
    return os.environ.get("SHOUWANG_DATABASE") or str(data_folder() / "shouwang.db")
