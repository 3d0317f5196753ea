"""`python -m safekeeping`: back up and restore."""

import sys

from safekeeping.cli import main

sys.exit(main())
