"""Quotations are collected as slices with their place, and checked against the library."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checking import State, check, check_entry, later_edition
from briefing.collecting import collect
from briefing.types import Briefing, Entry
from indexer.build import build
from indexer.errors import BriefingError
from indexer.types import ReportDetails, Span
from search.library import Library
from tests import test_briefing_exports
from tests.briefings import span_of
from tests.samples import KENT, WordEncoder, write_corpus
from tests.test_briefing_exports import KENT_ID, SUSSEX_ID, WORKLOADS, document_of, states

briefing = test_briefing_exports.briefing


# ---------------------------------------------------------------------------------------------
# Collecting and checking


def test_what_is_collected_is_a_slice_with_its_place(sample_library: Library) -> None:
    report = sample_library.report(KENT_ID)
    assert report
    span = span_of(sample_library, KENT_ID, WORKLOADS)
    taken = collect(sample_library, report, span, "How\nbusy?")
    assert taken.text == WORKLOADS == span.of(report.text)
    assert taken.question == "How busy?"
    assert str(taken.citation) == (
        "Kent Police, Baseline Assessment October 2006, 4B Protecting Vulnerable People › "
        "Child Abuse Investigation › Areas for Improvement, page not known"
    )


def test_nothing_and_too_much_cannot_be_collected(sample_library: Library) -> None:
    report = sample_library.report(KENT_ID)
    assert report
    blank = report.text.index("\n\n")
    for span in (Span(5, 5), Span(blank, blank + 1), Span(len(report.text), len(report.text) + 9)):
        with pytest.raises(BriefingError, match="no words"):
            collect(sample_library, report, span)
    long = replace(report, text="word " * 5000)
    with pytest.raises(BriefingError, match="25,000 characters"):
        collect(sample_library, long, Span(0, 25_000))


def test_quotations_of_an_unchanged_library_are_kept(
    sample_library: Library, briefing: Briefing
) -> None:
    checks = check(sample_library, briefing, sample_library.report)
    assert states(checks) == ["kept", "kept"]
    assert [each.citation for each in checks] == [e.collected.citation for e in briefing.entries]
    assert [each.remarks for each in checks] == [(), ()]


CHANGED: list[tuple[str, str, State, str]] = [
    ("Kent Police\n", "Kent Police\n\nA preface of two lines stands here now.\n", "moved", "place"),
    ("joint interview", "shared interview", "moved", "was replaced"),
    ("stand at 70 cases", "stand at 71 cases", "altered", "no longer says this word for word"),
    ("stand at 70 cases", "stand at 70  Cases", "altered", "no longer says this word for word"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "state", "remark"), CHANGED)
def test_a_report_that_was_replaced(
    tmp_path: Path,
    sample_library: Library,
    briefing: Briefing,
    old: str,
    new: str,
    state: State,
    remark: str,
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    assert old in KENT
    (corpus / "kent-2006.txt").write_text(KENT.replace(old, new), "utf-8")
    encoder = WordEncoder()
    build(corpus, tmp_path / "index", encoder)
    library = Library.open(tmp_path / "index", encoder)
    checked, other = check(library, briefing, library.report)
    assert (checked.state, other.state) == (state, "kept")
    assert remark in " ".join(checked.remarks)
    if checked.span is not None:
        report = library.report(KENT_ID)
        assert report and checked.span.of(report.text) == WORKLOADS


def test_a_report_that_is_gone_or_became_a_digest_says_so(
    tmp_path: Path, briefing: Briefing
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "sussex-2014.md").unlink()
    (corpus / "reports.csv").write_text("file,source\nkent-2006.txt,digest\n", "utf-8")
    encoder = WordEncoder()
    build(corpus, tmp_path / "index", encoder)
    library = Library.open(tmp_path / "index", encoder)
    digest, gone = check(library, briefing, library.report)
    assert (digest.state, digest.citation.is_digest) == ("kept", True)
    assert digest.remarks == ("This is now held as a digest, in our words.",)
    assert (gone.state, gone.citation) == ("not_held", briefing.entries[1].collected.citation)
    document = document_of(library, briefing)
    assert [cited.quoted for cited in document.cited] == [WORKLOADS]  # no quotation marks
    assert document.left_out == (
        "Sussex Police, Call handling and front counters 14 May 2014, "
        "BACKGROUND, page not known: its report is no longer in the library.",
    )


@given(text=st.text("ab ", min_size=1, max_size=40), at=st.integers(0, 40), size=st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_a_checked_quotation_is_a_slice_or_is_not_in_the_report(
    sample_library: Library, briefing: Briefing, text: str, at: int, size: int
) -> None:
    report = sample_library.report(KENT_ID)
    assert report
    taken = replace(briefing.entries[0].collected, text="ab"[:size], span=Span(at, at + size))
    section = replace(briefing.sections[0], entries=(Entry(1, taken),))
    other = replace(report, text=text)
    (checked,) = check(sample_library, replace(briefing, sections=(section,)), lambda _: other)
    if checked.span is None:
        assert checked.state == "altered" and taken.text not in text
    else:
        assert checked.span.of(text) == taken.text
        assert (checked.state == "kept") == (checked.span == taken.span)


def test_a_later_report_of_the_same_name_is_pointed_to() -> None:
    old = ReportDetails("a", "a.pdf", "Baseline", "Kent Police", "2005", 2005, "May 2005", "HMIC")
    new = replace(old, id="b", year=2006, published="October 2006")
    held = {"a": old, "b": new, "c": replace(new, id="c", force="Essex Police", year=2007)}
    assert later_edition(old, held) == new
    assert later_edition(new, held) is None
    assert later_edition(replace(old, year=None), held) is None


def test_a_quotation_of_a_superseded_report_says_so(
    sample_library: Library, briefing: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = dict(sample_library.details)
    newer = replace(held[SUSSEX_ID], id="new", file="new.md", title="Second edition")
    monkeypatch.setattr(sample_library, "details", {**held, "new": newer})
    report = sample_library.report(KENT_ID)
    assert report
    old = replace(report, details=replace(report.details, superseded_by="new.md"))
    checked = check_entry(sample_library, briefing.entries[0], lambda _: old)
    assert checked.remarks[-1].startswith(
        "A newer edition of its report is held and supersedes it: Second edition"
    )
