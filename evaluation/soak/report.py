"""What came of a soak, as a table in words, and whether it passed."""

from collections.abc import Iterator, Sequence

from evaluation.soak.running import Soaked

_MOST_GROWTH = 0.10
_LEAST_MINUTES = 20
_MB = 1024**2


def soak_table(soaked: Soaked) -> str:
    """The table."""
    return "\n".join(_lines(soaked))


def has_passed(soaked: Soaked) -> bool:
    """Whether no error was shown, nothing lost, both builds made and memory flat within a tenth.

    In the first minutes memory grows because caches fill: it counts in a longer run only.
    """
    is_flat = soaked.growth <= _MOST_GROWTH or soaked.minutes < _LEAST_MINUTES
    return not soaked.errors and not soaked.lost and soaked.rebuilds == 2 and is_flat


def share_under(times: Sequence[float], share: float) -> float:
    """The time that so large a share of them is within."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _lines(soaked: Soaked) -> Iterator[str]:
    yield f"{soaked.sessions} sessions for {soaked.minutes:g} minutes"
    yield f"the library was built again {soaked.rebuilds} times"
    yield ""
    yield "| what | times | p50 | p95 | longest |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for kind, times in sorted(soaked.seconds.items()):
        half, most = share_under(times, 0.5), share_under(times, 0.95)
        yield f"| {kind} | {len(times)} | {half:.2f} s | {most:.2f} s | {max(times):.2f} s |"
    yield ""
    yield f"errors shown: {sum(soaked.errors.values())}"
    for said, count in soaked.errors.most_common(20):
        yield f"  {count} × {said}"
    yield f"told to wait, or that a place had gone: {soaked.waits}"
    yield f"quotations kept in {soaked.briefings} briefings: {soaked.quotations}"
    yield f"of these lost: {soaked.lost}"
    if soaked.memory:
        sizes = [size / _MB for _, size in soaked.memory]
        yield f"memory: {sizes[0]:.0f} to {sizes[-1]:.0f} MB, {max(sizes):.0f} at most"
        yield f"growth once warm: {soaked.growth:+.1%}"
    yield "passed" if has_passed(soaked) else "NOT passed"
