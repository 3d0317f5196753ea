"""Fifty readers of one library at once: no error, and each is answered as if alone."""

from evaluation.readers import measure_readers, table
from search.library import Library

QUESTIONS = (
    "What did inspectors say about neighbourhood officers?",
    "What grade did Kent get for Neighbourhood Policing?",
    "What does CAIU stand for?",
    "How do the forces compare on call handling?",
    "good practice against theft",
    "workloads of detectivs",
    "What was said about penguins in the Antarctic?",
)


def test_fifty_readers_are_answered_as_if_each_were_alone(sample_library: Library) -> None:
    measured = measure_readers(sample_library, QUESTIONS, readers=50, seconds=2)
    assert measured.others == 0
    assert measured.answered >= 50
    assert "no error; answers other than those given alone: 0" in table(measured)
