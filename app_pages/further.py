"""Questions that lead on from a finding: more like it, and the same topic in other forces."""

from dataclasses import replace

import streamlit as st

from app_pages.address import Asked
from app_pages.practice import practice_parts
from indexer.sentences import sentence_spans
from indexer.types import Span
from search.labels import labels
from search.library import Library
from search.types import Filters, Match
from search.understanding import understand

# A box that is one long sentence says what it is about at its beginning.
_LONGEST = 300


def more_like(match: Match, library: Library) -> Asked | None:
    """The question that finds more like a match, of the same kind; None where it has no words."""
    text = first_sentence(match.passage.text)
    filters = Filters(findings=(match.passage.finding,))
    return _asked(text, filters, library) if text else None


def same_topic(match: Match, library: Library) -> Asked | None:
    """The question that finds a match's topic in the other forces held; None without others."""
    text = first_sentence(match.passage.text)
    others = tuple(force for force in library.forces if force != match.details.force)
    return _asked(text, Filters(forces=others), library) if text and others else None


def first_sentence(text: str) -> str:
    """The first sentence of a passage as a question, cut at a word where it is long.

    "" where there is none: the passage is a table's rows. The labels of a good-practice box are
    not part of its sentences.
    """
    stretches = [part.words for part in practice_parts(text)] or [Span(0, len(text))]
    sentences = (span.of(text) for stretch in stretches for span in sentence_spans(text, stretch))
    words = " ".join(next(filter(_says, sentences), "").split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0]


def _says(sentence: str) -> bool:
    return "\t" not in sentence and len(sentence.split()) > 3


def _asked(text: str, filters: Filters, library: Library) -> Asked:
    """The question, with nothing read into the report's words but what they speak of.

    A year or a force that a finding mentions is not one that the reader asks about.
    """
    return Asked(text, filters, _labels(library.fingerprint, text, library))


# Understanding ten findings' first sentences was two thirds of what drawing an answer cost.
@st.cache_resource(max_entries=2000, show_spinner=False)
def _labels(fingerprint: str, text: str, _library: Library) -> tuple[str, ...]:
    understood = understand(text, _library.vocabulary, _library.names)
    return tuple(label.key for label in labels(replace(understood, frameworks=())))
