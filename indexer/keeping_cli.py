"""The commands that keep the library: add, remove, replace, correct; its status, its soundness."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Never

from tqdm import tqdm

from indexer.audit import audit
from indexer.build import Built
from indexer.changing import Edited, Folders, Incoming
from indexer.choosing import is_in_milvus, open_store, require_folder
from indexer.editing import (
    CORRECTABLE,
    add_reports,
    correct_details,
    remove_reports,
    replace_report,
)
from indexer.errors import EditError, LibraryError
from indexer.gathering import Progress
from indexer.generations import REBUILD, damage
from indexer.health import Health, health_of
from indexer.named import chosen_encoder

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_HEADS: tuple[str, ...] = (
    "report", "body", "programme", "sure", "pages", "sections", "findings", "grades",
)  # fmt: skip


def add_commands(
    commands: "Commands", building: argparse.ArgumentParser
) -> list[argparse.ArgumentParser]:
    """Add the commands to `commands`; their parsers, which still lack `--index`."""
    adding = commands.add_parser("add", help="copy files into the corpus and build")
    adding.add_argument("files", type=Path, nargs="+", metavar="FILE")
    adding.set_defaults(run=_add)
    removing = commands.add_parser("remove", help="take reports out of the corpus and build")
    removing.add_argument("reports", nargs="+", metavar="REPORT", help="file name, or its start")
    removing.set_defaults(run=_remove)
    replacing = commands.add_parser("replace", help="put a file in a report's place and build")
    replacing.add_argument("report", metavar="REPORT", help="file name, or its start")
    replacing.add_argument("file", type=Path, metavar="FILE")
    replacing.set_defaults(run=_replace)
    correcting = commands.add_parser("correct", help="put right what a report says of itself")
    correcting.add_argument("report", metavar="REPORT", help="file name, or its start")
    correcting.add_argument(
        "cells", nargs="+", metavar="NAME=VALUE", help=f"names: {', '.join(CORRECTABLE)}"
    )
    correcting.set_defaults(run=_correct)
    telling = commands.add_parser("status", help="how well each report was understood")
    telling.add_argument("--json", action="store_true", help="as JSON")
    telling.set_defaults(run=_status)
    verifying = commands.add_parser("verify", help="read every file of the library and audit it")
    verifying.set_defaults(run=_verify)
    for command in (adding, removing, replacing, correcting):
        command.add_argument(
            "--corpus", type=Path, default=building.get_default("corpus"), help="folder of reports"
        )
    return [adding, removing, replacing, correcting, telling, verifying]


def _add(options: argparse.Namespace) -> int:
    files = [Incoming(path.name, path) for path in options.files]
    return _edit(options, lambda folders, say: add_reports(folders, files, say))


def _remove(options: argparse.Namespace) -> int:
    return _edit(options, lambda folders, say: remove_reports(folders, options.reports, say))


def _replace(options: argparse.Namespace) -> int:
    new = Incoming(options.file.name, options.file)
    return _edit(options, lambda folders, say: replace_report(folders, options.report, new, say))


def _correct(options: argparse.Namespace) -> int:
    cells = dict(_cell(cell) for cell in options.cells)
    return _edit(options, lambda folders, say: correct_details(folders, options.report, cells, say))


def _cell(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise EditError(f"{text!r} is not NAME=VALUE, such as title=Inspection.")
    return name, value


def _edit(options: argparse.Namespace, edit: Callable[[Folders, Progress], Edited]) -> int:
    """Run a change and say what came of it; 1 where a file was not added."""
    require_folder()
    bar = Bar()
    try:
        folders = Folders(options.corpus, options.index, chosen_encoder(), options.ocr)
        edited = edit(folders, bar)
    finally:
        bar.close()
    refused = [each for each in edited.outcomes if each.state in ("refused", "held")]
    for outcome in edited.outcomes:
        print(
            f"{outcome.file}: {outcome.said}", file=sys.stderr if outcome in refused else sys.stdout
        )
    if edited.built:
        report_build(edited.built)
    return 1 if refused else 0


def _status(options: argparse.Namespace) -> int:
    healths = health_of(open_store(options.index))
    if options.json:
        print(json.dumps([health.as_json() for health in healths], indent=1, ensure_ascii=False))
        return 0
    rows = [_HEADS, *map(_row, healths)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    for health in healths:
        for warning in health.warnings:
            print(f"Note: {health.details.file}: {warning}.")
        if health.details.superseded_by:
            print(f"Note: {health.details.file}: superseded by {health.details.superseded_by}.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    """1, with what to do, where a file is not as it was written or a span not in its report."""
    if is_in_milvus():
        raise LibraryError(
            "This library is kept in Milvus, which looks after its own files. To look at the "
            "reports in it, run: python -m indexer check"
        )
    manifest, damaged = damage(options.index)
    for wrong in damaged:
        print(f"The library's file {wrong}.", file=sys.stderr)
    if damaged:
        print(REBUILD, file=sys.stderr)
        return 1
    found = audit(open_store(options.index))
    for problem in found.problems:
        print(problem, file=sys.stderr)
    size = sum(size for _, size, _ in manifest.files)
    print(f"{len(manifest.files)} files of {size:,} bytes are as they were written.")
    print(f"{found.checked} passages checked, {len(found.problems)} problems.")
    return 1 if found.problems else 0


def _row(health: Health) -> tuple[str, ...]:
    details = health.details
    blank = f" ({health.blank_pages} blank)" if health.blank_pages else ""
    findings = ", ".join(f"{count} {kind}" for kind, count in health.findings)
    pages = f"{health.pages}{blank}" if health.pages else "unknown"
    return (
        details.file, details.force, details.programme, f"{health.confidence:.0%}", pages,
        str(health.sections), findings, str(health.grades),
    )  # fmt: skip


class Bar:
    """A progress bar for each step, with the time left."""

    def __init__(self) -> None:
        self.step = ""
        self.bar: tqdm[Never] | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that so much of a step is done."""
        if step != self.step:
            self.close()
            self.step = step
            self.bar = tqdm(total=total, desc=step, file=sys.stderr, leave=True)
        if self.bar is not None:
            self.bar.update(done - self.bar.n)

    def close(self) -> None:
        """End the bar in progress."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None


def report_build(built: Built) -> None:
    """Print what a build did."""
    manifest = built.manifest
    state = "Nothing has changed" if built.is_unchanged else "The library is ready"
    print(f"{state}: {manifest.reports} reports, {manifest.passages} passages.")
    if not built.is_unchanged:
        print(f"Newly encoded: {built.encoded} texts; kept from before: {built.reused}.")
    for file, warning in built.warnings:
        print(f"Note: {file}: {warning}.", file=sys.stderr)
    for failure in built.failures:
        print(f"Not read: {failure.file}: {failure.reason}.", file=sys.stderr)
