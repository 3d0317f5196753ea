"""A library in, questions to try on it out, one of each sort, made from what it holds."""

from collections import Counter
from collections.abc import Iterator

from indexer.types import FindingKind, Judgement
from search.library import Library

_MOST = 5
# Headings are counted among so many passages, the first.
_LOOKED_AT = 5_000


def example_questions(library: Library) -> tuple[str, ...]:
    """Up to five questions that the library answers."""
    questions = tuple(dict.fromkeys(_questions(library)))[:_MOST]
    return questions or tuple(f"What is said about {heading}?" for heading in _headings(library))


def _questions(library: Library) -> Iterator[str]:
    if any("Neighbourhood" in label for label in library.store.reports_on()):
        yield "How do forces stop neighbourhood officers being pulled off their beat?"
    graded = _graded(library)
    if graded:
        yield f"What grade did {graded.force} get for {graded.title} in {graded.year}?"
    for force, framework in _most(library, "improvement"):
        yield f"What are the areas for improvement in {framework} at {force}?"
        break
    for _, framework in _most(library, "good_practice"):
        yield f"What good practice is there in {framework}?"
        break
    acronym = _acronym(library)
    if acronym:
        yield f"What does {acronym} stand for?"


def _graded(library: Library) -> Judgement | None:
    """A judgement of a framework that many know, else the first there is."""
    known = [j for j in library.judgements if j.title == "Protecting Vulnerable People"]
    dated = [j for j in (*known, *library.judgements) if j.year and j.force]
    return dated[0] if dated else None


def _most(library: Library, kind: FindingKind) -> list[tuple[str, str]]:
    """Forces and frameworks by how many findings of a kind they have, most first."""
    counts = Counter[tuple[str, str]]()
    for tally in library.store.tallies():
        force = library.details[tally.report].force
        if tally.finding == kind and tally.framework and force:
            counts[force, tally.framework] += tally.passages
    return [pair for pair, _ in counts.most_common()]


def _acronym(library: Library) -> str:
    """The acronym that most glossaries explain, the first of them in the alphabet."""
    counts = Counter(term.acronym for term in library.store.terms() if term.acronym.isupper())
    return min(counts, key=lambda acronym: (-counts[acronym], acronym), default="")


def _headings(library: Library) -> list[str]:
    """The headings with most text under them, for a library without frameworks or glossaries."""
    passages = library.store.passages(range(min(library.passages, _LOOKED_AT))).values()
    counts = Counter(passage.path[-1] for passage in passages if passage.path)
    # Headings in capitals are those that every paper has: PURPOSE OF REPORT.
    return [heading for heading, _ in counts.most_common() if not heading.isupper()][:_MOST]
