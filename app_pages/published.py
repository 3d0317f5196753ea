"""The pages that hold a passage, as they were published, drawn with its words boxed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app_pages.literal import literal
from app_pages.opening import corpus_folder, index_folder
from app_pages.scrolling import scroll_to_picture
from indexer.errors import UnreadableReport
from indexer.recognising import read_kept
from indexer.types import Report, Span
from search.library import Library
from showing.boxing import line_boxes
from showing.citing import cited_words
from showing.matching import find_words
from showing.png import boxed
from showing.process import DrawingProcess
from showing.scanned import with_words
from showing.searching import find_page
from showing.types import Box, NotShown, PublishedPage, Words

# In pixels: an A4 page's running text is then as large as ours.
PAGE_WIDTH = 704
_TROUBLES = {
    "missing": (
        "The file of this report is no longer among the reports, so its page cannot be shown. "
        "The words are here as they were read."
    ),
    "changed": (
        "The file of this report has changed since the library was built, so its page cannot be "
        "shown. The words are here as they were read; build the library again to read the new file."
    ),
}


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a report was read from: where it should be, and the hash it then had.

    `size` and `changed` (in nanoseconds) tell one state of the file from another; 0 if missing.
    """

    path: str
    sha256: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to draw with its number, the words cited on it and the boxes round them."""

    number: int
    page: PublishedPage
    boxes: tuple[Box, ...]


def has_pages(report: Report) -> bool:
    """Whether the report's file is a PDF, by its name or its first bytes."""
    path = corpus_folder() / report.details.file
    if path.suffix.casefold() == ".pdf":
        return True
    try:
        with path.open("rb") as stream:
            return b"%PDF-" in stream.read(1024)
    except OSError:
        return False


def draw_published(library: Library, report: Report, cited: Span) -> None:
    """Draw each page that holds words of `cited`, and say why where one cannot be shown."""
    sha256 = library.store.originals()[report.details.file]
    pages = list(_pages(_original(report, sha256), cited_words(report, cited)))
    first = next((each for each in pages if isinstance(each, Shown)), None)
    if first is not None:
        top = first.boxes[0].top / first.page.height if first.boxes else 0.0
        scroll_to_picture(f"{report.details.id}-{cited.start}-{cited.end}", top)
    for each in dict.fromkeys(pages):
        if isinstance(each, NotShown):
            st.info(_trouble(each))
        else:
            _draw_page(report, each)


def _original(report: Report, sha256: str) -> Original:
    path = corpus_folder() / Path(report.details.file).name
    try:
        state = path.stat()
        return Original(str(path), sha256, state.st_size, state.st_mtime_ns)
    except OSError:
        return Original(str(path), sha256, 0, 0)


def _pages(original: Original, cited: tuple[Words, ...]) -> Iterator[Shown | NotShown]:
    for words in cited:
        number = words.page if words.page is not None else _searched(original, words)
        page = number if isinstance(number, NotShown) else _page(original, number)
        if isinstance(number, NotShown) or isinstance(page, NotShown):
            yield page if isinstance(page, NotShown) else NotShown("unreadable")
            continue
        kept = read_kept(index_folder(), original.sha256, number) if words.is_ocr else None
        if kept is not None:
            page = with_words(page, kept)
        stretch = find_words(page.letters, words)
        yield Shown(number, page, line_boxes(page.boxes, stretch) if stretch else ())


@st.cache_resource(max_entries=40, ttl="1h", show_spinner="Drawing the page …")
def _page(original: Original, number: int) -> PublishedPage | NotShown:
    with DrawingProcess() as process:
        return process.page(Path(original.path), original.sha256, number)


@st.cache_resource(max_entries=200, ttl="1h", show_spinner="Looking for the page …")
def _searched(original: Original, words: Words) -> int | NotShown:
    with DrawingProcess() as process:
        return find_page(process, Path(original.path), original.sha256, words)


def _trouble(why: NotShown) -> str:
    return _TROUBLES.get(why.trouble) or (
        f"The page cannot be shown: {literal(why.reason)}. The words are here as they were read."
    )


def _draw_page(report: Report, shown: Shown) -> None:
    of_what = "of the digest" if report.details.source == "digest" else "as published"
    try:
        picture = boxed(shown.page, shown.boxes)
    except UnreadableReport as error:
        st.info(_trouble(NotShown("unreadable", str(error))))
        return
    alt = f"Page {shown.number} of {report.details.title}."
    if shown.boxes:
        alt = f"{alt} The passage cited is boxed on it; its words follow as text."
    else:
        st.info(
            f"The words could not be found on page {shown.number} as it is drawn, so nothing is "
            "boxed on it."
        )
    caption = f"{literal(_page_words(report, shown.number))} {of_what}"
    st.image(picture, caption=caption, width="stretch", alt=alt)


def _page_words(report: Report, number: int) -> str:
    """A page by its number, and by the one printed on it where that is another."""
    label = next((page.label for page in report.pages if page.number == number), "")
    return f"Page {label} (page {number} of the PDF)" if label else f"Page {number}"
