"""Every page timed over a large made-up library, or over any library that is there."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from evaluation.pages.browser import browsing
from evaluation.pages.making import collect_briefing
from evaluation.pages.serving import serving_bare, serving_library
from evaluation.pages.timing import Timed, places, time_pages
from indexer.encoder import Encoder
from search.library import Library
from search.matrix import make_matrix
from search.types import Filters


def time_library(
    folder: Path,
    index: Path,
    corpus: Path,
    encoder: Encoder,
    times: int,
    tell: Callable[[str], None],
) -> tuple[list[tuple[Timed, Timed]], str]:
    """How long each page over a library takes, beside a bare page, and what the library holds.

    `folder` is for what the servers write. Raises MeasureError.
    """
    library = Library.open(index, encoder)
    key = collect_briefing(library, folder / "briefings")
    matrix = make_matrix(library.judgements, Filters(), ())
    chosen = [
        f"{square.force} / {square.column.key}" for square in list(matrix.squares.values())[:2]
    ]
    pages = places(key, next(iter(library.details)), urlencode({"cell": chosen}, doseq=True))
    held = (
        f"{len(library.details)} reports, {library.passages:,} passages, "
        f"{len(library.judgements):,} grades; a table of {len(matrix.forces)} forces and "
        f"{len(matrix.columns)} frameworks."
    )
    with (
        browsing() as browser,
        serving_bare(folder) as bare,
        serving_library(folder, index, corpus) as site,
    ):
        return time_pages(browser, site, bare, pages, times, tell), held
