"""Briefings checked against the library, and exported: word for word, or left out and named."""

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checking import Checked, State, check
from briefing.collecting import collect
from briefing.document import (
    DIGEST,
    LICENCE,
    Cited,
    Document,
    LeftOut,
    Part,
    compose,
    problems,
)
from briefing.markdown import write_markdown
from briefing.plain import write_csv, write_text
from briefing.types import Briefing, BriefingSection, Entry
from briefing.word import in_word, read_quoted, write_word
from indexer.types import Report, ReportDetails, Span
from search.library import Library
from tests.briefings import PLACE, span_of

KENT_ID, SUSSEX_ID = "kent-2006-txt", "sussex-2014-md"
WORKLOADS = "Workloads in the CAIU stand at 70 cases for each officer a year"
CALLS = "Sussex Police answered 92.4% of 999 calls within ten seconds in 2013/14, up from 88%."
TODAY = date(2026, 11, 20)


def briefing_of(library: Library, *quoted: tuple[str, str]) -> Briefing:
    """A briefing of words from reports, under one heading, each with a note."""
    entries = []
    for number, (report_id, words) in enumerate(quoted, 1):
        report = library.report(report_id)
        assert report
        taken = collect(library, report, span_of(library, report_id, words), "How busy are they?")
        entries.append(Entry(number, taken, f"Note {number}."))
    section = BriefingSection(1, "Workloads", "What was found.", tuple(entries))
    return Briefing("key", "Child abuse units", (section,))


def document_of(library: Library, briefing: Briefing) -> Document:
    checks = check(library, briefing, library.report)
    return compose(briefing, checks, library.details, library.fingerprint, TODAY)


def states(checks: tuple[Checked, ...]) -> list[State]:
    return [checked.state for checked in checks]


@pytest.fixture(scope="module")
def briefing(sample_library: Library) -> Briefing:
    return briefing_of(sample_library, (KENT_ID, WORKLOADS), (SUSSEX_ID, CALLS))


@pytest.fixture(scope="module")
def document(sample_library: Library, briefing: Briefing) -> Document:
    return document_of(sample_library, briefing)


# ---------------------------------------------------------------------------------------------
# The document


def test_the_audit_finds_what_is_not_in_the_library(
    sample_library: Library, document: Document
) -> None:
    assert problems(document, sample_library.report) == ()
    (part,) = document.parts
    first = part.content[0]
    assert isinstance(first, Cited)
    wrongs = {
        "not those of the report": replace(first, text=first.text.upper()),
        "not those of the words": replace(first, citation=replace(first.citation, first_page=9)),
        "are confused": replace(first, citation=replace(first.citation, is_digest=True)),
        "another report": replace(first, source=2),
    }
    for said, wrong in wrongs.items():
        altered = replace(document, parts=(replace(part, content=(wrong,)),))
        (problem,) = problems(altered, sample_library.report)
        assert said in problem
    (gone, _) = problems(document, lambda _: None)
    assert "not those of the report" in gone


def test_an_altered_quotation_is_named_and_never_quoted(
    sample_library: Library, briefing: Briefing
) -> None:
    report = sample_library.report(KENT_ID)
    assert report
    other = replace(report, text=report.text.replace("stand at 70", "stand at 17"))

    def read(report_id: str) -> Report | None:
        return other if report_id == KENT_ID else sample_library.report(report_id)

    checks = check(sample_library, briefing, read)
    document = compose(briefing, checks, sample_library.details, "f" * 64, TODAY)
    assert len(document.cited) == 1 and document.sources[0].id == SUSSEX_ID
    for written in (
        "\n".join(p.text for p in docx.Document(BytesIO(write_word(document))).paragraphs),
        write_markdown(document),
        write_text(document),
        write_csv(document).decode("utf-8-sig"),
    ):
        assert "stand at 70" not in written
    assert "the report no longer says it word for word" in write_text(document)
    assert "Note 1." in write_text(document)  # her own words are not lost with the quotation


# ---------------------------------------------------------------------------------------------
# Word


def paragraphs(word: WordDocument) -> list[tuple[str, str]]:
    return [(str(p.style.name), p.text) for p in word.paragraphs if p.style]


def test_a_word_export_has_word_s_own_styles(document: Document) -> None:
    word = docx.Document(BytesIO(write_word(document)))
    kent, sussex = document.cited
    assert paragraphs(word) == [
        ("Title", "Child abuse units"),
        ("Heading 1", "Workloads"),
        ("Body Text", "What was found."),
        ("Question", "Question: How busy are they?"),
        ("Quote", f"“{WORKLOADS}”"),
        ("Citation", f"({kent.citation}) [1]"),
        ("Body Text", "Note 1."),
        ("Quote", f"“{CALLS}”"),
        ("Citation", f"({sussex.citation}) [2]"),
        ("Body Text", "Note 2."),
        ("Heading 1", "About this briefing"),
        ("Body Text", document.checked),
        ("Heading 2", "Sources"),
        (
            "List Number",
            "Kent Police, Baseline Assessment October 2006, "
            "Her Majesty's Inspectorate of Constabulary",
        ),
        (
            "List Number",
            "Sussex Police, Call handling and front counters 14 May 2014, "
            "Police and Crime Commissioner",
        ),
        ("Heading 2", "Licence"),
        ("Body Text", LICENCE),
    ]
    assert "on 20 November 2026." in document.checked
    assert document.fingerprint[:12] in document.checked
    assert "Crown copyright" in LICENCE and "Open Government Licence v3.0" in LICENCE
    assert word.core_properties.title == "Child abuse units"


def rows(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(write_csv(document).decode("utf-8-sig"), newline="")))


WORDS = st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip()))


def made_of(texts: list[tuple[str, bool]]) -> Document:
    """A document of these words, each a digest's or not."""
    details = ReportDetails(KENT_ID, "k.txt", "=T*", "Kent Police", "", 2006, "", "HMIC")
    cited = tuple(
        Cited(text, KENT_ID, Span(0, len(text)), replace(PLACE, is_digest=is_digest), 1, text, text)
        for text, is_digest in texts
    )
    part = Part("# Part", "[a](b)", (*cited, LeftOut("<b>gone</b>", "=1+1")))
    return Document("*Title*", TODAY, "f" * 64, (part,), (details,))


@given(texts=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_a_word_export_says_any_text_word_for_word(texts: list[tuple[str, bool]]) -> None:
    document = made_of(texts)
    quoted = read_quoted(write_word(document))
    assert quoted == [(in_word(cited.quoted), cited.citation.is_digest) for cited in document.cited]
    for (text, is_digest), (read_back, _) in zip(texts, quoted, strict=True):
        assert read_back == (in_word(text) if is_digest else f"“{in_word(text)}”")


def test_a_digest_is_marked_as_one_in_every_format() -> None:
    document = made_of([("Told again.", True)])
    word = docx.Document(BytesIO(write_word(document)))
    assert ("Digest label", DIGEST) in paragraphs(word)
    assert ("Digest", "Told again.") in paragraphs(word)
    assert not [text for style, text in paragraphs(word) if style == "Quote"]
    assert f"**{DIGEST}**\n\nTold again.\n\n(" in write_markdown(document)
    assert f"{DIGEST}\nTold again.\n(" in write_text(document)
    for written in (write_markdown(document), write_text(document)):
        assert "“" not in written
        assert "digest, not the published text" in written
    assert rows(document)[0]["Kind"] == "digest"
