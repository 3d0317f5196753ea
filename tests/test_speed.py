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
    alone = "reading and encoding, each alone"
    assert said == ["build 1 of 2", alone, "build 2 of 2", alone]
    assert len(measured.built) == len(measured.alone) == 2
    assert measured.tokens > measured.passages > 0 < measured.limits["exact"]
    assert all(each["read, part and encode"] > 0 < each["write"] for each in measured.built)
    assert all(each["read"] > 0 < each["encode"] for each in measured.alone)
    steps = ("read, part and encode", "write", "whole", "read alone", "encode alone")
    table = speed_table(measured)
    assert all(f"| {step} |" in table for step in steps)
    assert "whole numbers" in table
