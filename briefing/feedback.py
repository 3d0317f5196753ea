"""An answer and what a reader says of it in, an opinion to keep out; and opinions as questions.

The questions have the form of `../shared/questions/dev.jsonl`, so that `python -m evaluation` can
ask them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from briefing.limits import LONGEST_QUOTATION, question_of, seen
from indexer.errors import BriefingError
from indexer.types import FindingKind
from search.types import Answer, Filters, Quotation

LONGEST_WHY = 500
MOST_SHOWN = 20
# What the form calls the parts of a report.
_PARTS: dict[FindingKind, str] = {
    "strength": "Strengths",
    "improvement": "Areas for Improvement",
    "work_in_progress": "Work in Progress",
    "good_practice": "Good Practice",
    "context": "Contextual Factors",
    "grade": "Grade",
    "glossary": "Glossary",
}


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    """Words that were shown as an answer, the file and the part of it that they stand in."""

    file: str
    section: str
    finding: FindingKind
    text: str
    is_digest: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether a reader finds an answer right, why, and all that it was an answer to.

    `library` is the fingerprint of the library asked. Nothing says who the reader is.
    """

    is_right: bool
    question: str
    library: str
    why: str = ""
    filters: Filters = field(default_factory=Filters)
    taken: tuple[str, ...] = ()
    intent: str = "find"
    forces: tuple[str, ...] = ()
    is_refusal: bool = False
    shown: tuple[ShownQuotation, ...] = ()


def opinion_on(
    answer: Answer,
    filters: Filters,
    taken: Collection[str],
    library: str,
    is_right: bool,
    why: str = "",
) -> Opinion:
    """What a reader says of an answer; raises BriefingError where `why` is too long."""
    why = " ".join(seen(why).split())
    if len(why) > LONGEST_WHY:
        raise BriefingError(
            f"What you wrote has {len(why):,} characters; there is room for {LONGEST_WHY}."
        )
    return Opinion(
        is_right=is_right,
        question=question_of(answer.question.typed or answer.question.text),
        library=library,
        why=why,
        filters=filters,
        taken=tuple(taken),
        intent=answer.question.intent,
        forces=answer.question.forces,
        is_refusal=answer.refusal is not None,
        shown=tuple(_shown(each) for each in answer.quotations[:MOST_SHOWN]),
    )


def _shown(quotation: Quotation) -> ShownQuotation:
    passage = quotation.match.passage
    return ShownQuotation(
        file=quotation.match.details.file,
        section=f"{passage.code} {passage.framework}".strip(),
        finding=passage.finding,
        text=seen(quotation.text)[:LONGEST_QUOTATION],
        is_digest=quotation.match.citation.is_digest,
    )


def as_question(number: int, opinion: Opinion) -> dict[str, object]:
    """An opinion as a question with evidence.

    Of an answer found right the quotations are evidence, and a refusal found right must be
    refused. Of one found wrong what is right is not known: `answerable` is None, for a person to
    fill in with the evidence.
    """
    is_known = opinion.is_right
    shown = opinion.shown if is_known and not opinion.is_refusal else ()
    return {
        "id": f"feedback-{number:04}",
        "question": opinion.question,
        "style": "feedback",
        "kind": opinion.intent,
        "answerable": (not opinion.is_refusal) if is_known else None,
        "answer": "",
        "must_include": [],
        "forces": list(opinion.forces),
        "need": "any",
        "evidence": [
            {
                "doc": each.file,
                "section": each.section,
                "part": _PARTS.get(each.finding, "other"),
                "quote": " ".join(each.text.split()),
                "digest": each.is_digest,
            }
            for each in shown
        ],
        "right": opinion.is_right,
        "why": opinion.why,
        "refused": opinion.is_refusal,
        "filters": {name: list(values) for name, values in _filters(opinion.filters) if values},
        "without": list(opinion.taken),
        "shown": [each.text for each in opinion.shown],
        "library": opinion.library,
    }


def _filters(filters: Filters) -> Iterator[tuple[str, tuple[object, ...]]]:
    for name in Filters.__slots__:
        yield name, getattr(filters, name)


def is_measurable(opinion: Opinion) -> bool:
    """Whether what is right is known: the answer was, and it quoted, or was a refusal."""
    return opinion.is_right and (opinion.is_refusal or bool(opinion.shown))
