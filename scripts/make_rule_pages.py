"""Write docs/rules: one page a protocol, made from its rule book.

    python -m scripts.make_rule_pages [--check]

With --check nothing is written; the exit status tells whether the pages are those of the books.
"""

import argparse
import sys
from pathlib import Path

from api.rule_pages import book_page
from api.rulebooks import protocols, rule_book

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def main() -> int:
    """Return 0 if the pages are up to date, or are now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    pages = {f"{protocol}.md": book_page(rule_book(protocol)) for protocol in protocols()}
    pages["README.md"] = _index()
    if parser.parse_args().check:
        stale = [name for name, text in pages.items() if not _is_current(FOLDER / name, text)]
        sys.stdout.write("".join(f"{name} is not what the rule book says\n" for name in stale))
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def _is_current(page: Path, text: str) -> bool:
    return page.is_file() and page.read_text(encoding="utf-8") == text


def _index() -> str:
    rows = "".join(
        f"| [{protocol}]({protocol}.md) | {rule_book(protocol).label} | {rule_book(protocol).label_zh} |\n"
        for protocol in protocols()
    )
    head = "# The rules, protocol by protocol\n\nMade from the rule books by `make rules`.\n\n"
    return f"{head}| protocol | | |\n| --- | --- | --- |\n{rows}"


if __name__ == "__main__":
    sys.exit(main())
