"""The app served with a fault in it: every question fails as no code of ours should."""

from typing import Never

from streamlit.starlette import App

import serve
from app_pages import door
from app_pages.faults import tell_fault
from search.library import Library


def fail(*args: object) -> Never:
    raise RuntimeError(f"{__file__} is on fire")


Library.ask = fail  # type: ignore[assignment, method-assign]
app = App(
    serve.HERE / "app.py", middleware=serve.middleware(door.settings()), on_script_error=tell_fault
)
