"""A question about an acronym in, what the reports' glossaries say of it out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from indexer.types import ReportDetails, Term
from indexer.words import stems
from search.types import Question

# "What does MAPPA stand for" asks about the acronym; a longer question only uses it.
_MOST_STEMS = 5


def define(
    question: Question,
    terms_of: Callable[[Collection[str]], Iterable[Term]],
    details: Mapping[str, ReportDetails],
) -> str:
    """Every meaning that the reports give the acronym asked about, each with its reports; or "".

    `terms_of` gives the terms of the reports' glossaries that have these acronyms.
    """
    if question.intent != "define" or len(stems(question.topic)) > _MOST_STEMS:
        return ""
    asked = {word.strip("?.,;:'\"“”()") for word in question.text.split()}
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    spelling: dict[tuple[str, str], str] = {}
    for term in terms_of(asked):
        key = (term.acronym, " ".join(stems(term.meaning)))
        spelling.setdefault(key, term.meaning)
        source = details[term.report]
        named = f"{source.force} {source.year}" if source.year else source.force
        if named not in found[key]:
            found[key].append(named)
    return " ".join(
        f"{acronym}: {spelling[acronym, key]} ({', '.join(sources)})."
        for (acronym, key), sources in found.items()
    )
