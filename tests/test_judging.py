"""Answers about grades from judgements alone: tables of cases."""

from dataclasses import replace

import pytest

from indexer.types import Judgement, Span
from search.grades import in_words
from search.judging import answer_grades
from search.types import Intent, Question

GRADES = ("Poor", "Fair", "Good", "Excellent")
EXCELLENT, POOR = ("Excellent",), ("Poor",)


def judged(
    force: str,
    framework: str,
    grade: str,
    direction: str = "",
    national: str = "",
    year: int = 2006,
) -> Judgement:
    counts = tuple(
        (name, int(number))
        for name, number in zip(
            ("Poor", "Fair", "Good", "Excellent"), national.split(), strict=False
        )
    )
    return Judgement(
        "r", force, year, "hmic", framework[:2], framework, grade, direction, counts,
        Span(0, 1), None,
    )  # fmt: skip


HELD = (
    judged("Kent Police", "4A Anti-Social Behaviour", "Excellent", "Improved", "0 14 28 1"),
    judged("Kent Police", "4B Vulnerable People", "Fair", "Stable", "8 32 3 0"),
    judged("Kent Police", "7A Leadership", "Good", "Declined", "1 18 20 4"),
    judged("Essex Police", "4A Anti-Social Behaviour", "Good", "Improved", "0 14 28 1"),
    judged("Essex Police", "4B Vulnerable People", "Fair", "Improved", "8 32 3 0"),
)


def ask(
    text: str,
    intent: Intent,
    frameworks: tuple[str, ...] = (),
    grades: tuple[str, ...] = (),
    forces: tuple[str, ...] = (),
) -> Question:
    return Question(text, forces, (), frameworks, (), grades, intent, asks_grade=True)


@pytest.mark.parametrize(
    ("question", "statement", "rests_on"),
    [
        (
            ask(
                "which frameworks had the most forces Excellent nationally",
                "list",
                (),
                ("Excellent",),
            ),
            "7A Leadership (2006) had the most forces graded Excellent nationally: 4.",
            3,
        ),
        (
            ask("which had the fewest forces graded Poor nationally", "list", (), POOR),
            "4A Anti-Social Behaviour (2006) had the fewest forces graded Poor nationally: 0.",
            3,
        ),
        (
            ask(
                "how many forces nationally were Poor",
                "count",
                ("4B Vulnerable People",),
                ("Poor",),
            ),
            "Nationally 8 forces were graded Poor for 4B Vulnerable People in 2006: "
            "8 Poor, 32 Fair, 3 Good, 0 Excellent. Of the forces held here: Kent Police Fair, "
            "Essex Police Fair.",
            2,
        ),
        (
            ask("in how many did they get the same grade", "count"),
            "Essex Police and Kent Police got the same grade in 1 of the 2 frameworks in which all "
            "of them were graded.",
            2,
        ),
        (
            ask("which forces were Fair", "list", ("4B Vulnerable People",), ("Fair",)),
            "2 of the 2 judgements held on that are Fair: Kent Police 2006: 4B Vulnerable People; "
            "Essex Police 2006: 4B Vulnerable People.",
            2,
        ),
        (
            ask("which forces were getting better", "list", ("4B Vulnerable People",)),
            "1 of the 2 judgements held on that is Improved: Essex Police 2006: "
            "4B Vulnerable People.",
            1,
        ),
        (
            ask("how many frameworks was Kent Poor in", "count", (), POOR, ("Kent Police",)),
            "None of the 3 judgements held on that is Poor. "
            "Kent Police was graded Excellent (direction of travel: Improved) for "
            "4A Anti-Social Behaviour in 2006; nationally 0 Poor, 14 Fair, 28 Good, 1 Excellent. "
            "Kent Police was graded Fair (direction of travel: Stable) for 4B Vulnerable People in "
            "2006; nationally 8 Poor, 32 Fair, 3 Good, 0 Excellent. "
            "Kent Police was graded Good (direction of travel: Declined) for 7A Leadership in "
            "2006; nationally 1 Poor, 18 Fair, 20 Good, 4 Excellent.",
            3,
        ),
    ],
)
def test_what_judgements_answer(question: Question, statement: str, rests_on: int) -> None:
    answer = answer_grades(question, HELD)
    assert answer is not None
    assert (answer.statement, len(answer.judgements)) == (statement, rests_on)
    assert not answer.is_nothing


@pytest.mark.parametrize(
    ("question", "statement", "rests_on"),
    [
        (
            ask("what did Kent do worst at", "list", (), (), ("Kent Police",)),
            "The lowest grade of the 3 judgements held on that is Fair: Kent Police 2006: "
            "4B Vulnerable People.",
            1,
        ),
        (
            ask("who came out best on ASB", "list", ("4A Anti-Social Behaviour",)),
            "The highest grade of the 2 judgements held on that is Excellent: Kent Police 2006: "
            "4A Anti-Social Behaviour.",
            1,
        ),
        (
            ask("who came out best on leadership", "list", ("7A Leadership",)),
            in_words(HELD[2]),
            1,
        ),
        (
            ask("who was worst for PVP", "list", ("4B Vulnerable People",)),
            "All 2 judgements held on that are Fair: Kent Police 2006: 4B Vulnerable People; "
            "Essex Police 2006: 4B Vulnerable People.",
            2,
        ),
        (
            ask("how many areas at Kent deteriorated", "count", (), (), ("Kent Police",)),
            "1 of the 3 judgements held on that is Declined: Kent Police 2006: 7A Leadership.",
            1,
        ),
        (
            ask("where is Essex Fair and Improved", "list", (), ("Fair",), ("Essex Police",)),
            "1 of the 2 judgements held on that is Fair and Improved: Essex Police 2006: "
            "4B Vulnerable People.",
            1,
        ),
        (
            ask(
                "count of Kent frameworks Improved, Stable, Declined",
                "count",
                (),
                (),
                ("Kent Police",),
            ),
            "Of the 3 judgements with a direction of travel: 1 Improved, 1 Stable, 1 Declined.",
            3,
        ),
        (
            ask("how many forces were Good", "count", ("7A Leadership",), ("Good",)),
            "Nationally 20 forces were graded Good for 7A Leadership in 2006: 1 Poor, 18 Fair, "
            "20 Good, 4 Excellent. Of the forces held here: Kent Police Good.",
            1,
        ),
        (
            ask("who was Poor nationally", "list", ("7A Leadership",), POOR),
            "Nationally 1 force was graded Poor for 7A Leadership in 2006: 1 Poor, 18 Fair, "
            "20 Good, 4 Excellent. Of the forces held here: Kent Police Good. The reports held do "
            "not name the others.",
            1,
        ),
        (
            ask("is anything at Kent Poor, which", "list", (), POOR, ("Kent Police",)),
            "None of the 3 judgements held on that is Poor. "
            + " ".join(in_words(each) for each in HELD[:3]),
            3,
        ),
    ],
)
def test_best_worst_moved_and_the_nation(question: Question, statement: str, rests_on: int) -> None:
    answer = answer_grades(question, HELD)
    assert answer is not None
    assert (answer.statement, len(answer.judgements)) == (statement, rests_on)
    assert not answer.is_nothing


def test_a_grade_nobody_knows_is_neither_best_nor_worst() -> None:
    odd = judged("Kent Police", "5A Contact", "Not Graded")
    question = ask("what did Kent do worst at", "list", (), (), ("Kent Police",))
    answer = answer_grades(question, [*HELD, odd])
    assert answer is not None
    assert odd not in answer.judgements
    assert answer.statement.startswith("The lowest grade of the 3 judgements held on that is Fair")
    assert answer_grades(question, [odd]) is None


def test_which_forces_when_none_held_was_graded_so_is_no_answer() -> None:
    answer = answer_grades(ask("which forces were Poor", "list", ("7A Leadership",), POOR), HELD)
    assert answer is not None
    assert answer.is_nothing
    assert answer.statement.startswith("The one judgement held on that is not Poor.")


def test_grades_of_changed_frameworks_are_not_compared_one_with_one() -> None:
    later = [
        judged("Kent Police", f"Vulnerable People – {part}", "Good", year=2007)
        for part in ("Child Abuse", "Missing Persons")
    ]
    names = ("4B Vulnerable People", *(each.title for each in later))
    question = ask("PVP grades 2006 v 2007", "over_time", names, (), ("Kent Police",))
    answer = answer_grades(question, [*HELD, *later])
    assert answer is not None
    assert answer.is_table
    assert answer.notes == (
        "Kent Police was graded on this once in 2006, 2 times in 2007: the frameworks changed, so "
        "these grades cannot be compared one with one.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "was Kent graded Good for leadership under the National Intelligence Model",
        "which forces met national standards and were Good for leadership",
    ],
)
def test_the_word_national_alone_asks_for_no_spread(text: str) -> None:
    answer = answer_grades(ask(text, "list", ("7A Leadership",), ("Good",)), HELD)
    assert answer is not None
    assert answer.statement.startswith("1 judgement is held on that, and it is Good")
    assert not answer.asks_national


def test_what_a_grade_means_is_no_question_for_judgements() -> None:
    assert answer_grades(ask("what does Fair mean", "define", (), ("Fair",)), HELD) is None


@pytest.mark.parametrize(
    "text", ["What grades did {} get?", "How was {} graded in 2006?", "show me all grades for {}"]
)
def test_every_grade_of_a_force_is_counted_and_tabled(text: str) -> None:
    more = [judged("Kent Police", f"{number}C More", "Good", year=2006) for number in range(1, 4)]
    question = replace(
        ask(text.format("Kent Police"), "grade", forces=("Kent Police",)), topic=text.format("")
    )
    answered = answer_grades(question, [*HELD, *more])
    assert answered is not None and answered.is_table
    assert {each.force for each in answered.judgements} == {"Kent Police"}
    assert len(answered.judgements) == 6
    assert answered.statement == (
        "Kent Police was graded 6 times in 2006: 4 Good, 1 Excellent, 1 Fair."
    )


def test_grades_on_something_else_are_no_question_for_every_grade() -> None:
    question = ask("What grades of staff run custody in Kent?", "grade", forces=("Kent Police",))
    assert answer_grades(replace(question, topic="What grades of staff run custody?"), HELD) is None
