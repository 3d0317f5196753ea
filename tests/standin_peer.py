"""A peer that speaks the protocol and ranks paragraphs by the words they share with a question."""

import sys
from collections.abc import Sequence

from evaluation.peers.protocol import Index, RawReport, Retrieved, Search, serve


def load(model: str) -> Index:
    sys.stdout.write(f"what a library says while it loads {model} must not spoil the answer")

    def index(reports: Sequence[RawReport], count: int) -> Search:
        held = [Retrieved(each.file, text) for each in reports for text in each.text.split("\n\n")]

        def search(question: str) -> list[Retrieved]:
            asked = set(question.casefold().split())
            return sorted(held, key=lambda each: -len(asked & set(each.text.casefold().split())))

        return search

    return index


if __name__ == "__main__":
    serve(load)
