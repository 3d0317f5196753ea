"""`python -m briefing`: write out what readers said of answers."""

import sys

from briefing.cli import main

sys.exit(main())
