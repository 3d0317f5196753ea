"""Briefings kept in a folder: made, found by their keys, changed. Safe under several at once.

Each call is one transaction. Order is by ranks, worked out inside the transaction from what is
there then, so that two people who move different quotations both get what they asked for.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing import limits
from briefing.moving import move_entry, move_section, place_entry, place_section
from briefing.owning import (
    Sharing,
    check_owner,
    give,
    may_use,
    read_own,
    read_sharing,
    write_sharing,
)
from briefing.tables import (
    Connection,
    citation_row,
    insert_quotation,
    read_briefing,
    read_entry_at,
    read_places,
    reading,
    writing,
)
from briefing.types import Briefing, BriefingSection, Collected
from indexer.errors import BriefingError
from indexer.types import Span

_KEY_BYTES = 24
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_GONE = "That briefing is not here any more. Open another, or start a new one."
_ENTRY_GONE = "That quotation is no longer in the briefing. Load the page again to see it as it is."
_SECTION_GONE = "That section is no longer in the briefing. Load the page again to see it as it is."


def is_key(text: str) -> bool:
    """Whether `text` has the form of a briefing's key."""
    return _KEY.fullmatch(text) is not None


class Briefings:
    """The briefings in a folder. Threads and processes may share it."""

    def __init__(self, folder: Path, reader: str = "") -> None:
        """`reader` is the id of whoever is signed in, "" where nobody has to be."""
        self._folder = folder
        self._reader = reader

    def create(self, name: str) -> str:
        """Start a briefing; its key, which is the only way to it."""
        name = limits.name_of(name, "name of the briefing")
        key = secrets.token_urlsafe(_KEY_BYTES)
        with writing(self._folder) as connection:
            (held,) = connection.execute("SELECT count(*) FROM briefings").fetchone()
            if held >= limits.MOST_BRIEFINGS:
                raise BriefingError("There is no room for another briefing. Delete one first.")
            connection.execute("INSERT INTO briefings (key, name) VALUES (?, ?)", (key, name))
            place_section(connection, key, 0, "")
            give(connection, key, self._reader)
        return key

    def open(self, key: str) -> Briefing | None:
        """The briefing with that key, or None."""
        if not is_key(key):
            return None
        with reading(self._folder) as connection:
            is_open = connection and may_use(connection, key, self._reader)
            return read_briefing(connection, key) if connection and is_open else None

    def places(self, key: str) -> dict[tuple[str, Span], int]:
        """The ids of the quotations in the briefing by report and place."""
        with reading(self._folder) as connection:
            is_open = connection and may_use(connection, key, self._reader)
            return read_places(connection, key) if connection and is_open else {}

    def sharing(self, key: str) -> Sharing:
        """Whose a briefing is, and whether its link opens it to others."""
        with reading(self._folder) as connection:
            return read_sharing(connection, key) if connection else Sharing()

    def share(self, key: str, is_shared: bool) -> None:
        """Open a briefing to whoever has its link, or keep it to its owner, who alone does that."""
        with self._changing(key) as connection:
            check_owner(connection, key, self._reader)
            write_sharing(connection, key, is_shared)

    def own(self) -> tuple[str, ...]:
        """The keys of the briefings that whoever is signed in has started; none without that."""
        with reading(self._folder) as connection:
            return read_own(connection, self._reader) if connection and self._reader else ()

    def rename(self, key: str, name: str) -> None:
        """Give a briefing another name."""
        name = limits.name_of(name, "name of the briefing")
        with self._changing(key) as connection:
            _held(connection, key)
            connection.execute("UPDATE briefings SET name = ? WHERE key = ?", (name, key))

    def delete(self, key: str) -> None:
        """Delete a briefing and all in it, for good. One that has an owner only they delete."""
        with self._changing(key) as connection:
            check_owner(connection, key, self._reader)
            connection.execute("DELETE FROM briefings WHERE key = ?", (key,))

    def add(self, key: str, collected: Collected) -> int:
        """Add a quotation at the end; its id.

        One from the same place is not added twice; if it was removed, it is put back with its note.
        """
        with self._changing(key) as connection:
            briefing = _held(connection, key)
            for entry in (*briefing.entries, *briefing.removed):
                old = entry.collected
                if (old.report, old.span) == (collected.report, collected.span):
                    _put_back(connection, key, entry.id)
                    _update_source(connection, key, entry.id, collected)
                    return entry.id
            if sum(len(section.entries) for section in briefing.sections) >= limits.MOST_QUOTATIONS:
                raise BriefingError(
                    f"A briefing holds up to {limits.MOST_QUOTATIONS} quotations. Delete some for "
                    "good, or start another briefing."
                )
            last = briefing.sections[-1]
            number = insert_quotation(connection, key, last.id, 0, collected)
            place_entry(connection, key, number, last.id, len(last.entries))
            return number

    def remove(self, key: str, entry: int) -> None:
        """Take a quotation out of a briefing; it can be put back."""
        with self._changing(key) as connection:
            _touch_entry(connection, key, entry)
            connection.execute(
                "UPDATE quotations SET is_removed = 1 WHERE briefing = ? AND id = ?", (key, entry)
            )

    def put_back(self, key: str, entry: int) -> None:
        """Put a removed quotation back where it stood."""
        with self._changing(key) as connection:
            _touch_entry(connection, key, entry)
            _put_back(connection, key, entry)

    def delete_removed(self, key: str) -> None:
        """Delete the removed quotations and their notes, for good."""
        with self._changing(key) as connection:
            connection.execute(
                "DELETE FROM quotations WHERE briefing = ? AND is_removed = 1", (key,)
            )

    def write_note(self, key: str, entry: int, note: str) -> None:
        """Write the note under a quotation; an empty one takes it away."""
        note = limits.note_of(note)
        with self._changing(key) as connection:
            _touch_entry(connection, key, entry)
            connection.execute(
                "UPDATE quotations SET note = ? WHERE briefing = ? AND id = ?", (note, key, entry)
            )

    def anchor(self, key: str, entry: int, collected: Collected) -> None:
        """Make the place where the words of a quotation now stand the one that is cited."""
        with self._changing(key) as connection:
            _touch_entry(connection, key, entry)
            other = read_entry_at(connection, key, collected.report, collected.span)
            if other not in (None, entry):
                raise BriefingError(
                    "The briefing already quotes that place; remove one of the two."
                )
            connection.execute(
                "DELETE FROM quotations WHERE briefing = ? AND report = ? AND start = ? AND "
                '"end" = ? AND is_removed = 1 AND id != ?',
                (key, collected.report, collected.span.start, collected.span.end, entry),
            )
            _update_source(connection, key, entry, collected)

    def move(self, key: str, entry: int, by: int) -> None:
        """Move a quotation one place up (`by` -1) or down (1), past a heading where one is next."""
        with self._changing(key) as connection:
            move_entry(connection, _touch_entry(connection, key, entry), entry, by)

    def move_to(self, key: str, entry: int, section: int) -> None:
        """Move a quotation to the end of a section."""
        with self._changing(key) as connection:
            briefing = _touch_entry(connection, key, entry)
            target = _section(briefing, section)
            others = [each for each in target.entries if each.id != entry]
            place_entry(connection, key, entry, section, len(others))

    def add_section(self, key: str, title: str) -> int:
        """Add a section at the end; its id."""
        title = limits.name_of(title, "heading")
        with self._changing(key) as connection:
            briefing = _held(connection, key)
            if len(briefing.sections) >= limits.MOST_SECTIONS:
                raise BriefingError(
                    f"A briefing holds up to {limits.MOST_SECTIONS} sections. Remove one first."
                )
            return place_section(connection, key, len(briefing.sections), title)

    def change_section(self, key: str, section: int, title: str, note: str) -> None:
        """Write a section's heading, which may be empty, and the words under it."""
        title, note = limits.heading_of(title, "heading"), limits.note_of(note)
        with self._changing(key) as connection:
            _section(_held(connection, key), section)
            connection.execute(
                "UPDATE sections SET title = ?, note = ? WHERE briefing = ? AND id = ?",
                (title, note, key, section),
            )

    def move_section(self, key: str, section: int, by: int) -> None:
        """Move a section with its quotations one place up (`by` -1) or down (1)."""
        with self._changing(key) as connection:
            briefing = _held(connection, key)
            _section(briefing, section)
            move_section(connection, briefing, section, by)

    def remove_section(self, key: str, section: int) -> None:
        """Remove a section; its quotations join the one before it, else the one after."""
        with self._changing(key) as connection:
            briefing = _held(connection, key)
            gone = _section(briefing, section)
            if len(briefing.sections) == 1:
                raise BriefingError("A briefing keeps one section. Empty its heading instead.")
            at = briefing.sections.index(gone)
            target = briefing.sections[at - 1 if at else 1]
            # Those that join the section after it stand in front of what that one holds.
            start = len(target.entries) if at else 0
            for number, entry in enumerate(gone.entries, start):
                place_entry(connection, key, entry.id, target.id, number)
            connection.execute("DELETE FROM sections WHERE briefing = ? AND id = ?", (key, section))

    @contextmanager
    def _changing(self, key: str) -> Iterator[Connection]:
        """The briefings, to be changed, if whoever asks may open that one; else it is not here."""
        with writing(self._folder) as connection:
            if not may_use(connection, key, self._reader):
                raise BriefingError(_GONE)
            yield connection


def _held(connection: Connection, key: str) -> Briefing:
    briefing = read_briefing(connection, key)
    if briefing is None:
        raise BriefingError(_GONE)
    return briefing


def _touch_entry(connection: Connection, key: str, entry: int) -> Briefing:
    """The briefing, if the quotation is in it."""
    briefing = _held(connection, key)
    if not any(each.id == entry for each in (*briefing.entries, *briefing.removed)):
        raise BriefingError(_ENTRY_GONE)
    return briefing


def _section(briefing: Briefing, section: int) -> BriefingSection:
    for each in briefing.sections:
        if each.id == section:
            return each
    raise BriefingError(_SECTION_GONE)


def _put_back(connection: Connection, key: str, entry: int) -> None:
    connection.execute(
        "UPDATE quotations SET is_removed = 0 WHERE briefing = ? AND id = ?", (key, entry)
    )


def _update_source(connection: Connection, key: str, entry: int, collected: Collected) -> None:
    connection.execute(
        'UPDATE quotations SET report = ?, start = ?, "end" = ?, text = ?, citation = ?, '
        "edition = ? WHERE briefing = ? AND id = ?",
        (
            *(collected.report, collected.span.start, collected.span.end, collected.text),
            *(citation_row(collected.citation), collected.edition, key, entry),
        ),
    )
