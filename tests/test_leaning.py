"""Which kind of answer a question leans to where its words do not say."""

from pathlib import Path

import numpy as np
import pytest

from indexer.models import MiniLM
from search.intents import NO_WORDS, Said, intent_of
from search.leaning import KINDS, SHIPPED, leaning
from search.types import Intent
from tests.samples import WordEncoder
from training.leaning import fit
from training.phrasings import Phrasing

NOTHING = Said(0, 0, is_graded=False, has_framework=False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What did inspectors say about how custody sergeants are trained?", "find"),
        ("Give me the rundown of every framework that Kent scored Excellent on", "list"),
        ("total of Goods across Kent", "count"),
        ("Kent's trajectory on child abuse from one report to the other", "over_time"),
        ("definition of level 2 criminality", "define"),
    ],
)
def test_the_kind_leant_to(text: str, kind: Intent, encoder: MiniLM) -> None:
    leans = leaning(encoder, text)
    assert max(leans, key=lambda each: leans[each]) == kind
    assert np.isclose(sum(np.exp(list(leans.values()))), 1.0)


def test_words_decide_until_it_leans_far_the_other_way() -> None:
    slightly = {"find": -1.0, "list": -1.0 + NO_WORDS / 2}
    far = {"find": -6.0, "list": -0.01}
    assert intent_of("how are calls answered", NOTHING, {}) == "find"
    assert intent_of("how are calls answered", NOTHING, slightly) == "find"  # type: ignore[arg-type]
    assert intent_of("how are calls answered", NOTHING, far) == "list"  # type: ignore[arg-type]


def test_without_planes_for_the_encoder_nothing_is_said(tmp_path: Path, encoder: MiniLM) -> None:
    assert leaning(WordEncoder(), "custody") == {}
    assert leaning(encoder, "custody", tmp_path / "missing.npz") == {}
    broken = tmp_path / "broken.npz"
    broken.write_bytes(SHIPPED.read_bytes()[:500])
    assert leaning(encoder, "custody", broken) == {}


def test_what_is_fitted_tells_kinds_apart(encoder: MiniLM) -> None:
    none: frozenset[str] = frozenset()
    counts = ("how many Goods", "tally of Fairs", "number of Excellents")
    phrasings = [Phrasing(text, "count", none, none, none) for text in counts]
    finds = ("how is custody staffed", "why are calls lost", "what helps victims")
    phrasings += [
        Phrasing(kind, kind, none, none, none) for kind in KINDS if kind not in ("count", "find")
    ]
    planes = fit(encoder, phrasings, finds)
    told = planes.logits(encoder.encode([*counts, *finds])).argmax(axis=1)
    assert [KINDS[at] for at in told] == ["count"] * 3 + ["find"] * 3
