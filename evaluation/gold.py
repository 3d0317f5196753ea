"""Questions with their evidence in, whether a passage is right out.

The form is that of `../shared/questions/dev.jsonl`; a passage is right when it comes from the
evidence's report and holds 60 % of the quote's words in one unbroken run.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from indexer.errors import QuestionError
from indexer.types import FindingKind
from search.types import Match

_SHARE = 0.6
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,100}>")

# What the inspectors' part of a report is called, and the kinds of finding that are right for it.
PARTS: dict[str, tuple[FindingKind, ...]] = {
    "strengths": ("strength",),
    "areas for improvement": ("improvement",),
    "work in progress": ("work_in_progress",),
    "good practice": ("good_practice",),
    "developing practice": ("good_practice",),
    "contextual factors": ("context",),
    "national position": ("context",),
    "grade": ("grade",),
    "glossary": ("glossary",),
    "other": ("other", "recommendation", "glossary", "context"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer a question, and the report and part they stand in."""

    doc: str
    part: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is known of its answer."""

    id: str
    question: str
    style: str
    kind: str
    answerable: bool
    needs_all: bool
    must_include: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def read_gold(path: Path) -> list[GoldQuestion]:
    """The questions of a file; raises QuestionError naming the line that is not as it should be."""
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            evidence = tuple(Evidence(e["doc"], e["part"], e["quote"]) for e in row["evidence"])
            questions.append(
                GoldQuestion(
                    id=row["id"],
                    question=row["question"],
                    style=row["style"],
                    kind=row["kind"],
                    answerable=row["answerable"],
                    needs_all=row["need"] == "all",
                    must_include=tuple(row["must_include"]),
                    evidence=evidence,
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionError(f"{path.name}, line {number}: {error!r}") from error
    return questions


def folded_words(text: str) -> list[str]:
    """Words with case, mark-up, quotation marks, dashes and spacing aside."""
    plain = _TAGS.sub(" ", text).replace("’", "'").replace("‘", "'")
    return re.findall(r"[a-z0-9£%]+", plain.casefold())


def holds(passage: Sequence[str], quote: Sequence[str], share: float = _SHARE) -> bool:
    """Whether that share of the quote's words stands in the passage in one unbroken run."""
    matcher = SequenceMatcher(None, passage, quote, autojunk=False)
    run = matcher.find_longest_match(0, len(passage), 0, len(quote)).size
    return run >= share * len(quote) > 0


def evidence_rank(
    evidence: Evidence, matches: Sequence[Match], share: float = _SHARE
) -> int | None:
    """The rank of the first match that holds that share of the evidence, or None."""
    quote = folded_words(evidence.quote)
    for match in matches:
        if match.details.file.startswith(evidence.doc) and holds(
            folded_words(match.passage.text), quote, share
        ):
            return match.rank
    return None


def question_rank(question: GoldQuestion, matches: Sequence[Match]) -> int | None:
    """The rank by which the evidence is found: any of it, or all of it where all is needed."""
    ranks = [evidence_rank(each, matches) for each in question.evidence]
    found = [rank for rank in ranks if rank is not None]
    if not found or (question.needs_all and len(found) < len(ranks)):
        return None
    return max(found) if question.needs_all else min(found)
