"""The findings written for training, as a library that can be searched."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder
from indexer.errors import LibraryError
from indexer.generations import FORMAT, Manifest, building, switch
from indexer.passages import embedded_span, embedded_text, heading_line
from indexer.programmes import Framework, fold, programmes
from indexer.sentences import sentence_spans
from indexer.store import EmbeddedStore
from indexer.types import FindingKind, Page, Passage, Report, ReportDetails, Section, Span
from indexer.writing import Encoded, write_generation
from training.findings import Finding, split

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
    "recommendation": "recommendation",
    "cause_of_concern": "improvement",
}
_FORCE = "Training Police"


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, the row that answers it (None for a near miss, which nothing answers)."""

    text: str
    row: int | None


def held_out_questions(findings: Sequence[Finding]) -> list[TrainingQuestion]:
    """The questions and near misses of the findings that no model is trained on."""
    _, held = split(findings)
    row_of = {finding.id: row for row, finding in enumerate(findings)}
    questions: list[TrainingQuestion] = []
    for finding in held:
        row = row_of[finding.id]
        questions.extend(TrainingQuestion(text, row) for text in finding.questions)
        questions.append(TrainingQuestion(finding.near_miss, None))
    return questions


def training_library(findings: Sequence[Finding], index: Path, encoder: Encoder) -> EmbeddedStore:
    """The library of `findings` in the folder `index`, row i being finding i."""
    return passages_library(*_report(findings), index, encoder)


def passages_library(
    report: Report, passages: Sequence[Passage], index: Path, encoder: Encoder
) -> EmbeddedStore:
    """The library of one report already cut into passages, in the folder `index`."""
    sentences = [(p.row, span) for p in passages for span in sentence_spans(report.text, p.span)]
    texts = [embedded_text(passage.heading, passage.text) for passage in passages]
    made_from = hashlib.sha256("\0".join([encoder.name, *texts]).encode()).hexdigest()
    with suppress(LibraryError):  # missing or of another form: it is made below
        before = EmbeddedStore.open(index)
        if before.manifest.fingerprint == made_from:
            return before
    parts: list[list[Span]] = [[] for _ in passages]
    for row, span in sentences:
        parts[row].append(embedded_span(passages[row].heading, passages[row].span.start, span))
    read = list(encoder.read(texts, parts))
    encoded = Encoded(
        np.stack([each.whole for each in read]),
        [each.tokens for each in read],
        np.concatenate([each.parts for each in read]),
    )
    keys = (texts, [str(number) for number in range(len(sentences))])
    with building(index) as folder:
        write_generation(folder, report, passages, sentences, encoded, keys)
        manifest = Manifest(FORMAT, made_from, encoder.name, 1, len(passages), len(sentences))
        switch(index, folder, manifest)
    return EmbeddedStore.open(index)


def _report(findings: Sequence[Finding]) -> tuple[Report, list[Passage]]:
    text = "\n\n".join(finding.passage for finding in findings)
    details = ReportDetails("training", "training", "Training", _FORCE, "Report", 2006, "", "")
    sections: list[Section] = []
    passages: list[Passage] = []
    at = 0
    for row, finding in enumerate(findings):
        span = Span(at, at + len(finding.passage))
        at = span.end + 2
        kind, framework = _KINDS[finding.finding], _framework(finding)
        path = (framework.label if framework else finding.topic,)
        section = Section(
            path, span, kind, framework.code if framework else "",
            framework.title if framework else "",
        )  # fmt: skip
        year = _YEARS.get(finding.report, 2019)
        dated = ReportDetails("training", "training", "", _FORCE, "Report", year, "", "")
        sections.append(section)
        passages.append(
            Passage(
                row, "training", span, Span(span.start, span.start), finding.passage,
                heading_line(dated, section), path, section.code, section.framework, kind, "",
                None, None,
            )
        )  # fmt: skip
    pages = (Page(None, Span(0, len(text))),)
    report = Report(details, text, text, (), pages, (), tuple(sections), (), ())
    return report, passages


def _framework(finding: Finding) -> Framework | None:
    """The framework a finding's topic names, in the programme of its report."""
    for programme in programmes():
        if finding.report == "baseline" and not programme.coded:
            continue
        for framework in programme.frameworks:
            if fold(finding.topic) in (fold(framework.title), *map(fold, framework.aliases)):
                return framework
    return None
