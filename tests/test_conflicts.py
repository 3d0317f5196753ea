"""Figures that differ on the same thing stand side by side; others do not."""

from pathlib import Path

import pytest

from indexer.build import build
from indexer.encoder import Encoder
from search.library import Library

REPORT = """HMIC Baseline Assessment of Kent Police
October 2006

2A Volume Crime Reduction

Strengths

- {one}

- The force has a strategy for every kind of crime, led by a chief inspector in each area.

Areas for Improvement

- {other}
"""


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (
            "In 2005/06 the force achieved a reduction in vehicle crime of 7.9% in all areas.",
            "Burglary of homes decreased by 3% and vehicle crime by 9% in 2005/06.",
            True,
        ),
        (  # of other years
            "In 2005/06 the force achieved a reduction in vehicle crime of 7.9% in all areas.",
            "Burglary of homes decreased by 3% and vehicle crime by 9% in 2003/04.",
            False,
        ),
        (  # one falls, one rises
            "In 2005/06 the force achieved a reduction in vehicle crime of 7.9% in all areas.",
            "Burglary of homes increased by 3% and vehicle crime by 9% in 2005/06.",
            False,
        ),
        (  # of another thing
            "In 2005/06 the force achieved a reduction in vehicle crime of 7.9% in all areas.",
            "Robbery of persons decreased by 9% in 2005/06, and vehicle crime is a priority.",
            False,
        ),
        (  # the same figure
            "In 2005/06 the force achieved a reduction in vehicle crime of 9% in all areas.",
            "Burglary of homes decreased by 3% and vehicle crime by 9.0% in 2005/06.",
            False,
        ),
    ],
)
def test_figures_that_differ(
    tmp_path: Path, encoder: Encoder, one: str, other: str, differ: bool
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "kent-2006.txt").write_text(REPORT.format(one=one, other=other), "utf-8")
    build(corpus, tmp_path / "index", encoder)
    answer = Library.open(tmp_path / "index", encoder).ask("by how much did vehicle crime fall?")
    shown = [{each.one.text, each.other.text} for each in answer.conflicts]
    found = [{text.removeprefix("- ") for text in pair} for pair in shown]
    assert found == ([{one, other}] if differ else [])
