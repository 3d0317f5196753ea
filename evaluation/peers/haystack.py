"""Haystack's hybrid pipeline: BM25 and embeddings in memory, joined by reciprocal rank fusion."""

from collections.abc import Sequence

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evaluation.peers.protocol import WARM_UP, Index, RawReport, Retrieved, Search, serve


def load(model: str) -> Index:
    """Haystack with the encoder in the folder `model`; 200 words a passage, its default."""
    embedder = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
    embedder.warm_up()
    asking = SentenceTransformersTextEmbedder(model=model, progress_bar=False)
    asking.warm_up()
    asking.run(text=WARM_UP)

    def index(reports: Sequence[RawReport], count: int) -> Search:
        whole = [Document(content=each.text, meta={"file": each.file}) for each in reports]
        passages = DocumentSplitter().run(documents=whole)["documents"]
        store = InMemoryDocumentStore()
        store.write_documents(embedder.run(documents=passages)["documents"])
        pipeline = _hybrid(store, asking)

        def search(question: str) -> list[Retrieved]:
            asked = {"text_embedder": {"text": question}, "words": {"query": question}}
            found = pipeline.run(asked)["joiner"]["documents"]
            return [Retrieved(each.meta["file"], each.content) for each in found[:count]]

        return search

    return index


def _hybrid(store: InMemoryDocumentStore, asking: SentenceTransformersTextEmbedder) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("text_embedder", asking)
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("words", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("text_embedder.embedding", "vectors.query_embedding")
    pipeline.connect("words", "joiner")
    pipeline.connect("vectors", "joiner")
    return pipeline


if __name__ == "__main__":
    serve(load)
