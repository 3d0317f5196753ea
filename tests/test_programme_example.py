"""The worked example of docs/programmes.md does what the page says."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import gradelines, programmes
from indexer.reports import read_report

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "programmes.md").read_text("utf-8")
CACHES = [
    each
    for module in (programmes, gradelines)
    for each in vars(module).values()
    if hasattr(each, "cache_clear")
]


def block(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


@pytest.fixture
def with_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of programmes with the example's file in it."""
    folder = tmp_path / "frameworks"
    shutil.copytree(ROOT / "indexer" / "frameworks", folder)
    (folder / "road_safety.toml").write_text(block("toml"), "utf-8")
    monkeypatch.setattr(programmes, "_FOLDER", folder)
    for cache in CACHES:
        cache.cache_clear()
    yield folder
    for cache in CACHES:
        cache.cache_clear()


def test_the_worked_example_reads_its_report(with_example: Path, tmp_path: Path) -> None:
    path = tmp_path / "kent-roads.txt"
    path.write_text(block("text"), "utf-8")
    report = read_report(path)
    assert (report.details.programme, report.confidence) == ("Road Safety Review", 1.0)
    assert (report.details.force, report.details.published) == ("Kent Police", "12 March 2019")
    graded = [(each.title, each.grade) for each in report.judgements]
    assert graded == [("Enforcement", "Satisfactory"), ("Casualties and care", "Weak")]
    found = [
        (each.framework, each.finding)
        for each in report.sections
        if each.finding in ("strength", "improvement")
    ]
    assert found == [
        ("Enforcement", "strength"),
        ("Enforcement", "improvement"),
        ("Casualties and care", "improvement"),
    ]


def test_every_line_the_page_explains_is_known(with_example: Path) -> None:
    fields = set(programmes.Programme.__dataclass_fields__)
    explained = set(re.findall(r"^\| .*?`\[*(\w+)\]*(?: = true)?`", PAGE, re.MULTILINE))
    assert explained
    assert explained <= fields
