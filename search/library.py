"""The one door to a library: open it, ask it a question, look at its reports."""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from indexer.encoder import Encoder, MiniLM
from indexer.errors import IndexOutdated
from indexer.store import EmbeddedStore
from indexer.types import Judgement, Passage, Report, ReportDetails, Span
from search.candidates import find_candidates, word_weights
from search.defining import define
from search.filtering import allowed_rows, coverage, passes
from search.judging import GradeAnswer, answer_grades, label, stands_beside
from search.quotations import find_marks, find_quotations
from search.ranking import Ranked, rank, spread
from search.refusing import (
    Held,
    missing_forces,
    refuse_not_held,
    refuse_nothing_found,
    refuse_unasked,
)
from search.speech import Speech
from search.strength import is_answered
from search.types import Answer, Citation, Coverage, Filters, Match, Question, Quotation, Refusal
from search.understanding import Held as HeldNames
from search.understanding import understand
from search.vocabulary import Vocabulary, everyday_entries

MATCHES = 10
# A word in more than this share of passages is not marked where it matches.
_MARKED_SHARE = 0.15
_ALWAYS_MARKED = 5


class Library:
    """A library opened for asking. It never writes; threads may share it."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder) -> None:
        if store.manifest.encoder != encoder.name:
            raise IndexOutdated(
                f"The library was made with the encoder {store.manifest.encoder}, this is "
                f"{encoder.name}. Run: python -m indexer build"
            )
        self.store = store
        self.encoder = encoder
        self.details: dict[str, ReportDetails] = {d.id: d for d, _ in store.reports()}
        self.judgements: tuple[Judgement, ...] = store.judgements()
        self._terms = store.terms()
        self.vocabulary = Vocabulary(self._terms, everyday_entries())
        self.speech = Speech(everyday_entries(), encoder)
        self.forces = tuple(sorted({d.force for d in self.details.values() if d.force}))
        self.years = tuple(sorted({d.year for d in self.details.values() if d.year}))
        self.grades = tuple(dict.fromkeys(judgement.grade for judgement in self.judgements))

    @classmethod
    def open(cls, index: Path, encoder: Encoder | None = None) -> "Library":
        """The library in the folder `index`.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        return cls(EmbeddedStore.open(index), encoder or MiniLM())

    @property
    def fingerprint(self) -> str:
        """What the library was made from, as a hash."""
        return self.store.manifest.fingerprint

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        return self.store.report(report_id)

    def warm_up(self) -> None:
        """Load the encoder now, so that the first question does not wait for it."""
        self.encoder.encode(["police"])

    def ask(self, text: str, filters: Filters | None = None) -> Answer:
        """The answer to a question, from the passages that `filters` leave."""
        started = time.perf_counter()
        answer = self._answer(text.strip(), filters or Filters())
        return replace(answer, took_ms=(time.perf_counter() - started) * 1000)

    def _answer(self, text: str, filters: Filters) -> Answer:
        refusal = refuse_unasked(text)
        if refusal:
            return self._refused(
                Question(text), refusal, (), coverage(self.store, self.details, None)
            )
        question = self._understood(text, filters)
        refusal = refuse_not_held(question, self._held, self._mentioned(question.years))
        among = allowed_rows(
            self.store,
            self.details,
            self.judgements,
            filters if refusal else self._narrowed(question, filters),
        )
        query = self.encoder.encode([question_for_encoder(question, self.vocabulary)])[0]
        guesses = self.speech.expansions(question.text, query)
        question = replace(question, expansions=(*question.expansions, *guesses))
        weights = word_weights(question)
        candidates = find_candidates(self.store, query, weights, among)
        ranked = rank(candidates, question, self.store.places)
        matches = self._matches(self._chosen(ranked, question), weights)
        searched = coverage(self.store, self.details, among)
        graded = self._graded(question, filters)
        meaning = define(question, self._terms, self.details)
        is_known = graded is not None or bool(meaning)
        if not (refusal or is_known or is_answered(self.store, question, candidates)):
            refusal = refuse_nothing_found(question, self._held)
        if refusal:
            return self._refused(question, refusal, matches, searched)
        found = find_quotations(self.store, query, question, matches)
        answer = Answer(
            question=question,
            text="\n".join([meaning] * bool(meaning) + [in_quotes(each) for each in found]),
            quotations=found,
            matches=matches,
            coverage=searched,
            notes=missing_forces(question, self._held),
        )
        return self._with_grades(answer, graded, weights) if graded else answer

    def _understood(self, text: str, filters: Filters) -> Question:
        """The question, its frameworks those of the reports it asks about, where they have any."""
        question = understand(text, self.vocabulary, HeldNames(self.years, self.grades))
        narrowed = self._narrowed(question, filters)
        held = set[str]()
        for details in self.details.values():
            if passes(details, narrowed):
                held |= self._frameworks_of.get(details.id, set())
        asked = tuple(label for label in question.frameworks if label in held)
        return replace(question, frameworks=asked or question.frameworks)

    @cached_property
    def _frameworks_of(self) -> dict[str, set[str]]:
        """The labels of the frameworks that each report speaks of."""
        labels: dict[str, set[str]] = {}
        for place in self.store.places:
            if place.framework:
                labels.setdefault(place.report, set()).add(place.label)
        return labels

    def _refused(
        self, question: Question, refusal: Refusal, matches: tuple[Match, ...], coverage: Coverage
    ) -> Answer:
        return Answer(question, refusal.message, (), matches, coverage, refusal)

    def _graded(self, question: Question, filters: Filters) -> GradeAnswer | None:
        """What the judgements that pass the filters answer, if they do."""
        if filters.findings and "grade" not in filters.findings:
            return None
        narrowed = self._narrowed(question, filters)
        held = [
            each
            for each in self.judgements
            if passes(self.details[each.report], narrowed)
            and (not filters.frameworks or label(each) in filters.frameworks)
            and (not filters.grades or each.grade in filters.grades)
        ]
        return answer_grades(question, held)

    def _with_grades(
        self, answer: Answer, graded: GradeAnswer, weights: dict[str, float]
    ) -> Answer:
        """The answer in grades, the grade blocks first among the matches.

        In a comparison the grades stand before the quotations and the blocks after the findings.
        """
        rows = self._grade_rows(graded.judgements)
        found = [Ranked(m.passage.row, m.score) for m in answer.matches]
        found = [each for each in found if each.row not in rows][: MATCHES - min(len(rows), 5)]
        is_beside = stands_beside(answer.question)
        blocks = [Ranked(row, 0.0 if is_beside else 1.0) for row in rows]
        ordered = [*found, *blocks] if is_beside else [*blocks, *found]
        matches = self._matches(ordered[:MATCHES], weights)
        by_row = {match.passage.row: match for match in matches}
        quotations = [grade_quotation(by_row[row], rows[row]) for row in rows if row in by_row]
        if not is_beside:
            return replace(answer, text=graded.text, matches=matches, quotations=tuple(quotations))
        kept = [q for q in answer.quotations if q.match.passage.row in by_row]
        quotations += [replace(q, match=by_row[q.match.passage.row]) for q in kept]
        text = f"{graded.text}\n{answer.text}"
        return replace(answer, text=text, matches=matches, quotations=tuple(quotations))

    def _grade_rows(self, judgements: Sequence[Judgement]) -> dict[int, Judgement]:
        """The rows of the passages that hold the judgements' grade blocks, in their order."""
        rows: dict[int, Judgement] = {}
        for judgement in judgements:
            row = self.store.passage_at(judgement.report, judgement.span.start)
            if row is not None:
                rows.setdefault(row, judgement)
        return rows

    def _chosen(self, ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
        force_of = {
            each.row: self.details[self.store.places[each.row].report].force for each in ranked
        }
        held = [force for force in question.forces if force in self.forces]
        return spread(ranked, force_of, held, MATCHES)

    def _matches(self, ranked: Sequence[Ranked], weights: dict[str, float]) -> tuple[Match, ...]:
        passages = self.store.passages([each.row for each in ranked])
        telling = self._telling(weights)
        return tuple(
            Match(
                rank=number,
                score=round(each.score, 4),
                passage=passages[each.row],
                details=self.details[passages[each.row].report],
                citation=citation(passages[each.row], self.details[passages[each.row].report]),
                marks=find_marks(passages[each.row].text, telling),
                judgement=self._judgement_of(passages[each.row]),
            )
            for number, each in enumerate(ranked, 1)
        )

    def _telling(self, weights: dict[str, float]) -> dict[str, float]:
        """The stems worth marking: "force" and "police" stand in every other passage."""
        most = max(_ALWAYS_MARKED, _MARKED_SHARE * self.store.manifest.passages)
        words = self.store.words
        return {stem: w for stem, w in weights.items() if words.passages_with(stem) <= most}

    def _judgement_of(self, passage: Passage) -> Judgement | None:
        return self._judgements_by_place.get((passage.report, passage.framework))

    @cached_property
    def _judgements_by_place(self) -> dict[tuple[str, str], Judgement]:
        return {(judgement.report, judgement.title): judgement for judgement in self.judgements}

    @cached_property
    def _held(self) -> Held:
        return Held(self.forces, self.years, len(self.details))

    def _mentioned(self, years: Sequence[int]) -> list[int]:
        return [year for year in years if self.store.words.passages_with(str(year))]

    def _narrowed(self, question: Question, filters: Filters) -> Filters:
        """The filters with what the question names: its forces and years."""
        forces = tuple(force for force in question.forces if force in self.forces)
        return replace(
            filters, forces=filters.forces or forces, years=filters.years or question.years
        )


def question_for_encoder(question: Question, vocabulary: Vocabulary) -> str:
    """The question as it is encoded: each acronym with what it stands for beside it."""
    text = question.topic or question.text
    for word, meanings in vocabulary.acronyms_in(text):
        text = text.replace(word, f"{word} ({meanings[0]})", 1)
    return text


def in_quotes(quotation: Quotation) -> str:
    """A quotation in quotation marks with its citation; a digest's words stand without marks."""
    is_digest = quotation.match.citation.is_digest
    words = quotation.text if is_digest else f"“{quotation.text}”"
    return f"{words} ({quotation.match.citation})"


def grade_quotation(match: Match, judgement: Judgement) -> Quotation:
    """The grade block of a judgement, quoted from the passage that holds it."""
    start = match.passage.span.start
    span = Span(judgement.span.start, min(judgement.span.end, match.passage.span.end))
    return Quotation(match, span, match.passage.text[span.start - start : span.end - start])


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
    )
