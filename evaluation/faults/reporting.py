"""All the faults tried, and what came of them as tables."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.faults.damaging import HARMS, Damage, damage_all, opens_read_only
from evaluation.faults.dying import Fault
from evaluation.faults.killing import Stage, Trial, Tried, plan_full, plan_kills, try_all

# A file system in memory: what is killed is not the disk, and it is quicker.
_MEMORY = Path("/dev/shm")
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Faults:
    """What was tried, and what came of it."""

    tried: tuple[Tried, ...]
    kills: tuple[Trial, ...]
    full: tuple[Trial, ...]
    unwritable: tuple[Trial, ...]
    damaged: tuple[Damage, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that should not be, in words."""
        trials = (*self.kills, *self.full, *self.unwritable)
        said = [f"{each.scene}, {_said(each.fault)}: {p}" for each in trials for p in each.problems]
        said += [f"{each.file}, {each.harm}: {p}" for each in self.damaged for p in each.problems]
        return tuple(said)


def try_faults(kills: int, every: int, seed: int, tell: Callable[[str], None]) -> Faults:
    """So many kills, full disks at one step in `every`, and every file damaged."""
    where = _MEMORY if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else None
    with TemporaryDirectory(dir=where) as name:
        folder = Path(name)
        folder.chmod(0o755)  # for someone who may only read
        tell("each change without a fault")
        stage = Stage(folder / "stage")
        tell(f"{kills} kills")
        killed = try_all(stage, plan_kills(stage.tried, kills, seed))
        tell("full disks")
        full = try_all(stage, plan_full(stage.tried, every))
        tell("folders that cannot be written")
        unwritable = _unwritable(stage)
        tell("damaged files")
        damaged = damage_all(folder / "stage" / "template", folder / "damaged")
    return Faults(tuple(stage.tried), tuple(killed), tuple(full), unwritable, tuple(damaged))


def _unwritable(stage: Stage) -> tuple[Trial, ...]:
    """Every change by someone who may read everything and write nothing; only root can try it."""
    if os.geteuid() != 0:
        return ()
    planned = [(number, Fault(user=_NOBODY)) for number in range(len(stage.tried))]
    trials = try_all(stage, planned)
    opening = opens_read_only(stage.template, _NOBODY)
    return (*trials, Trial("open", Fault(user=_NOBODY), False, "", tuple(opening)))


def table(faults: Faults) -> str:
    """What was tried as tables in Markdown, and every problem below them."""
    lines = [
        "| change | its steps | kills at a step | kills at a moment | full disks | problems |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for each in faults.tried:
        kills = [trial for trial in faults.kills if trial.scene == each.name]
        full = [trial for trial in faults.full if trial.scene == each.name]
        at_step = sum(trial.fault.kill_at is not None for trial in kills)
        wrong = sum(bool(trial.problems) for trial in (*kills, *full))
        lines.append(
            f"| {each.name} | {each.steps} | {at_step} | {len(kills) - at_step} | {len(full)} "
            f"| {wrong} |"
        )
    hit = sum(trial.is_killed for trial in faults.kills)
    refused = sum(bool(trial.error) for trial in faults.full)
    lines += [
        "",
        f"Killed: {hit} of {len(faults.kills)}; the others had ended before. Ended by a full disk "
        f"with a sentence: {refused} of {len(faults.full)}; the others needed no more room.",
        f"Changes by someone who may write nothing: {len(faults.unwritable)}.",
        "",
        "| damage | files | found at opening | named by a full check and mended |",
        "| --- | ---: | ---: | ---: |",
    ]
    for harm in HARMS:
        those = [each for each in faults.damaged if each.harm == harm]
        opening = sum(each.at_opening for each in those)
        mended = sum(not each.problems for each in those)
        lines.append(f"| {harm} | {len(those)} | {opening} | {mended} |")
    return "\n".join([*lines, "", f"Problems: {len(faults.problems)}.", *faults.problems])


def _said(fault: Fault) -> str:
    if fault.kill_at is not None:
        return f"killed at step {fault.kill_at}"
    if fault.kill_after is not None:
        return f"killed after {fault.kill_after * 1000:.0f} ms"
    if fault.full_at is not None:
        return f"disk full from step {fault.full_at}"
    if fault.largest is not None:
        return f"no file above {fault.largest:,} bytes"
    return "folders that cannot be written"
