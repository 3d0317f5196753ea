"""A `Draft` in, the JSON object that other programs read out."""

from typing import Any

from drafting.drafts import left_out_words, origin_words
from drafting.types import FAULTS, Draft, Settings


def as_json(draft: Draft, settings: Settings) -> dict[str, Any]:
    """The draft as a JSON object. Offsets are into the report's cleaned text."""
    return {
        "model": settings.model,
        "host": settings.host,
        "origin": origin_words(settings),
        "text": draft.text,
        "sentences": [
            {"text": sentence.text, "cites": list(sentence.cites)} for sentence in draft.sentences
        ],
        "left_out": [
            {"text": each.text, "why": each.fault, "in_words": FAULTS[each.fault]}
            for each in draft.dropped
        ],
        "left_out_in_words": left_out_words(draft),
        "problem": draft.problem or None,
        "sources": [
            {
                "number": source.number,
                "report": source.quotation.match.details.id,
                "start": source.quotation.shown.start,
                "end": source.quotation.shown.end,
                "words": source.words,
                "citation": str(source.quotation.match.citation),
            }
            for source in draft.sources
        ],
    }
