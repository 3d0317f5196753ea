"""`python -m indexer`: build the library, and look at what was read."""

import sys

from indexer.cli import main

sys.exit(main())
