"""`python -m search`: ask the library a question, or many."""

import sys

from search.cli import main

sys.exit(main())
