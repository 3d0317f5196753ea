"""A store's selections against the same filters applied passage by passage."""

from pathlib import Path

import numpy as np
import pytest

from indexer import words
from indexer.build import build
from indexer.store import EmbeddedStore
from indexer.storing import EVERYTHING, Selection
from indexer.types import Passage
from indexer.words import stems
from tests.samples import WordEncoder, write_corpus

SELECTIONS = [
    EVERYTHING,
    Selection(),
    Selection(forces=("Kent Police",)),
    Selection(years=(2006,)),
    Selection(years=(2014,)),
    Selection(findings=("strength", "improvement")),
    Selection(grades=("Good",)),
    Selection(grades=("Fair", "Poor")),
    Selection(forces=("Kent Police",), findings=("improvement",)),
    Selection(forces=("Nowhere Police",)),
    Selection(without=(0, 2, 3)),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    folder = tmp_path_factory.mktemp("selecting")
    build(write_corpus(folder / "corpus"), folder / "index", WordEncoder())
    return EmbeddedStore.open(folder / "index")


def rows_of(store: EmbeddedStore, selection: Selection) -> list[int]:
    """The rows of a selection, passage by passage."""
    details = {each.id: each for each, _ in store.reports()}
    graded = {(j.report, j.title): j.grade for j in store.judgements()}

    def passes(passage: Passage) -> bool:
        report = details[passage.report]
        said = {stem for stem in stems(passage.text) if stem.isdigit()}
        years = {str(year) for year in selection.years}
        grade = graded.get((passage.report, passage.framework), "")
        return (
            (not selection.forces or report.force in selection.forces)
            and (selection.superseded or not report.superseded_by)
            and (not years or report.year in selection.years or bool(years & said))
            and (not selection.findings or passage.finding in selection.findings)
            and (not selection.grades or grade in selection.grades)
            and passage.row not in selection.without
        )

    return [row for row, passage in store.passages().items() if passes(passage)]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_a_selection_is_what_passes_its_filters(store: EmbeddedStore, selection: Selection) -> None:
    expected = rows_of(store, selection)
    assert store.rows(selection).tolist() == expected
    reports = [store.places_of([row])[row].report for row in expected]
    assert store.count_by_report(selection) == {r: reports.count(r) for r in set(reports)}


def test_frameworks_are_selected_by_label(store: EmbeddedStore) -> None:
    for label, reports in store.reports_on().items():
        rows = store.rows(Selection(frameworks=(label,))).tolist()
        places = store.places_of(range(store.manifest.passages))
        assert rows == [row for row, place in places.items() if place.label == label]
        assert {places[row].report for row in rows} == reports


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
@pytest.mark.parametrize("few", [0, 2_000])
def test_every_search_keeps_to_the_selection_and_its_order(
    store: EmbeddedStore, selection: Selection, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_FEW", few)  # with 0, words are found first and left out then
    allowed = set(rows_of(store, selection))
    query = WordEncoder().encode(["crime and officers on neighbourhood teams"])[0]
    weights = {"offic": 1.0, "crime": 0.5, "forc": 0.25}
    passages = store.manifest.passages
    for every, all_scores, rows, scores in (
        (*store.nearest(query, passages), *store.nearest(query, 5, selection)),
        (*store.matching(weights, passages), *store.matching(weights, 5, selection)),
    ):
        kept = [row for row in every.tolist() if row in allowed]
        assert rows.tolist() == kept[:5]
        of = dict(zip(every.tolist(), all_scores.tolist(), strict=True))
        assert scores.tolist() == pytest.approx([of[row] for row in rows.tolist()], abs=1e-5)
    numbers, _ = store.nearest_sentences(query, 20, selection)
    assert set(numbers.tolist()) <= allowed


def test_given_rows_have_the_scores_of_the_search(store: EmbeddedStore) -> None:
    query = WordEncoder().encode(["neighbourhood officers"])[0]
    rows, scores = store.nearest(query, store.manifest.passages)
    assert store.meaning_scores(query, rows) == pytest.approx(scores, abs=1e-5)
    numbers, found = store.nearest_sentences(query, store.manifest.sentences)
    best: dict[int, float] = {}
    for row, score in zip(numbers.tolist(), found.tolist(), strict=True):
        best.setdefault(row, score)
    assert store.best_sentences(query, rows) == pytest.approx(best, abs=1e-5)
    for row in rows.tolist():
        told = [score for _, score in store.sentence_scores(query, row)]
        assert max(told) == pytest.approx(best[row], abs=1e-5)


def test_tallies_count_every_passage_once(store: EmbeddedStore) -> None:
    assert sum(tally.passages for tally in store.tallies()) == store.manifest.passages
    for details, _ in store.reports():
        own = [t.passages for t in store.tallies() if t.report == details.id]
        assert sum(own) == len(store.passages_of(details.id))


def test_words_are_looked_up_where_they_are_needed(store: EmbeddedStore) -> None:
    counts = store.words_like("o", 7, 9)
    assert counts["officers"] == store.times_written("officers") > 0
    assert all(word[0] == "o" and 7 <= len(word) <= 9 for word in counts)
    assert store.times_written("unheardof") == 0


def test_reports_saying_all_of_some_words(store: EmbeddedStore, tmp_path: Path) -> None:
    passages = store.passages().values()
    for said in (["handbag", "bell"], ["offic"], ["offic", "unheardof"], []):
        expected = {p.report for p in passages if said and set(said) <= set(stems(p.text))}
        assert store.reports_saying(said) == expected


def test_a_row_s_tokens_are_its_own(store: EmbeddedStore) -> None:
    rows = [2, 0, 1]
    kept = store.tokens_of(rows)
    for row, tokens in zip(rows, kept, strict=True):
        assert np.array_equal(store.tokens_of([row])[0], tokens)
