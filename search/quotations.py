"""Matches in, the sentences that answer out, each an exact slice of its report."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from indexer.encoder import Vectors
from indexer.store import EmbeddedStore
from indexer.types import Span
from indexer.words import stems
from search.types import Match, Question, Quotation

# A second sentence is quoted only where it answers nearly as well as the first.
_NEARLY = 0.92
_MOST = 3
_WORDS_WEIGHT = 0.5
_FIGURE_BONUS = 0.08
_FRAGMENT = 0.5
_FEWEST_WORDS = 5
_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|often|long|far|big)\b|\bpercentage\b|\bper cent\b|\brates?\b|\bfigures?\b"
    r"|\bproportion\b|\bnumber of\b|%",
    re.IGNORECASE,
)


def find_quotations(
    store: EmbeddedStore, query: Vectors, question: Question, matches: Sequence[Match]
) -> tuple[Quotation, ...]:
    """The best sentence of the first matches, best first, at most three."""
    added = (each.added for each in question.expansions if not each.is_guess)
    said = {
        *stems(question.topic or question.text),
        *(stem for words in added for stem in stems(words)),
    }
    asks_figure = _ASKS_FIGURE.search(question.text) is not None
    scored: list[tuple[float, Quotation]] = []
    for match in matches[:_MOST]:
        scores: list[tuple[float, Quotation]] = []
        for span, score in store.sentence_scores(query, match.passage.row):
            start = match.passage.span.start
            text = match.passage.text[span.start - start : span.end - start]
            worth = score + _WORDS_WEIGHT * _share(text, said)
            worth += _FIGURE_BONUS if asks_figure and re.search(r"\d", text) else 0.0
            # A heading or a row of a table answers nothing by itself.
            worth -= _FRAGMENT if len(text.split()) < _FEWEST_WORDS or "\t" in text else 0.0
            scores.append((worth, Quotation(match, span, text)))
        if scores:
            best = max(scores, key=lambda each: each[0])
            # The first match was ranked first on more than its best sentence.
            scored.append((best[0] + 0.1 * (match.rank == 1), best[1]))
    if not scored:
        return ()
    scored.sort(key=lambda each: -each[0])
    least = scored[0][0] * _NEARLY
    return tuple(quotation for worth, quotation in scored if worth >= least)


def _share(text: str, said: set[str]) -> float:
    """The share of the question's stems that `text` holds."""
    return len(said & set(stems(text))) / len(said) if said else 0.0


def find_marks(text: str, weights: Mapping[str, float]) -> tuple[Span, ...]:
    """Where words of `text` match the words searched for, as spans of `text`."""
    marks = []
    for match in re.finditer(r"[^\W_]+", text):
        stemmed = stems(unicodedata.normalize("NFKC", match.group()))
        if stemmed and stemmed[0] in weights:
            marks.append(Span(match.start(), match.end()))
    return tuple(marks)
