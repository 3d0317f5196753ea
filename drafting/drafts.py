"""An answer and a service in, a draft out: find sources → make messages → ask → check."""

from drafting.asking import ask_model
from drafting.checking import check
from drafting.prompting import NOT_SAID, make_messages
from drafting.sources import find_sources
from drafting.types import Draft, Settings
from indexer.errors import DraftingError
from search.types import Answer


def make_draft(answer: Answer, settings: Settings) -> Draft:
    """The draft of an answer. Where there is none, its `problem` says why; the answer stands."""
    sources = find_sources(answer)
    if not sources:
        return Draft((), problem="There are no quotations to make a draft from.", asked=False)
    question = answer.question.typed or answer.question.text
    try:
        reply = ask_model(settings, make_messages(question, sources))
    except DraftingError as error:
        return Draft(sources, problem=str(error))
    if reply == NOT_SAID:
        return Draft(sources, problem="The language model found no answer in these quotations.")
    sentences, dropped = check(reply, sources)
    problem = "" if sentences else _nothing_kept(len(dropped))
    return Draft(sources, sentences, dropped, problem)


def _nothing_kept(dropped: int) -> str:
    if dropped == 1:
        return "The language model wrote one sentence, and it did not keep to the reports."
    return f"None of the {dropped} sentences that the language model wrote kept to the reports."


def left_out_words(draft: Draft) -> str:
    """How many sentences were left out, in a sentence; "" where none was."""
    count = len(draft.dropped)
    if not count or not draft.sentences:
        return ""
    if count == 1:
        return "1 sentence was left out because it did not keep to the reports."
    return f"{count} sentences were left out because they did not keep to the reports."


def draft_as_text(draft: Draft, settings: Settings) -> str:
    """A draft with what it is and the places it cites, to be pasted or printed."""
    lines = [draft.text, ""]
    lines += [f"[{each.number}] {each.quotation.match.citation}" for each in draft.cited]
    lines += ["", f"{origin_words(settings)} {left_out_words(draft)}".strip()]
    return "\n".join(lines)


def origin_words(settings: Settings) -> str:
    """Where a draft comes from and what it is, in a sentence."""
    return (
        f"Draft written by the language model {settings.model} at {settings.host}, "
        "not by the inspectors. Read the quotations before you use it."
    )
