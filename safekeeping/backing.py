"""Everything kept, in; one archive, out. Readers go on meanwhile; changes of the library wait."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.audit import audit
from indexer.build import writing_to
from indexer.errors import BackupError
from indexer.gathering import held_files
from indexer.generations import REBUILD, current_folder, damage, holding
from indexer.journal import settle_changes
from indexer.overrides import NAME
from indexer.store import EmbeddedStore
from indexer.sums import file_hash
from safekeeping.archive import write_archive
from safekeeping.databases import SUFFIX, check_database, copy_database
from safekeeping.types import BRIEFINGS, CORPUS, LIBRARY, Contents, Member, Places


def back_up(places: Places, path: Path) -> Contents:
    """Write all that is kept to the archive `path`; what it holds.

    Raises BackupError where something is damaged, LibraryError where there is no library or someone
    is changing it.
    """
    if path.exists():
        raise BackupError(f"{path.name} is there already; name a file that is not.")
    with writing_to(places.index), holding(places.index, "backing it up"):
        settle_changes(places.corpus)
        manifest, damaged = damage(places.index)
        if damaged:
            raise BackupError(f"The library's file {damaged[0]}. {REBUILD}, then back up.")
        problems = audit(EmbeddedStore.open(places.index)).problems
        if problems:
            raise BackupError(f"The library is wrong: {problems[0]}. {REBUILD}, then back up.")
        with TemporaryDirectory(prefix=".backing-up-", dir=places.index) as copies:
            files = _files(places, Path(copies))
            members = tuple(
                Member(name, file.stat().st_size, file_hash(file)) for name, file in files.items()
            )
            made = f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}"
            contents = Contents(made, manifest.fingerprint, manifest.reports, members)
            write_archive(path, contents, files)
    return contents


def _files(places: Places, copies: Path) -> dict[str, Path]:
    """Every file of the archive by its name there; databases are copied first."""
    files = {f"{CORPUS}/{file.name}": file for file in held_files(places.corpus) if file.is_file()}
    for name in (NAME, "README.md"):
        if (places.corpus / name).is_file():
            files[f"{CORPUS}/{name}"] = places.corpus / name
    generation = current_folder(places.index)
    for file in sorted(generation.rglob("*")):
        if file.is_file() and file.suffix != ".lock":
            files[f"{LIBRARY}/{file.relative_to(generation).as_posix()}"] = file
    for file in sorted(places.briefings.glob(f"*{SUFFIX}")):
        copy_database(file, copies / file.name)
        check_database(copies / file.name)
        files[f"{BRIEFINGS}/{file.name}"] = copies / file.name
    return files
