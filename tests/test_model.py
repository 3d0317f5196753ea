from pathlib import Path

import numpy as np
import pytest
import pytest_socket
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

from indexer import models, network
from indexer.errors import ModelError
from indexer.models import WEIGHTS_SHA256, MiniLM, checked_model_folder
from indexer.network import BYTES_GRAPH, EVENED, GRAPH
from indexer.types import Span
from training.graph import graph


def test_the_weights_are_the_published_model_s() -> None:
    assert WEIGHTS_SHA256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert (checked_model_folder() / "model.safetensors").stat().st_size > 90_000_000


def test_altered_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        checked_model_folder()


def test_vectors_have_length_one_and_meaning(encoder: MiniLM) -> None:
    vectors = encoder.encode(
        ["officers pulled off their beat", "abstraction of beat officers", "tea"]
    )
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_a_text_s_vector_does_not_depend_on_its_neighbours(encoder: MiniLM) -> None:
    alone = encoder.encode(["call handling"])[0]
    among = encoder.encode(["a much longer text " * 30, "call handling", "x"])[1]
    assert alone == pytest.approx(among, abs=1e-5)


def test_it_reads_as_the_library_it_comes_from_does() -> None:
    texts = [
        "Who leads on burglary?",
        "The force’s call handling is weak. " * 60,
        "naïve – 5%",
        "x",
    ]
    theirs = SentenceTransformer(str(checked_model_folder()), device="cpu", local_files_only=True)
    expected = theirs.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert MiniLM(tuned=None).encode(texts) == pytest.approx(expected, abs=1e-5)


def test_tuning_changes_the_vectors_and_adds_tokens(encoder: MiniLM) -> None:
    text = "abstraction of beat officers"
    (vector,), (tokens,) = encoder.encode_tokens([text])
    assert tokens.shape == (len(encoder.token_spans(text)), encoder.token_dimension)
    untuned = MiniLM(tuned=None)
    assert untuned.encode([text])[0] @ vector < 0.95
    assert untuned.encode_tokens([text])[1][0].size == 0


def test_many_texts_are_all_counted_and_stand_in_their_order(encoder: MiniLM) -> None:
    texts = [f"Area {number} of improvement" for number in range(150)]
    done: list[int] = []
    vectors = encoder.encode(texts, done.append)
    assert sum(done) == len(texts)
    assert vectors[140] == pytest.approx(encoder.encode([texts[140]])[0], abs=1e-6)


def test_the_shipped_graph_is_the_one_that_is_written() -> None:
    assert GRAPH.read_bytes() == graph().SerializeToString()
    assert BYTES_GRAPH.read_bytes() == graph(is_in_bytes=True).SerializeToString()


@pytest.mark.parametrize("content", [b"", b"no graph", None])
def test_a_damaged_graph_is_named(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "encoder.onnx").write_bytes(content)
    monkeypatch.setattr(network, "GRAPH", tmp_path / "encoder.onnx")
    with pytest.raises(ModelError, match=r"file encoder\.onnx is missing or damaged"):
        MiniLM().encode(["police"])


def test_it_loads_with_the_network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest_socket.disable_socket()
    try:
        assert MiniLM().encode(["police"]).shape == (1, 384)
    finally:
        pytest_socket.enable_socket()
    assert Path(checked_model_folder()).is_dir()


def test_a_sentence_is_read_in_its_text(encoder: MiniLM) -> None:
    text = "Burglary fell in Leek. It rose in Stone. " + "And so on. " * 100 + "Last of all, tea."
    spans = [Span(0, 22), Span(23, 40), Span(len(text) - 17, len(text))]
    (read,) = encoder.read([text], [spans])
    (whole,), (tokens,) = encoder.encode_tokens([text])
    assert read.whole @ whole > 0.95 and read.tokens.shape == tokens.shape
    alone = encoder.encode([span.of(text) for span in spans])
    close = np.sum(read.parts * alone, axis=1)
    assert np.all(np.linalg.norm(read.parts, axis=1) == pytest.approx(1.0, abs=1e-5))
    assert np.all(close[:2] < 0.95)  # "It" is burglary here, and nothing alone
    assert close[2] == pytest.approx(1.0, abs=1e-5)  # beyond what the model reads: read alone


def test_texts_without_parts_are_read(encoder: MiniLM) -> None:
    first, second = encoder.read(["burglary", "robbery"], [[], [Span(0, 7)]])
    assert first.parts.shape == (0, 384) and second.parts.shape == (1, 384)


def test_many_texts_are_read_in_whole_numbers_and_nearly_the_same(encoder: MiniLM) -> None:
    texts = [
        "Abstraction of beat officers is monitored by the command team each month.",
        "Call handling is weak. " * 40,
        "Robbery",
    ]
    read = np.stack([each.whole for each in encoder.read(texts, [[]] * 3)])
    exact = encoder.encode(texts)
    assert not np.array_equal(read, exact)
    assert np.all(np.sum(read * exact, axis=1) > 0.985)


def test_the_evening_alters_no_product() -> None:
    given = network.given_weights(MiniLM().weights())
    (in_bytes, name) = network.weights_in_bytes(given, load_file(str(EVENED))), "3.narrow"
    restored = (
        in_bytes[name + ".bytes"] * in_bytes[name + ".scale"] * in_bytes[name + ".even"][:, None]
    )
    error = np.abs(restored - given[name]).max(axis=0)
    step = in_bytes[name + ".scale"] * in_bytes[name + ".even"].max()
    assert np.all(error <= step / 2 + 1e-6)
