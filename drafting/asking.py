"""The owner of `openai`, loaded when a draft is asked for: messages in, a reply's words out."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from drafting.prompting import Messages
from drafting.replies import read_reply
from drafting.types import Settings
from indexer.errors import DraftingError

if TYPE_CHECKING:
    from openai import OpenAI

# Six sentences, with room to spare.
_MOST_TOKENS = 600


def ask_model(settings: Settings, messages: Messages) -> str:
    """The model's words. One request, never repeated, and `settings.seconds` for all of it.

    Raises DraftingError, its text one sentence that says why there are none.
    """
    import openai

    from drafting.wire import TooLong, connect

    host = settings.host
    connection = connect(settings)
    pool = ThreadPoolExecutor(1, "drafting")
    try:
        model = openai.OpenAI(
            api_key=settings.key or "none",
            base_url=settings.url,
            max_retries=0,
            timeout=settings.seconds,
            http_client=connection,
        )
        # A service that sends one byte a second never lets a read time out; the wait here does.
        body = pool.submit(_post, model, settings, messages).result(settings.seconds)
    except (TimeoutError, openai.APITimeoutError) as error:
        raise DraftingError(f"{host} sent no draft within {_seconds(settings.seconds)}.") from error
    except openai.APIStatusError as error:
        raise DraftingError(_status_words(error.status_code, settings)) from error
    except openai.APIConnectionError as error:
        if isinstance(error.__cause__, TooLong):
            raise DraftingError(f"{host} sent far more than was asked for.") from error
        raise DraftingError(f"{host} could not be reached, or broke off: is it running?") from error
    except openai.OpenAIError as error:
        raise DraftingError(f"{host} could not be asked for a draft.") from error
    finally:
        connection.close()
        pool.shutdown(wait=False, cancel_futures=True)
    return read_reply(body, settings)


def _post(model: "OpenAI", settings: Settings, messages: Messages) -> bytes:
    response = model.chat.completions.with_raw_response.create(
        model=settings.model,
        messages=[
            {"role": "system", "content": messages.rules},
            {"role": "user", "content": messages.given},
        ],
        max_tokens=_MOST_TOKENS,
        temperature=0,
    )
    return response.content


def _seconds(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"


def _status_words(status: int, settings: Settings) -> str:
    host = settings.host
    if status in (401, 403):
        return f"{host} did not accept the key; FINDINGS_LLM_KEY holds it."
    if status == 404:
        return f"{host} knows no model “{settings.model}” at that address."
    if status == 429:
        return f"{host} is busy, or its allowance is used up; try again later."
    if 300 <= status < 400:
        return f"{host} pointed to another address, which is never followed."
    if status >= 500:
        return f"{host} has a fault of its own ({status}); try again later."
    return f"{host} did not accept the request ({status})."
