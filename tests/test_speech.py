"""Official terms near a question in meaning, from shipped vectors or made on the spot."""

from pathlib import Path

import numpy as np
import pytest

from indexer.models import MiniLM
from search.shipped import read_shipped
from search.speech import SHIPPED, Speech, phrases_of, stamp
from search.vocabulary import Entry, everyday_entries
from tests.samples import WordEncoder

ENTRIES = (
    Entry(("frisking people in the street",), ("stop and search", "PACE search"), ()),
    Entry(("holding their own purse strings",), ("devolved budgets",), ()),
)


def test_the_shipped_vectors_are_those_of_the_vocabulary(encoder: MiniLM) -> None:
    phrases = phrases_of(everyday_entries())
    stored = read_shipped(SHIPPED, "stamp", stamp(phrases, encoder))
    assert stored is not None, "run: python -m training.speech"
    vectors = stored["vectors"].astype(np.float32)
    some = [0, len(phrases) // 2, len(phrases) - 1]
    made = encoder.encode([phrases[at][0] for at in some])
    assert (vectors[some] * made).sum(axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-3)


@pytest.mark.parametrize(
    ("question", "added"),
    [
        (
            "are officers frisking too many people in the street?",
            {"stop and search", "PACE search"},
        ),
        ("commanders holding their own purse strings", {"devolved budgets"}),
        ("stop and search by officers frisking people in the street", {"PACE search"}),
        ("a chocolate cake", set()),
    ],
)
def test_official_terms_near_in_meaning_are_added_as_guesses(
    encoder: MiniLM, question: str, added: set[str]
) -> None:
    found = Speech(ENTRIES, encoder, Path("none")).expansions(
        question, encoder.encode([question])[0]
    )
    assert {expansion.added for expansion in found} == added
    assert all(expansion.is_guess for expansion in found)


@pytest.mark.parametrize("harm", ["missing", "cut short", "of another encoder", "of other phrases"])
def test_vectors_that_do_not_fit_are_not_used(tmp_path: Path, harm: str) -> None:
    encoder, phrases, path = WordEncoder(), phrases_of(ENTRIES), tmp_path / "terms.npz"
    vectors = encoder.encode([phrase for phrase, _ in phrases])
    made_from = stamp(phrases[1:] if harm == "of other phrases" else phrases, encoder)
    if harm == "of another encoder":
        encoder.name = "another"
    if harm != "missing":
        np.savez(path, vectors=vectors, stamp=np.array(made_from))
    if harm == "cut short":
        path.write_bytes(path.read_bytes()[:400])
    assert read_shipped(path, "stamp", stamp(phrases, encoder)) is None
    question = "frisking people in the street"
    found = Speech(ENTRIES, encoder, path).expansions(question, encoder.encode([question])[0])
    assert {expansion.added for expansion in found} == {"stop and search", "PACE search"}
