from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.overrides import read_overrides
from indexer.reports import read_report
from tests.samples import write_corpus

HEADER = "file,title,force,programme,year,published,publisher,source\n"


def test_a_row_takes_the_place_of_what_the_report_says(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    row = 'kent-2006.txt,"Kent, judged",the Met,HMIC Inspection 2007,2007,May 2007,Us,digest\n'
    (corpus / "reports.csv").write_text(HEADER + row, "utf-8")
    details = read_report(corpus / "kent-2006.txt", read_overrides(corpus)["kent-2006.txt"]).details
    assert (details.title, details.force, details.programme, details.year) == (
        "Kent, judged",
        "Metropolitan Police Service",
        "HMIC Inspection 2007",
        2007,
    )
    assert (details.published, details.publisher, details.source) == ("May 2007", "Us", "digest")


def test_blank_cells_leave_what_the_report_says(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "reports.csv").write_text(HEADER + "kent-2006.txt,,,,,,,\n", "utf-8")
    assert read_overrides(corpus) == {"kent-2006.txt": {}}


def test_no_file_means_no_overrides(tmp_path: Path) -> None:
    assert read_overrides(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("force\nKent\n", "reports.csv, line 1: no column 'file'"),
        ("file,colour\n", "reports.csv, line 1: unknown column 'colour'"),
        ("", "reports.csv, line 1: no column 'file'"),
        (HEADER + ",Title\n", "line 2: no file is named"),
        (HEADER + "gone.pdf\n", "line 2: there is no file 'gone.pdf' in the corpus"),
        (HEADER + "../kent-2006.txt\n", "line 2: there is no file '../kent-2006.txt'"),
        (HEADER + "kent-2006.txt,,Atlantis\n", "line 2: 'Atlantis' is not a police force or"),
        (HEADER + "kent-2006.txt,,Kent and Essex\n", "line 2: 'Kent and Essex' is not a police"),
        (HEADER + "kent-2006.txt,,,PEEP\n", "line 2: 'PEEP' is not a programme; use one of: "),
        (HEADER + "kent-2006.txt,,,,MMVI\n", "line 2: 'MMVI' is not a year such as 2006"),
        (HEADER + "kent-2006.txt,,,,,,,hearsay\n", "line 2: source 'hearsay' is neither"),
        (HEADER + "kent-2006.txt\nkent-2006.txt\n", "line 3: kent-2006.txt is listed twice"),
        (HEADER + "kent-2006.txt,a,Kent,,,,,,,\n", "line 2: it has more cells than the header"),
        (HEADER + 'kent-2006.txt,"open\n', "reports.csv cannot be read"),
    ],
)
def test_an_error_names_file_line_and_reason(tmp_path: Path, text: str, message: str) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "reports.csv").write_text(text, "utf-8")
    with pytest.raises(CorpusError) as error:
        read_overrides(corpus)
    assert message in str(error.value)
