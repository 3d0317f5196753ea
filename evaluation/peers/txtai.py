"""txtai's hybrid of BM25 and vectors, over paragraphs as its own RAG application splits text."""

from collections.abc import Sequence

from txtai import Embeddings
from txtai.pipeline import Segmentation

from evaluation.peers.protocol import WARM_UP, Index, RawReport, Retrieved, Search, serve


def load(model: str) -> Index:
    """txtai with the encoder in the folder `model`."""
    embeddings = Embeddings(path=model, hybrid=True)
    embeddings.transform(WARM_UP)

    def index(reports: Sequence[RawReport], count: int) -> Search:
        paragraphs = Segmentation(paragraphs=True)
        held = [Retrieved(each.file, text) for each in reports for text in paragraphs(each.text)]
        embeddings.index((row, each.text) for row, each in enumerate(held))

        def search(question: str) -> list[Retrieved]:
            return [held[row] for row, _ in embeddings.search(question, count)]

        return search

    return index


if __name__ == "__main__":
    serve(load)
