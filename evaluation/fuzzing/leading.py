"""A target in, what fuzzing led by coverage found out; it runs in a process of its own."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.fuzzing.running import QUESTIONS, seeds_of
from indexer.errors import MeasureError

_ROOT = Path(__file__).parents[2]
_RUNS = re.compile(r"^#(\d+)\s.*?cov: (\d+)", re.MULTILINE)
_LONGEST_SEED = 20_000


@dataclass(frozen=True, slots=True)
class Led:
    """How many cases were run, the branches they reached, and the fault that ended it, or ""."""

    target: str
    cases: int
    reached: int
    fault: str


def has_atheris() -> bool:
    """Whether this environment has the fuzzer."""
    return importlib.util.find_spec("atheris") is not None


def lead_target(target: str, folders: Sequence[Path], cases: int, keep: Path | None) -> Led:
    """As `lead`, from the files in `folders`, or for questions from a few of ours."""
    seeds = QUESTIONS if target == "questions" else seeds_of(folders)
    if keep is not None:
        return lead(target, seeds, cases, keep / target)
    with TemporaryDirectory() as folder:
        return lead(target, seeds, cases, Path(folder))


def lead(target: str, seeds: Sequence[bytes], cases: int, folder: Path) -> Led:
    """Run a target so many times; cases and faults are kept in `folder`.

    Raises MeasureError where the fuzzer is not installed.
    """
    if not has_atheris():
        raise MeasureError("Fuzzing led by coverage needs atheris: pip install atheris==3.0.0.")
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds):
        if len(content) <= _LONGEST_SEED:
            (folder / f"seed-{number}").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.fuzzing.guided", target, str(cases), str(folder)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = f"{done.stdout}\n{done.stderr}"
    steps = _RUNS.findall(said)
    runs, reached = map(int, steps[-1]) if steps else (0, 0)
    fault = "" if done.returncode == 0 else said[-1500:]
    return Led(target, runs, reached, fault)
