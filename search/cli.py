"""The command line for asking. Errors for people are caught here and nowhere below."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from indexer.errors import FindingsError, QuestionError
from indexer.named import chosen_encoder, chosen_reranker
from search.library import Library
from search.output import as_json
from search.types import Answer, Question


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when a question was refused, 2 on an error."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except FindingsError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asking = commands.add_parser("ask", help="ask one question")
    asking.add_argument("question")
    asking.add_argument("--json", action="store_true", help="the whole answer as JSON")
    asking.set_defaults(run=_ask)
    batch = commands.add_parser("batch", help="ask many questions, one JSON object a line")
    batch.add_argument("questions", type=Path, help="JSON lines with id and question")
    batch.add_argument("--out", type=Path, required=True, help="where to write the answers")
    batch.set_defaults(run=_batch)
    for command in (asking, batch):
        command.add_argument(
            "--index", type=Path, default=Path("index"), help="the library's folder"
        )
    return parser


def _ask(options: argparse.Namespace) -> int:
    answer = _library(options).ask(options.question)
    if options.json:
        print(json.dumps(as_json(answer), ensure_ascii=False, indent=1))
    else:
        print(in_words(answer))
    return 1 if answer.refusal else 0


def in_words(answer: Answer) -> str:
    """The answer as plain text for a terminal."""
    understood = ", ".join(understood_words(answer.question))
    lines = [f"Understood as: {understood}", ""] if understood else []
    lines.extend(answer.notes)  # nobody should take a part for the whole
    lines.append(answer.text)
    if answer.refusal:
        lines.extend(f"  - {suggestion}" for suggestion in answer.refusal.suggestions)
    lines.append("")
    for match in answer.matches:
        lines.append(f"{match.rank}. [{match.passage.finding}] {match.citation}")
        lines.append(f"   {match.passage.text}")
    coverage = answer.coverage
    lines.append("")
    lines.append(f"Searched {coverage.reports} reports, {coverage.passages} passages.")
    return "\n".join(lines)


def understood_words(question: Question) -> list[str]:
    """What was understood of a question, each part in words."""
    return [
        *question.forces,
        *map(str, question.years),
        *question.frameworks,
        *(kind.replace("_", " ") for kind in question.findings),
        *question.grades,
        *(f"also searched: {each.added}" for each in question.expansions),
    ]


def _batch(options: argparse.Namespace) -> int:
    questions = list(read_questions(options.questions))
    library = _library(options)
    try:
        with options.out.open("w", encoding="utf-8") as stream:
            for question_id, text in tqdm(questions, desc="Asking", file=sys.stderr):
                answer = as_json(library.ask(text), question_id)
                stream.write(json.dumps(answer, ensure_ascii=False) + "\n")
    except OSError as error:
        raise QuestionError(f"{options.out} cannot be written: {error.strerror}") from error
    return 0


def read_questions(path: Path) -> Iterator[tuple[str, str]]:
    """The id and text of each line of a file of questions.

    Raises QuestionError naming the line that is not as it should be.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["question"])
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionError(
                f"{path}, line {number}: each line must be a JSON object with id and question"
            ) from error


def _library(options: argparse.Namespace) -> Library:
    return Library.open(options.index, chosen_encoder(), chosen_reranker())
