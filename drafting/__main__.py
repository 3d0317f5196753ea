"""`python -m drafting`: ask the library a question, and draft a paragraph from its quotations."""

import sys

from drafting.cli import main

sys.exit(main())
