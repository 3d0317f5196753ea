"""Which file each report of a library was read from: a hash of it, kept with the library.

By it a file that has changed since is told from the one that the library cites.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from indexer.errors import IndexDamaged
from indexer.generations import REBUILD

_FILE = "originals.json"


def write_originals(folder: Path, hashes: Mapping[str, str]) -> None:
    """Keep the hash of each file, by its name, in a generation's folder."""
    (folder / _FILE).write_text(json.dumps(dict(hashes)), "utf-8")


def read_originals(folder: Path) -> dict[str, str]:
    """The hash of each report's file, by name. Raises IndexDamaged."""
    try:
        hashes = json.loads((folder / _FILE).read_text("utf-8"))
        return {str(name): str(said) for name, said in hashes.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise IndexDamaged(
            f"The library's file {_FILE} is missing or damaged. {REBUILD}"
        ) from error
