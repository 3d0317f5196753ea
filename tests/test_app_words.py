"""The functions under the app's pages: text drawn literally, addresses, examples, outlines."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from app_pages.address import Asked, Choices, asked_params, choices_of, read_asked, read_span
from app_pages.drawing import copied
from app_pages.examples import example_questions
from app_pages.literal import literal, marked, paragraphs, within
from app_pages.reading import part_at, parts_of, stretches
from app_pages.words import KINDS, grade_badge, kind_count, listed, years_words
from indexer.forces import all_forces
from indexer.reports import read_report
from indexer.types import Span
from search.library import Library
from search.types import Citation, Filters
from tests.samples import write_corpus

ROOT = Path(__file__).parents[1]

# ---------------------------------------------------------------------------------------------
# Text drawn literally


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, 50% (of them); it's all.", "plain words, 50% (of them); it's all."),
        ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
        ("<b>x</b> &amp;", r"\<b\>x\</b\> \&amp;"),
        ("[a](http://b)", r"\[a\](http:color[\:]//b)"),
        (":red[x] :material/home:", r"\:red\[x\] :color[\:]material/home\:"),
        ("at 10: yes", "at 10: yes"),
        ("# head", r"\# head"),
        ("1. one", r"1\. one"),
        ("2) two", r"2\) two"),
        ("- item", r"\- item"),
        ("well-kept", "well-kept"),
        # Streamlit would make a dash, an arrow or a link of these after undoing escapes.
        ("a -- b -> c", r"a -:color[-] b -:color[\>] c"),
        ("www.gov.uk, a@b.uk", "www:color[.]gov.uk, a:color[@]b.uk"),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("two\n\tlines", "two lines"),
    ],
)
def test_text_is_escaped(text: str, markdown: str) -> None:
    assert literal(text) == markdown


def test_marks_stand_on_a_coloured_ground_and_neighbours_are_joined() -> None:
    text = "call-handling [staff] answer"
    marks = (Span(0, 4), Span(5, 13), Span(22, 28))
    ground = ":yellow-background[call-handling] \\[staff\\] :yellow-background[answer]"
    assert marked(text, marks) == ground
    assert within(marks, Span(5, 24)) == (Span(0, 8), Span(17, 19))


def test_only_the_inspectors_words_get_quotation_marks_and_the_serif() -> None:
    text = "One line\nanother\n\n  A paragraph. "
    assert paragraphs(text) == "*“One line\\\nanother*\n\n*A paragraph.”*"
    assert paragraphs(text, serif=False, quoted=False) == "One line\\\nanother\n\nA paragraph."


def test_a_copied_quotation_carries_its_citation() -> None:
    place = ("4B Protecting Vulnerable People", "Strengths")
    theirs = Citation("Kent Police", "Baseline Assessment", "2006", place, 9, 10, False)
    ours = Citation("Kent Police", "Baseline Assessment", "2006", place, 9, 10, True)
    where = "Kent Police, Baseline Assessment 2006, 4B Protecting Vulnerable People › Strengths"
    assert copied("Words.", theirs) == f"“Words.”\n({where}, pp. 9–10)"
    assert copied("Words.", ours) == f"Words.\n({where}, pp. 9–10 (digest, not the published text))"


@pytest.mark.parametrize(
    ("grade", "direction", "badge"),
    [
        ("Excellent", "Stable", ":green-badge[**E** Excellent · Stable]"),
        ("Requires improvement", "", ":orange-badge[**RI** Requires improvement]"),
        ("Unheard of", "", ":gray-badge[**UO** Unheard of]"),
        ("", "", ""),
    ],
)
def test_a_grade_is_a_letter_and_its_word(grade: str, direction: str, badge: str) -> None:
    assert grade_badge(grade, direction) == badge


def test_counts_lists_and_years_in_words() -> None:
    assert kind_count("strength", 258) == "▲ 258 strengths"
    assert kind_count("improvement", 1) == "▼ 1 area for improvement"
    assert listed(["A", "B", "C"]) == "A, B and C"
    forces = [force.name for force in all_forces()]
    assert listed(forces[:43]) == "43 forces"
    assert listed(["Bury", "Leeds", *forces[:7]]) == "9 forces, councils and areas"
    assert (years_words([2006, 2014]), years_words([2006]), years_words([])) == (
        "2006 to 2014",
        "2006",
        "",
    )


def test_the_typefaces_of_the_theme_are_streamlit_s_own() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    served = Path(streamlit.__file__).parent / "static"
    for face in config["theme"]["fontFaces"]:
        assert (served / face["url"].removeprefix("/")).is_file(), "renamed in this Streamlit"


# ---------------------------------------------------------------------------------------------
# Addresses


class Address(dict[str, Sequence[str]]):
    """Names and values as `st.query_params` holds them."""

    def get_all(self, key: str) -> Sequence[str]:
        return self.get(key, [])


CHOICES = Choices(
    forces=("Kent Police", "Sussex Police"),
    years=(2006, 2014),
    frameworks=("4A Reducing Anti-Social Behaviour", "4B Protecting Vulnerable People"),
    kinds=tuple(KINDS),
    grades=("Excellent", "Fair"),
)


@given(
    text=st.text(),
    forces=st.lists(st.sampled_from(CHOICES.forces), unique=True),
    years=st.lists(st.sampled_from(CHOICES.years), unique=True),
    frameworks=st.lists(st.sampled_from(CHOICES.frameworks), unique=True),
    kinds=st.sets(st.sampled_from(CHOICES.kinds)),
    grades=st.lists(st.sampled_from(CHOICES.grades), unique=True),
    taken=st.lists(st.text(), unique=True),
)
def test_an_address_says_all_that_is_asked(
    text: str,
    forces: list[str],
    years: list[int],
    frameworks: list[str],
    kinds: set[str],
    grades: list[str],
    taken: list[str],
) -> None:
    findings = tuple(kind for kind in CHOICES.kinds if kind in kinds)
    filters = Filters(tuple(forces), tuple(years), tuple(frameworks), findings, tuple(grades))
    asked = Asked(text, filters, tuple(taken))
    params = asked_params(asked)
    address = Address({k: [v] if isinstance(v, str) else v for k, v in params.items()})
    assert read_asked(address, CHOICES) == (asked, ())


def test_filters_that_the_library_lacks_are_left_out_and_named() -> None:
    address = Address(q=["x"], force=["Kent Police", "Essex"], year=["2006", "soon"], kind=["?"])
    asked = Asked("x", Filters(forces=("Kent Police",), years=(2006,)))
    assert read_asked(address, CHOICES) == (asked, ("Essex", "soon", "?"))


@pytest.mark.parametrize(
    ("params", "span"),
    [
        ({}, None),
        ({"start": "x"}, None),
        ({"start": "-1"}, None),
        ({"start": "5", "end": "9"}, Span(5, 9)),
        ({"start": "5"}, Span(5, 5)),
        ({"start": "9", "end": "5"}, Span(9, 9)),
        ({"start": "90", "end": "200"}, Span(90, 100)),
        ({"start": "999", "end": "99999999999999999"}, Span(100, 100)),
    ],
)
def test_a_place_in_an_address_is_kept_inside_the_report(
    params: dict[str, str], span: Span | None
) -> None:
    assert read_span(params, 100) == span


def test_a_library_is_filtered_by_what_it_holds(sample_library: Library) -> None:
    choices = choices_of(sample_library)
    assert choices.forces == ("Kent Police", "Sussex Police")
    assert choices.years == (2006, 2014)
    assert choices.frameworks == CHOICES.frameworks
    assert choices.kinds[:3] == ("strength", "improvement", "good_practice")
    for framework in choices.frameworks:
        found = sample_library.ask("officers", Filters(frameworks=(framework,)))
        assert found.coverage.passages > 0


# ---------------------------------------------------------------------------------------------
# Examples, answers and reports


def test_every_example_is_answered(sample_library: Library) -> None:
    questions = example_questions(sample_library)
    assert questions == (
        "What grade did Kent Police get for Protecting Vulnerable People in 2006?",
        "What are the areas for improvement in Protecting Vulnerable People at Kent Police?",
        "What good practice is there in Protecting Vulnerable People?",
        "What does CAIU stand for?",
    )
    for question in questions:
        assert sample_library.ask(question).refusal is None, question


def test_every_example_is_answered_by_the_real_reports(real_library: Library) -> None:
    questions = example_questions(real_library)
    assert len(questions) == 5
    for question in questions:
        assert real_library.ask(question).refusal is None, question


def test_the_parts_of_a_report_cover_it_once(tmp_path: Path) -> None:
    report = read_report(write_corpus(tmp_path) / "kent-2006.txt")
    parts = parts_of(report)
    assert [part.title for part in parts][-3:] == [
        "4A Reducing Anti-Social Behaviour",
        "4B Protecting Vulnerable People",
        "Appendix 1: Glossary of Terms and Abbreviations",
    ]
    for block in report.blocks:
        holding = [part for part in parts if part.span.holds(block.span)]
        assert len(holding) == 1, block.span.of(report.text)
        assert parts[part_at(parts, block.span.start)] is holding[0]


def test_the_words_cited_are_marked_where_they_stand(tmp_path: Path) -> None:
    report = read_report(write_corpus(tmp_path) / "kent-2006.txt")
    words = "no one reviews cases that stay open beyond six months"
    start = report.text.index(words)
    cited = Span(start, start + len(words))
    parts = parts_of(report)
    drawn = list(stretches(report, parts[part_at(parts, start)], cited))
    boxed = [stretch for stretch in drawn if stretch.is_cited]
    assert len(boxed) == 1
    assert f"and :yellow-background[{words}]." in boxed[0].markdown
    assert ("heading", 1) in [(stretch.look, stretch.level) for stretch in drawn]
    assert ("Fair", "Improved") in [row for stretch in drawn for row in stretch.rows]
    whole = Span(report.text.index("Workloads"), report.text.index(" months.") + 8)
    boxed = [each for each in stretches(report, parts[part_at(parts, start)], whole)]
    assert not any("background" in each.markdown for each in boxed)  # the box says it all
    assert sum(each.is_cited for each in boxed) == 1
