"""Whether anything that Findings runs on is known to be unsafe, asked of the advisory service."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError

_SECONDS = 300
Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the service said: `unsafe` are sentences; `was_reached` whether it said anything.

    `unchecked` are the packages that it says nothing of, which is not that they are safe.
    """

    was_reached: bool
    checked: int = 0
    unsafe: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    reason: str = ""


def ask_advisories(requirements: Path, run: Run | None = None) -> Advice:
    """What is known of every pinned requirement in a file.

    Raises SettingsError where pip-audit is not installed or the file is not there.
    """
    if not requirements.is_file():
        raise SettingsError(f"There is no file {requirements.name}.")
    # Every requirement is pinned, what comes along too, so nothing has to be resolved.
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements)]
    command += ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = (run or _run)(command)
    except subprocess.TimeoutExpired:
        return Advice(False, reason=f"it did not answer within {_SECONDS} seconds")
    if "No module named pip_audit" in done.stderr:
        raise SettingsError("pip-audit is missing: pip install -r requirements-dev.txt.")
    try:
        said: dict[str, Any] = json.loads(done.stdout)
        found = [each for each in said["dependencies"] if "vulns" in each]
        unchecked = tuple(each["name"] for each in said["dependencies"] if "vulns" not in each)
    except (ValueError, KeyError, TypeError):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return Advice(False, reason=last[:200])
    if not found:
        # A service behind a wall that answers for it knows none of them, and no flaws either.
        return Advice(False, unchecked=unchecked, reason="it knows none of the packages")
    unsafe = tuple(
        f"{each['name']} {each['version']}: {flaw['id']}, put right in "
        f"{', '.join(flaw.get('fix_versions') or ['no version yet'])}."
        for each in found
        for flaw in each["vulns"]
    )
    return Advice(True, len(found), unsafe, unchecked)


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
