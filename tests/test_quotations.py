"""Which words of a passage are quoted."""

from pathlib import Path

from indexer.build import build
from indexer.models import MiniLM
from search.library import Library

DEFINITION = (
    "‘a night shift counts as quiet when fewer than nine cars left a station, none "
    "of them twice to one address, while the desk took no more than forty calls, the cells stood "
    "half empty at dawn, no sergeant asked the next town for help, and nobody who had rung in "
    "after midnight was still waiting for an answer when the early turn came on’."
)
REPORT = f"""Night shifts in Kent

3 May 2015

Kent Police

Nobody outside the county speaks of them. The definition of a quiet night shift that the force \
adopted in 2013 and prints on the card which every officer carries is this:

{DEFINITION}

Officers were asked what they carry with them, and most could show the card at once. Supervisors \
look at a tenth of all nights each month.
"""


def test_what_a_sentence_announces_is_quoted_with_it(tmp_path: Path, encoder: MiniLM) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "kent-2015.txt").write_text(REPORT, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", encoder)
    library = Library.open(tmp_path / "index", encoder)
    first = library.ask("Which definition of a quiet night shift has Kent adopted?").quotations[0]
    assert first.text.startswith("The definition of a quiet night shift that the force")
    assert first.text.endswith("when the early turn came on’.")
    assert len(first.text.split()) > 60


def test_a_glossary_is_quoted_only_where_there_is_nothing_else(sample_library: Library) -> None:
    answer = sample_library.ask("How are police support units and officers used on the seafront?")
    kinds = [match.passage.finding for match in answer.matches]
    assert "glossary" in kinds
    assert answer.quotations
    assert all(each.match.passage.finding != "glossary" for each in answer.quotations)
