"""How many threads a question takes: one. The one module that knows `threadpoolctl`.

A question's sums are small: sharing one out takes longer than doing it, and where all cores are
busy, its threads wait for each other. Readers beside each other use the cores instead.
"""

import os

from threadpoolctl import threadpool_limits


def use_one_thread_each() -> None:
    """Let every matrix product of this process run on the thread that asks for it."""
    threadpool_limits(1, user_api="blas")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
