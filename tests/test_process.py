"""The reading process: what it reads, and what becomes of files that hang, exhaust or end it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import UnreadableReport
from indexer.process import ReadingProcess
from indexer.reports import read_report
from tests.samples import write_corpus
from tests.test_reading import pdf_bytes

ROOT = Path(__file__).parents[1]


def test_it_gives_what_reading_here_gives(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "kent ’06\n.pdf").write_bytes(pdf_bytes("First page", "Second page"))
    override = {"title": "Kent’s title"}
    with ReadingProcess() as process:
        assert process.read(corpus / "kent-2006.txt", override).details.title == "Kent’s title"
        for path in sorted(corpus.iterdir()):
            assert process.read(path) == read_report(path)


def test_a_reason_is_passed_on_and_the_next_file_is_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("Kent Police")
    bad.write_bytes(b"%PDF-1.7 then nothing")
    with ReadingProcess() as process:
        for _ in range(2):
            with pytest.raises(UnreadableReport, match="damaged"):
                process.read(bad)
            assert process.read(good).text == "Kent Police"


def test_a_file_that_takes_too_long_is_refused_in_time(tmp_path: Path) -> None:
    slow, good = tmp_path / "slow.txt", tmp_path / "good.txt"
    good.write_text("Kent Police")
    os.mkfifo(slow)  # opening it waits for a writer, for ever
    with ReadingProcess(seconds=1) as process:
        begun = time.monotonic()
        with pytest.raises(UnreadableReport, match="more than 1 seconds"):
            process.read(slow)
        assert time.monotonic() - begun < 30
    with ReadingProcess() as process:
        assert process.read(good).text == "Kent Police"


def test_a_file_that_keeps_the_processor_busy_is_refused(tmp_path: Path) -> None:
    busy = tmp_path / "busy.txt"
    busy.write_text("a\tb\n" * 500_000)
    with (
        ReadingProcess(seconds=1) as process,
        pytest.raises(UnreadableReport, match="more than 1 seconds"),
    ):
        process.read(busy)


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    large, good = tmp_path / "large.txt", tmp_path / "good.txt"
    large.write_bytes(b"The force answered its calls. " * 3_000_000)
    good.write_text("Kent Police")
    with ReadingProcess(memory=200 * 1024**2) as process:
        with pytest.raises(UnreadableReport, match="more memory than is allowed"):
            process.read(large)
        assert process.read(good).text == "Kent Police"


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "good.txt"
    path.write_text("Kent Police")
    with ReadingProcess() as process:
        process.read(path)
        reader = process._limited._process
        assert reader is not None
        reader.kill()
        reader.wait()
        assert process.read(path).text == "Kent Police"


def test_one_process_reads_many_files(tmp_path: Path) -> None:
    path = tmp_path / "good.txt"
    path.write_text("Kent Police")
    with ReadingProcess() as process:
        process.read(path)
        begun = time.monotonic()
        for _ in range(100):
            process.read(path)
        assert time.monotonic() - begun < 30


def test_it_ends_when_its_input_does() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "indexer.worker", str(1024**3), "60"],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert ended.stdout == b""
