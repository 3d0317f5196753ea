"""What no report holds is named when nothing answers for sure."""

import pytest

from search.library import Library
from search.unknown import unknown_names

HELD = {"control", "room", "protocol", "south", "yorkshire", "pcso", "pcsos", "police"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("KCPOs - which forces are using them?", ("KCPOs",)),
        ("How is the Herbert Protocol used for missing people?", ("Herbert Protocol",)),
        ("What do PCSOs do?", ()),
        ("Do they use the NHS in it?", ()),  # common English
        ("how fast is the Control Room?", ()),
        ("Herbert Protocol use", ()),  # a first word has a capital anyway
        ("WHO LEADS ON THIS", ()),
        ("what does the DIY-SOS do, and Smith Brothers?", ("Smith Brothers",)),
        ("How Do Police Handle Burglary Victims in Rural Areas", ()),
        ("", ()),
    ],
)
def test_names_that_are_not_held(text: str, names: tuple[str, ...]) -> None:
    found = unknown_names(text, lambda word: word.casefold() in HELD, {"nhs", "diy", "sos"})
    assert found == names


def test_a_refusal_says_which_name_no_report_mentions(sample_library: Library) -> None:
    answer = sample_library.ask("How is the Herbert Protocol used in Kent?")
    assert answer.refusal is not None
    assert answer.refusal.message.startswith("No report held mentions Herbert Protocol. Nothing")
    assert answer.refusal.suggestions[0] == "Say what it is in other words"
