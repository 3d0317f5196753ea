"""A file of numbers shipped with the program in, its arrays out where they were made for this."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray


def read_shipped(path: Path, mark: str, value: str) -> Mapping[str, NDArray[Any]] | None:
    """The arrays of an `.npz` file by name; None where its `mark` is another, or it is no such."""
    try:
        # Opened here, since numpy leaves a file it cannot read open.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return dict(stored) if str(stored[mark]) == value else None
    except (OSError, KeyError, ValueError, BadZipFile):
        return None
