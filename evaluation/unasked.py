"""Texts that are no questions to reports in, how many get an answer all the same out."""

from collections.abc import Sequence

from search.library import Library
from search.types import Answer
from training.asking import read_unasked

_WHAT = {
    "everyday": "everyday questions",
    "order": "orders to the tool",
    "encyclopaedia": "from an encyclopaedia",
    "report": "questions to reports written to mislead",
}


def unasked_table(library: Library) -> str:
    """What became of the texts that nothing was fitted on, by kind.

    Some name forces that are not held, and some of the questions to reports ask what these do not
    tell; so "answered" is the figure that counts for the first three, and "taken for an order" for
    the last.
    """
    lines = [f"{'':<42}{'texts':>7}{'answered':>11}{'taken for an order':>21}"]
    for kind, texts in read_unasked().items():
        answers = [library.ask(text) for text in never_fitted(texts)]
        answered = sum(answer.refusal is None for answer in answers)
        orders = sum(map(_is_order, answers))
        lines.append(f"{_WHAT[kind]:<42}{len(answers):>7}{answered:>11}{orders:>21}")
    return "\n".join(lines)


def never_fitted(texts: Sequence[str]) -> Sequence[str]:
    """Those by which neither `training.asking` nor `training.refusals` was fitted."""
    odd = texts[1::2]
    return odd[(len(odd) + 1) // 2 :]


def _is_order(answer: Answer) -> bool:
    return answer.refusal is not None and answer.refusal.reason == "not_asked"
