"""Questions with their evidence in, whether a passage is right out.

The form is that of `../shared/questions/dev.jsonl`; a passage is right when it comes from the
evidence's report and holds 60 % of the quote's words in one unbroken run. Where a report's
text may not be copied, evidence has an anchor instead: at most five words, all to be held.
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
_ANCHOR = 5
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
    """Words that answer a question, and the report and part they stand in.

    `share` is how much of them a right passage holds: 1 where they are an anchor.
    """

    doc: str
    part: str
    quote: str
    share: float = _SHARE


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
    if not path.is_file():
        raise QuestionError(f"There is no file of questions at {path}. Name one with its evidence.")
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            evidence = tuple(_evidence(each) for each in row["evidence"])
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


def _evidence(row: dict[str, str]) -> Evidence:
    if "anchor" not in row:
        return Evidence(row["doc"], row["part"], row["quote"])
    anchor = row["anchor"]
    if len(folded_words(anchor)) > _ANCHOR:
        raise ValueError(f"an anchor is of at most {_ANCHOR} words: {anchor}")
    return Evidence(row["doc"], row["part"], anchor, share=1.0)


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
    evidence: Evidence, matches: Sequence[Match], share: float | None = None
) -> int | None:
    """The rank of the first match that holds that share of the evidence, or None."""
    return _first_holding(evidence, _shown(matches), share or evidence.share)


def question_rank(question: GoldQuestion, matches: Sequence[Match]) -> int | None:
    """The rank by which the evidence is found: any of it, or all of it where all is needed."""
    return _rank(question, _shown(matches))


def texts_rank(question: GoldQuestion, found: Sequence[tuple[str, str]]) -> int | None:
    """The rank as `question_rank` gives it, of passages as pairs of file name and text."""
    return _rank(question, [(rank, *each) for rank, each in enumerate(found, 1)])


def _rank(question: GoldQuestion, found: Sequence[tuple[int, str, str]]) -> int | None:
    ranks = [_first_holding(each, found, each.share) for each in question.evidence]
    held = [rank for rank in ranks if rank is not None]
    if not held or (question.needs_all and len(held) < len(ranks)):
        return None
    return max(held) if question.needs_all else min(held)


def _shown(matches: Sequence[Match]) -> list[tuple[int, str, str]]:
    """Rank, file and text of all that is shown: a repeat stands with the first, at its rank."""
    return [
        (match.rank, shown.details.file, shown.passage.text)
        for match in matches
        for shown in (match, *match.repeats)
    ]


def _first_holding(
    evidence: Evidence, found: Sequence[tuple[int, str, str]], share: float
) -> int | None:
    quote = folded_words(evidence.quote)
    for rank, file, text in found:
        if file.startswith(evidence.doc) and holds(folded_words(text), quote, share):
            return rank
    return None
