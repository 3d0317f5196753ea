"""`python -m guarding`."""

import sys

from guarding.cli import main

if __name__ == "__main__":
    sys.exit(main())
