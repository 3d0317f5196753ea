"""The soak, shortened to seconds: a few readers on a running server, over a small library."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.soak import reader
from evaluation.soak.report import has_passed, share_under, soak_table
from evaluation.soak.running import Soaked, soak
from indexer.errors import MeasureError
from tests.samples import write_corpus

WELL = Soaked(
    sessions=2, minutes=30.0, seconds={"ask": [0.1, 0.2]}, errors=Counter(), waits=0, briefings=1,
    quotations=3, lost=0, rebuilds=2, memory=tuple((n * 3.0, 100 * 1024**2) for n in range(11)),
)  # fmt: skip


def test_a_few_readers_for_some_seconds_see_no_error_and_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_FULL", 1)
    corpus = write_corpus(tmp_path / "corpus")
    questions = ["officers", "How quickly are calls answered in Sussex?", "burglary in Cleveland"]
    soaked = soak(tmp_path / "soak", corpus, questions, 3, 0.2)
    assert soaked.errors == Counter()
    assert soaked.lost == 0
    assert soaked.rebuilds == 2
    assert soaked.quotations >= soaked.briefings - soaked.sessions > 0  # full ones, and the last
    assert {"ask", "collect", "briefing", "export"} <= set(soaked.seconds)
    assert min(size for _, size in soaked.memory) > 0
    with pytest.raises(MeasureError, match="is there already"):
        soak(tmp_path / "soak", corpus, questions, 1, 0.1)


@pytest.mark.parametrize(
    "change",
    [
        {"errors": Counter(["ask: it broke"])},
        {"lost": 1},
        {"rebuilds": 1},
        {"memory": tuple((n * 3.0, (100 + 5 * n) * 1024**2) for n in range(11))},
    ],
)
def test_what_fails_a_soak(change: dict[str, object]) -> None:
    assert has_passed(WELL)
    failed = replace(WELL, **change)  # type: ignore[arg-type]  # the fields' own types
    assert not has_passed(failed)
    assert soak_table(failed).endswith("NOT passed")


def test_the_table_says_what_was_slow() -> None:
    table = soak_table(WELL)
    assert "| ask | 2 | 0.20 s | 0.20 s | 0.20 s |" in table
    assert "growth once warm: +0.0%" in table
    assert share_under([float(n) for n in range(100)], 0.95) == 95.0
