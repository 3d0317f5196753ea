"""Everything that can go wrong, as one tree; each message says what to do.

FindingsError
├── CorpusError          the corpus folder, or reports.csv in it, cannot be used
├── UnreadableReport     one file cannot be read; the others go on
│   └── NoText           it holds none, though its pages may show some
├── EditError            a report cannot be added, removed, replaced or corrected as asked
├── LibraryError         the index cannot be used
│   ├── IndexMissing     there is none yet
│   ├── IndexOutdated    it was made by another version
│   └── IndexDamaged     a part of it is missing or does not fit the rest
├── ModelError           the encoder's files are missing or are not the expected ones
├── QuestionError        the question cannot be asked as it stands
├── MeasureError         a measure cannot be taken: what it needs is missing or fails
├── BriefingError        a briefing cannot be kept, changed or exported as asked
├── SettingsError        a setting has a value that it cannot have
├── RightsError          whoever asks may not do that, or is not signed in
├── BusyError            too much is asked at once
├── AuditError           what was done cannot be written down, and has to be
├── BackupError          a back-up cannot be made, or not be restored as it is
└── DraftingError        drafting is set up wrongly, or its service gives nothing to use
"""

from collections.abc import Sequence


class FindingsError(Exception):
    """Base of all errors that are shown to a person; its text is a sentence for them."""


class CorpusError(FindingsError):
    """The corpus folder, or `reports.csv` in it, cannot be used."""


class UnreadableReport(FindingsError):
    """One file cannot be read as a report."""


class NoText(UnreadableReport):
    """A file holds no text; `scanned` are the numbers of its pages that may show some."""

    def __init__(self, reason: str, scanned: Sequence[int] = ()) -> None:
        super().__init__(reason)
        self.scanned = tuple(scanned)


class EditError(FindingsError):
    """A report cannot be added, removed, replaced or corrected as asked."""


class LibraryError(FindingsError):
    """The index cannot be used."""


class IndexMissing(LibraryError):
    """There is no index yet."""


class IndexOutdated(LibraryError):
    """The index was made by another version of this program."""


class IndexDamaged(LibraryError):
    """A part of the index is missing or does not fit the rest."""


class ModelError(FindingsError):
    """The encoder's files are missing or are not the expected ones."""


class QuestionError(FindingsError):
    """The question cannot be asked as it stands."""


class MeasureError(FindingsError):
    """A measure cannot be taken: what it needs is missing or fails."""


class BriefingError(FindingsError):
    """A briefing cannot be kept, changed or exported as asked."""


class BackupError(FindingsError):
    """A back-up cannot be made, or not be restored as it is."""


class DraftingError(FindingsError):
    """Drafting is set up wrongly, or its service gives nothing that can be used."""


class SettingsError(FindingsError):
    """A setting has a value that it cannot have."""


class RightsError(FindingsError):
    """Whoever asks may not do that, or is not signed in."""


class BusyError(FindingsError):
    """Too much is asked at once."""


class AuditError(FindingsError):
    """What was done cannot be written to the audit log, and the settings demand that it is."""
