"""A small number of random cases each time the tests run; `python -m evaluation fuzz` runs more."""

from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.fuzzing import running
from evaluation.fuzzing.leading import has_atheris, lead
from evaluation.fuzzing.mutating import mutations
from evaluation.fuzzing.running import QUESTIONS, fuzz_files, fuzz_pure, keep, row
from evaluation.fuzzing.targets import TARGETS, Fault, check_report
from indexer.reports import read_report
from indexer.types import Report, Span
from tests.hostile_documents import KENT, docx_of, said
from tests.hostile_pdfs import WORDS, one_page, pdf_of, stream
from tests.samples import KENT as BASELINE
from tests.samples import SUSSEX

CRASHERS = Path(__file__).parent / "crashers"
SEEDS = (
    pdf_of(one_page(stream(WORDS))),
    docx_of(KENT + said("Strengths")),
    b"<html><body><h1>Kent Police</h1><ul><li>It answers calls.</ul><table><tr><td>a<td>b</table>",
    BASELINE.encode(),
    SUSSEX.encode(),
)


def nothing() -> None:
    """Take no notice of the progress."""


def test_the_same_seed_makes_the_same_cases() -> None:
    assert list(mutations(SEEDS, 20, 7)) == list(mutations(SEEDS, 20, 7))
    assert list(mutations(SEEDS, 20, 7)) != list(mutations(SEEDS, 20, 8))


@pytest.mark.parametrize(
    ("target", "cases"), [("questions", 400), ("cleaning", 300), ("files", 200)]
)
def test_random_input_does_no_harm(target: str, cases: int) -> None:
    seeds = QUESTIONS if target == "questions" else SEEDS
    if target == "files":
        seeds = SEEDS[1:]  # the reader of PDFs may bring its process down, which is not this one
    run = fuzz_pure(target, seeds, cases, 1, nothing)
    assert [fault.said for fault in run.faults] == []


def test_random_files_do_no_harm_through_the_process() -> None:
    run = fuzz_files(SEEDS, 60, 1, nothing)
    assert [fault.said for fault in run.faults] == []
    assert run.taken > 10
    assert run.refused > 5


@pytest.mark.parametrize("path", sorted(CRASHERS.glob("*")), ids=lambda path: path.name)
def test_what_once_did_harm_does_none(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


def test_a_fault_is_found_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(content: bytes) -> None:
        if b"Kent" in content:
            raise KeyError("Kent")

    monkeypatch.setattr(running, "TARGETS", {"questions": fails})
    run = fuzz_pure("questions", QUESTIONS, 50, 1, nothing)
    assert run.faults
    assert run.faults[0].said == "KeyError: 'Kent'"
    assert "KeyError" in row(run)
    keep(run.faults, tmp_path / "kept")
    assert all(b"Kent" in path.read_bytes() for path in (tmp_path / "kept").iterdir())


def test_an_unsound_report_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Kent Police answers its calls promptly.", "utf-8")
    report = read_report(path)
    check_report(report)
    false = Report(
        **{name: getattr(report, name) for name in Report.__slots__ if name != "text"},
        text=f"{report.text} And more.",
    )
    assert Span(0, 4).of(false.text) == "Kent"
    with pytest.raises(Fault):
        check_report(false)


@pytest.mark.skipif(not has_atheris(), reason="atheris is not installed")
def test_cases_led_by_coverage_do_no_harm(tmp_path: Path) -> None:
    led = lead("questions", QUESTIONS, 300, tmp_path)
    assert led.fault == ""
    assert led.cases >= 300


def test_the_command_says_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kent.txt").write_text(BASELINE, "utf-8")
    assert main(["fuzz", str(tmp_path), "--cases", "20", "--files", "3"]) == 0
    assert "| 20 | questions | 20 |" in capsys.readouterr().out


def test_without_files_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", str(tmp_path), "--cases", "1"]) == 2
    assert "no files of up to 300 KB" in capsys.readouterr().err
