"""What differs on the same thing stands side by side: figures, and what was won or not."""

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
    shown = conflicts(tmp_path, encoder, one, other, "by how much did vehicle crime fall?")
    assert shown == ([{one, other}] if differ else [])


def test_years_and_numbers_alone_are_nothing_shared(tmp_path: Path, encoder: Encoder) -> None:
    one = "Kent recorded 99.4 crimes per 1,000 people in 2005/06, an increase of 3%."
    other = "Kent recorded 25 assaults in each 1,000 people during 2005/06, an increase of 2%."
    assert conflicts(tmp_path, encoder, one, other, "crimes per 1,000 people in 2005/06") == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (
            "The call centre won the Contact Industry Board Quality Award this year.",
            "Staff were shortlisted for the Quality Award of the Contact Industry Board.",
            True,
        ),
        (
            "The call centre was granted the Contact Industry Board Quality Award.",
            "The force has not achieved the Contact Industry Board Quality Award.",
            True,
        ),
        (  # both say it was won
            "The call centre won the Contact Industry Board Quality Award this year.",
            "Staff received the Quality Award of the Contact Industry Board.",
            False,
        ),
        (  # another award
            "The call centre won the Contact Industry Board Quality Award this year.",
            "Staff were shortlisted for the Green Fleet Prize of a national body.",
            False,
        ),
        (  # one sentence that says both
            "It was shortlisted for a Public Servant Award and won the Contact Industry Board "
            "Quality Award.",
            "Staff received the Quality Award of the Contact Industry Board.",
            False,
        ),
    ],
)
def test_what_was_won_and_not_won(
    tmp_path: Path, encoder: Encoder, one: str, other: str, differ: bool
) -> None:
    question = "did the force win the Contact Industry Board quality award?"
    assert conflicts(tmp_path, encoder, one, other, question) == ([{one, other}] if differ else [])


def conflicts(
    folder: Path, encoder: Encoder, one: str, other: str, question: str
) -> list[set[str]]:
    """The pairs shown of a report that holds these two sentences."""
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "kent-2006.txt").write_text(REPORT.format(one=one, other=other), "utf-8")
    build(corpus, folder / "index", encoder)
    answer = Library.open(folder / "index", encoder).ask(question)
    shown = [{each.one.text, each.other.text} for each in answer.conflicts]
    return [{text.removeprefix("- ") for text in pair} for pair in shown]
