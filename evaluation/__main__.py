"""`python -m evaluation`: measure what the search finds, answers and refuses."""

import sys

from evaluation.cli import main

sys.exit(main())
