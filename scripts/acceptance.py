"""Run the acceptance cases and say how many of how many hold.

Two folders: the cases handed over with the contract, and the project's own. A case that asks for
a command or a rule book that is not built yet is named, and is no failure.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from api.cli import COMMANDS
from api.rulebooks import protocols, rule_book

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "tests" / "acceptance", ROOT / "tests" / "cases")


def main() -> int:
    """Return 0 only if every case that asks for what is built holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shouwang", default="shouwang", help="the command to run")
    options = parser.parse_args()
    held = [_hold(folder, options.shouwang) for folder in FOLDERS]
    return 0 if all(held) else 1


def _hold(folder: Path, command: str) -> bool:
    runner = [sys.executable, str(FOLDERS[0] / "run_cases.py"), str(folder), "--shouwang", command]
    done = subprocess.run(runner, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    failed = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("FAILS")}
    later = {file.stem: why for file in sorted(folder.glob("*.json")) if (why := not_built(file))}
    for name in sorted(failed & later.keys()):
        sys.stdout.write(f"not built yet: {name} asks for {later[name]}\n")
    unexpected = failed - later.keys()
    sys.stdout.write(f"{folder.name}: {len(unexpected)} of those that ask for what is built fail\n")
    return not unexpected and "cases hold" in done.stdout


def not_built(file: Path) -> str | None:
    """Return what a case asks for that is not built, if anything."""
    case: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    command, *rest = case["command"]
    if command not in COMMANDS:
        return f"the command {command}"
    asked = dict(zip(rest[::2], rest[1::2], strict=False))
    protocol, edition = asked.get("--protocol"), asked.get("--edition")
    if case.get("exit", 0) == 1 or protocol is None:
        return None
    if protocol not in protocols():
        return f"the protocol {protocol}"
    editions = {each.name for each in rule_book(protocol).editions}
    return f"{protocol} {edition}" if edition and edition not in editions else None


if __name__ == "__main__":
    sys.exit(main())
