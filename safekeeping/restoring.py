"""An archive in; reports, library and briefings as they were, out: checked first, then switched to.

What is replaced is not deleted: briefings are kept beside the restored ones, and reports until the
library has been switched. A restore that is killed is undone or finished by the next command, and
can be run again.
"""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.audit import audit
from indexer.build import writing_to
from indexer.errors import BackupError, LibraryError
from indexer.gathering import held_files
from indexer.generations import (
    check_files,
    current_generation,
    holding,
    read_manifest,
    remove_leftovers,
    switch,
)
from indexer.journal import Journal, settle_changes
from indexer.originals import read_originals
from indexer.overrides import NAME
from indexer.store import EmbeddedStore
from indexer.sums import file_hash
from safekeeping.archive import reading_archive
from safekeeping.databases import SUFFIX, check_database, copy_database, put_in_place
from safekeeping.types import BRIEFINGS, CORPUS, LIBRARY, Contents, Places


def restore(places: Places, path: Path, is_replacing: bool = False) -> Contents:
    """Put what the archive `path` holds in place; what that is.

    Raises BackupError where the archive is damaged or too large for the disk, or something is kept
    already and `is_replacing` is not set; everything is then as it was.
    """
    for folder in (places.corpus, places.index, places.briefings.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with writing_to(places.index), holding(places.index, "restoring it"):
        settle_changes(places.corpus)
        remove_leftovers(places.index)
        if not is_replacing:
            _check_empty(places)
        with TemporaryDirectory(prefix=".restoring-", dir=places.index) as name:
            staged = Path(name)
            with reading_archive(path) as (contents, files):
                _check_room(contents, staged)
                files.take_out(staged)
            _check(contents, staged)
            _put_in_place(places, staged)
            _restore_briefings(places, staged / BRIEFINGS)
    return contents


def _check_empty(places: Places) -> None:
    if held_files(places.corpus) or current_generation(places.index):
        raise BackupError("There are reports or a library there already. Add --replace to restore.")
    if any(places.briefings.glob(f"*{SUFFIX}")):
        raise BackupError("There are briefings there already. Add --replace to restore.")


def _check_room(contents: Contents, folder: Path) -> None:
    # Once in the waiting folder, once more where it is in the end on another disk.
    free = shutil.disk_usage(folder).free
    if contents.size * 2 > free:
        raise BackupError(
            f"The back-up takes {contents.size:,} bytes; make room for twice as many ({free:,} are "
            "free)."
        )


def _check(contents: Contents, staged: Path) -> None:
    """Raise BackupError or LibraryError where what was taken out is not one whole library."""
    library = staged / LIBRARY
    try:
        manifest = read_manifest(library)
        check_files(library, manifest, is_whole=True)
        if manifest.fingerprint != contents.fingerprint:
            raise BackupError("The back-up's library is not the one it was made of.")
        problems = audit(EmbeddedStore(library, manifest)).problems
    except LibraryError as error:
        raise BackupError(f"The back-up's library cannot be used. {error}") from error
    if problems:
        raise BackupError(f"The back-up's library is wrong: {problems[0]}.")
    for name, sha in read_originals(library).items():
        if file_hash(staged / CORPUS / name) != sha:
            raise BackupError(f"The back-up's report {name} is not the one its library cites.")
    for file in (staged / BRIEFINGS).glob("*"):
        check_database(file)


def _put_in_place(places: Places, staged: Path) -> None:
    """Switch reports and library to the staged ones, in steps that can be undone."""
    corpus = places.corpus
    journal = Journal.begin(corpus)
    try:
        journal.start(places.index)
        named = [corpus / name for name in (NAME, "README.md")]
        for file in [*held_files(corpus), *(path for path in named if path.exists())]:
            journal.take_out(file.name)
        for file in sorted((staged / CORPUS).iterdir()):
            shutil.copyfile(file, journal.incoming / file.name)
            journal.take_in(journal.incoming / file.name)
        switch(places.index, staged / LIBRARY, read_manifest(staged / LIBRARY))
    finally:
        journal.settle()


def _restore_briefings(places: Places, staged: Path) -> None:
    """Put the databases in place; those that were there are kept in a folder of their own."""
    places.briefings.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = sorted(places.briefings.glob(f"*{SUFFIX}"))
    if now:
        kept = places.briefings / f"replaced-{datetime.now():%Y%m%d-%H%M%S}"
        kept.mkdir(mode=0o700)
        for file in now:
            with suppress(BackupError):  # damaged, which may be why one restores
                copy_database(file, kept / file.name)
    for file in sorted(staged.glob("*")):
        put_in_place(file, places.briefings / file.name)
