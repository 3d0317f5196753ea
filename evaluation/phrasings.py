"""Questions with what they mean in, how much of it was understood out."""

from collections import Counter
from collections.abc import Sequence

from search.library import Library
from search.types import Question
from training.phrasings import Phrasing


def phrasings_table(library: Library, phrasings: Sequence[Phrasing]) -> str:
    """What was understood, of the half that was looked at and of the other."""
    lines = [f"{'':<24}{'looked at':>14}{'counted only':>14}"]
    halves = [phrasings[::2], phrasings[1::2]]
    read = [[library.understood(each.question) for each in half] for half in halves]
    pairs = [list(zip(*both, strict=True)) for both in zip(halves, read, strict=True)]
    for name, is_right in (
        ("kind of answer", lambda meant, got: meant.intent == got.intent),
        ("forces", lambda meant, got: meant.forces == set(got.forces)),
        ("frameworks, all meant", _holds_frameworks),
        ("grades, all meant", lambda meant, got: meant.grades <= set(got.grades)),
    ):
        shares = [f"{sum(is_right(m, g) for m, g in half) / len(half):.1%}" for half in pairs]
        lines.append(f"{name:<24}" + "".join(f"{share:>14}" for share in shares))
    lines.extend(["", f"{'kind of answer':<14}{'asked':>7}{'understood':>12}"])
    counted = pairs[1]
    asked = Counter(meant.intent for meant, _ in counted)
    right = Counter[str](m.intent for m, got in counted if m.intent == got.intent)
    lines.extend(f"  {name:<12}{asked[name]:>7}{right[name]:>12}" for name in sorted(asked))
    return "\n".join(lines)


def _holds_frameworks(meant: Phrasing, got: Question) -> bool:
    labels = {label.split(" ", 1)[0] if label[0].isdigit() else label for label in got.frameworks}
    return meant.frameworks <= labels
