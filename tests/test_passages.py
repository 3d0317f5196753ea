"""Sentences and passages of the sample reports, and of nasty text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.audit import report_problems
from indexer.passages import MOST_WORDS, find_passages
from indexer.reports import read_report
from indexer.sentences import sentence_spans
from indexer.types import Report, Span
from tests.samples import KENT
from tests.test_cleaning import NASTY


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("kent") / "kent-2006.txt"
    path.write_text(KENT, "utf-8")
    return read_report(path)


def read_text(tmp_path: Path, text: str) -> Report:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    return read_report(path)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One here. Two there.", ["One here.", "Two there."]),
        ("It fell by 3.5%. It rose.", ["It fell by 3.5%.", "It rose."]),
        ("Supt. Jones, at No. 5, spoke. He left.", ["Supt. Jones, at No. 5, spoke.", "He left."]),
        ("He said ‘go.’ She went.", ["He said ‘go.’", "She went."]),
        ("Fair\tStable\n8\t32\t3\t0", ["Fair\tStable", "8\t32\t3\t0"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == sentences


def test_sentences_of_an_empty_part_are_none_not_those_of_the_whole() -> None:
    text = "One here. Two there."
    assert sentence_spans(text, Span(0, 9)) == (Span(0, 9),)
    assert sentence_spans(text, Span(9, 9)) == ()


def test_passages_are_findings_with_their_headings_in_front(kent: Report) -> None:
    passages = {passage.finding: passage for passage in find_passages(kent)}
    improvement = passages["improvement"]
    assert improvement.text.startswith("Workloads in the CAIU stand at 70 cases")
    assert improvement.heading == (
        "Kent Police 2006 › 4B Protecting Vulnerable People › Child Abuse Investigation › "
        "Areas for Improvement"
    )
    assert improvement.lead.of(kent.text).strip() == "Areas for Improvement"
    # A good-practice box is short enough to be one passage, whatever its fields.
    assert passages["good_practice"].text.startswith("TITLE: Handbag bells")
    assert passages["good_practice"].text.endswith("Crime reduction office")
    # The whole grade block is one.
    assert passages["grade"].text.endswith("Poor\tFair\tGood\tExcellent\n8\t32\t3\t0")


def test_a_sentence_cut_by_a_footer_is_whole_in_its_passage(kent: Report) -> None:
    assert "before deciding with the council whether to seek an order from the court." in kent.text


def test_a_long_paragraph_is_cut_between_sentences(tmp_path: Path) -> None:
    sentence = "The force answered its calls well in week number {} of that year. "
    report = read_text(tmp_path, "Kent Police\n\n" + "".join(map(sentence.format, range(40))))
    passages = find_passages(report)
    assert len(passages) == 4
    for passage in passages:
        assert len(passage.text.split()) <= MOST_WORDS
        assert passage.text.endswith("of that year.")


NASTY_REPORTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["4B Protecting Vulnerable People", "Grade\tDirection of Travel", "Good\tStable",
             "National Grade Distribution", "Poor\tFair\tGood\tExcellent", "8\t32\t3\t0",
             "Contents", "Strengths", "Areas for Improvement", "GOOD PRACTICE", "TITLE: Bells",
             "PROBLEM: None.", "Domestic Violence", "Summary of Judgements", "Findings",
             "Recommendation 1: Do it.", "1 Citizen Focus (Domain A)", "October 2006",
             "Appendix 1: Glossary of Terms and Abbreviations", "ABC\ta big cat",
             "- The force does a good deal of work on this with its partners in the county."]
        ),
        NASTY,
    ),
    max_size=40,
).map("\n\n".join)  # fmt: skip


@given(raw=NASTY_REPORTS)
@settings(max_examples=150, deadline=None)
def test_passages_cover_each_report_once_within_its_findings(
    tmp_path_factory: pytest.TempPathFactory, raw: str
) -> None:
    path = tmp_path_factory.mktemp("nasty") / "report.txt"
    path.write_text(
        f"Kent Police PPAF Direction of Travel Summary of Judgements\n\n{raw}".replace("\0", ""),
        "utf-8",
    )
    report = read_report(path)
    assert list(report_problems(report, list(find_passages(report)))) == []


def test_what_is_announced_stays_with_what_announces_it(tmp_path: Path) -> None:
    announced = "the force adopts this meaning of repeat victim, which every officer is given:"
    words = " ".join(["word"] * 40)
    text = f"{words} and {announced}\n\nAny person {words}.\n\nAnother matter {words}.\n"
    report = read_text(tmp_path, text)
    first, second = find_passages(report)
    assert first.text.startswith("word") and f"Any person {words}." in first.text
    assert second.text == f"Another matter {words}."
