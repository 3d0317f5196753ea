"""The list of reports of a large library: a page at a time, and by force."""

from pathlib import Path

import pytest

from indexer.build import build
from indexer.models import MiniLM
from tests import opened
from tests.opened import Open, run, shown
from tests.samples import SUSSEX

open_app = opened.open_app


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM) -> Path:
    """A library of 14 reports on two forces."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "corpus").mkdir()
    for number in range(14):
        force = "Essex" if number < 2 else "Sussex"
        text = SUSSEX.replace("Sussex", force).replace("SUSSEX", force.upper())
        text = f"{text}\n\nCopy {number}.\n"
        (folder / "corpus" / f"{force.lower()}-{number}.md").write_text(text, "utf-8")
    build(folder / "corpus", folder / "index", encoder)
    return folder / "index"


def test_reports_are_listed_a_page_at_a_time_and_by_force(open_app: Open, many: Path) -> None:
    app = open_app("reports", index=many)
    assert [each.value for each in app.header] == ["Essex Police", "Sussex Police"]
    assert len(app.get("page_link")) == 12
    app.multiselect(key="reports_force").set_value(["Essex Police"])
    run(app)
    assert app.query_params["force"] == "Essex Police"
    assert [each.value for each in app.header] == ["Essex Police"]
    assert len(app.get("page_link")) == 2
    assert "Sussex" not in shown(app)
