"""Why a passage was found, for a reader: shared words, added words, how near in meaning."""

import re

from indexer.types import Passage
from indexer.words import stem, stems
from search.types import Nearness, Question, Why

# The meanings of nearly all passages that answer a question are as near as this to its own.
_VERY_NEAR = 0.55
_NEAR = 0.40


def explain(question: Question, passage: Passage, meaning: float) -> Why:
    """Why a passage was found whose meaning has this cosine with the question's."""
    said = set(stems(question.topic or question.text))
    shared: dict[str, str] = {}
    held = set[str]()
    for word in re.findall(r"[^\W_]+", passage.text):
        held.add(stem(word))
        if stem(word) in said:
            shared.setdefault(stem(word), word)
    added = tuple(
        (each.word, each.added)
        for each in question.expansions
        if stems(each.added) and set(stems(each.added)) <= held
    )
    near: Nearness = (
        "very near" if meaning >= _VERY_NEAR else "near" if meaning >= _NEAR else "not very near"
    )
    return Why(tuple(shared.values()), added, near)
