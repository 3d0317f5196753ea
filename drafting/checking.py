"""A reply and its sources in, the sentences that keep to the reports out, and why others do not.

A sentence is kept whole and unaltered, or left out whole. It is kept when it ends by citing
quotations that are there; when what it puts between quotation marks is an exact slice, at whole
words, of one of them; when every figure, force and grade in it stands in one of them (a force and
a year may stand in the citation); and when half its other words do. It can still be wrong: a word
such as "not" may be gone.
"""

import re
import unicodedata
from collections.abc import Sequence

from drafting.claims import figures, forces, grades, plain
from drafting.marks import OpenMarks, quoted_spans
from drafting.splitting import CITED, split_sentences
from drafting.types import Dropped, Fault, Sentence, Source
from indexer.types import Span
from indexer.words import stems

# So much of a sentence's telling words must stand in what it cites.
_SUPPORTED = 0.5
_FINISHED = re.compile(r"[.!?][\"'”’)\]]*$")
# What stands after the last citation is not cited by it.
_CITED_LAST = re.compile(rf"{CITED.pattern}[\s.!?\"'”’)\]]*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words that say who says so; every report is by inspectors, on a force.
_FRAME = frozenset(
    stems(
        "inspectors inspection report reported found noted said says stated described praised "
        "assessment force police quotation according also"
    )
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check(
    reply: str, sources: Sequence[Source]
) -> tuple[tuple[Sentence, ...], tuple[Dropped, ...]]:
    """The sentences of `reply` that keep to `sources`, and those left out, both in order."""
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    for text in split_sentences(reply):
        cites, fault = _judge(text, sources)
        if fault:
            dropped.append(Dropped(text, fault))
        else:
            kept.append(Sentence(text, cites))
    return tuple(kept), tuple(dropped)


def _judge(text: str, sources: Sequence[Source]) -> tuple[tuple[int, ...], Fault | None]:
    """The numbers a sentence cites, and its first fault."""
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        return (), "hidden_signs"
    try:
        quoted = quoted_spans(text)
    except OpenMarks:
        return (), "open_marks"
    ours = _blanked(text, quoted)
    citations = [Span(*match.span()) for match in CITED.finditer(ours)]
    numbers = [int(number) for span in citations for number in re.findall(r"\d+", span.of(text))]
    cites = tuple(dict.fromkeys(numbers))
    if not cites or not _CITED_LAST.search(ours):
        return cites, "uncited"
    cited = [source for source in sources if source.number in cites]
    if len(cited) < len(cites):
        return cites, "no_such_quotation"
    said = _blanked(text, citations)
    if not _FINISHED.search(said.replace(" ", "")):
        return cites, "unfinished"
    fault = _false_quotation([span.of(text) for span in quoted], cited)
    return cites, fault or _false_claim(said, _blanked(ours, citations), cited)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """`text`, of the same length, with nothing but spaces in `spans`."""
    for span in spans:
        text = f"{text[: span.start]}{' ' * len(span)}{text[span.end :]}"
    return text


def _false_quotation(quoted: Sequence[str], cited: Sequence[Source]) -> Fault | None:
    for words in quoted:
        holders = [source for source in cited if holds(source.words, words)]
        if not holders:
            return "not_verbatim"
        if all(source.quotation.match.citation.is_digest for source in holders):
            return "quotes_a_digest"
    return None


def holds(words: str, quoted: str) -> bool:
    """Whether `quoted` is a slice of `words` that cuts no word in two ("safe" out of "unsafe")."""
    if not quoted.strip():
        return False
    before = r"(?<![\w-])" if quoted[0].isalnum() else ""
    after = r"(?![\w-])" if quoted[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(quoted)}{after}", words) is not None


def _false_claim(said: str, ours: str, cited: Sequence[Source]) -> Fault | None:
    """What a sentence claims that nothing it cites says.

    `said` is the sentence without its citations, `ours` without its quotations as well.
    """
    citations = [source.quotation.match.citation for source in cited]
    words = "\n".join(source.words for source in cited)
    known = "\n".join([words, *(f"{c.force}\n{c.report} {c.published}" for c in citations)])
    if not figures(said) <= figures(words) | set(_YEAR.findall(known)):
        return "figure"
    if not forces(said) <= forces(known):
        return "force"
    if not grades(said) <= grades(words):
        return "grade"
    told = {stem for each in citations for place in each.place for stem in stems(place)}
    told.update(stems(plain(known)))
    telling = set(stems(plain(ours))) - _FRAME
    return None if len(telling & told) >= _SUPPORTED * len(telling) else "not_of_the_reports"
