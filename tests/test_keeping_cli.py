"""The commands that change the library, as people and other programs use them."""

import json
from pathlib import Path

import pytest

from evaluation.cli import main as evaluation_main
from indexer import keeping_cli
from indexer.build import build
from indexer.cli import main
from indexer.generations import holding
from indexer.overrides import read_overrides
from tests.samples import KENT, WordEncoder, write_corpus

Output = pytest.CaptureFixture[str]
ESSEX = (
    "Call handling in Essex\n\n10 June 2015\n\nEssex Police answers 81% of calls in time today.\n"
)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sample library's `--corpus` and `--index`, encoded by a quick encoder."""
    monkeypatch.setattr(keeping_cli, "chosen_encoder", WordEncoder)
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", WordEncoder())
    return ["--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index")]


def test_adding_says_what_came_of_each_file(
    places: list[str], tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "essex.txt").write_text(ESSEX, "utf-8")
    (tmp_path / "copy.txt").write_text(KENT, "utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    files = [str(tmp_path / name) for name in ("essex.txt", "copy.txt", "bad.pdf", "gone.pdf")]
    assert main(["add", *files, *places]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("essex.txt: Added.\nThe library is ready: 3 reports, ")
    assert "copy.txt: It is in the library already: Kent Police, Baseline" in said.err
    assert "bad.pdf: It is damaged and cannot be read; get a fresh copy." in said.err
    assert "gone.pdf: There is no such file." in said.err
    assert main(["add", files[0], *places]) == 1
    assert "essex.txt: It is in the library already" in capsys.readouterr().err


def test_removing_replacing_and_correcting(
    places: list[str], tmp_path: Path, capsys: Output
) -> None:
    new = tmp_path / "new.txt"
    new.write_text(KENT.replace("70 cases", "45 cases"), "utf-8")
    assert main(["replace", "kent", str(new), *places]) == 0
    assert "kent-2006.txt: Replaced: Kent Police" in capsys.readouterr().out
    assert main(["correct", "kent", "title=Kent, judged", *places]) == 0
    assert read_overrides(tmp_path / "corpus")["kent-2006.txt"] == {"title": "Kent, judged"}
    assert main(["remove", "sussex", *places]) == 0
    assert "sussex-2014.md: Removed: Sussex Police" in capsys.readouterr().out
    assert not (tmp_path / "corpus" / "sussex-2014.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["remove", "essex"],
            "'essex' is no report in the library: kent-2006.txt, sussex-2014.md.",
        ),
        (["replace", "essex", "new.txt"], "'essex' is no report in the library"),
        (["replace", "kent", "gone.txt"], "gone.txt: there is no such file. Nothing is changed."),
        (["correct", "kent", "title"], "'title' is not NAME=VALUE, such as title=Inspection."),
        (["correct", "kent", "colour=red"], "'colour' is none of title, body"),
    ],
)
def test_errors_say_what_to_do(
    places: list[str], capsys: Output, arguments: list[str], message: str
) -> None:
    assert main([*arguments, *places]) == 2
    assert message in capsys.readouterr().err


def test_a_second_change_says_who_holds_the_library(
    places: list[str], tmp_path: Path, capsys: Output
) -> None:
    with holding(tmp_path / "index", "adding 3 reports"):
        assert main(["remove", "kent", *places]) == 2
    assert "The library is being changed: adding 3 reports, since " in capsys.readouterr().err


def test_the_status_is_a_table_and_json(places: list[str], capsys: Output) -> None:
    assert main(["status", *places[2:]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "report", "body", "programme", "sure", "pages", "sections", "findings", "grades",
    ]  # fmt: skip
    assert lines[1].startswith("kent-2006.txt   Kent Police    HMIC Baseline Assessment 2006  100%")
    assert "Note: kent-2006.txt: its pages are not marked; page numbers cannot be known." in lines
    assert main(["status", "--json", *places[2:]]) == 0
    kent, sussex = json.loads(capsys.readouterr().out)
    assert (kent["file"], kent["programme"], kent["confidence"], kent["grades"]) == (
        "kent-2006.txt", "HMIC Baseline Assessment 2006", 1.0, 2,
    )  # fmt: skip
    assert (kent["pages"], kent["findings"]["strength"]) == (None, 3)
    assert sussex["findings"]["recommendation"] == 1
    assert any("not known to its programme" in warning for warning in sussex["warnings"])


def test_upkeep_is_measured_as_ratios(tmp_path: Path, capsys: Output) -> None:
    row = {"topic": "Custody", "finding": "strength", "passage": "Nurses see every detainee soon."}
    (tmp_path / "findings-a.jsonl").write_text(json.dumps(row), "utf-8")
    measure = ["upkeep", str(tmp_path / "new"), "--findings", str(tmp_path), "--sizes", "2", "3"]
    assert evaluation_main(measure) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| 2", "| 3"]
    assert evaluation_main(measure) == 2
    assert "holds something already; name a new or empty folder." in capsys.readouterr().err
