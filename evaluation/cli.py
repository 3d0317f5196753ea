"""The command line of the measures."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from evaluation.ablation import measure_steps
from evaluation.ablation import table as ablation_table
from evaluation.general import measure_collections
from evaluation.general import table as collections_table
from evaluation.gold import read_gold
from evaluation.peers.comparing import compare_with_peers
from evaluation.peers.comparing import table as peers_table
from evaluation.phrasings import phrasings_table
from evaluation.plots import plot
from evaluation.questions import Outcome, as_rows, compare, run_questions, table
from evaluation.refusals import calibration_plot
from evaluation.refusals import table as refusals_table
from evaluation.unasked import unasked_table
from evaluation.working_cli import add_commands, tell
from indexer.choosing import build_library
from indexer.errors import FindingsError, MeasureError
from indexer.named import chosen_encoder, chosen_reranker
from search.library import Library
from training.phrasings import MEASURED, read_phrasings

_SHARED = Path("../shared")
_QUESTIONS = Path("evaluation/digest_questions.jsonl")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one measure; 0 when done, 2 on an error."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asking = commands.add_parser("questions", help="success, refusals, quotations, labels, speed")
    asking.add_argument("--out", type=Path, help="write every outcome here as JSON")
    asking.add_argument("--against", type=Path, help="an earlier --out to compare with")
    asking.set_defaults(run=_questions)
    refusing = commands.add_parser("refusals", help="who is refused, and how sure that is")
    refusing.add_argument("--plot", type=Path, help="write the calibration here as SVG")
    refusing.set_defaults(run=_refusals)
    reading = commands.add_parser("phrasings", help="what is understood of questions on grades")
    reading.set_defaults(run=_phrasings)
    unasked = commands.add_parser("unasked", help="who is answered that asks nothing of reports")
    unasked.set_defaults(run=_unasked)
    amounts = commands.add_parser("amounts", help="quality by amount of training, as SVG")
    amounts.add_argument("table", type=Path, nargs="?", default=Path("training/amounts.csv"))
    amounts.add_argument("--plot", type=Path, required=True)
    amounts.set_defaults(run=_amounts)
    for each in (asking, refusing, reading, unasked):
        if each in (asking, refusing):
            each.add_argument("questions", type=Path, help="questions with evidence, as JSON lines")
        each.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of reports")
        each.add_argument(
            "--index", type=Path, default=Path("index/evaluation"), help="its library"
        )
    comparing = commands.add_parser("peers", help="other programs on the same questions")
    comparing.add_argument(
        "questions", type=Path, nargs="?", default=_SHARED / "questions/dev.jsonl"
    )
    comparing.add_argument("--corpus", type=Path, default=_SHARED / "reports", help="text files")
    comparing.add_argument("--index", type=Path, help="a new folder for our library, timed")
    comparing.set_defaults(run=_peers)
    general = commands.add_parser("collections", help="published test collections: nDCG@10")
    general.add_argument("folder", type=Path, nargs="?", default=_SHARED / "external/retrieval")
    general.set_defaults(run=_collections)
    parts = commands.add_parser("ablation", help="what each part of the search adds")
    parts.add_argument("questions", type=Path, nargs="?", default=_SHARED / "questions/dev.jsonl")
    parts.add_argument("--corpus", type=Path, default=_SHARED / "reports", help="text files")
    parts.add_argument("--index", type=Path, default=Path("index/ablation"), help="two libraries")
    parts.set_defaults(run=_ablation)
    add_commands(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _peers(options: argparse.Namespace) -> int:
    questions = read_gold(options.questions)
    if options.index and options.index.exists():
        raise MeasureError(
            f"{options.index} is there already; name a new folder, so that making it can be timed."
        )
    with TemporaryDirectory() as folder:
        index = options.index or Path(folder)
        measured = compare_with_peers(questions, options.corpus, index, chosen_encoder(), tell)
    print(peers_table(questions, measured))
    return 0


def _ablation(options: argparse.Namespace) -> int:
    questions = read_gold(options.questions)
    print(ablation_table(measure_steps(questions, options.corpus, options.index, tell)))
    return 0


def _collections(options: argparse.Namespace) -> int:
    print(collections_table(measure_collections(options.folder, tell)))
    return 0


def _questions(options: argparse.Namespace) -> int:
    outcomes = _asked(options)
    print(table(outcomes))
    if options.out:
        options.out.write_text(json.dumps(as_rows(outcomes), indent=1), "utf-8")
    if options.against:
        print(f"\n{compare(json.loads(options.against.read_text('utf-8')), outcomes)}")
    return 0


def _refusals(options: argparse.Namespace) -> int:
    outcomes = _asked(options)
    print(refusals_table(outcomes))
    if options.plot:
        options.plot.write_text(calibration_plot(outcomes), "utf-8")
    return 0


def _phrasings(options: argparse.Namespace) -> int:
    print(phrasings_table(_library(options), read_phrasings(MEASURED)))
    return 0


def _unasked(options: argparse.Namespace) -> int:
    print(unasked_table(_library(options)))
    return 0


def _amounts(options: argparse.Namespace) -> int:
    with options.table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    measures = [name for name in rows[0] if name not in ("findings", "passes")]
    lines = {
        name: [(float(row["findings"]), float(row[name])) for row in rows] for name in measures
    }
    options.plot.write_text(plot(lines, "findings trained on", "share of questions"), "utf-8")
    return 0


def _asked(options: argparse.Namespace) -> list[Outcome]:
    """The outcomes of the questions on a library brought up to date with the corpus."""
    questions = read_gold(options.questions)
    library = _library(options)
    library.warm_up()
    with tqdm(total=len(questions), desc="Asking", file=sys.stderr) as bar:
        return run_questions(library, questions, bar.update)


def _library(options: argparse.Namespace) -> Library:
    """The library, brought up to date with the corpus."""
    encoder = chosen_encoder()
    built = build_library(options.corpus, options.index, encoder)
    for failure in built.failures:
        print(f"Not read: {failure.file}: {failure.reason}.", file=sys.stderr)
    return Library.open(options.index, encoder, chosen_reranker())
