"""The functions under the Ask page: labels, reasons, good-practice boxes, ways on, tables."""

from dataclasses import replace

import pytest

from app_pages.answer_table import source_numbers, sources_of
from app_pages.further import first_sentence, more_like, same_topic
from app_pages.practice import practice_parts
from app_pages.why import why_sentences
from app_pages.words import also_searched, label_words, searched_words
from indexer.types import FindingKind
from search.labels import Label
from search.library import Library
from search.types import (
    Cell,
    Coverage,
    Expansion,
    Filters,
    Match,
    Question,
    Quotation,
    Table,
    Why,
)

BOX = """GOOD PRACTICE

TITLE: Handbag bells
PROBLEM:
Purses were stolen: from bags.

OUTCOME(S): Thefts fell.
FORCE CONTACT: Crime office"""


def kind_found(library: Library, kind: FindingKind) -> Match:
    """The sample report's finding of a kind."""
    matches = library.ask("officers", Filters(findings=(kind,))).matches
    return next(match for match in matches if match.passage.finding == kind)


def test_a_good_practice_box_comes_apart_in_its_own_order_and_words() -> None:
    parts = [(part.label.of(BOX), part.words.of(BOX)) for part in practice_parts(BOX)]
    assert parts == [
        ("", "GOOD PRACTICE"),
        ("TITLE", "Handbag bells"),
        ("PROBLEM", "Purses were stolen: from bags."),
        ("OUTCOME(S)", "Thefts fell."),
        ("FORCE CONTACT", "Crime office"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The Force: a view. TITLE: not at the start of a line", []),
        ("SOLUTION:", [("SOLUTION", "")]),  # a box cut in two by its length
        ("OUTCOME: less theft", [("OUTCOME", "less theft")]),
    ],
)
def test_only_a_label_opens_a_part(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(each.label.of(text), each.words.of(text)) for each in practice_parts(text)] == parts


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("force:Kent Police", "Kent Police"),
        ("finding:improvement", "areas for improvement"),
        ("finding:grade", "grade tables"),
        ("grade:Excellent", "graded Excellent"),
        ("intent:over_time", "asks what changed"),
        ("intent:count", "asks how many"),
    ],
)
def test_a_label_speaks_in_plain_words(key: str, words: str) -> None:
    assert label_words(Label(key, key.partition(":")[2])) == words


def test_words_also_searched_stand_once_and_guesses_apart() -> None:
    expansions = (
        Expansion("beat officers", "neighbourhood team", is_guess=True),
        Expansion("PVP", "protecting vulnerable people"),
        Expansion("PVP", "Protecting Vulnerable People"),
        Expansion("vulnerable", "protecting vulnerable people", is_guess=True),
        Expansion("abstracted", "abstraction", is_guess=True),
        Expansion("pulled off", "Abstraction", is_guess=True),
        Expansion("beat officers", "beat officers", is_guess=True),
    )
    question = Question("PVP and beat officers", expansions=expansions)
    assert also_searched(question) == (
        "Also searched: protecting vulnerable people",
        "Perhaps meant: neighbourhood team · abstraction",
    )
    assert also_searched(Question("PVP")) == ()


@pytest.mark.parametrize(
    ("speaking", "silent", "said"),
    [
        ((), (), ""),
        (("Kent Police",), (), " Something on it: Kent Police."),
        (("Kent Police", "Sussex Police"), (), " Both forces have something on it."),
        (
            ("Kent Police",),
            ("Sussex Police",),
            " Something on it: Kent Police. Nothing found on it: Sussex Police.",
        ),
    ],
)
def test_what_was_searched_says_which_forces_speak(
    speaking: tuple[str, ...], silent: tuple[str, ...], said: str
) -> None:
    forces = ("Kent Police", "Sussex Police")
    coverage = Coverage(2, 19, forces, (2006, 2014), speaking, silent)
    searched = "Searched 2 reports, 19 passages, on Kent Police and Sussex Police, 2006 to 2014."
    assert searched_words(coverage) == f"{searched}{said}"


def test_why_a_finding_is_here_is_said_in_sentences(sample_library: Library) -> None:
    match = kind_found(sample_library, "improvement")
    added = (
        ("caseload", "workloads"),
        ("cases in hand", "workloads"),
        ("caseload", "workloads"),
        ("CAIU", "child abuse"),
        ("long cases", "long cases"),  # a guess, near to the question itself
    )
    why = Why(("officer", "year"), added, "near")
    assert why_sentences(replace(match, why=why)) == (
        "Words it shares with your question: officer and year.",
        "Words also searched for that stand here: “caseload” and “cases in hand” (for "
        "“workloads”); “CAIU” (for “child abuse”); “long cases”.",
        "It stands under 4B Protecting Vulnerable People › Child Abuse Investigation › "
        "Areas for Improvement.",
        "In meaning it is near to your question.",
    )
    far = why_sentences(replace(match, why=Why(added=added[:1])))
    assert far[0] == "It shares no telling word with your question."
    assert far[-1].endswith("not very near to your question: read it with care.")
    assert why_sentences(replace(match, why=Why())) == ()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Wardens patrol the seafront. They do so daily.", "Wardens patrol the seafront."),
        (BOX, "Purses were stolen: from bags."),  # a title of two words asks too little
        ("Grade\tDirection of Travel\nFair\tImproved", ""),
        ("word " * 100, ("word " * 60).strip()),
    ],
)
def test_a_finding_asks_on_with_its_first_sentence(text: str, question: str) -> None:
    assert first_sentence(text) == question


def test_more_like_a_finding_keeps_its_kind(sample_library: Library) -> None:
    match = kind_found(sample_library, "strength")
    asked = more_like(match, sample_library)
    assert asked and asked.filters == Filters(findings=("strength",))
    assert asked.text == first_sentence(match.passage.text)


def test_a_year_and_a_force_in_a_finding_are_not_asked_about(sample_library: Library) -> None:
    found = kind_found(sample_library, "strength")
    text = "Kent Police cut calls about rowdy drinking by 31% since 2004/05."
    match = replace(found, passage=replace(found.passage, text=text))
    asked = same_topic(match, sample_library)
    assert asked
    assert asked.filters == Filters(forces=("Sussex Police",))
    assert asked.taken[0] == "force:Kent Police" and "year:2005" in asked.taken
    answer = sample_library.ask(asked.text, asked.filters, asked.taken)
    assert (answer.question.forces, answer.question.years) == ((), ())


def test_a_table_numbers_each_source_once(sample_library: Library) -> None:
    match = kind_found(sample_library, "improvement")
    span, text = match.passage.span, match.passage.text
    other = kind_found(sample_library, "strength")
    one = Quotation(match, span, text)
    two = Quotation(other, other.passage.span, other.passage.text)
    rows = (
        (Cell("Kent Police"), Cell("Fair", one), Cell("Improved", one)),
        (Cell("Sussex Police"), Cell("not held"), Cell("Stable", two)),
    )
    table = Table("Grades", ("Force", "Grade", "Direction"), rows)
    assert sources_of(table) == (one, two)
    assert source_numbers(table) == {
        ("kent-2006-txt", span): 1,
        ("kent-2006-txt", other.passage.span): 2,
    }
