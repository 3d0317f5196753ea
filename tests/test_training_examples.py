"""Training batches: which sentence answers which question, wherever the text begins."""

import random

import numpy as np

from training.examples import Batch, batches
from training.findings import Finding

PASSAGE = "Sickness is 9.4 days a year.\nIs that high? It is, says the board."
ANSWERS = {"how many days": 1, "too high": 3, "who says so": 3, "all of it": 0}


def finding(number: int) -> Finding:
    questions = [f"{asked} {number}" for asked in ANSWERS]
    return Finding(
        f"a-{number:03}", "Sickness: rates", "improvement", "baseline", f"{number}. {PASSAGE}",
        tuple(questions), tuple(at + 1 if at else 0 for at in ANSWERS.values()), f"why {number}",
    )  # fmt: skip


def drawn(seed: int) -> list[Batch]:
    vectors = np.random.default_rng(seed).standard_normal((24, 4)).astype(np.float32)
    return list(batches([finding(n) for n in range(24)], vectors, 12, 3, random.Random(seed)))


def test_each_question_is_tied_to_its_text_and_to_the_sentence_that_answers_it() -> None:
    wanted = {"how many days": "9.4 days a year", "too high": "It is", "who says so": "It is"}
    seen = set()
    for batch in (each for seed in range(6) for each in drawn(seed)):
        sentences = [
            span.of(text)
            for text, spans in zip(batch.texts, batch.sentences, strict=True)
            for span in spans
        ]
        assert len(batch.questions) == len(batch.owner) == len(batch.answers)
        for question, owner, answer in zip(
            batch.questions, batch.owner, batch.answers, strict=True
        ):
            number = question.split(" ")[-1]
            asked = question.removesuffix(f" {number}")
            if asked == "all of it":
                assert answer == -1
            elif asked in wanted:  # typed without a slip of the fingers
                seen.add(asked)
                assert wanted[asked] in sentences[answer]
                assert sentences[answer] in batch.texts[owner]
    assert seen == set(wanted)
