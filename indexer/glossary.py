"""Sections in, terms out: acronyms and their meanings as the report itself gives them.

From the glossary at its end, one entry a line, and from "meaning (ACRONYM)" in running text, by
the algorithm of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
definitions in biomedical text": the acronym's letters, read backwards, must be met in order in the
words before it, its first letter at the start of a word.
"""

import re
from collections.abc import Iterator

from indexer.types import Report, Section, Span, Term

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/]*(?:-[A-Z][A-Za-z0-9]*)?")
_DEFINED = re.compile(r"\(([A-Z][A-Za-z&/]{1,9})\)")
_ENTRY = re.compile(r"(\S+)[ \t]+(\S.*)")


def find_terms(report: Report) -> tuple[Term, ...]:
    """The terms of a report, each acronym and meaning once, in order of first appearance."""
    found: dict[tuple[str, str], Term] = {}
    for term in (*_from_glossary(report), *_from_text(report)):
        found.setdefault((term.acronym, term.meaning.casefold()), term)
    return tuple(sorted(found.values(), key=lambda term: term.span))


def _from_glossary(report: Report) -> Iterator[Term]:
    for section in report.sections:
        if section.finding != "glossary":
            continue
        for match in re.finditer(r"[^\n]+", section.span.of(report.text)):
            entry = _ENTRY.fullmatch(match.group().strip())
            if entry and _is_acronym(entry.group(1)) and not _ACRONYM.fullmatch(entry.group(2)):
                yield _term(report, section, entry.group(1), entry.group(2), match)


def _term(
    report: Report, section: Section, acronym: str, meaning: str, line: re.Match[str]
) -> Term:
    start = section.span.start + line.start()
    meaning = re.sub(r"\s+", " ", meaning).strip()
    return Term(acronym, meaning, report.details.id, Span(start, start + len(line.group())))


def _is_acronym(word: str) -> bool:
    capitals = sum(character.isupper() for character in word)
    return capitals >= 2 and _ACRONYM.fullmatch(word) is not None


def _from_text(report: Report) -> Iterator[Term]:
    text = report.text
    for match in _DEFINED.finditer(text):
        acronym = match.group(1)
        if not _is_acronym(acronym):
            continue
        singular = acronym[:-1] if acronym[-1] == "s" and acronym[:-1].isupper() else acronym
        # At most this many words can define it, by the paper's rule.
        most = min(len(singular) + 5, len(singular) * 2)
        before = re.search(
            rf"(?:[^\s()]+[ ]){{1,{most}}}$", text[max(0, match.start() - 200) : match.start()]
        )
        start = _meaning_start(singular, before.group().rstrip()) if before else None
        if before is None or start is None:
            continue
        meaning = before.group()[start:].rstrip()
        span_start = match.start() - len(before.group()) + start
        if singular.casefold() not in meaning.casefold().split():
            yield Term(singular, meaning, report.details.id, Span(span_start, match.end()))


def _meaning_start(acronym: str, words: str) -> int | None:
    """Where in `words` the meaning of `acronym` begins, or None where they do not spell it."""
    letters = [character.casefold() for character in acronym if character.isalnum()]
    at = len(words)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0:
            starts_word = at == 0 or not words[at - 1].isalnum()
            if words[at].casefold() == letters[place] and (place > 0 or starts_word):
                break
            at -= 1
        if at < 0:
            return None
    return at
