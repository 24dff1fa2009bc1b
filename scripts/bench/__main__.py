"""Run every benchmark; options are those of the core's."""

import sys

from scripts.bench import core, store

if __name__ == "__main__":
    sys.exit(core.main() or store.main([]))
