"""Run every benchmark."""

import sys

from scripts.bench.core import main

if __name__ == "__main__":
    sys.exit(main())
