"""Passages that say the same are shown once, with their other places."""

from pathlib import Path

from indexer.build import build
from indexer.encoder import Encoder
from search.library import Library
from search.output import as_json
from tests.samples import KENT


def test_the_same_words_in_two_reports_are_shown_once(tmp_path: Path, encoder: Encoder) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "kent-2006.txt").write_text(KENT, "utf-8")
    other = KENT.replace("Kent", "Essex").replace("70 cases", "71 cases")
    (corpus / "essex-2006.txt").write_text(other, "utf-8")
    build(corpus, tmp_path / "index", encoder)
    answer = Library.open(tmp_path / "index", encoder).ask("one interview in ten is sat in on")
    first = answer.matches[0]
    assert "one interview in ten" in first.passage.text
    assert [repeat.passage.text for repeat in first.repeats] == [first.passage.text]
    assert {first.details.force, first.repeats[0].details.force} == {"Kent Police", "Essex Police"}
    shown = [match.passage.text for match in answer.matches]
    assert len(shown) == len(set(shown))
    assert as_json(answer)["passages"][0]["repeats"][0]["text"] == first.passage.text
