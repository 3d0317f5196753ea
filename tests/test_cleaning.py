import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning import Cleaned, clean, raw_offset
from indexer.source import Source


def cleaned(raw: str, paged: bool = False, markup: bool = True) -> Cleaned:
    return clean(Source(raw, paged=paged, has_markup=markup))


def blocks(raw: str, paged: bool = False, markup: bool = True) -> list[tuple[str, str]]:
    found = cleaned(raw, paged, markup)
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


# A page's worth of lines as PDF extraction gives them: none longer than 70, most about full.
WRAPPED = """The force has invested in its call centre and now answers nine calls
in ten within the target, which is better than its peers and better
than it managed in the year before that.
Staff leave less often than they did.
Neighbourhood Teams
Every ward has a team of its own with a sergeant who is known by name
and meets residents each month to agree what should be done first."""


@pytest.mark.parametrize(
    ("case", "raw", "expected"),
    [
        (
            # 003: a bullet goes on after the footer of its page
            "a bullet cut by a footer",
            "- The unit advises staff on what they must do under\n\nOctober 2006\n\nthe new law.\n"
            + "- It meets every month and keeps a list of what was agreed by\n\nOctober 2006\n\n"
            + "the members.\n\nOctober 2006\n\nEnd of it.\n\nOctober 2006\n" + "More.\n" * 9,
            ("bullet", "The unit advises staff on what they must do under the new law."),
        ),
        (
            # 003: cut by a page break that left only a blank line
            "a bullet cut by a blank line",
            "- Intelligence on firearms is risk assessed by\n\nsenior commanders each day.",
            (
                "bullet",
                "Intelligence on firearms is risk assessed by senior commanders each day.",
            ),
        ),
        ("Markdown emphasis", "**Strengths**\n\nA *Safer* place", ("heading", "Strengths")),
        ("Markdown emphasis", "**x**\n\nA *Safer* place", ("paragraph", "A Safer place")),
        (
            "HTML in table rows",
            "<b>Grade</b>\t<b>Direction of Travel</b>",
            ("row", "Grade\tDirection of Travel"),
        ),
        ("superscripts", "2<sup>nd</sup> December", ("paragraph", "2nd December")),
        (
            "Markdown links",
            "# Top\n\nSee [the site](http://kent.police.uk/a_b) now",
            ("paragraph", "See the site now"),
        ),
        ("Markdown tables", "# Top\n\n| Fair | Stable |", ("row", "Fair\tStable")),
        ("a numbered paragraph taken for a bullet", "- 3. The plan", ("paragraph", "3. The plan")),
        ("a bullet of another glyph", "\uf0b7 Good work", ("bullet", "Good work")),
        (
            "wrapped lines",
            WRAPPED,
            (
                "paragraph",
                "The force has invested in its call centre and now answers nine calls in ten "
                "within the target, which is better than its peers and better than it managed "
                "in the year before that.",
            ),
        ),
        ("a bare heading among wrapped lines", WRAPPED, ("heading", "Neighbourhood Teams")),
        (
            "a short last line ends its paragraph",
            WRAPPED,
            ("paragraph", "Staff leave less often than they did."),
        ),
    ],
)  # fmt: skip
def test_blocks(case: str, raw: str, expected: tuple[str, str]) -> None:
    assert expected in blocks(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        # The word stands whole elsewhere, so the hyphen was only the line's.
        (
            "His manage-\nment of it and the management\n"
            + "of the unit and all it did in the year",
            "management of it",
        ),
        # It stands with its hyphen elsewhere.
        (
            "A force-\nwide plan, as force-wide plans must\nbe in the year to which it all applies",
            "force-wide plan",
        ),
        # It stands nowhere else: nothing is certain, the hyphen stays.
        (
            "An off-\nroad plan that the force must have in\nthe year to which all of it applies",
            "off-road plan",
        ),
    ],
)
def test_a_hyphen_at_a_line_end_goes_only_where_certain(raw: str, text: str) -> None:
    assert text in cleaned(raw).text


def test_a_rule_and_a_footer_are_dropped_but_the_title_s_date_stays() -> None:
    footer = "\n\nOctober 2006\n\n"
    page = "The words of a sentence that goes on over the end of its" + footer + "page here.\n\n"
    found = cleaned(
        "Kent Police\n\nOctober 2006\n\n" + page * 1 + "----\t----\n\n" + "x. " + page * 4
    )
    assert found.text.count("October 2006") == 1
    assert "--" not in found.text


def test_a_line_that_recurs_with_its_paragraph_is_kept() -> None:
    # 001 says the same of welfare support in four sections, line breaks and all.
    welfare = (
        "• The force has a structure to give support and\n"
        "help for staff in this area, with access to outside\nadvice. "
    )
    found = cleaned("\n\n".join([welfare] * 5))
    assert found.text.count("help for staff in this area") == 5


def test_running_heads_are_left_out_of_paged_text() -> None:
    pages = [
        f"Kent Police Inspection\nPage {n}\nText number {n} is here.\n{n}" for n in range(1, 7)
    ]
    found = cleaned("\f".join(pages), paged=True, markup=False)
    assert "Inspection" not in found.text
    assert [page.number for page in found.pages] == [1, 2, 3, 4, 5, 6]
    assert [page.span.of(found.text).strip() for page in found.pages] == [
        f"Text number {n} is here." for n in range(1, 7)
    ]


def test_pages_by_indents_need_a_printed_number_that_agrees() -> None:
    body = "A line of the page that is long enough to be text.\nAnother line of it.\n"
    raw = body + f" {body}" + f" {body}" + "Kent Police Report\nOctober 2007\nPage 4\n" + body
    assert [page.number for page in cleaned(raw).pages] == [1, 2, 3, 4]
    disagreeing = raw.replace("Page 4", "Page 9")
    assert [page.number for page in cleaned(disagreeing).pages] == [None]


def test_pages_are_unknown_without_marks() -> None:
    assert [page.number for page in cleaned("Some text.\n\nMore text.").pages] == [None]


# Text as hostile as extraction gets: marks, bullets, tabs, rules, page breaks, other scripts.
NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            ["- ", "• ", "**", "*", "#", "## ", "<b>", "</b>", "<li>", "\t", "|", "\n", "\n\n",
             "\f", "----", "October 2006", "Page 3", "Strengths", "TITLE:", "&amp;", "\\_", "1. ",
             "(a) ", "force-\nwide", "[x](y)", "\u200b", "\x00", "’", "Grade", "Good Stable"]
        ),
        st.text(max_size=12),
        st.text(alphabet="abcdefgh .,-", max_size=40),
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(raw=NASTY, paged=st.booleans(), markup=st.booleans())
def test_cleaning_writes_nothing_of_its_own(raw: str, paged: bool, markup: bool) -> None:
    found = cleaned(raw, paged, markup)
    left = iter(re.sub(r"[\s-]", "", raw))
    assert all(character in left for character in re.sub(r"[\s-]", "", found.text))


@given(raw=NASTY, paged=st.booleans(), markup=st.booleans())
def test_every_character_is_traced_to_the_raw_text(raw: str, paged: bool, markup: bool) -> None:
    found = cleaned(raw, paged, markup)
    for offset, character in enumerate(found.text):
        place = raw_offset(found.pieces, offset)
        if place is None:
            assert character.isspace()
        else:
            assert raw[place] == character


@given(raw=NASTY, paged=st.booleans())
def test_pages_part_the_text_in_order(raw: str, paged: bool) -> None:
    found = cleaned(raw, paged)
    if not found.text:
        return
    assert found.pages[0].span.start == 0
    assert found.pages[-1].span.end == len(found.text)
    for one, other in zip(found.pages, found.pages[1:], strict=False):
        assert one.span.end == other.span.start
        assert one.number is None or other.number is None or one.number < other.number


@given(raw=NASTY, paged=st.booleans(), markup=st.booleans())
def test_blocks_hold_all_text_once(raw: str, paged: bool, markup: bool) -> None:
    found = cleaned(raw, paged, markup)
    at = 0
    for block in found.blocks:
        assert not found.text[at : block.span.start].strip()
        assert block.span.of(found.text).strip()
        at = block.span.end
    assert not found.text[at:].strip()
