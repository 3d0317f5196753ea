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
from evaluation.faults.reporting import table as faults_table
from evaluation.faults.reporting import try_faults
from evaluation.general import measure_collections
from evaluation.general import table as collections_table
from evaluation.gold import read_gold
from evaluation.peers.comparing import compare_with_peers
from evaluation.peers.comparing import table as peers_table
from evaluation.plots import plot
from evaluation.questions import Outcome, as_rows, compare, run_questions, table
from evaluation.reading import read_folder, reading_table
from evaluation.refusals import calibration_plot
from evaluation.refusals import table as refusals_table
from evaluation.soak.report import has_passed, soak_table
from evaluation.soak.running import soak
from evaluation.speed import measure_speed, speed_table
from evaluation.upkeep import SIZES, StandIn, measure_upkeep, read_findings
from evaluation.upkeep import table as upkeep_table
from indexer.build import build
from indexer.errors import FindingsError, MeasureError
from indexer.named import chosen_encoder, chosen_reranker
from search.cli import read_questions
from search.library import Library

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
    amounts = commands.add_parser("amounts", help="quality by amount of training, as SVG")
    amounts.add_argument("table", type=Path, nargs="?", default=Path("training/amounts.csv"))
    amounts.add_argument("--plot", type=Path, required=True)
    amounts.set_defaults(run=_amounts)
    for each in (asking, refusing):
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
    reading = commands.add_parser("reading", help="how every file of a folder is read, or why not")
    reading.add_argument("folders", type=Path, nargs="+", help="folders of reports")
    reading.set_defaults(run=_reading)
    keeping = commands.add_parser("upkeep", help="adding one report against building all")
    keeping.add_argument("folder", type=Path, help="a new folder, for the libraries measured")
    keeping.add_argument("--findings", type=Path, default=_SHARED / "training", help="made-up ones")
    keeping.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="reports")
    keeping.add_argument("--encoder", choices=("stand-in", "real"), default="stand-in")
    keeping.set_defaults(run=_upkeep)
    hurrying = commands.add_parser("speed", help="how fast a library is made, against the limit")
    hurrying.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of reports")
    hurrying.add_argument("--repeats", type=int, default=3)
    hurrying.set_defaults(run=_speed)
    failing = commands.add_parser("faults", help="kills, full disks and damaged files")
    failing.add_argument("--kills", type=int, default=300, help="so many, shared by the changes")
    failing.add_argument("--every", type=int, default=5, help="a disk full at one step in so many")
    failing.add_argument("--seed", type=int, default=1, help="chooses the moments of kills")
    failing.set_defaults(run=_faults)
    soaking = commands.add_parser("soak", help="many readers on a running server, for an hour")
    soaking.add_argument("folder", type=Path, help="a new folder, for all that it needs")
    soaking.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of reports")
    soaking.add_argument("--questions", type=Path, default=_QUESTIONS, help="JSON lines")
    soaking.add_argument("--sessions", type=int, default=50)
    soaking.add_argument("--minutes", type=float, default=60.0)
    soaking.set_defaults(run=_soak)
    drawing = commands.add_parser("pages", help="how long a browser takes to draw each page")
    drawing.add_argument("--index", type=Path, help="a library; by default a large made-up one")
    drawing.add_argument("--corpus", type=Path, default=Path("corpus"), help="its reports")
    drawing.add_argument("--reports", type=int, default=129, help="of the made-up library")
    drawing.add_argument("--times", type=int, default=5, help="medians of so many")
    drawing.set_defaults(run=_pages)
    doing = commands.add_parser("tasks", help="clicks and seconds of six tasks in a browser")
    doing.add_argument("--index", type=Path, default=Path("index"), help="the bundled library")
    doing.add_argument("--corpus", type=Path, default=Path("corpus"), help="its reports")
    doing.set_defaults(run=_tasks)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _pages(options: argparse.Namespace) -> int:
    # Only this measure needs a browser, which not every machine that measures has.
    from evaluation.pages.making import make_library
    from evaluation.pages.running import time_library
    from evaluation.pages.timing import table

    encoder = chosen_encoder()
    with TemporaryDirectory() as made:
        folder = Path(made)
        index, corpus = options.index, options.corpus
        if index is None:
            index, corpus = make_library(folder, options.reports, encoder)
        timed, held = time_library(folder, index, corpus, encoder, options.times, _tell)
    print(f"{held}\n\n{table(timed)}")
    return 0


def _tasks(options: argparse.Namespace) -> int:
    from evaluation.pages.browser import browsing
    from evaluation.pages.serving import serving_library
    from evaluation.pages.tasks import do_tasks, tasks_table

    with (
        TemporaryDirectory() as made,
        serving_library(Path(made), options.index, options.corpus) as site,
        browsing() as browser,
    ):
        done = do_tasks(browser, site, _tell)
    print(tasks_table(done))
    return 0 if all(each.is_done for each in done) else 1


def _peers(options: argparse.Namespace) -> int:
    questions = read_gold(options.questions)
    if options.index and options.index.exists():
        raise MeasureError(
            f"{options.index} is there already; name a new folder, so that making it can be timed."
        )
    with TemporaryDirectory() as folder:
        index = options.index or Path(folder)
        measured = compare_with_peers(questions, options.corpus, index, chosen_encoder(), _tell)
    print(peers_table(questions, measured))
    return 0


def _ablation(options: argparse.Namespace) -> int:
    questions = read_gold(options.questions)
    print(ablation_table(measure_steps(questions, options.corpus, options.index, _tell)))
    return 0


def _collections(options: argparse.Namespace) -> int:
    print(collections_table(measure_collections(options.folder, _tell)))
    return 0


def _upkeep(options: argparse.Namespace) -> int:
    encoder = chosen_encoder() if options.encoder == "real" else StandIn()
    findings = read_findings(options.findings)
    print(upkeep_table(measure_upkeep(options.folder, findings, options.sizes, encoder, _tell)))
    return 0


def _speed(options: argparse.Namespace) -> int:
    print(speed_table(measure_speed(options.corpus, options.repeats, _tell)))
    return 0


def _faults(options: argparse.Namespace) -> int:
    faults = try_faults(options.kills, options.every, options.seed, _tell)
    print(faults_table(faults))
    return 1 if faults.problems else 0


def _tell(step: str) -> None:
    print(f"Measuring: {step}", file=sys.stderr)


def _soak(options: argparse.Namespace) -> int:
    questions = [text for _, text in read_questions(options.questions)]
    sizes = (options.sessions, options.minutes)
    soaked = soak(options.folder, options.corpus, questions, *sizes)
    print(soak_table(soaked))
    return 0 if has_passed(soaked) else 1


def _reading(options: argparse.Namespace) -> int:
    for folder in options.folders:
        if not folder.is_dir():
            raise FindingsError(f"There is no folder {folder}")
        with tqdm(desc=f"Reading {folder.name}", file=sys.stderr) as bar:
            readings = list(read_folder(folder, bar.update))
        print(f"{folder.name}: {reading_table(readings) if readings else 'no files'}\n")
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
    encoder = chosen_encoder()
    built = build(options.corpus, options.index, encoder)
    for failure in built.failures:
        print(f"Not read: {failure.file}: {failure.reason}.", file=sys.stderr)
    library = Library.open(options.index, encoder, chosen_reranker())
    library.warm_up()
    with tqdm(total=len(questions), desc="Asking", file=sys.stderr) as bar:
        return run_questions(library, questions, bar.update)
