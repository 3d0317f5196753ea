"""What ends a build of a library in Milvus: its words added up, what could not be read, a stamp."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

from indexer.gathering import Failure
from indexer.milvus.client import Tables
from indexer.milvus.held import (
    FAILURE,
    LEXICON,
    STAMP,
    WORDS,
    newest,
    read_parts,
    read_versions,
    write_part,
)
from indexer.milvus.rows import Lexicon, dumped, dumped_lexicon, loaded, loaded_lexicon
from indexer.milvus.schema import COLLECTIONS, LIBRARY, PARTS, code_of

# The words are added up so often at most, where other machines write meanwhile.
_ROUNDS = 5


def add_up(tables: Tables) -> None:
    """Add up the words of all reports, and stamp the library as changed.

    Where other machines hold or remove reports meanwhile, it adds up again: the last of them to end
    has seen what all did.
    """
    for _ in range(_ROUNDS):
        held = newest(read_versions(tables))
        words, stems = Counter[str](), Counter[str]()
        for owner, text in read_parts(tables, WORDS).items():
            if owner not in held:
                continue
            lexicon = loaded_lexicon(text)
            words.update(lexicon.words)
            stems.update(lexicon.stems)
        write_part(tables, LIBRARY, LEXICON, dumped_lexicon(Lexicon(words, stems)))
        write_part(tables, LIBRARY, STAMP, f"{code_of(json.dumps(sorted(held))):016x}")
        if held.keys() == newest(read_versions(tables)).keys():
            return


def keep_failures(
    tables: Tables, failures: Sequence[Failure], is_ours: Callable[[str], bool]
) -> None:
    """Keep why files could not be read, in place of what was said of the files of this share."""
    before = {each.file: each for each in read_failures(tables) if is_ours(each.file)}
    now = {each.file: each for each in failures}
    for file in before.keys() - now.keys():
        tables.delete(PARTS, f'owner == {code_of(file)} and kind == "{FAILURE}"')
    for file, failure in now.items():
        if before.get(file) != failure:
            write_part(tables, code_of(file), FAILURE, dumped(failure))


def read_failures(tables: Tables) -> tuple[Failure, ...]:
    """The files that could not be read when they were last tried."""
    texts = read_parts(tables, FAILURE).values()
    return tuple(sorted((loaded(Failure, text) for text in texts), key=lambda each: each.file))


def settle(tables: Tables) -> None:
    """Have all that was written stored and indexed."""
    for collection in COLLECTIONS:
        tables.settle(collection.name)
