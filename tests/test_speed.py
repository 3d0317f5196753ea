from pathlib import Path

import pytest

from evaluation import speed
from evaluation.speed import measure_speed, speed_table
from tests.samples import write_corpus


def test_every_step_is_timed_and_set_against_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "_SECONDS", 0.02)
    said: list[str] = []
    measured = measure_speed(write_corpus(tmp_path / "corpus"), 2, said.append)
    assert said == ["build 1 of 2", "build 2 of 2"] and len(measured.built) == 2
    assert measured.tokens > measured.passages > 0 < measured.limits["exact"]
    assert all(each["encode"] > 0 for each in measured.built)
    table = speed_table(measured)
    assert all(f"| {step} |" in table for step in ("read", "encode", "write", "whole"))
    assert "whole numbers" in table
