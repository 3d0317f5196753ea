"""The one door to a library: open it, ask it a question, look at its reports."""

import re
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from indexer.choosing import open_store
from indexer.encoder import Encoder
from indexer.errors import IndexOutdated
from indexer.models import MiniLM, common_words
from indexer.storing import EVERYTHING, Store
from indexer.threads import use_one_thread_each
from indexer.types import Judgement, Report, ReportDetails, Term
from indexer.words import stem, stems
from search.bodies import Bodies, is_force
from search.conflicts import find_conflicts
from search.defining import define
from search.filtering import Filtering, selected, speaking
from search.finding import Finder, Reranker
from search.grades import label
from search.grading import with_grades
from search.grouping import Grouping
from search.intents import speaks_of_two
from search.judging import Judged, answer_grades, may_ask_grades
from search.labels import without
from search.leaning import leaning
from search.listing import GradeAnswer
from search.quotations import find_quotations
from search.ranking import Weights
from search.refusing import (
    missing_forces,
    refuse_no_such_grade,
    refuse_not_held,
    refuse_nothing_found,
    refuse_unasked,
)
from search.speech import Speech
from search.spelling import Spelling, corrected
from search.strength import LEAST, LEAST_UNKNOWN, evidence
from search.types import Answer, Coverage, Filters, Match, Question, Refusal
from search.understanding import Held as HeldNames
from search.understanding import understand
from search.unknown import unknown_names
from search.vocabulary import Entry, Vocabulary, everyday_entries

# So many matches are quoted in an answer; more where several forces or years are asked about.
_QUOTED = 3
NO_FILTERS = Filters()
_QUOTED_OF_SEVERAL = 4


class Library:
    """A library opened for asking. It never writes; threads may share it."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reranker: Reranker = "late",
        weights: Weights | None = None,
        entries: Sequence[Entry] | None = None,
    ) -> None:
        """`reranker` is a cross-encoder, or says whether there is late interaction or nothing.

        `weights` and `entries` stand in for the fitted mix and the shipped vocabulary, for
        measuring what each adds.
        """
        if store.manifest.encoder != encoder.name:
            raise IndexOutdated(
                f"The library was made with the encoder {store.manifest.encoder}, this is "
                f"{encoder.name}. Run: python -m indexer build"
            )
        self.store = store
        self.encoder = encoder
        self.details: dict[str, ReportDetails] = {d.id: d for d, _ in store.reports()}
        self._entries = everyday_entries() if entries is None else entries
        self.vocabulary = Vocabulary(store.meanings(), self._entries)
        self._finder = Finder(
            store,
            encoder,
            self.vocabulary,
            self.details,
            store.judgements,
            reranker,
            weights,
            Speech(self._entries, encoder),
        )
        self._filtering = Filtering(store, self.details)
        self.forces = tuple(sorted({d.force for d in self.details.values() if d.force}))
        self.years = tuple(sorted({d.year for d in self.details.values() if d.year}))

    @classmethod
    def open(
        cls,
        index: Path,
        encoder: Encoder | None = None,
        reranker: Reranker = "late",
    ) -> "Library":
        """The library in the folder `index`, or in Milvus where FINDINGS_STORE names it.

        Raises LibraryError.
        """
        use_one_thread_each()
        return cls(open_store(index), encoder or MiniLM(), reranker)

    @property
    def fingerprint(self) -> str:
        """What the library was made from, as a hash."""
        return self.store.manifest.fingerprint

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every report."""
        return self.store.judgements()

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """Every grade given."""
        return tuple(dict.fromkeys(judgement.grade for judgement in self.judgements))

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return self.store.manifest.passages

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        return self.store.report(report_id)

    def warm_up(self) -> None:
        """Load all that a question needs, so that the first does not wait for it."""
        self.ask("How do the police deal with burglary?")

    def ask(self, text: str, filters: Filters | None = None, taken: Collection[str] = ()) -> Answer:
        """The answer to a question, from the passages that `filters` leave.

        `taken` are keys of `search.labels`: what the reader says was misunderstood.
        """
        started = time.perf_counter()
        # Half of a character that is written in two halves is no character at all.
        text = text.encode("utf-8", "replace").decode("utf-8")
        answer = self._answer(text.strip(), filters or Filters(), taken)
        return replace(answer, took_ms=(time.perf_counter() - started) * 1000)

    def _answer(self, text: str, filters: Filters, taken: Collection[str]) -> Answer:
        refusal = refuse_unasked(text)
        if refusal:
            return self._refused(Question(text), refusal, (), self._filtering.coverage(EVERYTHING))
        question = self.understood(text, filters, taken)
        held = self._filtering.held[filters.superseded]
        refusal = refuse_not_held(question, held, self._mentioned(question.years))
        selection = selected(filters if refusal else self._narrowed(question, filters))
        found = self._finder.find(question, selection)
        question = found.question
        matches = self._finder.matches(self._finder.best(found, self.forces), found)
        searched = self._filtering.coverage(selection)
        graded = self._graded(question, filters)
        meaning = define(question, lambda named: self._terms_of(named, filters), self.details)
        is_known = graded is not None or bool(meaning)
        likely = evidence(self.store, self.encoder, self.vocabulary, found)
        if not (refusal or is_known):
            unknown = unknown_names(question.topic or question.text, self._is_held, self._common)
            if likely < (LEAST_UNKNOWN if unknown else LEAST):
                refusal = refuse_nothing_found(question, held, unknown)
        if refusal is None and graded is not None and graded.is_nothing:
            refusal = refuse_no_such_grade(graded.statement)
        if refusal:
            return self._refused(question, refusal, matches, searched, likely)
        asked = [force for force in question.forces if force in self.forces]
        quoted = find_quotations(
            self.store,
            self.encoder,
            found,
            matches,
            _QUOTED_OF_SEVERAL if len(asked) > 1 or len(question.years) > 1 else _QUOTED,
        )
        answer = Answer(
            question=question,
            statement=meaning,
            quotations=quoted,
            matches=matches,
            coverage=speaking(searched, matches),
            notes=missing_forces(question, held),
            conflicts=find_conflicts(self._finder, found),
            evidence=likely,
            groups=Grouping(self.details, self._finder, found).groups(asked),
        )
        if graded is None:
            return answer
        return with_grades(answer, graded, self.store, self._finder, found)

    def understood(
        self, text: str, filters: Filters = NO_FILTERS, taken: Collection[str] = ()
    ) -> Question:
        """The question, its frameworks those of the reports it asks about, where they have any."""
        corrections = tuple(
            each
            for each in self._spelling.corrections(text)
            if f"spelling:{each.typed}" not in taken
        )
        read = corrected(text, corrections)
        question = understand(read, self.vocabulary, self.names, leaning(self.encoder, read))
        if not question.forces and len(self.forces) == 2 and speaks_of_two(read):
            question = replace(question, forces=tuple(self.forces))
        question = replace(question, typed=text, corrections=corrections)
        question = without(question, taken)
        passing = self._filtering.passing(self._narrowed(question, filters))
        on = self.store.reports_on()
        graded = self._graded_on if may_ask_grades(question) else {}
        asked = tuple(
            name
            for name in question.frameworks
            if passing & {*on.get(name, ()), *graded.get(name, ())}
        )
        return replace(question, frameworks=asked or question.frameworks)

    def _refused(
        self,
        question: Question,
        refusal: Refusal,
        matches: tuple[Match, ...],
        coverage: Coverage,
        likely: float = 0.0,
    ) -> Answer:
        return Answer(question, refusal.message, (), matches, coverage, refusal, evidence=likely)

    def _graded(self, question: Question, filters: Filters) -> GradeAnswer | None:
        """What the judgements that pass the filters answer, if they do."""
        if filters.findings and "grade" not in filters.findings:
            return None
        if not may_ask_grades(question):
            return None
        passing = self._filtering.passing(self._narrowed(question, filters))
        return answer_grades(question, self._judged.held(passing, question, filters))

    @cached_property
    def _graded_on(self) -> dict[str, set[str]]:
        """The reports that give a grade on a framework, by its label."""
        graded: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.judgements:
            graded[label(each)].add(each.report)
        return dict(graded)

    @cached_property
    def _judged(self) -> Judged:
        return Judged(self.judgements)

    @cached_property
    def names(self) -> HeldNames:
        """The years, grades and bodies that a question may name."""
        bodies = Bodies(self.forces, self._speaks_of)
        return HeldNames(self.years, self._known_grades, bodies)

    def _speaks_of(self, name: str) -> bool:
        """Whether a passage of a report on a force has every word of a name."""
        reports = self.store.reports_saying(stems(name))
        return any(is_force(self.details[report].force) for report in reports)

    @cached_property
    def _known_grades(self) -> tuple[str, ...]:
        """The grades given, and those that no report held was given but others nationally were."""
        national = (grade for each in self.judgements for grade, _ in each.national)
        return tuple(dict.fromkeys([*self.grades, *national]))

    def _is_held(self, word: str) -> bool:
        """Whether the reports or a vocabulary hold a word or another form of it."""
        return bool(
            self.store.passages_with(stem(word))
            or self.vocabulary.meanings(word)
            or self.vocabulary.meanings(word.removesuffix("s"))
        )

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self.store, self._common)

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words in small letters of the everyday vocabulary and of common English."""
        phrases = (phrase for entry in self._entries for phrase in entry.plain)
        known = {word for phrase in phrases for word in re.findall(r"\w+", phrase.casefold())}
        return common_words() | known

    def _terms_of(self, acronyms: Collection[str], filters: Filters) -> list[Term]:
        passing = self._filtering.passing(Filters(superseded=filters.superseded))
        return [term for term in self.store.terms(acronyms) if term.report in passing]

    def _mentioned(self, years: Sequence[int]) -> list[int]:
        return [year for year in years if self.store.passages_with(str(year))]

    def _narrowed(self, question: Question, filters: Filters) -> Filters:
        """The filters with what the question names: its forces and years."""
        forces = tuple(force for force in question.forces if force in self.forces)
        return replace(
            filters, forces=filters.forces or forces, years=filters.years or question.years
        )
