"""Finding, answering and refusing, on the sample library with the real encoder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.words import stems
from search.library import Library
from search.marks import find_marks
from search.output import as_json
from search.types import Filters
from search.vocabulary import Vocabulary, everyday_entries
from tests.conftest import SHARED


def test_a_report_s_own_meaning_comes_before_the_vocabulary_s(sample_library: Library) -> None:
    assert sample_library.vocabulary.meanings("caiu")[0] == "child abuse investigation unit"


def test_an_acronym_may_mean_several_things() -> None:
    meanings = [("CSB", "community safety bureau"), ("CSB", "a board")]
    assert Vocabulary(meanings, ()).meanings("CSB") == ("community safety bureau", "a board")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "how many cases has each officer a year in Kent?",
            "Workloads in the CAIU stand at 70 cases for each officer a year, against the 60 that "
            "the force itself thinks safe, and no one reviews cases that stay open beyond six "
            "months.",
        ),
        (
            "what share of 999 calls is answered within ten seconds?",
            "Sussex Police answered 92.4% of 999 calls within ten seconds in 2013/14, up from 88%.",
        ),
        (
            "by how much did thefts fall within half a year?",
            "Thefts fell from 22 to 6 a month within half a year.",
        ),
    ],
)
def test_the_sentence_that_answers_is_quoted(
    sample_library: Library, question: str, text: str
) -> None:
    answer = sample_library.ask(question)
    assert answer.refusal is None
    assert any(text in quotation.text for quotation in answer.quotations)


def test_quotations_are_exact_slices_with_their_place(sample_library: Library) -> None:
    answer = sample_library.ask("workloads in cases for each officer a year")
    for quotation in answer.quotations:
        report = sample_library.report(quotation.match.details.id)
        assert report is not None
        assert quotation.span.of(report.text) == quotation.text
    assert str(answer.matches[0].citation) == (
        "Kent Police, Baseline Assessment October 2006, 4B Protecting Vulnerable People › "
        "Child Abuse Investigation › Areas for Improvement, page not known"
    )
    assert answer.matches[0].judgement is not None
    assert answer.matches[0].judgement.grade == "Fair"


def test_matched_words_are_marked_where_they_stand(sample_library: Library) -> None:
    match = sample_library.ask("workloads of officers").matches[0]
    marked = {mark.of(match.passage.text) for mark in match.marks}
    assert {"Workloads", "officer"} <= marked


def test_words_of_grammar_are_not_marked() -> None:
    text = "Officers being pulled off their beat should be rare"
    marks = find_marks(text, dict.fromkeys(stems(text), 1.0))
    assert [mark.of(text) for mark in marks] == ["Officers", "pulled", "beat", "rare"]


def test_a_question_about_a_grade_is_answered_from_the_judgement(sample_library: Library) -> None:
    answer = sample_library.ask("PVP grade Kent 2006")
    assert answer.statement == (
        "Kent Police was graded Fair (direction of travel: Improved) for 4B Protecting Vulnerable "
        "People in 2006; nationally 8 Poor, 32 Fair, 3 Good, 0 Excellent."
    )
    assert answer.matches[0].passage.finding == "grade"
    assert "Fair\tImproved" in answer.quotations[0].text


def test_a_list_of_grades_names_its_denominator(sample_library: Library) -> None:
    answer = sample_library.ask("which frameworks was Kent graded Excellent in?")
    assert answer.statement == (
        "1 of the 2 judgements held on that is Excellent: Kent Police 2006: "
        "4A Reducing Anti-Social Behaviour."
    )
    assert answer.table is not None
    assert [[cell.text for cell in row][:4] for row in answer.table.rows] == [
        ["Kent Police", "2006", "4A Reducing Anti-Social Behaviour", "Excellent"]
    ]
    assert all(cell.quotation for row in answer.table.rows for cell in row)


def test_an_acronym_is_explained_with_its_source(sample_library: Library) -> None:
    answer = sample_library.ask("What does PSU stand for?")
    assert answer.text.splitlines()[0] == "PSU: police support unit (Kent Police 2006)."


@pytest.mark.parametrize(
    ("question", "reason", "words"),
    [
        ("", "empty", "Type a question"),
        ("?!", "empty", "Type a question"),
        ("x" * 10_000, "too_long", "10,000 characters long. Ask in at most 1,000."),
        ("call handling at Cumbria", "force_not_held", "no report on Cumbria Constabulary"),
        ("Was Essex or Dorset better at PVP?", "force_not_held", "Dorset Police"),
        ("Kent's grades in 1999", "year_not_held", "no report of 1999"),
        ("Kent's grades in 2014", "year_not_held", "no report of 2014 on Kent Police in this"),
        ("what changed in Kent since 2014", "year_not_held", "reports on Kent Police of 2006"),
        ("how do I bake a chocolate cake", "nothing_found", "Nothing in these reports"),
    ],
)  # fmt: skip
def test_a_refusal_gives_its_reason(
    sample_library: Library, question: str, reason: str, words: str
) -> None:
    answer = sample_library.ask(question)
    assert answer.refusal is not None
    assert (answer.refusal.reason, words in answer.text) == (reason, True)
    assert answer.quotations == ()
    is_question = reason not in ("empty", "too_long")
    assert bool(answer.matches) == is_question  # the nearest material
    assert bool(answer.refusal.suggestions) == is_question


def test_a_partly_held_question_is_answered_for_what_is_held(sample_library: Library) -> None:
    answer = sample_library.ask("How do Kent and Essex protect vulnerable people?")
    assert answer.refusal is None
    assert answer.notes == (
        "There is no report on Essex Police in this library; the rest is answered.",
    )
    assert {match.details.force for match in answer.matches} == {"Kent Police"}


@pytest.mark.parametrize(
    ("filters", "forces", "findings"),
    [
        (Filters(forces=("Sussex Police",)), {"Sussex Police"}, None),
        (Filters(years=(2006,)), {"Kent Police"}, None),
        (Filters(findings=("improvement",)), {"Kent Police"}, {"improvement"}),
        (
            Filters(frameworks=("4A Reducing Anti-Social Behaviour",)),
            {"Kent Police"},
            {"grade", "strength"},
        ),
        (Filters(grades=("Excellent",)), {"Kent Police"}, {"grade", "strength"}),
    ],
)
def test_filters_come_before_ranking(
    sample_library: Library, filters: Filters, forces: set[str], findings: set[str] | None
) -> None:
    answer = sample_library.ask("police officers", filters)
    assert {match.details.force for match in answer.matches} == forces
    if findings is not None:
        assert {match.passage.finding for match in answer.matches} == findings
    assert answer.coverage.forces == tuple(sorted(forces))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(frameworks=("4A Reducing Anti-Social Behaviour",)),
        Filters(findings=("strength",)),
        Filters(grades=("Excellent",)),
    ],
)
def test_a_grade_that_the_filters_leave_out_is_not_given(
    sample_library: Library, filters: Filters
) -> None:
    answer = sample_library.ask("PVP grade Kent 2006", filters)
    assert "graded Fair" not in answer.text
    assert {match.passage.code for match in answer.matches} <= {"4A", "4B"} - (
        {"4B"} if not filters.findings else set()
    )


def test_a_named_force_restricts_the_search(sample_library: Library) -> None:
    answer = sample_library.ask("calls answered by Sussex")
    assert {match.details.force for match in answer.matches} == {"Sussex Police"}
    assert answer.coverage.reports == 1


def test_many_may_ask_at_once(sample_library: Library) -> None:
    questions = ["workloads of officers", "calls answered by Sussex", "PVP grade Kent 2006"] * 8
    alone = {text: sample_library.ask(text).text for text in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(sample_library.ask, questions))
    assert [answer.text for answer in answers] == [alone[text] for text in questions]


def test_the_answer_in_json_keeps_its_contract(sample_library: Library) -> None:
    row = as_json(sample_library.ask("workloads in cases for each officer in Kent"), "q1")
    assert list(row) == [
        "id", "question", "understood", "refused", "refusal", "answer", "notes", "passages",
        "table", "groups", "conflicts", "quotations", "evidence", "took_ms",
    ]  # fmt: skip
    assert row["id"] == "q1"
    assert {"forces", "years", "frameworks", "findings", "grades", "intent"} <= set(
        row["understood"]
    )
    passage = row["passages"][0]
    assert {
        key: passage[key] for key in ("rank", "force", "year", "framework", "finding", "first_page")
    } == {
        "rank": 1,
        "force": "Kent Police",
        "year": 2006,
        "framework": "4B Protecting Vulnerable People",
        "finding": "improvement",
        "first_page": None,
    }
    assert passage["section"][-1] == "Areas for Improvement"
    quotation = row["quotations"][0]
    assert (quotation["passage"], quotation["text"][:9]) == (1, "Workloads")


def test_the_vocabulary_is_the_training_s_and_whole() -> None:
    path = SHARED / "training" / "vocabulary.jsonl"
    if not path.is_file():
        pytest.skip("the training vocabulary is not on this machine (../shared/training)")
    rows = {line.casefold() for line in path.read_text("utf-8").splitlines()}
    assert len(everyday_entries()) == len(rows)


def test_a_digest_is_marked_wherever_it_is_quoted(tmp_path: Path, sample_library: Library) -> None:
    from indexer.build import build
    from tests.samples import KENT

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    mark = "This is a digest by the Findings project, not the published report."
    (corpus / "kent.txt").write_text(
        KENT.replace("Contents\n", f"{mark}\n\nContents\n", 1), "utf-8"
    )
    build(corpus, tmp_path / "index", sample_library.encoder)
    answer = Library.open(tmp_path / "index", sample_library.encoder).ask("child abuse workloads")
    assert str(answer.matches[0].citation).endswith("(digest, not the published text)")
    row = as_json(answer)
    assert {passage["source"] for passage in row["passages"]} == {"digest"}
    assert {quotation["source"] for quotation in row["quotations"]} == {"digest"}


def test_half_a_character_in_a_question_is_no_fault(sample_library: Library) -> None:
    answer = sample_library.ask("child abuse \ud83d workloads in Kent")
    assert answer.refusal is None
    assert answer.question.text == "child abuse ? workloads in Kent"
