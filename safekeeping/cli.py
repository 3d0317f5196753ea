"""The command line of backing up and restoring. Errors for people are caught here."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.choosing import is_in_milvus
from indexer.errors import BackupError, FindingsError
from safekeeping.backing import back_up
from safekeeping.restoring import restore
from safekeeping.types import BRIEFINGS, Contents, Places


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 on an error."""
    options = _parser().parse_args(arguments)
    places = Places(options.corpus, options.index, options.briefings)
    try:
        if is_in_milvus():
            raise BackupError(
                "The library is in Milvus (FINDINGS_STORE), which no archive holds. Back it up "
                "with Milvus's own tools and copy corpus/ and briefings/ while Findings is "
                "stopped; or build it in a folder, without FINDINGS_STORE, and back that up."
            )
        if options.command == "backup":
            print(f"Written to {options.file}: {_in_words(back_up(places, options.file))}")
        else:
            contents = restore(places, options.file, options.replace)
            print(f"Restored from {options.file}: {_in_words(contents)}")
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _in_words(contents: Contents) -> str:
    databases = sum(member.name.startswith(f"{BRIEFINGS}/") for member in contents.members)
    return (
        f"{contents.reports} reports, library {contents.fingerprint[:12]}, {databases} files of "
        f"briefings and opinions, {contents.size:,} bytes, made {contents.made}. All of it was "
        "checked."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m safekeeping", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    backing = commands.add_parser("backup", help="reports, library and briefings into one file")
    backing.add_argument("file", type=Path, metavar="FILE", help="such as findings.tar or .tar.gz")
    restoring = commands.add_parser("restore", help="put what such a file holds in place")
    restoring.add_argument("file", type=Path, metavar="FILE")
    restoring.add_argument("--replace", action="store_true", help="in place of what is there")
    for command in (backing, restoring):
        for name in ("corpus", "index", "briefings"):
            kept = Path(os.environ.get(f"FINDINGS_{name.upper()}", name))
            command.add_argument(f"--{name}", type=Path, default=kept, help="its folder")
    return parser
