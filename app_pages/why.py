"""Why a finding was found, in a reader's words."""

from app_pages.words import listed
from search.types import Match, Why

_MEANING = {
    "very near": "In meaning it is very near to your question.",
    "near": "In meaning it is near to your question.",
    "not very near": "In meaning it is not very near to your question: read it with care.",
}


def why_sentences(match: Match) -> tuple[str, ...]:
    """Why a match was found, a sentence for each reason; empty where nothing is known."""
    why = match.why
    if why == Why():
        return ()
    shared = (
        f"Words it shares with your question: {listed(why.words, most=len(why.words))}."
        if why.words
        else "It shares no telling word with your question."
    )
    reasons = dict[str, list[str]]()
    for added, word in dict.fromkeys(why.added):
        reasons.setdefault("" if added == word else word, []).append(f"“{added}”")
    added = "; ".join(
        listed(found, most=len(found)) + (f" (for “{word}”)" if word else "")
        for word, found in reasons.items()
    )
    place = " › ".join(match.citation.place)
    return (
        shared,
        *([f"Words also searched for that stand here: {added}."] if added else []),
        f"It stands under {place}.",
        _MEANING[why.meaning],
    )
