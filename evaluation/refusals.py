"""How well refusing is judged: `python -m evaluation refusals`.

Error rates by kind of question, and whether the chance of an answer means what it says: of the
questions given a chance of 0.8, eight in ten should have an answer.
"""

from collections.abc import Sequence

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
    for at in range(_BINS):
        low, high = at / _BINS, (at + 1) / _BINS
        is_last = at == _BINS - 1
        those = [e for e in outcomes if low <= e.evidence < high or (is_last and e.evidence == 1)]
        if those:
            share = sum(each.answerable for each in those) / len(those)
            bar = "█" * round(share * _BAR)
            lines.append(f"| {low:.1f} to {high:.1f} | {len(those)} | {share:.0%} | {bar} |")
    return lines
