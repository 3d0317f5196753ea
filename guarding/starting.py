"""What keeps the program from running as it should, found out before anybody asks: sentences."""

import os
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from guarding.settings import read_settings
from guarding.signing_in import sign_in_faults
from indexer.choosing import open_store
from indexer.errors import FindingsError
from indexer.models import checked_model_folder

_PYTHON = (3, 11)
_SECRETS, _SECRETS_SETTING = ".streamlit/secrets.toml", "STREAMLIT_SECRETS_FILES"


def start_faults(root: Path, corpus: Path, index: Path, briefings: Path) -> tuple[str, ...]:
    """Every fault, none where all is well."""
    faults = list(_python_faults())
    for folder in (index, briefings):
        faults += _folder_faults(folder)
    faults += _fault_of(checked_model_folder)
    if not corpus.is_dir():
        faults.append(f"There is no folder {corpus.name}/ with reports. Make it, or name another.")
    faults += _fault_of(lambda: open_store(index))
    faults += _settings_faults(root)
    return tuple(faults)


def _python_faults() -> Iterator[str]:
    if sys.version_info[:2] != _PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        yield f"This is Python {found}; Findings needs 3.11. Set FINDINGS_PYTHON to its path."


def _folder_faults(folder: Path) -> Iterator[str]:
    """Whether a file can be made in a folder; one that is not there yet will be made."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        if not there.is_dir() or not os.access(there, os.W_OK):
            raise PermissionError(13, "Permission denied")
        if there == folder:
            with TemporaryFile(dir=folder) as file:
                file.write(b"\0")
    except OSError as error:
        yield (
            f"The folder {folder.name}/ cannot be written to ({error.strerror}). Look at its "
            "permissions and at the free space on the disk."
        )


def _fault_of(look: Callable[[], object]) -> Iterator[str]:
    try:
        look()
    except FindingsError as error:
        yield str(error)


def _settings_faults(root: Path) -> Iterator[str]:
    try:
        settings = read_settings(root)
    except FindingsError as error:
        yield str(error)
        return
    if settings.audit.state != "off":
        yield from _folder_faults(settings.audit.folder)
    if settings.is_sign_in_required:
        # Whether the server's own settings are safe is looked at when it runs.
        auth = _auth(Path(os.environ.get(_SECRETS_SETTING, "") or root / _SECRETS))
        yield from sign_in_faults(auth, has_xsrf=True, trusted_headers=None)


def _auth(path: Path) -> Mapping[str, object]:
    """What the file of secrets says of signing in; nothing where it cannot be read."""
    try:
        auth = tomllib.loads(path.read_text("utf-8")).get("auth")
    except (OSError, ValueError):
        return {}
    return auth if isinstance(auth, Mapping) else {}
