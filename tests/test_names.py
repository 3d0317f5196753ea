"""Names that come from elsewhere, made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.names import report_id, safe_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Kent 2006.pdf", "Kent 2006.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\kent.pdf", "kent.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("..", "report"),
        ("", "report"),
        ("\x00kent\n\x1b[31m.pdf", "kent[31m.pdf"),
        ("kent‮fdp.exe", "kentfdp.exe"),
        ("a<b>:c|d?.pdf", "a-b--c-d.pdf"),
        ("CON.pdf", "report-CON.pdf"),
        ("lpt1", "report-lpt1"),
        ("nul.tar.gz", "report-nul.tar.gz"),
        ("reports.csv", "report-reports.csv"),
        ("Readme.MD", "report-Readme.MD"),
        ("kent.pdf. . ", "kent.pdf"),
        ("Heddlu Gŵent.pdf", "Heddlu Gŵent.pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, expected: str) -> None:
    assert safe_name(given_name) == expected


def test_names_of_other_letters_keep_ids_of_their_own() -> None:
    one, other = safe_name("отчёт.pdf"), safe_name("報告.pdf")
    assert one.startswith("отчёт-")
    assert one.endswith(".pdf")
    assert report_id(one) != report_id(other)
    assert safe_name("отчёт.pdf") == one


def test_very_long_names_are_cut_and_stay_apart() -> None:
    one, other = safe_name("x" * 4000 + ".pdf"), safe_name("x" * 4001 + ".pdf")
    assert len(one.encode()) < 200
    assert one != other


@given(st.text(max_size=300))
def test_any_name_becomes_a_plain_visible_one_with_an_id(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe.strip()
    assert not safe.startswith((".", "-", "~"))
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert len(safe.encode()) < 200
    assert report_id(safe)
