"""Kills, full disks, folders that cannot be written and damaged files: nothing is ever lost.

The faults are tried by `python -m evaluation faults`, in a process of its own, since it forks.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_KILLS = 300
_BROKEN = """
import sys
from pathlib import Path
from evaluation.faults.dying import Fault
from evaluation.faults.killing import Stage
from indexer.journal import Journal

Journal._note = lambda journal, *step: None
stage = Stage(Path(sys.argv[1]))
number = [each.name for each in stage.tried].index("replace")
steps = stage.tried[number].steps
for at in range(1, steps + 1):
    trial = stage.try_fault(number, Fault(kill_at=at), f"trial-{at}")
    print(trial.scene, trial.problems)
"""


@pytest.fixture(scope="module")
def said() -> str:
    """What the command prints."""
    command = [sys.executable, "-m", "evaluation", "faults", "--kills", str(_KILLS), "--every", "9"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stderr.count("Traceback") == 0, ended.stderr
    return ended.stdout


def test_nothing_is_wrong_after_any_fault(said: str) -> None:
    assert said.rstrip().endswith("Problems: 0."), said


def test_the_kills_are_kills(said: str) -> None:
    found = re.search(r"Killed: (\d+) of (\d+)", said)
    assert found
    killed, planned = map(int, found.groups())
    assert planned == _KILLS
    # A machine that is less busy than it was a moment ago ends some changes before their kill.
    assert killed > planned / 2


def test_most_full_disks_end_a_change_with_a_sentence(said: str) -> None:
    found = re.search(r"with a sentence: (\d+) of (\d+)", said)
    assert found
    ended, planned = map(int, found.groups())
    assert ended > planned / 2


def test_every_file_of_the_library_is_damaged_in_every_way(said: str) -> None:
    rows = re.findall(r"^\| (?:gone|empty|cut|a b).*$", said, re.MULTILINE)
    counts = [[int(cell) for cell in re.findall(r"\| +(\d+)", row)] for row in rows]
    assert len(counts) == 7
    assert all(files >= 12 and mended == files for files, _, mended in counts)


def test_a_loss_would_be_noticed(tmp_path: Path) -> None:
    """Without its journal a kill during a replacement loses the report, and the trial says so."""
    ended = subprocess.run(
        [sys.executable, "-c", _BROKEN, str(tmp_path / "stage")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "neither the old ones nor the new ones" in ended.stdout
