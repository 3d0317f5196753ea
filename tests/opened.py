"""The app opened without a browser, and what it shows."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
Open = Callable[..., AppTest]
# Words of the workshop that a policy officer should never meet.
JARGON = re.compile(r"\b(?:chunks?|embeddings?|vectors?|scores?|retriev\w+|index|null|exception)\b")


@pytest.fixture
def open_app(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the app at a page with an address; the sample library unless told otherwise."""

    def open_at(
        page: str = "ask",
        index: Path | None = None,
        corpus: Path | None = None,
        **params: str | list[str],
    ) -> AppTest:
        chosen = index or sample_index
        monkeypatch.setenv("FINDINGS_INDEX", str(chosen))
        monkeypatch.setenv("FINDINGS_CORPUS", str(corpus or chosen.parent / "corpus"))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        if page != "ask":
            app.switch_page(f"app_pages/{page}.py")
        for name, value in params.items():
            app.query_params[name] = value
        return run(app)

    return open_at


def run(app: AppTest) -> AppTest:
    """The app after a run, which never ends in a trace and never speaks of the workshop."""
    app.run()
    assert not app.exception
    assert JARGON.findall(shown(app).lower()) == []
    return app


def shown(app: AppTest) -> str:
    """All text of ours and theirs on the page, escapes undone."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption]
    elements += [*app.info, *app.warning]
    text = "\n".join(str(element.value) for element in elements)
    text = "\n".join([text, *(button.label for button in app.button)])
    return re.sub(r"\\(.)", r"\1", re.sub(r":[a-z-]+\[((?:\\.|[^\]\\])*)\]", r"\1", text))


def links(app: AppTest) -> list[tuple[str, dict[str, list[str]]]]:
    """The page and address of every link on the page."""
    return [(link.proto.page, parse_qs(link.proto.query_string)) for link in app.get("page_link")]


def in_address(app: AppTest, name: str) -> list[str]:
    """The values of a name in the page's address; AppTest gives a lone one as a word."""
    value = app.query_params.get(name, [])
    return [value] if isinstance(value, str) else list(value)
