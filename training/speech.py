"""Makes the vocabulary's vectors, `search/vocabulary/terms.npz`: `python -m training.speech`."""

import sys

import numpy as np

from indexer.models import MiniLM
from search.speech import SHIPPED, phrases_of, stamp
from search.vocabulary import everyday_entries


def main() -> int:
    """Encode every phrase and write the vectors as 16-bit floats, with what they were made from."""
    encoder = MiniLM()
    phrases = phrases_of(everyday_entries())
    vectors = encoder.encode([phrase for phrase, _ in phrases]).astype(np.float16)
    np.savez(SHIPPED, vectors=vectors, stamp=np.array(stamp(phrases, encoder)))
    print(f"{len(phrases)} phrases written to {SHIPPED.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
