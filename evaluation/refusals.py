"""How well refusing is judged: `python -m evaluation refusals`.

Error rates by kind of question, and whether the chance of an answer means what it says: of the
questions given a chance of 0.8, eight in ten should have an answer.
"""

from collections.abc import Iterator, Sequence

from evaluation.plots import plot
from evaluation.questions import Outcome

_BINS = 5
_BAR = 20


def table(outcomes: Sequence[Outcome]) -> str:
    """Refused by kind, then the calibration as a table with a bar for each share."""
    lines = ["| kind | questions | refused | should be |", "| --- | ---: | ---: | --- |"]
    for answerable in (True, False):
        kinds = sorted({each.kind for each in outcomes if each.answerable == answerable})
        for kind in kinds:
            of_kind = [e for e in outcomes if (e.kind, e.answerable) == (kind, answerable)]
            refused = sum(each.refused for each in of_kind)
            should = "answered" if answerable else "refused"
            lines.append(f"| {kind} | {len(of_kind)} | {refused} | {should} |")
    for answerable, name in ((True, "wrongly refused"), (False, "rightly refused")):
        those = [each for each in outcomes if each.answerable == answerable]
        if those:
            refused = sum(each.refused for each in those)
            share = refused / len(those)
            lines.append(f"| **{name}** | {len(those)} | {refused} | {share:.1%} |")
    return "\n".join([*lines, "", *_calibration(outcomes)])


def _calibration(outcomes: Sequence[Outcome]) -> list[str]:
    """By the chance given from the passages alone, before what is known of forces and grades."""
    lines = ["| chance given | questions | had an answer | |", "| --- | ---: | ---: | --- |"]
    for low, those in _by_chance(outcomes):
        share = _answerable(those)
        bar = "█" * round(share * _BAR)
        lines.append(f"| {low:.1f} to {low + 1 / _BINS:.1f} | {len(those)} | {share:.0%} | {bar} |")
    return lines


def calibration_plot(outcomes: Sequence[Outcome]) -> str:
    """The share that had an answer by the mean chance given, as SVG."""
    points = [
        (round(sum(each.evidence for each in those) / len(those), 2), _answerable(those))
        for _, those in _by_chance(outcomes)
    ]
    return plot({"these questions": points}, "chance of an answer", "had an answer", is_share=True)


def _by_chance(outcomes: Sequence[Outcome]) -> Iterator[tuple[float, list[Outcome]]]:
    """The lowest chance of each fifth that has questions, with them."""
    for at in range(_BINS):
        those = [e for e in outcomes if min(int(e.evidence * _BINS), _BINS - 1) == at]
        if those:
            yield at / _BINS, those


def _answerable(outcomes: Sequence[Outcome]) -> float:
    return sum(each.answerable for each in outcomes) / len(outcomes)
