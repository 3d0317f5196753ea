"""A real `streamlit run` on a free port, up when its health address answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.pages.serving import serving as started


@contextmanager
def serving(log: Path, script: str = "app.py", **environment: str) -> Iterator[str]:
    """The address of the app, served with these environment variables until the block ends."""
    with started(log, script, "_stcore/health", environment) as address:
        yield address
