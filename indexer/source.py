"""What reading a file gives: its text as extracted, and what the file itself says of its lines."""

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["heading", "bullet", "footnote", "plain"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file's own structure or type says of the line that begins at `start`.

    `level` is a heading's depth, 1 outermost, else 0. `goes_on`: the line carries on the heading
    or the footnote of the line before, in the same type and without a gap.
    """

    start: int
    kind: LineKind
    level: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as extracted; where `paged`, each form feed in `raw` ends a page.

    `has_markup`: HTML and Markdown marks in it are an extraction tool's, to be taken off.
    `is_parted`: every line is a whole heading, paragraph, bullet or row, as its file has it.
    `notes` are sentences about what was left out in reading. `labels` are what the file itself
    calls its pages, one for each or none; `scanned` are the places, from 1, of pages that hold no
    text, `ocr_pages` those of them whose text was read off their pictures.
    """

    raw: str
    paged: bool
    has_markup: bool
    marks: tuple[Mark, ...] = ()
    is_parted: bool = False
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()


class Lines:
    """Gathers the lines of a source, and what is known of each."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._at = 0

    def add(self, text: str, kind: LineKind = "plain", level: int = 0) -> None:
        """Append one line, white space made single but for the tabs that part a row's cells."""
        cells = [" ".join(cell.split()) for cell in text.split("\t")]
        line = "\t".join(cells)
        if not line.strip():
            return
        if kind != "plain":
            self._marks.append(Mark(self._at, kind, level))
        self._parts.append(line)
        self._at += len(line) + 1

    def source(self, notes: tuple[str, ...] = ()) -> Source:
        """What was gathered, as a source without pages."""
        return Source(
            "\n".join(self._parts), paged=False, has_markup=False, marks=tuple(self._marks),
            is_parted=True, notes=notes,
        )  # fmt: skip
