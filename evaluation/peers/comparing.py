"""Questions and reports in, one table out: ours and the peers, judged by the same rule."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.gold import GoldQuestion, folded_words, texts_rank
from evaluation.intervals import bootstrap_interval
from evaluation.peers.protocol import RawReport, Request, Response, Retrieved
from evaluation.peers.running import PEERS, peer_command, run_peer
from evaluation.questions import DEPTHS, figures_of_ranks
from indexer.build import build
from indexer.encoder import Encoder
from indexer.errors import CorpusError
from indexer.gathering import report_files
from indexer.models import checked_model_folder
from search.finding import MATCHES
from search.library import Library

OURS = "Findings"
_TEXT = {".txt", ".md"}
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on some questions.

    `ranks` and `took_ms` go by question; `words` is the median number of words in the first five
    passages, which a reader has to go through to see what success at five counts.
    """

    name: str
    ranks: tuple[int | None, ...]
    took_ms: tuple[float, ...]
    index_seconds: float
    words: float


def compare_with_peers(
    questions: Sequence[GoldQuestion],
    corpus: Path,
    index: Path,
    encoder: Encoder,
    say: Callable[[str], object],
) -> list[Measured]:
    """Ours first, then each peer, on the questions that have an answer.

    `index` is made afresh, for its time; `say` is told what is being measured. Raises CorpusError
    where the corpus is not all text, MeasureError where a peer is not installed or fails.
    """
    commands = {name: peer_command(name) for name in PEERS}
    reports = tuple(read_raw(path) for path in report_files(corpus))
    asked = [each for each in questions if each.answerable]
    texts = tuple(each.question for each in asked)
    say(OURS)
    measured = [measure(OURS, asked, _ask_ours(texts, corpus, index, encoder))]
    request = Request(str(checked_model_folder()), MATCHES, reports, texts)
    for name, command in commands.items():
        say(name)
        measured.append(measure(name, asked, run_peer(name, command, request)))
    return measured


def read_raw(path: Path) -> RawReport:
    """A report as it stands in its file; raises CorpusError unless it is a text file."""
    if path.suffix.casefold() not in _TEXT:
        raise CorpusError(
            f"The peers are given text, so that all read the same; {path.name} is not a text file. "
            "Compare on a corpus of .txt and .md files."
        )
    return RawReport(path.name, path.read_text("utf-8"))


def _ask_ours(questions: Sequence[str], corpus: Path, index: Path, encoder: Encoder) -> Response:
    encoder.encode(["police"])  # the peers' encoders are loaded before their time is taken, too
    started = time.perf_counter()
    build(corpus, index, encoder)
    library = Library.open(index, encoder)
    seconds = time.perf_counter() - started
    answers = [library.ask(question) for question in questions]
    found = tuple(
        tuple(Retrieved(match.details.file, match.passage.text) for match in answer.matches)
        for answer in answers
    )
    return Response(seconds, found, tuple(answer.took_ms for answer in answers))


def measure(name: str, questions: Sequence[GoldQuestion], response: Response) -> Measured:
    """What a system found, judged by the rule for passages."""
    ranks: list[int | None] = []
    words: list[int] = []
    for question, passages in zip(questions, response.found, strict=True):
        ranks.append(texts_rank(question, [(each.file, each.text) for each in passages]))
        words.append(sum(len(folded_words(each.text)) for each in passages[:_DEPTH]))
    read = float(median(words)) if words else 0.0
    return Measured(name, tuple(ranks), response.took_ms, response.index_seconds, read)


def table(questions: Sequence[GoldQuestion], measured: Sequence[Measured]) -> str:
    """All systems as a Markdown table, times as multiples of the first system's."""
    styles = [each.style for each in questions if each.answerable]
    names = sorted(set(styles))
    ours = measured[0]
    heads = ["", *(f"@{depth}" for depth in DEPTHS), "@5, 95 % interval", "MRR@10"]
    heads += [f"{name} @5 (n={styles.count(name)})" for name in names]
    heads += ["words in first 5", "index time", "question time"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    lines += [_row(each, ours, styles, names) for each in measured]
    note = (
        f"{len(styles)} questions. {ours.name} took {ours.index_seconds:.1f} s to index and "
        f"{median(ours.took_ms):.0f} ms a question (median); times are multiples of these."
    )
    return "\n".join(["| " + " | ".join(cells) + " |" for cells in lines] + ["", note])


def _row(
    measured: Measured, ours: Measured, styles: Sequence[str], names: Sequence[str]
) -> list[str]:
    whole = figures_of_ranks(measured.ranks)
    interval = bootstrap_interval([_is_first(rank) for rank in measured.ranks])
    cells = [measured.name, *(f"{value:.3f}" for value in whole.success)]
    cells += [f"{interval.low:.3f}–{interval.high:.3f}", f"{whole.mrr:.3f}"]
    for name in names:
        held = [r for r, style in zip(measured.ranks, styles, strict=True) if style == name]
        cells.append(f"{figures_of_ranks(held).success[DEPTHS.index(_DEPTH)]:.3f}")
    return [
        *cells,
        f"{measured.words:.0f}",
        f"{measured.index_seconds / ours.index_seconds:.2f}",
        f"{median(measured.took_ms) / median(ours.took_ms):.2f}",
    ]


def _is_first(rank: int | None) -> float:
    """1 where the evidence is among the first five, else 0."""
    return float(rank is not None and rank <= _DEPTH)
