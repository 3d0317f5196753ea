from pathlib import Path

import numpy as np
import pytest
import pytest_socket

from indexer import models
from indexer.errors import ModelError
from indexer.models import WEIGHTS_SHA256, MiniLM, checked_model_folder


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


def test_it_loads_with_the_network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest_socket.disable_socket()
    try:
        assert MiniLM().encode(["police"]).shape == (1, 384)
    finally:
        pytest_socket.enable_socket()
    assert Path(checked_model_folder()).is_dir()
