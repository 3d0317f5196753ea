"""Turns given out at a pace."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guarding.pace import Pace, Paces


class Clock:
    """A clock that the test winds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_full_bucket_gives_a_minute_s_turns_and_then_says_how_long_to_wait() -> None:
    clock = Clock()
    pace = Pace(30, clock)
    assert [pace.take("ann") for _ in range(31)] == [0] * 30 + [2]
    assert pace.take("bob") == 0
    clock.now = 2.0
    assert [pace.take("ann") for _ in range(2)] == [0, 2]
    clock.now = 1000.0
    assert [pace.take("ann") for _ in range(31)] == [0] * 30 + [2]


def test_no_limit_is_no_limit() -> None:
    pace = Pace(0, Clock())
    assert not any(pace.take("ann") for _ in range(1000))


def test_all_together_have_a_pace_too() -> None:
    clock = Clock()
    paces = Paces(Pace(2, clock), Pace(3, clock))
    assert [paces.take(each) for each in ("ann", "ann", "bob", "bob")] == [0, 0, 0, 20]
    assert paces.take("ann") == 30


@given(st.integers(1, 600), st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_never_more_than_the_bucket_and_what_flows_in(a_minute: int, steps: list[float]) -> None:
    clock = Clock()
    pace = Pace(a_minute, clock)
    taken = 0
    for step in steps:
        clock.now += step
        taken += pace.take("ann") == 0
    assert taken <= a_minute + clock.now * a_minute / 60 + 1


def test_the_wait_told_is_long_enough() -> None:
    clock = Clock()
    pace = Pace(7, clock)
    for _ in range(7):
        pace.take("ann")
    clock.now += pace.take("ann")
    assert pace.take("ann") == 0
