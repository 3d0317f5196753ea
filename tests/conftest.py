"""What several tests share: sample libraries, and the real reports where they are present."""

from pathlib import Path

import pytest

from app_pages import asking
from indexer.build import build
from indexer.models import MiniLM
from search.library import Library
from tests.pages import write_paged_corpus
from tests.samples import WordEncoder, write_corpus

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Let no test wait because those before it asked many questions."""
    asking._paces.cache_clear()


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    """The real encoder, loaded once."""
    return MiniLM()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM) -> Path:
    """A library of the sample reports, made with the real encoder. Not to be written to."""
    folder = tmp_path_factory.mktemp("sample")
    build(write_corpus(folder / "corpus"), folder / "index", encoder)
    return folder / "index"


@pytest.fixture(scope="session")
def sample_library(sample_index: Path, encoder: MiniLM) -> Library:
    """The sample library, opened."""
    return Library.open(sample_index, encoder)


@pytest.fixture(scope="session")
def paged_index(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM) -> Path:
    """A library of a report as PDF and one as text, its files in `corpus` beside it."""
    folder = tmp_path_factory.mktemp("paged")
    build(write_paged_corpus(folder / "corpus"), folder / "index", encoder)
    return folder / "index"


@pytest.fixture
def word_encoder() -> WordEncoder:
    """A quick encoder that counts what it encodes."""
    return WordEncoder()


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of the five real reports; skips where it is absent."""
    folder = SHARED / "reports"
    if not folder.is_dir():
        pytest.skip("the real reports are not on this machine (../shared/reports)")
    return folder


@pytest.fixture(scope="session")
def real_library(
    real_reports: Path, encoder: MiniLM, tmp_path_factory: pytest.TempPathFactory
) -> Library:
    """A library of the five real reports."""
    index = tmp_path_factory.mktemp("real") / "index"
    build(real_reports, index, encoder)
    return Library.open(index, encoder)
