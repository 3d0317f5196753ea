"""The command line of the measures."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from evaluation.gold import read_gold
from evaluation.questions import as_rows, compare, run_questions, table
from indexer.build import build
from indexer.encoder import MiniLM
from indexer.errors import FindingsError
from search.library import Library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one measure; 0 when done, 2 on an error."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asking = commands.add_parser("questions", help="success, refusals, quotations, labels, speed")
    asking.add_argument("questions", type=Path, help="questions with evidence, as JSON lines")
    asking.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of reports")
    asking.add_argument("--index", type=Path, default=Path("index/evaluation"), help="its library")
    asking.add_argument("--out", type=Path, help="write every outcome here as JSON")
    asking.add_argument("--against", type=Path, help="an earlier --out to compare with")
    asking.set_defaults(run=_questions)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _questions(options: argparse.Namespace) -> int:
    questions = read_gold(options.questions)
    encoder = MiniLM()
    built = build(options.corpus, options.index, encoder)
    for failure in built.failures:
        print(f"Not read: {failure.file}: {failure.reason}.", file=sys.stderr)
    library = Library.open(options.index, encoder)
    library.warm_up()
    with tqdm(total=len(questions), desc="Asking", file=sys.stderr) as bar:
        outcomes = run_questions(library, questions, bar.update)
    print(table(outcomes))
    if options.out:
        options.out.write_text(json.dumps(as_rows(outcomes), indent=1), "utf-8")
    if options.against:
        print(f"\n{compare(json.loads(options.against.read_text('utf-8')), outcomes)}")
    return 0
