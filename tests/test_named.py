"""Other models named in the settings, and none of ours reached by mistake."""

from pathlib import Path

import numpy as np
import pytest
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from indexer.build import build
from indexer.encoder import Encoder
from indexer.errors import IndexOutdated, ModelError
from indexer.models import MiniLM, checked_model_folder
from indexer.named import Named, PairScorer, chosen_encoder, chosen_reranker
from search.library import Library
from tests.samples import write_corpus


def test_the_settings_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FINDINGS_ENCODER", raising=False)
    monkeypatch.delenv("FINDINGS_RERANKER", raising=False)
    assert "tuned" in chosen_encoder().name
    assert chosen_reranker() == "late"
    monkeypatch.setenv("FINDINGS_ENCODER", "untuned")
    monkeypatch.setenv("FINDINGS_RERANKER", "off")
    assert chosen_encoder().name == MiniLM(tuned=None).name
    assert chosen_reranker() == "off"
    monkeypatch.setenv("FINDINGS_ENCODER", "somewhere/a-model")
    monkeypatch.setenv("FINDINGS_RERANKER", "somewhere/a-cross-encoder")
    assert chosen_encoder().name == "somewhere/a-model"
    reranker = chosen_reranker()
    assert isinstance(reranker, PairScorer)
    assert reranker.name == "somewhere/a-cross-encoder"


def test_a_named_encoder_finds_and_is_remembered(tmp_path: Path, encoder: Encoder) -> None:
    named = Named(str(checked_model_folder()))
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", named)
    answer = Library.open(tmp_path / "index", named).ask("workloads in the child abuse unit")
    first = [match.passage.text for match in answer.matches[:3]]
    assert any("Workloads in the CAIU" in text for text in first)
    with pytest.raises(IndexOutdated, match="made with the encoder"):
        Library.open(tmp_path / "index", encoder)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="FINDINGS_ENCODER"):
        Named(str(tmp_path / "nothing")).encode(["police"])


def test_a_named_cross_encoder_reads_the_best_again(sample_index: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "cross")
    AutoTokenizer.from_pretrained(str(checked_model_folder())).save_pretrained(folder)
    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                        intermediate_size=16)  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    scorer = PairScorer(folder)
    scores = scorer.scores("workloads", ["Workloads are high.", "Calls are answered."])
    assert scores.shape == (2,)
    assert np.all((scores > 0) & (scores < 1))
    library = Library.open(sample_index, reranker=scorer)
    scored = [match.score for match in library.ask("workloads of officers").matches]
    assert scored == sorted(scored, reverse=True)
    assert scored[0] > 1  # read again: what was its score, the cross-encoder's, and one
