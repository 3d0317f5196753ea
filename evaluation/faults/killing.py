"""Changes killed at their steps and at moments by the clock, and what each kill left."""

import json
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.faults.dying import Ended, Fault, Tell, in_child, run
from evaluation.faults.keeping import edit, problems_kept, start_keeping
from evaluation.faults.scenes import (
    SCENES,
    Scene,
    State,
    make_library,
    problems_after,
    read_here,
    state_of,
)

KEEPING = "briefings and opinions"
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change is when nothing goes wrong."""

    name: str
    old: State
    new: State
    steps: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault in one change: how the change ended, and what was wrong afterwards."""

    scene: str
    fault: Fault
    is_killed: bool
    error: str
    problems: tuple[str, ...]


class Stage:
    """A folder in which changes are tried, each on a copy of the same library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.template = folder / "template"
        self._key = str(in_child(self._make))
        self.tried = [self._dry(scene) for scene in SCENES]
        ended = self._act(None, folder / "dry", Fault())
        unknown = State((), "")
        self.tried.append(Tried(KEEPING, unknown, unknown, ended.steps, ended.seconds))
        shutil.rmtree(folder / "dry")

    def try_fault(self, number: int, fault: Fault, name: str) -> Trial:
        """Let a fault happen in the change of that number, and look at what it left."""
        tried, folder = self.tried[number], self._folder / name
        scene = SCENES[number] if number < len(SCENES) else None
        ended = self._act(scene, folder, fault)

        def look() -> list[str]:
            if scene is None:
                return list(problems_kept(folder, self._key, len(ended.told)))
            return list(problems_after(folder, tried.old, tried.new))

        try:
            problems = in_child(look)
        except RuntimeError as error:
            problems = [str(error)]
        if ended.error.startswith("unexpected"):
            problems.append(ended.error)
        if not problems:
            shutil.rmtree(folder)
        return Trial(tried.name, fault, ended.is_killed, ended.error, tuple(problems))

    def _make(self) -> str:
        make_library(self.template)
        return start_keeping(self.template)

    def _act(self, scene: Scene | None, folder: Path, fault: Fault) -> Ended:
        shutil.copytree(self.template, folder)
        if scene is None:
            return run(lambda tell: edit(folder, self._key, tell), folder, fault)
        in_child(lambda: scene.prepare(folder))

        def act(tell: Tell) -> None:
            scene.act(folder)
            tell("done")

        read_here()
        return run(act, folder, fault)

    def _dry(self, scene: Scene) -> Tried:
        folder = self._folder / "dry"
        shutil.copytree(self.template, folder)
        in_child(lambda: scene.prepare(folder))
        old = self._state(folder)
        shutil.rmtree(folder)
        ended = self._act(scene, folder, Fault())
        if ended.error or not ended.told:
            raise RuntimeError(f"{scene.name} fails without a fault: {ended.error}")
        new = self._state(folder)
        shutil.rmtree(folder)
        return Tried(scene.name, old, new, ended.steps, ended.seconds)

    def _state(self, folder: Path) -> State:
        corpus, fingerprint = in_child(
            lambda: [list(state_of(folder).corpus), state_of(folder).fingerprint]
        )
        return State(tuple((name, sha) for name, sha in corpus), fingerprint)


def plan_kills(tried: Sequence[Tried], kills: int, seed: int) -> list[tuple[int, Fault]]:
    """So many kills shared by the changes: half of them at steps, evenly, half at any moment."""
    chance = random.Random(seed)
    planned: list[tuple[int, Fault]] = []
    for number, each in enumerate(tried):
        share = kills // len(tried) + (number < kills % len(tried))
        at_steps = min(each.steps, share // 2)
        for at in range(at_steps):
            planned.append((number, Fault(kill_at=1 + at * each.steps // at_steps)))
        for _ in range(share - at_steps):
            planned.append((number, Fault(kill_after=chance.uniform(0, 0.95 * each.seconds))))
    return planned


def plan_full(tried: Sequence[Tried], every: int) -> list[tuple[int, Fault]]:
    """A disk full from each step on, or from one in `every`; and files that cannot grow."""
    planned: list[tuple[int, Fault]] = []
    for number, each in enumerate(tried):
        planned.extend((number, Fault(full_at=at)) for at in range(1, each.steps + 1, every))
        planned.extend((number, Fault(largest=2**power)) for power in range(9, 18))
    return planned


def try_all(stage: Stage, planned: Sequence[tuple[int, Fault]]) -> list[Trial]:
    """Every fault in turn, shared by as many processes as there are workers."""
    pipes: list[int] = []
    for worker in range(_WORKERS):
        reading, writing = os.pipe()
        if os.fork() == 0:
            try:
                _work(stage, planned, worker, writing)
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
    trials = [trial for pipe in pipes for trial in _read(pipe, stage, planned)]
    for _ in pipes:
        os.wait()
    if len(trials) != len(planned):
        raise RuntimeError(f"only {len(trials)} of {len(planned)} faults were tried")
    return trials


def _work(stage: Stage, planned: Sequence[tuple[int, Fault]], worker: int, pipe: int) -> None:
    with os.fdopen(pipe, "w", encoding="utf-8") as stream:
        for at in range(worker, len(planned), _WORKERS):
            number, fault = planned[at]
            trial = stage.try_fault(number, fault, f"trial-{at}")
            row = [at, trial.is_killed, trial.error, trial.problems]
            stream.write(f"{json.dumps(row)}\n")
            stream.flush()


def _read(pipe: int, stage: Stage, planned: Sequence[tuple[int, Fault]]) -> Iterator[Trial]:
    with os.fdopen(pipe, encoding="utf-8") as stream:
        for line in stream:
            at, is_killed, error, problems = json.loads(line)
            number, fault = planned[at]
            yield Trial(stage.tried[number].name, fault, is_killed, error, tuple(problems))
