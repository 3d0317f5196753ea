"""A question in, the names in it that no report holds out: what cannot be answered for sure.

A name is an acronym of three capitals or more, or two or more words with capitals in mid-sentence.
It is unknown where a word of it stands in no report and no vocabulary; an acronym may also be
common English.
"""

import re
from collections.abc import Callable, Container

from indexer.words import stem

_ACRONYM = re.compile(r"\b(?=(?:[a-z&/]*[A-Z]){3})[A-Za-z&/]+\b")
_NAME = re.compile(r"(?<=[a-z,;] )(?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)")


def unknown_names(
    text: str, is_held: Callable[[str], bool], common: Container[str]
) -> tuple[str, ...]:
    """The names in `text` with a word that is not held, as they are typed.

    `common` are English words in small letters. A question in capitals throughout names nothing,
    and one with a capital to most words no names but acronyms.
    """
    if text.upper() == text:
        return ()
    acronyms = [
        word
        for word in _ACRONYM.findall(text)
        if not is_held(word) and word.casefold() not in common
    ]
    words = re.findall(r"[^\W\d_]+", text)
    is_title = sum(word[0].isupper() for word in words) > len(words) / 2
    names = [
        each.group(1)
        for each in ([] if is_title else _NAME.finditer(text))
        if any(stem(word) and not is_held(word) for word in re.findall(r"\w+", each.group(1)))
    ]
    return tuple(dict.fromkeys([*acronyms, *names]))
