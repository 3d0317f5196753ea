"""The findings written for training, as a library that can be searched.

In: `../shared/training/findings-*.jsonl`. Out: an `EmbeddedStore` and the questions on it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.build import embedded_text
from indexer.encoder import Encoder
from indexer.generations import FORMAT, Manifest, building, switch
from indexer.passages import heading_line
from indexer.programmes import Framework, fold, programmes
from indexer.sentences import sentence_spans
from indexer.store import EmbeddedStore, write_generation
from indexer.types import FindingKind, Page, Passage, Report, ReportDetails, Section, Span

_YEARS = {"baseline": 2006, "inspection_2007": 2007, "peel": 2016, "board_paper": 2014}
_KINDS: dict[str, FindingKind] = {
    "strength": "strength",
    "improvement": "improvement",
    "work_in_progress": "work_in_progress",
    "good_practice": "good_practice",
    "context": "context",
    "grade": "grade",
    "figure": "strength",
    "board_update": "other",
}
_FORCE = "Training Police"


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, the row that answers it (None for a near miss, which nothing answers)."""

    text: str
    row: int | None


def read_findings(folder: Path) -> list[dict[str, Any]]:
    """Every finding of the training files, in order."""
    files = sorted(folder.glob("findings-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def training_questions(findings: Iterable[dict[str, Any]]) -> list[TrainingQuestion]:
    """Three questions that each finding answers and one that it does not."""
    questions: list[TrainingQuestion] = []
    for row, finding in enumerate(findings):
        questions.extend(TrainingQuestion(text, row) for text in finding["questions"])
        questions.append(TrainingQuestion(finding["near_miss"], None))
    return questions


def training_library(
    findings: list[dict[str, Any]], index: Path, encoder: Encoder
) -> EmbeddedStore:
    """The library of `findings` in the folder `index`, row i being finding i."""
    report, passages = _report(findings)
    sentences = [(p.row, span) for p in passages for span in sentence_spans(report.text, p.span)]
    texts = [embedded_text(passage) for passage in passages]
    vectors = (
        encoder.encode(texts),
        encoder.encode([span.of(report.text) for _, span in sentences]),
    )
    keys = (texts, [str(number) for number in range(len(sentences))])
    with building(index) as folder:  # always afresh: the findings may have grown
        write_generation(folder, [report], passages, sentences, vectors, keys)
        manifest = Manifest(FORMAT, "0" * 64, encoder.name, 1, len(passages), len(sentences))
        switch(index, folder, manifest)
    return EmbeddedStore.open(index)


def _report(findings: list[dict[str, Any]]) -> tuple[Report, list[Passage]]:
    text = "\n\n".join(finding["passage"] for finding in findings)
    details = ReportDetails("training", "training", "Training", _FORCE, "Report", 2006, "", "")
    sections: list[Section] = []
    passages: list[Passage] = []
    at = 0
    for row, finding in enumerate(findings):
        span = Span(at, at + len(finding["passage"]))
        at = span.end + 2
        kind, framework = _KINDS[finding["finding"]], _framework(finding)
        path = (framework.label if framework else finding["topic"],)
        section = Section(
            path, span, kind, framework.code if framework else "",
            framework.title if framework else "",
        )  # fmt: skip
        year = _YEARS[finding["report"]]
        dated = ReportDetails("training", "training", "", _FORCE, "Report", year, "", "")
        sections.append(section)
        passages.append(
            Passage(
                row, "training", span, Span(span.start, span.start), finding["passage"],
                heading_line(dated, section), path, section.code, section.framework, kind, "",
                None, None,
            )
        )  # fmt: skip
    pages = (Page(None, Span(0, len(text))),)
    report = Report(details, text, text, (), pages, (), tuple(sections), (), ())
    return report, passages


def _framework(finding: dict[str, Any]) -> Framework | None:
    """The framework a finding's topic names, in the programme of its report."""
    for programme in programmes():
        if finding["report"] == "baseline" and not programme.coded:
            continue
        for framework in programme.frameworks:
            if fold(finding["topic"]) in (fold(framework.title), *map(fold, framework.aliases)):
                return framework
    return None
