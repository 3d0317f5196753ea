"""Which words of a passage are quoted."""

from pathlib import Path

from indexer.build import build
from indexer.models import MiniLM
from search.library import Library

DEFINITION = (
    "‘any incident or pattern of incidents of controlling, coercive or threatening behaviour, "
    "violence or abuse between those aged sixteen or over who are or have been intimate partners "
    "or family members, regardless of gender or sexuality, whether it is psychological, physical, "
    "sexual, financial or emotional, and whether or not it was reported at the time’."
)
REPORT = f"""Domestic abuse in Kent

3 May 2015

Kent Police

There is no offence of that name in law. The definition of domestic abuse that the force adopted \
in 2013 and prints on the card which every officer carries is this:

{DEFINITION}

Officers were asked what they carry with them, and most could show the card at once. Supervisors \
look at a tenth of all incidents each month.
"""


def test_what_a_sentence_announces_is_quoted_with_it(tmp_path: Path, encoder: MiniLM) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "kent-2015.txt").write_text(REPORT, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", encoder)
    library = Library.open(tmp_path / "index", encoder)
    first = library.ask("Which definition of domestic abuse has Kent adopted?").quotations[0]
    assert first.text.startswith("The definition of domestic abuse that the force adopted")
    assert first.text.endswith("reported at the time’.")
    assert len(first.text.split()) > 60


def test_a_glossary_is_quoted_only_where_there_is_nothing_else(sample_library: Library) -> None:
    answer = sample_library.ask("How are police support units and officers used on the seafront?")
    kinds = [match.passage.finding for match in answer.matches]
    assert "glossary" in kinds
    assert answer.quotations
    assert all(each.match.passage.finding != "glossary" for each in answer.quotations)
