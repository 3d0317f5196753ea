"""Matches in, the words that answer out, each an exact slice of its report."""

import re
from collections.abc import Sequence

import numpy as np

from indexer.encoder import Encoder
from indexer.storing import Store
from indexer.tokens import cosines
from indexer.types import Passage, Span
from indexer.words import stems
from search.finding import Found
from search.types import Match, Quotation

# A quotation holds the sentence that answers, and those beside it while it stays this short.
_MOST_WORDS = 60
# What a sentence that ends "as follows:" announces comes with it while both stay this short.
_MOST_ANNOUNCED = 120
_FIGURE_BONUS = 0.08
_FRAGMENT = 0.5
_FEWEST_WORDS = 5
_NEAREST_SHARE = 0.3
_WORDS_WEIGHT = 0.1
_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|often|long|far|big|fast)\b|\bpercentage\b|\bper cent\b|\brates?\b|%"
    r"|\bfigures?\b|\bproportion\b|\bnumber of\b|\bheadcount\b|\bscores?\b|\bwhen\b",
    re.IGNORECASE,
)


def find_quotations(
    store: Store, encoder: Encoder, found: Found, matches: Sequence[Match], count: int
) -> tuple[Quotation, ...]:
    """What answers in each of the first `count` matches, in their order.

    Lists of titles and topics, and glossaries, are passed over where there is anything else.
    """
    quotations = []
    telling = [
        m
        for m in matches
        if m.passage.finding != "glossary" and found.places[m.passage.row].standing != "fragment"
    ]
    for match in (telling or matches)[:count]:
        scores = score_sentences(store, encoder, found, match.passage)
        if scores:
            span = _widened(match.passage, scores)
            quotations.append(Quotation(match, span, _text(match.passage, span)))
    return tuple(quotations)


def score_sentences(
    store: Store, encoder: Encoder, found: Found, passage: Passage
) -> list[tuple[Span, float]]:
    """The sentences of a passage in order, each with how well it answers.

    By its own vector, by late interaction with its tokens as they stand in the passage, and by how
    many of the question's tokens have their nearest of all the passage's in it.
    """
    question = found.question
    known = (each.added for each in question.expansions if not each.is_guess)
    said = {
        *stems(question.topic or question.text),
        *(stem for words in known for stem in stems(words)),
    }
    # What is compared, or has changed, is told in figures where there are any.
    is_measured = question.intent in ("compare", "over_time")
    asks_figure = is_measured or _ASKS_FIGURE.search(question.text) is not None
    sentences = store.sentence_scores(found.query, passage.row)
    close = _late(store, encoder, found, passage, [span for span, _ in sentences])
    scored = []
    for (span, meaning), late in zip(sentences, close, strict=True):
        text = _text(passage, span)
        worth = meaning + float(late) + _WORDS_WEIGHT * _share(text, said)
        worth += _FIGURE_BONUS if asks_figure and re.search(r"\d", text) else 0.0
        # A heading or a row of a table answers nothing by itself.
        worth -= _FRAGMENT if len(text.split()) < _FEWEST_WORDS or "\t" in text else 0.0
        scored.append((span, worth))
    return scored


def _late(
    store: Store,
    encoder: Encoder,
    found: Found,
    passage: Passage,
    sentences: Sequence[Span],
) -> Sequence[float]:
    """What late interaction says of each sentence; 0 where there are no tokens."""
    lead = len(passage.heading) + 1  # what is encoded is the heading line, then the text
    places = encoder.token_spans(f"{passage.heading}\n{passage.text}") if found.tokens.size else []
    (tokens,) = store.tokens_of([passage.row])
    if len(places) != len(tokens) or not places:
        return [0.0] * len(sentences)
    similar = cosines(found.tokens, tokens)
    nearest = similar.argmax(axis=1)
    worths = []
    for span in sentences:
        start = span.start - passage.span.start + lead
        end = span.end - passage.span.start + lead
        own = [at for at, p in enumerate(places) if start <= p.start < p.end <= end]
        if own:
            share = float(np.isin(nearest, own).mean())
            close = float(similar[:, own].max(axis=1).mean())
            worths.append(close + _NEAREST_SHARE * share)
        else:
            worths.append(0.0)  # beyond what the model reads
    return worths


def _widened(passage: Passage, scores: Sequence[tuple[Span, float]]) -> Span:
    """The best sentence with its neighbours, the better side first, while few words are quoted."""
    first = last = max(range(len(scores)), key=lambda at: scores[at][1])

    def span(first: int, last: int) -> Span:
        return Span(scores[first][0].start, scores[last][0].end)

    is_announcing = last + 1 < len(scores) and _text(passage, scores[last][0]).endswith(":")
    if is_announcing and _words(passage, span(first, last + 1)) <= _MOST_ANNOUNCED:
        last += 1
    while True:
        sides = [(first - 1, last)] * (first > 0) + [(first, last + 1)] * (last + 1 < len(scores))
        sides.sort(key=lambda side: -scores[side[0] if side[0] != first else side[1]][1])
        if _text(passage, scores[last][0]).endswith(":"):
            sides.sort(key=lambda side: side[1] == last)
        wider = next((side for side in sides if _words(passage, span(*side)) <= _MOST_WORDS), None)
        if wider is None:
            return span(first, last)
        first, last = wider


def _text(passage: Passage, span: Span) -> str:
    start = passage.span.start
    return passage.text[span.start - start : span.end - start]


def _words(passage: Passage, span: Span) -> int:
    return len(_text(passage, span).split())


def _share(text: str, said: set[str]) -> float:
    """The share of the question's stems that `text` holds."""
    return len(said & set(stems(text))) / len(said) if said else 0.0
