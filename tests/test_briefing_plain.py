"""Briefings as Markdown, spreadsheets and plain text."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.document import (
    LICENCE,
    Document,
)
from briefing.limits import seen
from briefing.markdown import escaped, write_markdown
from briefing.plain import COLUMNS, write_text
from indexer.spreadsheets import guarded
from search.library import Library
from tests import test_briefing_exports
from tests.test_briefing_exports import (
    CALLS,
    SUSSEX_ID,
    WORDS,
    WORKLOADS,
    made_of,
    rows,
)

briefing = test_briefing_exports.briefing
document = test_briefing_exports.document


# ---------------------------------------------------------------------------------------------
# Markdown, spreadsheets, plain text

FRAGMENTS = [
    *"*_`[](){}<>#+-=|~$^\\!\"':;,./% \tàÄ“”😀1",
    *("word", "<b>", "</b>", "<!--", "&amp;", "&#42;", "~~", "--", "---", "===", "| a | b |\n"),
    *("http://a.b", "www.a.b", "x@y.zz", "# ", "- ", "1. ", "2) ", "> ", "```", "    ", "**"),
    *("[i](j)", "![i](j)", "[^1]", "[x]: y", "\n", "\n\n", "\n    ", "\n- ", "\n> ", "\n---\n"),
]
MARKUP = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=10).map("".join)


def read_markdown(markdown: str) -> Iterator[tuple[str, str]]:
    """Every element and run of text that Markdown is read as."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in reader.parse(markdown):
        yield (token.type, token.tag)
        for child in token.children or ():
            yield (child.type, child.content)


@given(text=MARKUP.filter(lambda text: bool(text.strip())))
@settings(max_examples=400, deadline=None)
def test_escaped_text_is_read_as_itself(text: str) -> None:
    found = list(read_markdown(escaped(text)))
    assert found[0] == ("paragraph_open", "p") and found[-1] == ("paragraph_close", "p")
    inner = [each for each in found if not each[0].startswith(("paragraph", "inline"))]
    assert {kind for kind, _ in inner} <= {"text", "text_special"}
    assert "".join(words for _, words in inner) == " ".join(text.split())


@given(text=MARKUP.filter(lambda text: bool(text.strip())), is_digest=st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_text_becomes_mark_up_in_a_markdown_export(text: str, is_digest: bool) -> None:
    found = list(read_markdown(write_markdown(made_of([(text, is_digest)]))))
    kinds = {kind.removesuffix("_open").removesuffix("_close") for kind, _ in found}
    allowed = {"heading", "paragraph", "inline", "blockquote", "ordered_list", "list_item"}
    allowed |= {"bullet_list", "text", "text_special", "hardbreak"}
    assert kinds <= allowed | ({"strong"} if is_digest else set())
    said = "".join(words for kind, words in found if kind.startswith("text"))
    assert "".join(text.split()) in "".join(said.split())
    # Six headings are ours, and one list each of sources and of what is left out.
    assert sum(kind == "heading_open" for kind, _ in found) == 6
    assert sum(kind == "blockquote_open" for kind, _ in found) == (not is_digest)


def test_a_bare_address_in_a_report_makes_no_link() -> None:
    assert escaped("see http://a.b, www.a.b or x@y.zz") == (r"see http\://a.b, www\.a.b or x\@y.zz")


@given(texts=st.lists(st.tuples(WORDS | MARKUP, st.booleans()), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_spreadsheet_holds_any_text_and_no_formula(texts: list[tuple[str, bool]]) -> None:
    found = rows(made_of(texts))
    assert tuple(found[0]) == COLUMNS
    for (text, is_digest), row in zip(texts, found, strict=True):
        assert row["Words"].removeprefix("'") == seen(text)
        assert row["Kind"] == ("digest" if is_digest else "quotation")
        for cell in row.values():
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠|%\t\r\n"))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  +1", "'  +1"),
        ("\t=1", "'\t=1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("- a bullet", "'- a bullet"),
        ("it's 5 - 3 = 2", "it's 5 - 3 = 2"),
        ("", ""),
    ],
)
def test_a_cell_that_looks_like_a_formula_is_guarded(cell: str, written: str) -> None:
    assert guarded(cell) == written


def test_the_plain_text_reads_as_a_briefing(document: Document) -> None:
    kent, sussex = document.cited
    assert write_text(document).startswith(
        "Child abuse units\n\nWorkloads\n\nWhat was found.\n\nQuestion: How busy are they?\n\n"
        f"“{WORKLOADS}”\n({kent.citation}) [1]\n\nNote 1.\n\n"
        f"“{CALLS}”\n({sussex.citation}) [2]\n\nNote 2.\n\nSources\n[1] Kent Police, "
    )
    assert write_text(document).endswith(f"{document.checked}\n{LICENCE}\n")


def test_the_columns_of_a_spreadsheet(sample_library: Library, document: Document) -> None:
    first, second = rows(document)
    assert (first["Number"], second["Number"]) == ("1", "2")
    assert first["Words"] == WORKLOADS and second["Force"] == "Sussex Police"
    assert first["Question"] == second["Question"] == "How busy are they?"
    report = sample_library.report(SUSSEX_ID)
    assert report
    assert report.text[int(second["Starts at"]) : int(second["Ends at"])] == CALLS
    assert (first["File"], first["Checked on"]) == ("kent-2006.txt", "2026-11-20")
