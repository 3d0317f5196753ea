"""Small reports in the shapes that real ones have, written for the tests."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.encoder import Progress, Read, TokenVectors, Vectors, read_apart
from indexer.models import DIMENSION
from indexer.types import Span

KENT = """Kent Police

Baseline Assessment

October 2006

Contents

Introduction to Baseline Assessment

Findings

- 4 Promoting Safety (Domain 3)
 - Protecting Vulnerable People

Introduction to Baseline Assessment

This report judges how well the force serves the public. It looks at performance in the year \
to March 2006 and names what is strong, what is being done and what should improve. PPAF applies.

Summary of Judgements\tGrade\tDirection of Travel
Promoting Safety\t\t
Reducing Anti-Social Behaviour\tExcellent\tStable
Protecting Vulnerable People\tFair\tImproved

4 Promoting Safety (Domain 3)

4A Reducing Anti-Social Behaviour

Grade\tDirection of Travel
Excellent\tStable

National Grade Distribution

Poor\tFair\tGood\tExcellent
0\t8\t35\t0

Strengths

- Wardens and officers patrol the seafront together every evening in summer, which has cut calls \
about rowdy drinking by 31% since 2004/05 and won the praise of traders and residents alike.
- The force lends cameras to tenants who keep diaries of nuisance, and goes through the pictures \
with them each month before deciding with the council whether to

October 2006

seek an order from the court.

4B Protecting Vulnerable People

Grade\tDirection of Travel
Fair\tImproved

National Grade Distribution

Poor\tFair\tGood\tExcellent
8\t32\t3\t0

Contextual Factors

The child abuse investigation unit (CAIU) moved to new premises beside social services in 2005.

Child Abuse Investigation

Strengths

- Every detective in the CAIU has finished the joint interview course with social workers, and \
supervisors sit in on one interview in ten to judge its quality.

October 2006

Areas for Improvement

- Workloads in the CAIU stand at 70 cases for each officer a year, against the 60 that the force \
itself thinks safe, and no one reviews cases that stay open beyond six months.

GOOD PRACTICE

TITLE: Handbag bells
PROBLEM: Purses were stolen from bags in the market every Saturday.
SOLUTION: Officers gave out 4,000 small bells and clips, and traders reminded their customers.
OUTCOME(S): Thefts fell from 22 to 6 a month within half a year.
FORCE CONTACT: Crime reduction office

October 2006

Appendix 1: Glossary of Terms and Abbreviations

C

CAIU\tchild abuse investigation unit
------\t-----

P

PSU police support unit
"""

SUSSEX = """SUSSEX POLICE AUTHORITY
14 May 2014

**Call handling and front counters**

**PURPOSE OF REPORT**

1. To tell members how quickly calls are answered. The Police and Crime Commissioner asked for it.

**BACKGROUND**

2. Sussex Police answered 92.4% of 999 calls within ten seconds in 2013/14, up from 88%.

**FINANCIAL IMPLICATIONS**

3. The new telephone system costs £1.2 million over five years.

**LEGAL IMPLICATIONS**

4. There are none.

**RECOMMENDATION**

5. Members are asked to note the report.
"""


def write_corpus(folder: Path) -> Path:
    """The two sample reports in the folder `folder`, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kent-2006.txt").write_text(KENT, "utf-8")
    (folder / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    return folder


class WordEncoder:
    """A quick encoder for tests in which meaning does not matter: texts sharing words are near.

    Each word's hash chooses its place in the vector. It counts what it encodes.
    """

    name = "words for tests"
    dimension = DIMENSION
    token_dimension = 8

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384)."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                place = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
                vectors[row, place % DIMENSION] += 1
            vectors[row, 0] += 0.01  # a text without words still has a direction
        self.encoded.extend(texts)
        if progress:
            progress(len(texts))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`, and a vector for each word, which stands for nothing but that word."""
        tokens = []
        for text in texts:
            digests = [hashlib.sha256(word.encode()).digest()[:8] for word in text.split() or [""]]
            tokens.append(np.array([np.frombuffer(d, np.int8) // 4 for d in digests], np.int8))
        return self.encode(texts, progress), tokens

    def read(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> Iterator[Read]:
        """As `encode_tokens`, and a vector for each part, read alone."""
        return read_apart(self, texts, parts, progress)

    def token_spans(self, text: str) -> list[Span]:
        """Where each word stands."""
        return [Span(*match.span()) for match in re.finditer(r"\S+", text)] or [Span(0, 0)]
