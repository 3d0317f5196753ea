"""The types of drafting: the service, the quotations it is sent, and what is kept of its reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from search.types import Quotation

Fault = Literal[
    "unfinished",
    "hidden_signs",
    "uncited",
    "no_such_quotation",
    "open_marks",
    "not_verbatim",
    "quotes_a_digest",
    "figure",
    "force",
    "grade",
    "not_of_the_reports",
]
FAULTS: Mapping[Fault, str] = {
    "unfinished": "it breaks off",
    "hidden_signs": "it holds signs that cannot be seen",
    "uncited": "it cites no quotation",
    "no_such_quotation": "it cites a quotation that is not there",
    "open_marks": "its quotation marks do not pair",
    "not_verbatim": "it quotes words that stand in no quotation it cites",
    "quotes_a_digest": "it puts a digest's words in quotation marks",
    "figure": "it gives a figure that stands in no quotation it cites",
    "force": "it names a force that no quotation it cites is about",
    "grade": "it gives a grade that stands in no quotation it cites",
    "not_of_the_reports": "most of its words stand in no quotation it cites",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The service that writes drafts, its key, shown nowhere, and how long it is waited for."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 30.0

    @property
    def host(self) -> str:
        """The machine and port that drafts come from, for a reader: "localhost:11434"."""
        parts = urlsplit(self.url)
        name = parts.hostname or ""
        return f"{name}:{parts.port}" if parts.port else name


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation that may be cited as [number].

    `words` are its words as shown, runs of white space as one space: what is sent, and what a
    draft's own quotations must be slices of.
    """

    number: int
    quotation: Quotation
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that keeps to the reports, as the reply has it. `cites` are numbers of sources."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was left out, and why."""

    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Draft:
    """What is shown of a reply. `problem` says, in one sentence, why there is nothing to show.

    `asked` is False where nothing was sent.
    """

    sources: tuple[Source, ...]
    sentences: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problem: str = ""
    asked: bool = True

    @property
    def text(self) -> str:
        """The sentences kept, as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def cited(self) -> tuple[Source, ...]:
        """The sources that the kept sentences cite, in the order of their numbers."""
        numbers = {number for sentence in self.sentences for number in sentence.cites}
        return tuple(source for source in self.sources if source.number in numbers)
