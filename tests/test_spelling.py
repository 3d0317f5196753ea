"""Slips of spelling: what is put right, what is left, and that the reader is told."""

import pytest

from indexer.words import stems
from search.library import Library
from search.spelling import Spelling, corrected
from search.types import Correction

TIMES = {"satisfaction": 40, "missing": 30, "linking": 9, "hobbies": 4, "campaigns": 5, "risked": 2}


class Words:
    """The words of `TIMES`, as a store knows them."""

    def times_written(self, word: str) -> int:
        return TIMES.get(word, 0)

    def words_like(self, first: str, shortest: int, longest: int) -> dict[str, int]:
        return {w: n for w, n in TIMES.items() if w[0] == first and shortest <= len(w) <= longest}

    def passages_with(self, stem: str) -> int:
        return sum(stem in stems(word) for word in TIMES)


KNOWN = frozenset({"weather", "mission"})


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("satisfacton", "satisfaction"),  # a letter left out
        ("satisfcation", "satisfaction"),  # two changed places
        ("mising", "missing"),
        ("campains", "campaigns"),
        ("weather", ""),  # common English, though near to nothing held
        ("mission", ""),
        ("flunking", ""),  # two slips from "linking", and another first letter
        ("bobbies", ""),  # one letter from "hobbies", but the first
        ("frisked", ""),
        ("Mising", "missing"),  # at the start of a question
        ("campaign", ""),  # another form of a word held
        ("misng", ""),  # two slips in so short a word
    ],
)
def test_a_slip_is_read_as_the_reports_word(typed: str, read_as: str) -> None:
    found = Spelling(Words(), KNOWN).corrections(typed)
    assert found == ((Correction(typed, read_as),) if read_as else ())


def test_names_and_acronyms_are_left_alone() -> None:
    assert Spelling(Words(), KNOWN).corrections("the Mising of MISING in Campains") == ()


def test_only_whole_words_are_replaced() -> None:
    assert corrected("mising misings", (Correction("mising", "missing"),)) == "missing misings"


def test_a_correction_is_told_and_can_be_taken_away(sample_library: Library) -> None:
    answer = sample_library.ask("workloads of detectivs")
    assert answer.question.corrections == (Correction("detectivs", "detective"),)
    assert (answer.question.typed, answer.question.text) == (
        "workloads of detectivs",
        "workloads of detective",
    )
    kept = sample_library.ask("workloads of detectivs", taken={"spelling:detectivs"})
    assert kept.question.corrections == ()
    assert kept.question.text == "workloads of detectivs"
