"""The store in a folder and the store in Milvus answer alike, whatever they are asked.

Rows are numbered otherwise in each; passages are compared by where they stand.
"""

from collections.abc import Callable

import numpy as np
import pytest

from indexer.audit import audit
from indexer.storing import EVERYTHING, Selection, Store
from indexer.types import Passage
from indexer.vectors import Rows, Scores
from indexer.words import stems
from tests.samples import WordEncoder
from tests.stores import Both, both

__all__ = ["both"]
Place = tuple[str, int]
QUESTION = "How are burglary victims in Staffordshire looked after?"


def place(passage: Passage) -> Place:
    return passage.report, passage.span.start


def every(store: Store) -> dict[int, Passage]:
    """All passages by row."""
    held = (store.passages_of(details.id) for details, _ in store.reports())
    return {passage.row: passage for passages in held for passage in passages}


def placed(store: Store, rows: Rows) -> list[Place]:
    known = every(store)
    return [place(known[row]) for row in rows.tolist()]


def scored(store: Store, found: tuple[Rows, Scores]) -> dict[Place, float]:
    rows, scores = found
    return dict(zip(placed(store, rows), scores.tolist(), strict=True))


def row_of(store: Store, wanted: Place) -> int:
    row = store.passage_at(*wanted)
    assert row is not None
    return row


SELECTIONS = [
    pytest.param(EVERYTHING, id="everything"),
    pytest.param(Selection(), id="newest editions"),
    pytest.param(Selection(forces=("Staffordshire Police",)), id="one force"),
    pytest.param(Selection(forces=("Kent Police",)), id="a force with an older edition"),
    pytest.param(Selection(years=(2006,)), id="a year"),
    pytest.param(Selection(years=(2006, 2014), findings=("strength",)), id="years and a kind"),
    pytest.param(Selection(frameworks=("4B Protecting Vulnerable People",)), id="a framework"),
    pytest.param(Selection(grades=("Fair",)), id="a grade"),
    pytest.param(Selection(findings=("improvement", "strength"), grades=("Good",)), id="both"),
    pytest.param(Selection(forces=("No Such Police",)), id="nothing"),
    pytest.param(Selection(forces=('x"] or row >= 0 or force in [',)), id="no filter's words"),
]


def test_both_hold_the_same_reports(both: Both) -> None:
    assert both.milvus.reports() == both.folder.reports()
    for details, _ in both.folder.reports():
        assert both.milvus.report(details.id) == both.folder.report(details.id)
    assert both.milvus.report("no-such-report") is None
    assert both.milvus.judgements() == both.folder.judgements()
    assert both.milvus.terms() == both.folder.terms()
    assert both.milvus.terms(["CAIU"]) == both.folder.terms(["CAIU"]) != ()
    assert both.milvus.meanings() == both.folder.meanings()
    assert both.milvus.originals() == {
        name: sha256
        for name, sha256 in both.folder.originals().items()
        if name in {details.file for details, _ in both.folder.reports()}
    }
    held, kept = both.milvus.manifest, both.folder.manifest
    assert (held.reports, held.passages, held.sentences, held.encoder) == (
        kept.reports, kept.passages, kept.sentences, kept.encoder,
    )  # fmt: skip


def test_both_hold_the_same_passages_and_pass_the_audit(both: Both) -> None:
    assert audit(both.milvus).problems == ()
    for details, _ in both.folder.reports():
        there, here = (each.passages_of(details.id) for each in (both.milvus, both.folder))
        assert [(p.span, p.lead, p.text, p.path, p.finding, p.first_page) for p in there] == [
            (p.span, p.lead, p.text, p.path, p.finding, p.first_page) for p in here
        ]
    assert both.milvus.passages_of("no-such-report") == ()
    assert both.milvus.passage_at("no-such-report", 0) is None
    assert both.milvus.passage_at(details.id, 10**9) is None


def test_passages_stand_alike_wherever_they_are_kept(both: Both) -> None:
    places = {}
    for store in (both.folder, both.milvus):
        known = every(store)
        found = store.places_of(list(known))
        places[store is both.milvus] = {place(known[row]): found[row] for row in known}
    assert places[True] == places[False]
    assert {each.standing for each in places[True].values()} == {"own", "shared", "fragment"}


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_selection_holds_the_same_passages(both: Both, selection: Selection) -> None:
    there, here = both.milvus.rows(selection), both.folder.rows(selection)
    assert sorted(placed(both.milvus, there)) == sorted(placed(both.folder, here))
    assert there.tolist() == sorted(there.tolist())
    assert both.milvus.count_by_report(selection) == both.folder.count_by_report(selection)


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("search", ["nearest", "nearest_sentences"])
def test_what_is_nearest_is_the_same(both: Both, selection: Selection, search: str) -> None:
    query = WordEncoder().encode([QUESTION])[0]

    def scores(store: Store) -> list[float]:
        ask: Callable[..., tuple[Rows, Scores]] = getattr(store, search)
        rows, found = ask(query, 40, selection)
        assert set(rows.tolist()) <= set(store.rows(selection).tolist())
        return sorted(found.tolist(), reverse=True)

    assert scores(both.milvus) == pytest.approx(scores(both.folder), abs=1e-5)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_what_matches_in_words_is_the_same(both: Both, selection: Selection) -> None:
    weights = dict.fromkeys(stems(QUESTION), 1.0) | {"support": 0.4, "help": 0.3}
    there = scored(both.milvus, both.milvus.matching(weights, 30, selection))
    here = scored(both.folder, both.folder.matching(weights, 30, selection))
    assert len(there) == len(here)
    common = there.keys() & here.keys()
    assert len(common) >= 0.9 * len(here)
    # Tantivy rounds the lengths of passages, Milvus does not.
    assert [there[each] for each in common] == pytest.approx(
        [here[each] for each in common], rel=0.1
    )


def test_words_are_weighed(both: Both) -> None:
    weighed = both.milvus.matching({"burglari": 1.0}, 5)[1]
    assert both.milvus.matching({"burglari": 0.4}, 5)[1] == pytest.approx(0.4 * weighed, rel=1e-4)
    assert both.milvus.matching({}, 5)[0].tolist() == []


def test_rows_are_scored_alike_one_by_one(both: Both) -> None:
    query = WordEncoder().encode([QUESTION])[0]
    (tokens,) = WordEncoder().encode_tokens([QUESTION])[1]
    wanted = placed(both.folder, both.folder.nearest(query, 25)[0])
    found = []
    for store in (both.folder, both.milvus):
        rows = np.array([row_of(store, each) for each in wanted], dtype=np.int64)
        best = store.best_sentences(query, rows)
        found.append(
            [
                *store.meaning_scores(query, rows).tolist(),
                *store.late_scores(tokens, rows).tolist(),
                *(best.get(row, 0.0) for row in rows.tolist()),
            ]
        )
        assert [each.tolist() for each in store.tokens_of(rows.tolist())] == [
            each.tolist()
            for each in both.folder.tokens_of([row_of(both.folder, w) for w in wanted])
        ]
    assert found[1] == pytest.approx(found[0], abs=1e-5)
    nothing = np.empty(0, dtype=np.int64)
    assert both.milvus.late_scores(tokens, nothing).tolist() == []
    assert both.milvus.meaning_scores(query, nothing).tolist() == []
    assert both.milvus.best_sentences(query, nothing) == {}


def test_a_passages_sentences_are_scored_alike(both: Both) -> None:
    query = WordEncoder().encode([QUESTION])[0]
    for wanted in placed(both.folder, both.folder.nearest(query, 10)[0]):
        there, here = (
            store.sentence_scores(query, row_of(store, wanted))
            for store in (both.milvus, both.folder)
        )
        assert [span for span, _ in there] == [span for span, _ in here]
        assert [score for _, score in there] == pytest.approx(
            [score for _, score in here], abs=1e-5
        )


def test_words_are_counted_alike(both: Both) -> None:
    for letter in "abs":
        words = both.folder.words_like(letter, 4, 9)
        assert both.milvus.words_like(letter, 4, 9) == words != {}
        for word in words:
            assert both.milvus.times_written(word) == both.folder.times_written(word)
            for stem in stems(word):
                assert both.milvus.passages_with(stem) == both.folder.passages_with(stem)
    assert both.milvus.times_written("zebra") == both.milvus.passages_with("zebra") == 0
    assert both.milvus.words_like("b", 40, 50) == {}


@pytest.mark.parametrize(
    "said", ["burglary", "call handling", "wardens seafront", "zebra", 'a") or']
)
def test_the_same_reports_say_it(both: Both, said: str) -> None:
    assert both.milvus.reports_saying(stems(said)) == both.folder.reports_saying(stems(said))


def test_frameworks_and_tallies_are_the_same(both: Both) -> None:
    assert sorted(map(repr, both.milvus.tallies())) == sorted(map(repr, both.folder.tallies()))
    assert both.milvus.reports_on() == both.folder.reports_on()
    for details, _ in both.folder.reports():
        for title in ("Protecting Vulnerable People", ""):
            there, here = (s.rows_on(details.id, title) for s in (both.milvus, both.folder))
            assert sorted(placed(both.milvus, there)) == sorted(placed(both.folder, here))
