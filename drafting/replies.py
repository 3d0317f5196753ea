"""The body of a reply in, the model's words out. Nothing in it is taken on trust."""

import json
from collections.abc import Mapping

from drafting.types import Settings
from indexer.errors import DraftingError

# Six sentences are some 1,200 signs.
_MOST_SIGNS = 6000


def read_reply(body: bytes, settings: Settings) -> str:
    """The words of the first choice. Raises DraftingError, its text one sentence that says why."""
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DraftingError(f"{settings.host} sent a reply that cannot be read.") from error
    choices = reply.get("choices") if isinstance(reply, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not isinstance(choice, Mapping) or not isinstance(message, Mapping):
        raise DraftingError(f"{settings.host} sent a reply with no draft in it.")
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise DraftingError("The language model declined to write a draft.")
    words = message.get("content")
    if words is None or (isinstance(words, str) and not words.strip()):
        raise DraftingError("The language model sent an empty reply.")
    if not isinstance(words, str):
        raise DraftingError(f"{settings.host} sent a reply that cannot be read.")
    if len(words) > _MOST_SIGNS:
        raise DraftingError("The language model wrote far more than it was asked for.")
    # JSON can hold halves of a sign, which nothing can draw or print.
    return words.encode("utf-8", "replace").decode("utf-8").strip()
