"""What each part of the search adds: `python -m evaluation ablation`.

The same questions on the same reports, one part switched on after another, in one run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evaluation.gold import GoldQuestion
from evaluation.intervals import bootstrap_interval
from evaluation.questions import Outcome, run_questions
from indexer.build import build
from indexer.encoder import Encoder
from indexer.models import MiniLM
from indexer.store import EmbeddedStore
from search.library import Library
from search.ranking import WITH_LATE, WITHOUT_LATE, Weights
from search.vocabulary import everyday_entries

_DEPTH = 5
_NOTHING = {
    "meaning": 0.0, "sentence": 0.0, "words": 0.0, "framework": 0.0, "finding": 0.0, "both": 0.0,
    "meaning_of_grade": 0.0, "grade": 0.0, "aside": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A way to search: which encoder, whether the vocabulary and late interaction help, the mix."""

    name: str
    is_tuned: bool
    has_vocabulary: bool
    reranker: Literal["late", "off"]
    weights: Weights


STEPS = (
    Step("words only", False, False, "off", Weights(**{**_NOTHING, "words": 1.0})),
    Step("meaning only", False, False, "off", Weights(**{**_NOTHING, "meaning": 1.0})),
    Step("both, with what was understood", False, False, "off", WITHOUT_LATE),
    Step("+ vocabulary", False, True, "off", WITHOUT_LATE),
    Step("+ tuned encoder", True, True, "off", WITHOUT_LATE),
    Step("+ late interaction", True, True, "late", WITH_LATE),
)


def measure_steps(
    questions: Sequence[GoldQuestion], corpus: Path, index: Path, say: Callable[[str], None]
) -> dict[str, list[Outcome]]:
    """The outcomes of the questions for each step; libraries are made in the folder `index`."""
    libraries: dict[bool, tuple[EmbeddedStore, Encoder]] = {}
    for is_tuned, name in ((False, "untouched"), (True, "tuned")):
        say(f"the library with the {name} encoder")
        encoder: Encoder = MiniLM() if is_tuned else MiniLM(tuned=None)
        build(corpus, index / name, encoder)
        libraries[is_tuned] = (EmbeddedStore.open(index / name), encoder)
    outcomes = {}
    for step in STEPS:
        say(step.name)
        store, encoder = libraries[step.is_tuned]
        entries = everyday_entries() if step.has_vocabulary else ()
        library = Library(store, encoder, step.reranker, step.weights, entries)
        outcomes[step.name] = run_questions(library, questions)
    return outcomes


def table(outcomes: dict[str, list[Outcome]]) -> str:
    """Success at 1, 5 and 10 and MRR of each step, then success at 5 by style and by kind."""
    lines = ["| step | @1 | @5 | 95 % interval | @10 | MRR | paraphrase @5 | ms (p50) |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, found in outcomes.items():
        asked = [each for each in found if each.answerable]
        interval = bootstrap_interval([_within(each, _DEPTH) for each in asked])
        plain = [each for each in asked if each.style == "paraphrase"]
        took = sorted(each.took_ms for each in asked)[len(asked) // 2]
        lines.append(
            f"| {name} | {_share(asked, 1):.3f} | {interval.mean:.3f} "
            f"| {interval.low:.3f}–{interval.high:.3f} | {_share(asked, 10):.3f} "
            f"| {sum(1 / e.rank for e in asked if e.rank) / len(asked):.3f} "
            f"| {_share(plain, _DEPTH):.3f} | {took:.0f} |"
        )
    for sort in ("style", "kind"):
        names = sorted({getattr(e, sort) for e in next(iter(outcomes.values())) if e.answerable})
        lines += ["", f"| @5 by {sort} | {' | '.join(names)} |"]
        lines.append(f"| --- |{' ---: |' * len(names)}")
        for step, found in outcomes.items():
            shares = [
                _share([e for e in found if e.answerable and getattr(e, sort) == name], _DEPTH)
                for name in names
            ]
            lines.append(f"| {step} | {' | '.join(f'{share:.2f}' for share in shares)} |")
    return "\n".join(lines)


def _within(outcome: Outcome, depth: int) -> float:
    return float(outcome.rank is not None and outcome.rank <= depth)


def _share(outcomes: Sequence[Outcome], depth: int) -> float:
    return sum(_within(each, depth) for each in outcomes) / max(len(outcomes), 1)
