"""A judgement in, its words out; and which grade is better than which."""

from indexer.types import Judgement

BEST_FIRST = (
    "Outstanding",
    "Excellent",
    "Good",
    "Adequate",
    "Fair",
    "Requires improvement",
    "Poor",
    "Inadequate",
)
_RANKS = {grade.casefold(): rank for rank, grade in enumerate(BEST_FIRST)}
UNKNOWN_RANK = len(_RANKS)


def rank_of(grade: str) -> int:
    """The place of a grade from the best, 0; words that are no known grade come last."""
    return _RANKS.get(grade.casefold(), UNKNOWN_RANK)


def label(judgement: Judgement) -> str:
    """The judgement's framework as a reader sees it: "4B Protecting Vulnerable People"."""
    # Where a programme has no codes, `framework` is a shorter title: "Help and protection".
    is_code = judgement.framework[:1].isdigit()
    if judgement.framework in judgement.title or not is_code:
        return judgement.title
    return f"{judgement.framework} {judgement.title}"


def in_words(judgement: Judgement) -> str:
    """A judgement as a sentence, with the direction of travel and the national spread."""
    direction = f" (direction of travel: {judgement.direction})" if judgement.direction else ""
    national = spread(judgement)
    return (
        f"{judgement.force} was graded {judgement.grade}{direction} for {label(judgement)} "
        f"in {judgement.year}{f'; nationally {national}' if national else ''}."
    )


def spread(judgement: Judgement) -> str:
    """The national spread in words: "8 Poor, 32 Fair, 3 Good, 0 Excellent"; "" if not given."""
    return ", ".join(f"{count} {grade}" for grade, count in judgement.national)
