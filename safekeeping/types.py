"""The types of a back-up, and the one error of making or restoring it."""

from dataclasses import dataclass
from pathlib import Path

CORPUS, LIBRARY, BRIEFINGS = "corpus", "library", "briefings"


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are kept: the reports, the library's folder, the briefings' folder."""

    corpus: Path
    index: Path
    briefings: Path


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds; `fingerprint` is its library's, `made` when, in words."""

    made: str
    fingerprint: str
    reports: int
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(member.size for member in self.members)
