"""The command line for drafts. Errors for people are caught here and nowhere below."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from drafting.drafts import draft_as_text, make_draft
from drafting.output import as_json as draft_as_json
from drafting.settings import read_settings
from drafting.types import Draft, Settings
from indexer.errors import DraftingError, FindingsError
from indexer.named import chosen_encoder, chosen_reranker
from search.cli import in_words
from search.library import Library
from search.output import as_json


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and draft; 0 when answered, drafted or not, 1 when refused, 2 on an error."""
    options = _parser().parse_args(arguments)
    try:
        return _ask_and_draft(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m drafting", description=__doc__)
    parser.add_argument("question")
    parser.add_argument("--json", action="store_true", help="the answer and the draft as JSON")
    parser.add_argument("--index", type=Path, default=Path("index"), help="the library's folder")
    return parser


def _ask_and_draft(options: argparse.Namespace) -> int:
    settings = read_settings()
    if settings is None:
        raise DraftingError(
            "Drafting is off. Set FINDINGS_LLM_URL and FINDINGS_LLM_MODEL; docs/drafting.md says "
            "how. To ask without a draft: python -m search ask"
        )
    answer = Library.open(options.index, chosen_encoder(), chosen_reranker()).ask(options.question)
    draft = make_draft(answer, settings)
    if options.json:
        both = {**as_json(answer), "draft": draft_as_json(draft, settings)}
        print(json.dumps(both, ensure_ascii=False, indent=1))
    else:
        print(in_words(answer))
        print()
        print(_draft_in_words(draft, settings))
    return 1 if answer.refusal else 0


def _draft_in_words(draft: Draft, settings: Settings) -> str:
    return f"No draft: {draft.problem}" if draft.problem else draft_as_text(draft, settings)
