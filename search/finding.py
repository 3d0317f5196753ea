"""An understood question in, the passages that answer it out: candidates, ranking, matches."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.named import PairScorer
from indexer.storing import Place, Selection, Store
from indexer.types import Judgement, Passage, ReportDetails
from search.candidates import Candidate, find_candidates, word_weights
from search.explaining import explain
from search.marks import find_marks
from search.ranking import WITH_LATE, WITHOUT_LATE, Ranked, Weights, rank
from search.repeats import without_repeats
from search.reranking import score_pairs
from search.speech import Speech
from search.spreading import spread
from search.types import Citation, Match, Question
from search.vocabulary import Vocabulary, everyday_entries

# What looks at candidates again: late interaction, nothing, or a cross-encoder.
Reranker = PairScorer | Literal["late", "off"]
MATCHES = 10
# So many more are looked at for those that only repeat one before them.
_SPARE = 10
# A word in more than this share of passages is not marked where it matches.
_MARKED_SHARE = 0.15
_ALWAYS_MARKED = 5
# Tags, and the signs of Markdown and of templates: none of them is a word of a question.
_MARK_UP = re.compile(r"<[^<>]{1,80}>|[*_`#$|~^{}\[\]\\]+|:\w+(?=\[)")


@dataclass(frozen=True, slots=True)
class Found:
    """All that a search found: the question with guesses added, its vectors, what is ranked.

    `weights` are the stems searched for, `places` those of the candidates by row.
    """

    question: Question
    query: Vectors
    tokens: TokenVectors
    candidates: list[Candidate]
    ranked: list[Ranked]
    weights: dict[str, float]
    places: dict[int, Place]


class Finder:
    """Finds passages of one library. It keeps nothing of a question; threads may share it."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        vocabulary: Vocabulary,
        details: Mapping[str, ReportDetails],
        judgements: Callable[[], Sequence[Judgement]],
        reranker: Reranker = "late",
        weights: Weights | None = None,
        speech: Speech | None = None,
    ) -> None:
        """`judgements` reads them when they are first needed. `weights` replaces the fitted mix;

        measures of single parts use it.
        """
        self._store = store
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._details = details
        self._read_judgements = judgements
        self._reranker = reranker
        has_late = reranker == "late" and encoder.token_dimension > 0
        self._weights = weights or (WITH_LATE if has_late else WITHOUT_LATE)
        self._speech = speech or Speech(everyday_entries(), encoder)

    @cached_property
    def _judgements(self) -> dict[tuple[str, str], Judgement]:
        """The judgements by report and title."""
        return {(each.report, each.title): each for each in self._read_judgements()}

    def find(self, question: Question, selection: Selection) -> Found:
        """Every candidate of the selection, best first."""
        query, tokens = self._encoded(question)
        guesses = self._speech.expansions(question.text, query)
        question = replace(question, expansions=(*question.expansions, *guesses))
        weights = word_weights(question)
        candidates = find_candidates(self._store, query, tokens, weights, selection)
        places = self._store.places_of([each.row for each in candidates])
        ranked = rank(candidates, question, places, self._weights)
        if isinstance(self._reranker, PairScorer):
            ranked = score_pairs(self._reranker, self._store, question, ranked)
        return Found(question, query, tokens, candidates, ranked, weights, places)

    def _encoded(self, question: Question) -> tuple[Vectors, TokenVectors]:
        """The question's vector and its tokens' vectors, none where they are not used."""
        text = question_for_encoder(question, self._vocabulary)
        vectors, tokens = self._encoder.encode_tokens([text])
        return vectors[0], tokens[0] if self._reranker == "late" else tokens[0][:0]

    def best(self, found: Found, held: Sequence[str]) -> list[Ranked]:
        """The best ranked, a few more than are shown, with room for each of the forces `held`."""
        force_of = {
            each.row: self._details[found.places[each.row].report].force for each in found.ranked
        }
        forces = [force for force in found.question.forces if force in held]
        return spread(found.ranked, force_of, found.question.text, forces, MATCHES + _SPARE)

    def read(self, ranked: Sequence[Ranked]) -> Iterator[tuple[Ranked, Passage, ReportDetails]]:
        """Each with its passage and its report's details."""
        passages = self._store.passages([each.row for each in ranked])
        for each in ranked:
            passage = passages[each.row]
            yield each, passage, self._details[passage.report]

    def matches(
        self, ranked: Sequence[Ranked], found: Found, count: int = MATCHES
    ) -> tuple[Match, ...]:
        """The first `count` as a reader sees them, those that repeat one before it beside it."""
        passages = self._store.passages([each.row for each in ranked])
        telling = self._telling(found.weights)
        nearness = {each.row: each.meaning for each in found.candidates}

        def match(number: int, row: int, score: float, repeats: Sequence[int]) -> Match:
            passage = passages[row]
            details = self._details[passage.report]
            return Match(
                rank=number,
                score=round(score, 4),
                passage=passage,
                details=details,
                citation=citation(passage, details),
                marks=find_marks(passage.text, telling),
                why=explain(found.question, passage, nearness.get(row, 0.0)),
                judgement=self._judgements.get((passage.report, passage.framework)),
                repeats=tuple(match(number, row, score, ()) for row in repeats),
            )

        return tuple(
            match(number, each.row, each.score, repeats)
            for number, (each, repeats) in enumerate(without_repeats(ranked, passages, count), 1)
        )

    def _telling(self, weights: Mapping[str, float]) -> dict[str, float]:
        """The stems worth marking: "force" and "police" stand in every other passage."""
        most = max(_ALWAYS_MARKED, _MARKED_SHARE * self._store.manifest.passages)
        held = self._store.passages_with
        return {stem: weight for stem, weight in weights.items() if held(stem) <= most}


def question_for_encoder(question: Question, vocabulary: Vocabulary) -> str:
    """The question as it is encoded: each acronym with what it stands for beside it, no mark-up."""
    whole = question.topic or question.text
    plain = _MARK_UP.sub(" ", whole)
    text = plain if any(map(str.isalnum, plain)) else whole
    for word, meanings in vocabulary.acronyms_in(text):
        text = text.replace(word, f"{word} ({meanings[0]})", 1)
    return text


def citation(passage: Passage, details: ReportDetails) -> Citation:
    """Where a passage stands, for a reader."""
    return Citation(
        force=details.force,
        report=details.title,
        published=details.published,
        place=passage.path or ("Opening",),
        first_page=passage.first_page,
        last_page=passage.last_page,
        is_digest=details.source == "digest",
        printed=passage.printed,
        is_ocr=passage.is_ocr,
    )
