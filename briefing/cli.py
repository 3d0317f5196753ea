"""The command line of what is kept. Errors for people are caught here and nowhere below."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefing.feedback import Opinion, as_question, is_measurable
from briefing.feedback_table import Feedback
from indexer.errors import BriefingError, FindingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 on an error."""
    options = _parser().parse_args(arguments)
    try:
        _write_feedback(options.briefings, options.out, options.unsettled)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m briefing", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    feedback = commands.add_parser(
        "feedback", help="what readers said of answers, as questions to measure by"
    )
    feedback.add_argument(
        "--out", type=Path, required=True, help="where to write those found right, as JSON lines"
    )
    feedback.add_argument(
        "--unsettled", type=Path, help="where to write those that need evidence from a person"
    )
    feedback.add_argument(
        "--briefings",
        type=Path,
        default=Path(os.environ.get("FINDINGS_BRIEFINGS", "briefings")),
        help="the folder they are kept in",
    )
    return parser


def _write_feedback(folder: Path, out: Path, unsettled: Path | None) -> None:
    kept = Feedback(folder).all()
    settled = [each for each in kept if is_measurable(each[1])]
    others = [each for each in kept if not is_measurable(each[1])]
    _write(out, settled)
    print(f"Written to {out}: {len(settled)} answers found right, as questions.")
    if unsettled is not None:
        _write(unsettled, others)
    if others:
        where = f"Written to {unsettled}" if unsettled else "Left out (--unsettled writes them)"
        print(f"{where}: {len(others)} others, whose evidence a person has to give.")


def _write(path: Path, opinions: Iterable[tuple[int, Opinion]]) -> None:
    lines = [json.dumps(as_question(*each), ensure_ascii=False) for each in opinions]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise BriefingError(f"{path} cannot be written: {error.strerror}.") from error
