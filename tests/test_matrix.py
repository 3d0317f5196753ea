"""The matrix of grades from judgements alone: places, order, filters, what changed."""

import pytest

from indexer.types import Judgement, Span
from search.changing import change_since
from search.grades import rank_of
from search.matrix import Matrix, cannot_compare, make_matrix, ordered_forces
from search.types import Filters
from tests.many import FORCES, PROGRAMME, YEARS, many_judgements

BASELINE, INSPECTION, PEEL = PROGRAMME, "HMIC Inspection 2007", "PEEL Assessment"
PVP = "Protecting Vulnerable People"


def judged(
    force: str,
    title: str,
    grade: str,
    year: int | None = 2006,
    programme: str = BASELINE,
    code: str = "",
    national: tuple[int, ...] = (),
) -> Judgement:
    counts = tuple(zip(("Poor", "Fair", "Good", "Excellent"), national, strict=False))
    return Judgement(
        f"{force}-{year}", force, year, programme, code or title, title, grade, "", counts,
        Span(0, 1), None,
    )  # fmt: skip


KENT = (
    judged("Kent Police", PVP, "Fair", 2006, BASELINE, "4B", (8, 32, 3, 0)),
    judged("Kent Police", "Neighbourhood Policing and Problem Solving", "Good", 2006, code="1B"),
    judged("Kent Police", "Neighbourhood Policing", "Excellent", 2007, INSPECTION),
    judged("Kent Police", f"{PVP} – Child Abuse", "Fair", 2007, INSPECTION),
    judged("Kent Police", f"{PVP} – Domestic Violence", "Good", 2007, INSPECTION),
)
ESSEX = (
    judged("Essex Police", PVP, "Good", 2006, BASELINE, "4B", (8, 32, 3, 0)),
    judged("Essex Police", PVP, "Poor", 2005, BASELINE, "4B"),
)
HELD = (*KENT, *ESSEX)


def grades(matrix: Matrix) -> dict[tuple[str, str], str]:
    return {
        (force.split()[0], key.split(" / ")[1]): square.latest.grade
        for (force, key), square in matrix.squares.items()
    }


def test_forces_stand_by_name_and_frameworks_in_their_programmes_order() -> None:
    matrix = make_matrix(HELD, Filters())
    assert matrix.forces == ("Essex Police", "Kent Police")
    assert [(column.programme, column.domain, column.framework) for column in matrix.columns] == [
        (BASELINE, "Citizen Focus", "1B Neighbourhood Policing and Problem Solving"),
        (BASELINE, "Promoting Safety", f"4B {PVP}"),
        (INSPECTION, "Neighbourhood Policing", "Neighbourhood Policing"),
        (INSPECTION, PVP, f"{PVP} – Child Abuse"),
        (INSPECTION, PVP, f"{PVP} – Domestic Violence"),
    ]
    assert grades(matrix)["Essex", f"4B {PVP}"] == "Good"  # of 2006, not of 2005
    assert ("Essex", "Neighbourhood Policing") not in grades(matrix)


@pytest.mark.parametrize(
    ("filters", "programmes", "left"),
    [
        (Filters(forces=("Essex Police",)), (), {("Essex", f"4B {PVP}"): "Good"}),
        (Filters(years=(2005,)), (), {("Essex", f"4B {PVP}"): "Poor"}),
        (Filters(grades=("Excellent",)), (), {("Kent", "Neighbourhood Policing"): "Excellent"}),
        (Filters(grades=("Poor",)), (), {}),  # Essex is Good by now
        (
            Filters(frameworks=(f"4B {PVP}",)),
            (),
            {("Essex", f"4B {PVP}"): "Good", ("Kent", f"4B {PVP}"): "Fair"},
        ),
        (
            Filters(grades=("Fair",)),
            (INSPECTION,),
            {("Kent", f"{PVP} – Child Abuse"): "Fair"},
        ),
    ],
)
def test_filters_leave_the_squares_that_pass_them(
    filters: Filters, programmes: tuple[str, ...], left: dict[tuple[str, str], str]
) -> None:
    assert grades(make_matrix(HELD, filters, programmes)) == left


def test_a_column_counts_all_forces_nationally_and_those_held_where_no_report_does() -> None:
    matrix = make_matrix(HELD, Filters())
    pvp, child = matrix.columns[1], matrix.columns[3]
    assert pvp.national == (("Excellent", 0), ("Good", 3), ("Fair", 32), ("Poor", 8))
    assert pvp.is_national and pvp.year == 2006
    assert child.national == (("Fair", 1),) and not child.is_national


@pytest.mark.parametrize(
    ("now", "earlier", "way", "is_renamed"),
    [
        (ESSEX[0], ESSEX[1], "better", False),
        (judged("X", PVP, "Poor", 2007), judged("X", PVP, "Fair", 2006), "worse", False),
        (judged("X", PVP, "Fair", 2007), judged("X", PVP, "Fair", 2004), "same", False),
        (KENT[2], KENT[1], "better", True),
        (
            judged("X", "Supporting victims", "Good", 2022, PEEL),
            judged("X", "Supporting victims", "Good", 2019, PEEL),
            "not comparable",  # four grades before 2021, five since
            False,
        ),
        (
            judged("X", PVP, "Adequate", 2022, PEEL),
            judged("X", PVP, "Fair", 2006),
            "not comparable",
            False,
        ),
        (
            judged("X", PVP, "Not Graded", 2007),
            judged("X", PVP, "Fair", 2006),
            "not comparable",
            False,
        ),
    ],
)
def test_a_change_is_told_against_the_inspection_before(
    now: Judgement, earlier: Judgement, way: str, is_renamed: bool
) -> None:
    change = change_since(now, [earlier, now])
    assert change
    assert (change.way, change.earlier, change.is_renamed) == (way, earlier, is_renamed)


def test_one_grade_against_several_is_not_compared() -> None:
    change = change_since(KENT[3], KENT)
    assert change
    assert (change.way, change.split) == ("not comparable", (PVP, "once in 2006, 2 times in 2007"))
    assert "Kent Police was graded on this once in 2006, 2 times in 2007" in change.why_not
    (note,) = cannot_compare(make_matrix(HELD, Filters()))
    assert note.startswith(f"{PVP} was graded once in 2006, 2 times in 2007: the frameworks")


@pytest.mark.parametrize(
    ("judgement", "history"),
    [
        (KENT[0], KENT),
        (judged("X", PVP, "Good", None), [judged("X", PVP, "Fair", 2006)]),
        (judged("X", "Leader", "Good", 2007), [judged("X", "Leadership", "Fair", 2006)]),
    ],
)
def test_without_an_earlier_grade_on_it_nothing_changed(
    judgement: Judgement, history: list[Judgement]
) -> None:
    assert change_since(judgement, history) is None


def test_forces_are_ordered_by_a_grade_those_without_it_last() -> None:
    matrix = make_matrix(HELD, Filters())
    key = f"{BASELINE} / 4B {PVP}"
    assert ordered_forces(matrix, key) == ("Essex Police", "Kent Police")
    assert ordered_forces(matrix, key, worst_first=True) == ("Kent Police", "Essex Police")
    key = f"{INSPECTION} / Neighbourhood Policing"
    for worst_first in (False, True):
        assert ordered_forces(matrix, key, worst_first=worst_first)[-1] == "Essex Police"
    assert ordered_forces(matrix, worst_first=True) == ("Kent Police", "Essex Police")


def test_grades_of_every_programme_go_from_best_to_worst() -> None:
    best = ("Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate")
    assert sorted(best, key=rank_of) == list(best)
    assert sorted(("Poor", "Fair", "Excellent", "Good"), key=rank_of)[0] == "Excellent"
    assert rank_of("Effective in part") > rank_of("Inadequate")


def test_a_whole_country_has_a_square_for_each_force_and_framework() -> None:
    held = many_judgements()
    assert len(held) == 43 * 23 * 3
    matrix = make_matrix(held, Filters())
    assert len(matrix.squares) == 43 * 23
    assert matrix.forces == FORCES and len(matrix.columns) == 23
    square = matrix.squares[FORCES[0], f"{PROGRAMME} / 4B {PVP}"]
    assert [each.year for each in square.judgements] == list(YEARS)
    assert square.change and square.change.earlier.year == 2005
