"""Briefings and opinions edited, one edit after another, and what must be there after a kill."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from briefing.feedback import Opinion
from briefing.feedback_table import Feedback
from briefing.keeping import Briefings
from briefing.types import Collected
from evaluation.faults.dying import Tell
from indexer.types import Span
from search.types import Citation

EDITS = 12
_QUOTED = "Workloads in the unit stand at 70 cases for each officer a year."


def start_keeping(folder: Path) -> str:
    """A briefing with one quotation; its key."""
    briefings = Briefings(folder / "briefings")
    key = briefings.create("Kept")
    briefings.add(key, _collected(0))
    return key


def edit(folder: Path, key: str, tell: Tell) -> None:
    """Make the edits, telling of each once it is said to be kept."""
    briefings, feedback = Briefings(folder / "briefings"), Feedback(folder / "briefings")
    first = briefings.open(key)
    if first is None:
        raise RuntimeError("the briefing is gone")
    entry = first.entries[0].id
    for number in range(1, EDITS + 1):
        briefings.write_note(key, entry, f"note {number}")
        briefings.add(key, _collected(number))
        feedback.keep("visit", str(number), Opinion(True, f"question {number}", "library"))
        tell(str(number))


def problems_kept(folder: Path, key: str, told: int) -> Iterator[str]:
    """What is wrong where `told` edits were said to be kept and perhaps one more was begun."""
    for name in ("briefings.sqlite", "feedback.sqlite"):
        path = folder / "briefings" / name
        if path.exists():
            with closing(sqlite3.connect(path)) as connection:
                (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                yield f"{name}: {said}"
    briefing = Briefings(folder / "briefings").open(key)
    if briefing is None:
        yield "the briefing is gone"
        return
    notes = {entry.id: entry.note for entry in briefing.entries}
    note = notes[min(notes)]
    if note not in [f"note {number}" if number else "" for number in (told, told + 1)]:
        yield f"after {told} edits the note is {note!r}"
    if len(briefing.entries) - 1 not in (told, told + 1):
        yield f"after {told} edits there are {len(briefing.entries) - 1} quotations added"
    opinions = len(Feedback(folder / "briefings").all())
    if opinions not in (told, told + 1):
        yield f"after {told} edits there are {opinions} opinions"


def _collected(number: int) -> Collected:
    citation = Citation("Kent Police", "Baseline Assessment", "October 2006", ("4B",), 1, 1, False)
    return Collected("kent-txt", Span(number, number + len(_QUOTED)), _QUOTED, citation, "e", "q")
