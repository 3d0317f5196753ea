"""Judgements in, a matrix out: bodies down, frameworks across, a grade in each square."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.programmes import Framework, fold, programme_named
from indexer.types import Judgement
from search.bodies import NO_BODY
from search.changing import Change, change_since
from search.grades import label, rank_of
from search.types import Filters


@dataclass(frozen=True, slots=True)
class Column:
    """A framework of a programme. `national` pairs each grade with the number of forces that

    received it, best first, in `year`, the latest year shown; where the reports give none it
    counts the bodies of the matrix (`is_national` is then false).
    """

    programme: str
    domain: str
    framework: str
    title: str
    national: tuple[tuple[str, int], ...]
    is_national: bool
    year: int | None

    @property
    def key(self) -> str:
        """What names the column in an address."""
        return f"{self.programme} / {self.framework}"


@dataclass(frozen=True, slots=True)
class Square:
    """A body's judgements on a framework, oldest first; the last is the one shown."""

    force: str
    column: Column
    judgements: tuple[Judgement, ...]
    change: Change | None

    @property
    def latest(self) -> Judgement:
        """The judgement that the square shows."""
        return self.judgements[-1]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`squares` by force and column's key; a force without a grade on a framework has none."""

    forces: tuple[str, ...]
    columns: tuple[Column, ...]
    squares: Mapping[tuple[str, str], Square]

    def column(self, key: str) -> Column | None:
        """The column of that key, or None."""
        return next((column for column in self.columns if column.key == key), None)


_Key = tuple[str, str]


def make_matrix(
    judgements: Sequence[Judgement], filters: Filters, programmes: Collection[str] = ()
) -> Matrix:
    """The matrix of the judgements that pass the filters, forces by name.

    A square shows the latest judgement of the years chosen; a filter on grades leaves the squares
    that show one of them. Changes are told against everything held.
    """
    histories: defaultdict[str, list[Judgement]] = defaultdict(list)
    for each in judgements:
        histories[each.force].append(each)
    held: defaultdict[tuple[str, _Key], list[Judgement]] = defaultdict(list)
    for each in judgements:
        if _passes(each, filters) and (not programmes or each.programme in programmes):
            held[each.force, (each.programme, label(each))].append(each)
    shown = {place: sorted(group, key=_age) for place, group in held.items()}
    if filters.grades:
        shown = {at: group for at, group in shown.items() if group[-1].grade in filters.grades}
    columns = _columns(shown)
    squares = {
        (force or NO_BODY, columns[key].key): Square(
            force or NO_BODY,
            columns[key],
            tuple(group),
            change_since(group[-1], histories[force]),
        )
        for (force, key), group in shown.items()
    }
    forces = sorted({force for force, _ in squares}, key=lambda name: (name == NO_BODY, name))
    return Matrix(tuple(forces), tuple(columns.values()), squares)


def ordered_forces(matrix: Matrix, key: str = "", *, worst_first: bool = False) -> tuple[str, ...]:
    """The forces by name, or by their grade on the column of that key, ungraded ones last."""
    if matrix.column(key) is None:
        return tuple(reversed(matrix.forces)) if worst_first else matrix.forces

    def place(force: str) -> tuple[bool, int]:
        square = matrix.squares.get((force, key))
        rank = rank_of(square.latest.grade) if square else 0
        return square is None, -rank if worst_first else rank

    return tuple(sorted(matrix.forces, key=place))


def cannot_compare(matrix: Matrix) -> tuple[str, ...]:
    """What of the matrix cannot be compared across years, and why, in sentences; each once."""
    split: dict[str, str] = {}
    others: dict[str, None] = {}
    for square in matrix.squares.values():
        change = square.change
        if change and change.split:
            split.setdefault(*change.split)
        elif change and change.why_not:
            others[change.why_not] = None
    return (
        *(
            f"{title} was graded {times}: the frameworks changed, so these grades cannot be "
            "compared one with one."
            for title, times in sorted(split.items())
        ),
        *sorted(others),
    )


def _passes(judgement: Judgement, filters: Filters) -> bool:
    return (
        (not filters.forces or judgement.force in filters.forces)
        and (not filters.years or judgement.year in filters.years)
        and (not filters.frameworks or label(judgement) in filters.frameworks)
    )


def _age(judgement: Judgement) -> tuple[int, str]:
    return judgement.year or 0, judgement.report


def _columns(shown: Mapping[tuple[str, _Key], Sequence[Judgement]]) -> dict[_Key, Column]:
    """The columns by programme, oldest first, each in the order of its frameworks."""
    latest: defaultdict[_Key, list[Judgement]] = defaultdict(list)
    for (_, key), group in shown.items():
        latest[key].append(group[-1])
    first_year: dict[str, int] = {}
    for (programme, _), group in latest.items():
        year = min(each.year or 0 for each in group)
        first_year[programme] = min(year, first_year.get(programme, year))
    known = {programme: _frameworks(programme) for programme in first_year}

    def place(key: _Key) -> tuple[int, str, int, str]:
        programme, name = key
        at = known[programme].get(fold(latest[key][0].title), (len(known[programme]), None))[0]
        return first_year[programme], programme, at, name

    return {key: _column(key, latest[key], known[key[0]]) for key in sorted(latest, key=place)}


def _frameworks(programme: str) -> dict[str, tuple[int, Framework]]:
    """The frameworks of a programme by folded title, each with its place in the order."""
    found = programme_named(programme)
    return {
        fold(each.title): (at, each) for at, each in enumerate(found.frameworks if found else ())
    }


def _column(
    key: _Key, latest: Sequence[Judgement], known: Mapping[str, tuple[int, Framework]]
) -> Column:
    title = latest[0].title
    framework = known.get(fold(title))
    year = max((each.year for each in latest if each.year), default=None)
    counts = _national([each for each in latest if each.year == year])
    is_national = bool(counts)
    counts = counts or Counter(each.grade for each in latest)
    spread = tuple(sorted(counts.items(), key=lambda pair: rank_of(pair[0])))
    domain = framework[1].domain if framework else ""
    return Column(key[0], domain, key[1], title, spread, is_national, year)


def _national(judgements: Iterable[Judgement]) -> Mapping[str, int]:
    """The national counts that most reports give; empty where none gives any."""
    given = Counter(each.national for each in judgements if each.national)
    return dict(given.most_common(1)[0][0]) if given else {}
