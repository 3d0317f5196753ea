"""Findings in, training batches out: near neighbours together, so that each is hard to tell apart.

Every finding of a batch is a wrong answer to the others' questions. Half of the difficulty is in
which findings meet; the other half in how questions are really typed.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.encoder import Vectors
from indexer.types import Span
from training.findings import Finding

_YEARS = {"baseline": 2006, "inspection_2007": 2007, "peel": 2016, "board_paper": 2014}
_HEADINGS = {
    "strength": "Strengths",
    "improvement": "Areas for Improvement",
    "work_in_progress": "Work in Progress",
    "good_practice": "Good Practice",
    "context": "Contextual Factors",
    "grade": "grade",
    "figure": "Strengths",
    "recommendation": "Recommendations",
    "cause_of_concern": "Cause of concern",
}
_FORCES = (
    "Northmoor Harrowdale Brackenshire Fenmarch Castlebridge Calderwick Eastmere Thornshire "
    "Wealdmoor Staverley"
).split()
_QUESTIONS = 3
_BARE = 0.2
_SENTENCE = 0.15
_SLIP = 0.10
_HURRIED = 0.15
# So many neighbours are looked at for those that no group has taken yet.
_NEIGHBOURS = 60


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts with the questions that each answers (`owner[i]` is question i's text), near misses.

    `sentences[t]` are where text t's sentences stand in it; `answers[i]` is the number of the one
    that answers question i, counted from 0 over all texts, or -1 where that is not known.
    """

    texts: list[str]
    sentences: list[list[Span]]
    questions: list[str]
    owner: list[int]
    answers: list[int]
    near_misses: list[str]


def batches(
    findings: Sequence[Finding], vectors: Vectors, size: int, group: int, rng: random.Random
) -> Iterator[Batch]:
    """One pass over the findings in groups of nearest neighbours by `vectors`, shape (n, d)."""
    left = set(range(len(findings)))
    order = list(left)
    rng.shuffle(order)
    groups = []
    for at in order:
        if at in left:
            near = np.argsort(-(vectors @ vectors[at]))[:_NEIGHBOURS].tolist()
            taken = [at, *(each for each in near if each in left and each != at)][:group]
            left -= set(taken)
            groups.append(taken)
    rng.shuffle(groups)
    flat = [at for each in groups for at in each]
    for start in range(0, len(flat) - size // 2, size):
        yield _batch([findings[at] for at in flat[start : start + size]], rng)


def _batch(findings: Sequence[Finding], rng: random.Random) -> Batch:
    batch = Batch([], [], [], [], [], [finding.near_miss for finding in findings])
    count = 0
    for number, finding in enumerate(findings):
        spans = _sentences(finding.passage)
        answers = dict(zip(finding.questions, finding.answers, strict=False))
        answered = [q for q, s in answers.items() if 0 < s <= len(spans)]
        if answered and rng.random() < _SENTENCE:
            asked = [rng.choice(answered)]
            text = spans[answers[asked[0]] - 1].of(finding.passage)
            spans, answers = [Span(0, len(text))], {asked[0]: 1}
        else:
            before = heading(finding, rng)
            text = f"{before}{finding.passage}"
            spans = [Span(len(before) + each.start, len(before) + each.end) for each in spans]
            asked = rng.sample(finding.questions, _QUESTIONS)
        batch.texts.append(text)
        batch.sentences.append(spans)
        batch.questions.extend(as_typed(question, rng) for question in asked)
        batch.owner.extend([number] * len(asked))
        known = [answers.get(question, 0) for question in asked]
        batch.answers.extend(count + at - 1 if 0 < at <= len(spans) else -1 for at in known)
        count += len(spans)
    return batch


def _sentences(passage: str) -> list[Span]:
    """Where the sentences stand, as the writers of the findings counted them."""
    return [Span(*found.span()) for found in re.finditer(r"(?m)\S.*?(?:[.?!](?= )|$)", passage)]


def heading(finding: Finding, rng: random.Random) -> str:
    """A heading line as an index has it, with a made-up force; none for some passages."""
    if rng.random() < _BARE:
        return ""
    topic = finding.topic
    if rng.random() < 0.5:
        topic = topic.split(" - ")[0].split(": ")[0].capitalize()
    parts = [f"{rng.choice(_FORCES)} {_YEARS.get(finding.report, 2019)}", topic]
    parts += [_HEADINGS[finding.finding]] if finding.finding in _HEADINGS else []
    return " › ".join(parts) + "\n"


def as_typed(question: str, rng: random.Random) -> str:
    """The question with now and then a slip of the fingers, or in small letters without a mark."""
    chance = rng.random()
    if chance < _SLIP and len(question) > 8:
        at = rng.randrange(1, len(question) - 2)
        before, here, after, rest = question[:at], *question[at : at + 2], question[at + 2 :]
        return rng.choice([f"{before}{after}{rest}", f"{before}{after}{here}{rest}"])
    if chance < _SLIP + _HURRIED:
        return question.lower().rstrip("?.")
    return question
