"""The findings written for training: passages, questions that each answers, a near miss."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Those handed to the project, and those written in it.
FOLDERS = (Path("../shared/training"), Path(__file__).parent / "findings")
# Of each writer's findings the last so many are never trained on: by them training is judged.
HELD_OUT = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage with questions it answers and a near miss, which nothing answers.

    `answers` gives for each question the sentence that answers it, counted from 1, or 0 for the
    whole passage; it is empty where that was not written down.
    """

    id: str
    topic: str
    finding: str
    report: str
    passage: str
    questions: tuple[str, ...]
    answers: tuple[int, ...]
    near_miss: str


def read_findings(folders: Sequence[Path] = FOLDERS) -> list[Finding]:
    """Every finding of the folders' `*.jsonl` files that hold findings, in order of their ids."""
    found: dict[str, Finding] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            if path.name == "vocabulary.jsonl":
                continue
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                found[row["id"]] = Finding(
                    row["id"],
                    row["topic"],
                    row["finding"],
                    row["report"],
                    row["passage"],
                    tuple(row["questions"]),
                    tuple(row.get("answers", ())),
                    row["near_miss"],
                )
    return [found[key] for key in sorted(found)]


def split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those to train on and those held out: near-twins stand together, and so stay together."""
    by_writer: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_writer[finding.id.split("-")[0]].append(finding)
    trained = [each for group in by_writer.values() for each in group[:-HELD_OUT]]
    return trained, [each for group in by_writer.values() for each in group[-HELD_OUT:]]
