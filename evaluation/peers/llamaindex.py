"""LlamaIndex with its defaults: sentence splitter 1,024/20 tokens, vectors in memory."""

from collections.abc import Sequence

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.schema import MetadataMode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evaluation.peers.protocol import WARM_UP, Index, RawReport, Retrieved, Search, serve


def load(model: str) -> Index:
    """LlamaIndex with the encoder in the folder `model`."""
    embedding = HuggingFaceEmbedding(model_name=model)
    embedding.get_query_embedding(WARM_UP)

    def index(reports: Sequence[RawReport], count: int) -> Search:
        # Its own reader of folders names the file so, and has that embedded with each passage.
        whole = [Document(text=each.text, metadata={"file_path": each.file}) for each in reports]
        held = VectorStoreIndex.from_documents(whole, embed_model=embedding)
        # The default of two passages would leave nothing to measure at five and ten.
        retriever = held.as_retriever(similarity_top_k=count)

        def search(question: str) -> list[Retrieved]:
            nodes = [each.node for each in retriever.retrieve(question)]
            return [
                Retrieved(node.metadata["file_path"], node.get_content(MetadataMode.NONE))
                for node in nodes
            ]

        return search

    return index


if __name__ == "__main__":
    serve(load)
