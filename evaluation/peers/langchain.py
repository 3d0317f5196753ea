"""LangChain as its retrieval tutorial sets it up: recursive splitter 1,000/200, FAISS."""

from collections.abc import Sequence

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evaluation.peers.protocol import WARM_UP, Index, RawReport, Retrieved, Search, serve


def load(model: str) -> Index:
    """LangChain with the encoder in the folder `model`."""
    embeddings = HuggingFaceEmbeddings(model_name=model)
    embeddings.embed_query(WARM_UP)

    def index(reports: Sequence[RawReport], count: int) -> Search:
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        whole = [Document(each.text, metadata={"file": each.file}) for each in reports]
        store = FAISS.from_documents(splitter.split_documents(whole), embeddings)

        def search(question: str) -> list[Retrieved]:
            found = store.similarity_search(question, k=count)
            return [Retrieved(each.metadata["file"], each.page_content) for each in found]

        return search

    return index


if __name__ == "__main__":
    serve(load)
