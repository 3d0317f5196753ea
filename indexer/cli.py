"""The indexer's command line. Errors for people are caught here and nowhere below."""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from indexer.audit import audit
from indexer.choosing import build_library, open_store
from indexer.errors import FindingsError
from indexer.keeping_cli import Bar, add_commands, report_build
from indexer.milvus.shards import Shard
from indexer.named import chosen_encoder
from indexer.recognising import is_wanted
from indexer.spreadsheets import guarded
from indexer.storing import Store
from indexer.types import Judgement, Report

JUDGEMENT_COLUMNS = (
    "force", "year", "programme", "framework", "title", "grade", "direction", "national_poor",
    "national_fair", "national_good", "national_excellent", "report", "page",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 when something could not be read, 2 on an error."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        sys.stderr.close()
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indexer", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    building = commands.add_parser("build", help="bring the library up to date with the reports")
    building.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of reports")
    building.add_argument(
        "--shard",
        type=Shard.read,
        metavar="N/M",
        help="only the Nth of M shares of the reports, into Milvus (docs/scaling.md)",
    )
    building.set_defaults(run=_build)
    showing = commands.add_parser("show", help="one report: what it is, its sections and grades")
    showing.add_argument("report", help="the report's file name, or the start of it")
    showing.set_defaults(run=_show)
    judging = commands.add_parser("judgements", help="every grade given in the reports")
    judging.add_argument("--csv", action="store_true", help="as CSV")
    judging.set_defaults(run=_judgements)
    terms = commands.add_parser("glossary", help="acronyms and their meanings in the reports")
    terms.set_defaults(run=_glossary)
    checking = commands.add_parser("check", help="audit the library: every span, page and vector")
    checking.set_defaults(run=_check)
    keeping = add_commands(commands, building)
    for command in (building, *keeping[:-1]):  # not the one that only tells
        command.add_argument(
            "--ocr",
            action="store_true",
            default=is_wanted(),
            help="read pages without text by text recognition (needs tesseract)",
        )
    for command in (*keeping, building, showing, judging, terms, checking):
        command.add_argument(
            "--index", type=Path, default=Path("index"), help="the library's folder"
        )
    return parser


def _build(options: argparse.Namespace) -> int:
    bar = Bar()
    try:
        built = build_library(
            options.corpus, options.index, chosen_encoder(), bar, options.shard, options.ocr
        )
    finally:
        bar.close()
    report_build(built)
    return 1 if built.failures else 0


def _show(options: argparse.Namespace) -> int:
    report = _find(open_store(options.index), options.report)
    details = report.details
    print(f"{details.force}: {details.title}, {details.published}")
    print(f"{details.programme}; {details.publisher}; {details.source}; file {details.file}")
    numbered = sum(page.number is not None for page in report.pages)
    print(f"{numbered or 'unknown'} pages, {len(report.text.split()):,} words")
    for warning in report.warnings:
        print(f"Note: {warning}")
    print("\nSections")
    for section in report.sections:
        page = report.pages_of(section.span)[0]
        words = len(section.span.of(report.text).split())
        place = " › ".join(section.path) or "(opening)"
        print(f"  {f'p. {page}' if page else '':>7}  {section.finding:<16} {place} ({words} words)")
    if report.judgements:
        print("\nJudgements")
        for judgement in report.judgements:
            print(f"  {_in_words(judgement)}")
    return 0


def _find(store: Store, name: str) -> Report:
    wanted = name.casefold()
    held = [details for details, _ in store.reports()]
    found = [
        details
        for details in held
        if details.file.casefold().startswith(wanted) or details.id.startswith(wanted)
    ]
    exact = [details for details in found if wanted in (details.file.casefold(), details.id)]
    chosen = exact or found
    if len(chosen) != 1:
        files = ", ".join(details.file for details in chosen or held)
        said = "is the start of several reports" if chosen else "is no report in the library"
        raise FindingsError(f"{name!r} {said}: {files}")
    report = store.report(chosen[0].id)
    if report is None:
        raise FindingsError(f"{name!r} has just been replaced; try again")
    return report


def _in_words(judgement: Judgement) -> str:
    has_code = judgement.framework not in judgement.title
    name = f"{judgement.framework} {judgement.title}" if has_code else judgement.title
    direction = f", {judgement.direction}" if judgement.direction else ""
    national = ", ".join(f"{count} {grade}" for grade, count in judgement.national)
    return f"{name}: {judgement.grade}{direction}" + (
        f" (nationally {national})" if national else ""
    )


def _judgements(options: argparse.Namespace) -> int:
    judgements = open_store(options.index).judgements()
    if options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(JUDGEMENT_COLUMNS)
        writer.writerows(
            [guarded(cell) if isinstance(cell, str) else cell for cell in _row(judgement)]
            for judgement in judgements
        )
        return 0
    force = ""
    for judgement in judgements:
        heading = f"{judgement.force} {judgement.year or ''}, {judgement.programme}"
        if heading != force:
            print(f"{heading}")
            force = heading
        print(f"  {_in_words(judgement)}")
    return 0


def _row(judgement: Judgement) -> list[str | int | None]:
    national = {grade.casefold(): count for grade, count in judgement.national}
    return [
        judgement.force, judgement.year, judgement.programme, judgement.framework,
        judgement.title, judgement.grade, judgement.direction,
        *(national.get(grade) for grade in ("poor", "fair", "good", "excellent")),
        judgement.report, judgement.page,
    ]  # fmt: skip


def _glossary(options: argparse.Namespace) -> int:
    terms = open_store(options.index).terms()
    meanings: Counter[tuple[str, str]] = Counter()
    for term in terms:
        meanings[(term.acronym, term.meaning)] += 1
    for (acronym, meaning), reports in sorted(meanings.items()):
        print(f"{acronym}\t{meaning}\t{reports} report{'s' if reports > 1 else ''}")
    return 0


def _check(options: argparse.Namespace) -> int:
    found = audit(open_store(options.index))
    for problem in found.problems:
        print(problem)
    print(f"{found.checked} passages checked, {len(found.problems)} problems.")
    return 1 if found.problems else 0
