"""The commands that measure how the program works: reading, speed, size, faults, browsers."""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tqdm import tqdm

from evaluation.faults.reporting import table as faults_table
from evaluation.faults.reporting import try_faults
from evaluation.fuzzing.leading import lead_target
from evaluation.fuzzing.running import HEADS, FoundFault, fuzz_all, keep, row
from evaluation.fuzzing.targets import TARGETS
from evaluation.readers import measure_readers
from evaluation.readers import table as readers_table
from evaluation.reading import read_folder, reading_table
from evaluation.scale import SIZES as PASSAGES
from evaluation.scale import measure_scale
from evaluation.scale import table as scale_table
from evaluation.scale_asking import questions_of
from evaluation.soak.report import has_passed, soak_table
from evaluation.soak.running import soak
from evaluation.speed import measure_speed, speed_table
from evaluation.upkeep import SIZES, StandIn, measure_upkeep, read_findings
from evaluation.upkeep import table as upkeep_table
from indexer.errors import FindingsError
from indexer.named import chosen_encoder
from search.cli import read_questions
from search.library import Library

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
_SHARED = Path("../shared")
_QUESTIONS = Path("evaluation/digest_questions.jsonl")


def add_commands(commands: "Commands") -> None:
    """Add the commands to those of `python -m evaluation`."""
    reading = commands.add_parser("reading", help="how every file of a folder is read, or why not")
    reading.add_argument("folders", type=Path, nargs="+", help="folders of reports")
    reading.set_defaults(run=_reading)
    fuzzing = commands.add_parser("fuzz", help="damaged files and random questions, by the number")
    fuzzing.add_argument("folders", type=Path, nargs="*", default=[Path("corpus")], help="files")
    fuzzing.add_argument("--cases", type=int, default=2000, help="of questions and of texts each")
    fuzzing.add_argument("--files", type=int, default=100, help="files through the real process")
    fuzzing.add_argument("--guided", type=int, default=0, help="cases led by coverage (atheris)")
    fuzzing.add_argument("--seed", type=int, default=1, help="another one gives other cases")
    fuzzing.add_argument("--keep", type=Path, help="write the bytes of each fault here")
    fuzzing.set_defaults(run=_fuzz)
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
    scale = commands.add_parser("scale", help="opening and asking made-up libraries of any size")
    scale.add_argument("--folder", type=Path, default=Path("index/scale"), help="the libraries")
    scale.add_argument("--sizes", type=_sizes, default=PASSAGES, help="passages: 1500,20000")
    scale.add_argument("--rounds", type=int, default=3, help="how often all questions are asked")
    scale.add_argument("--out", type=Path, help="write the figures here as JSON")
    scale.set_defaults(run=_scale)
    readers = commands.add_parser("readers", help="many readers of one library at once")
    readers.add_argument("--index", type=Path, default=Path("index"), help="the library")
    readers.add_argument("--readers", type=int, default=50)
    readers.add_argument("--seconds", type=float, default=60.0)
    readers.set_defaults(run=_readers)
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
        timed, held = time_library(folder, index, corpus, encoder, options.times, tell)
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
        done = do_tasks(browser, site, tell)
    print(tasks_table(done))
    return 0 if all(each.is_done for each in done) else 1


def _upkeep(options: argparse.Namespace) -> int:
    encoder = chosen_encoder() if options.encoder == "real" else StandIn()
    findings = read_findings(options.findings)
    print(upkeep_table(measure_upkeep(options.folder, findings, options.sizes, encoder, tell)))
    return 0


def _speed(options: argparse.Namespace) -> int:
    print(speed_table(measure_speed(options.corpus, options.repeats, tell)))
    return 0


def _faults(options: argparse.Namespace) -> int:
    faults = try_faults(options.kills, options.every, options.seed, tell)
    print(faults_table(faults))
    return 1 if faults.problems else 0


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


def _scale(options: argparse.Namespace) -> int:
    encoder = chosen_encoder()
    measured = measure_scale(options.folder, options.sizes, encoder, options.rounds, tell)
    if options.out:
        options.out.write_text(json.dumps(measured, indent=1), "utf-8")
    print(scale_table(measured))
    return 0


def _readers(options: argparse.Namespace) -> int:
    library = Library.open(options.index, chosen_encoder())
    measured = measure_readers(library, questions_of(library), options.readers, options.seconds)
    print(readers_table(measured))
    return 0


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


def _fuzz(options: argparse.Namespace) -> int:
    faults: list[FoundFault] = []
    print(HEADS)
    with tqdm(desc="Fuzzing", total=2 * options.cases + options.files, file=sys.stderr) as bar:
        for run in fuzz_all(
            options.folders, options.cases, options.files, options.seed, bar.update
        ):
            print(row(run), flush=True)
            faults += run.faults
            if options.keep:
                keep(run.faults, options.keep)
    led = [
        lead_target(target, options.folders, options.guided, options.keep)
        for target in (TARGETS if options.guided else ())
    ]
    for each in led:
        print(f"led by coverage, {each.target}: {each.cases:,} cases, {each.reached:,} branches")
        print(each.fault, end="")
    return 1 if faults or any(each.fault for each in led) else 0


def tell(step: str) -> None:
    """Say on the error stream what is being measured."""
    print(f"Measuring: {step}", file=sys.stderr)
