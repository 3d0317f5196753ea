"""Fits `search.leaning`, which kind of answer a question leans to: `python -m training.leaning`.

On the phrasings written for it, every second one of those in `evaluation/`, and questions of the
training findings, which ask for what inspectors said. It prints what the phrasings left out of a
first fit say of how much the words of a question should count beside it (`search.intents.WORDS`),
and what is understood of the other half in `evaluation/`, which nothing was fitted on.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from indexer.encoder import Encoder, Vectors
from indexer.models import MiniLM
from search.intents import NO_WORDS, WORDS
from search.leaning import KINDS, SHIPPED, Planes
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries
from training.findings import read_findings, split
from training.phrasings import MEASURED, OWN, Phrasing, read_phrasings

_HELD = Held((2006, 2007, 2013, 2014), ("Poor", "Fair", "Good", "Excellent"))
_SEED = 20061005
_FINDINGS = 1500
_STRENGTH = 20.0
_TOGETHER = 64


def main() -> int:
    """Fit the planes, write them, and print how well each half is understood."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    encoder = MiniLM()
    looked_at, counted = read_phrasings(MEASURED)[::2], read_phrasings(MEASURED)[1::2]
    own = read_phrasings(OWN)
    trained, held_out = split(read_findings())
    chosen = random.Random(_SEED)
    asked = chosen.sample([q for finding in trained for q in finding.questions], _FINDINGS)
    finds = [q for finding in held_out for q in finding.questions]
    print(f"{'words count':<14}{'where they say nothing':>24}{'phrasings left out':>20}")
    first = fit(encoder, [*looked_at, *own[::2]], asked)
    for words, no_words in product((1.0, 2.5, 3.5, WORDS), (0.5, 1.5, NO_WORDS)):
        right = share_right(encoder, first, own[1::2], words, no_words)
        print(f"{words:<14}{no_words:>24}{right:>20.1%}")
    planes = fit(encoder, [*looked_at, *own], asked)
    np.savez(
        SHIPPED,
        directions=planes.directions,
        added=planes.added,
        kinds=np.array(KINDS),
        encoder=np.array(encoder.name),
    )
    found = [Phrasing(q, "find", frozenset(), frozenset(), frozenset()) for q in finds]
    for name, texts in (("counted only", counted), ("held-out findings", found)):
        by_words = share_right(encoder, None, texts)
        with_both = share_right(encoder, planes, texts)
        print(
            f"{name:<20} by words {by_words:.1%}, with the planes {with_both:.1%} of {len(texts)}"
        )
    return 0


def fit(encoder: Encoder, phrasings: Sequence[Phrasing], finds: Sequence[str]) -> Planes:
    """The planes between the kinds of the phrasings, and of questions that ask what was said."""
    vectors = _encoded(encoder, [*(each.question for each in phrasings), *finds])
    labels = [*(each.intent for each in phrasings), *["find"] * len(finds)]
    numbers = np.array([KINDS.index(label) for label in labels])
    model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(vectors, numbers)
    return Planes(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))


def share_right(
    encoder: Encoder,
    planes: Planes | None,
    phrasings: Sequence[Phrasing],
    words: float = WORDS,
    no_words: float = NO_WORDS,
) -> float:
    """The share whose kind of answer is told, the words of a question counting so much."""
    texts = [each.question for each in phrasings]
    vocabulary = Vocabulary((), everyday_entries())
    by_words = [understand(text, vocabulary, _HELD).intent for text in texts]
    told: NDArray[np.int64] = np.array([KINDS.index(each) for each in by_words])
    if planes is not None:
        counted = np.where(told == KINDS.index("find"), no_words, words)
        logits = planes.logits(_encoded(encoder, texts))
        told = (logits + counted[:, np.newaxis] * np.eye(len(KINDS))[told]).argmax(axis=1)
    pairs = zip(told, phrasings, strict=True)
    return float(np.mean([KINDS[at] == each.intent for at, each in pairs]))


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    return np.concatenate(
        [encoder.encode(texts[at : at + _TOGETHER]) for at in range(0, len(texts), _TOGETHER)]
    )


if __name__ == "__main__":
    sys.exit(main())
