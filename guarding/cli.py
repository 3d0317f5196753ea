"""The commands for whoever runs the program. Errors for people are caught here only."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from guarding.advisories import ask_advisories
from guarding.audit import AuditLog
from guarding.replaying import find_entry, replay
from guarding.settings import read_settings
from guarding.starting import start_faults
from indexer.errors import FindingsError
from indexer.named import chosen_encoder, chosen_reranker
from search.library import Library

_ROOT = Path(__file__).parents[1]
DIFFERENT, FAILED, ANOTHER_LIBRARY = 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 2 on an error, else as its help says."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return FAILED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m guarding", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="what would keep the program from running; else 1")
    checking.set_defaults(run=_check)
    replaying = commands.add_parser(
        "replay",
        help="ask an entry of the audit log again: 0 the same answer, 1 another one from the same "
        "library, 3 the library is another",
    )
    replaying.add_argument("entry", help="the entry's id, or its whole line")
    replaying.add_argument("--question", default="", help="where the log keeps hashes only")
    replaying.add_argument("--index", type=Path, default=_folder("INDEX", "index"))
    replaying.set_defaults(run=_replay)
    advising = commands.add_parser(
        "advisories",
        help="is anything installed known to be unsafe: 0 no, 1 yes, 3 the service was not reached",
    )
    advising.add_argument("--requirements", type=Path, default=_ROOT / "requirements.txt")
    advising.set_defaults(run=_advise)
    return parser


def _folder(name: str, otherwise: str) -> Path:
    return _ROOT / os.environ.get(f"FINDINGS_{name}", otherwise)


def _check(options: argparse.Namespace) -> int:
    folders = (_folder("CORPUS", "corpus"), _folder("INDEX", "index"))
    faults = start_faults(_ROOT, *folders, _folder("BRIEFINGS", "briefings"))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("All is well.")
    return 1 if faults else 0


def _replay(options: argparse.Namespace) -> int:
    log = AuditLog(read_settings(_ROOT).audit)
    entry = find_entry(log, options.entry)
    library = Library.open(options.index, chosen_encoder(), chosen_reranker())
    found = replay(library, log, entry, options.question)
    answer = "the same answer" if found.is_same_answer else "another answer"
    if found.is_same_library:
        print(f"The same library gives {answer}.")
        return 0 if found.is_same_answer else DIFFERENT
    print(
        f"The library is another: it was {found.before[:12]}, now it is {found.now[:12]}. It gives "
        f"{answer}."
    )
    return ANOTHER_LIBRARY


def _advise(options: argparse.Namespace) -> int:
    advice = ask_advisories(options.requirements)
    if not advice.was_reached:
        print(
            f"The advisory service could not be reached ({advice.reason}). Nothing was checked: "
            "run this where it can be.",
            file=sys.stderr,
        )
        return ANOTHER_LIBRARY
    for sentence in advice.unsafe:
        print(sentence)
    if advice.unchecked:
        print(f"Nothing is known of {', '.join(advice.unchecked)}.")
    print(f"{advice.checked} packages were checked; {len(advice.unsafe)} flaws are known of them.")
    return 1 if advice.unsafe else 0
