"""The three command lines as people and other programs use them."""

import csv
import io
import json
from pathlib import Path

import pytest

from evaluation.cli import main as evaluation_main
from indexer.build import build
from indexer.cli import JUDGEMENT_COLUMNS
from indexer.cli import main as indexer_main
from indexer.generations import FORMAT, current_folder
from search.cli import main as search_main
from tests.samples import WordEncoder, write_corpus

Output = pytest.CaptureFixture[str]


def test_building_says_what_was_built_and_what_was_not(tmp_path: Path, capsys: Output) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "locked.docx").write_bytes(b"PK\x03\x04")
    build = ["build", "--corpus", str(corpus), "--index", str(tmp_path / "index")]
    assert indexer_main(build) == 1  # a file was not read
    said = capsys.readouterr()
    assert "The library is ready: 2 reports, " in said.out
    assert "Not read: locked.docx: it is a damaged Word file or zip archive" in said.err
    assert (
        "Note: kent-2006.txt: its pages are not marked; page numbers cannot be known." in said.err
    )
    (corpus / "locked.docx").unlink()
    assert indexer_main(build) == 0
    capsys.readouterr()
    assert indexer_main(build) == 0
    assert capsys.readouterr().out.startswith("Nothing has changed: 2 reports, ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--corpus", "{}/none", "--index", "{}/index"], "There is no folder none/."),
        (["judgements", "--index", "{}"], "Run: python -m indexer build"),
        (["show", "kent", "--index", "{}"], "Run: python -m indexer build"),
        (["check", "--index", "{}"], "Run: python -m indexer build"),
    ],
)
def test_the_indexer_s_errors_say_what_to_do(
    tmp_path: Path, capsys: Output, arguments: list[str], message: str
) -> None:
    assert indexer_main([each.format(tmp_path) for each in arguments]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err


def test_a_broken_reports_csv_names_its_line(tmp_path: Path, capsys: Output) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "reports.csv").write_text("file,force\nkent-2006.txt,Atlantis\n", "utf-8")
    assert indexer_main(["build", "--corpus", str(corpus), "--index", str(tmp_path / "i")]) == 2
    said = capsys.readouterr().err
    assert (
        "reports.csv, line 2: 'Atlantis' is not a police force or council; give its full name."
        in said
    )


def test_a_library_of_another_version_says_so(tmp_path: Path, capsys: Output) -> None:
    index = tmp_path / "index"
    build(write_corpus(tmp_path / "corpus"), index, WordEncoder())
    # made with another encoder
    assert search_main(["ask", "calls", "--index", str(index)]) == 2
    assert "The library was made with the encoder words for tests" in capsys.readouterr().err
    # in another format
    manifest = current_folder(index) / "manifest.json"
    manifest.write_text(
        manifest.read_text("utf-8").replace(f'"format": {FORMAT}', '"format": 9'), "utf-8"
    )
    for main, command in ((search_main, ["ask", "calls"]), (indexer_main, ["check"])):
        assert main([*command, "--index", str(index)]) == 2
        assert "made by another version of this program (format 9" in capsys.readouterr().err


def test_judgements_as_csv_keep_their_contract(sample_index: Path, capsys: Output) -> None:
    assert indexer_main(["judgements", "--csv", "--index", str(sample_index)]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == (
        "force,year,programme,framework,title,grade,direction,national_poor,national_fair,"
        "national_good,national_excellent,report,page"
    ).split(",")
    assert tuple(rows[0]) == JUDGEMENT_COLUMNS
    assert rows[2] == [
        "Kent Police", "2006", "HMIC Baseline Assessment 2006", "4B",
        "Protecting Vulnerable People", "Fair", "Improved", "8", "32", "3", "0",
        "kent-2006-txt", "",
    ]  # fmt: skip


def test_a_report_is_shown_with_its_sections_and_grades(sample_index: Path, capsys: Output) -> None:
    assert indexer_main(["show", "kent", "--index", str(sample_index)]) == 0
    said = capsys.readouterr().out
    assert "Kent Police: Baseline Assessment, October 2006" in said
    assert "strength         4A Reducing Anti-Social Behaviour › Strengths" in said
    assert "4B Protecting Vulnerable People: Fair, Improved (nationally 8 Poor, 32 Fair, " in said


@pytest.mark.parametrize(
    ("name", "message"), [("essex", "is no report in the library"), ("", "is the start of several")]
)
def test_a_report_that_is_not_one_is_named(
    sample_index: Path, capsys: Output, name: str, message: str
) -> None:
    assert indexer_main(["show", name, "--index", str(sample_index)]) == 2
    assert message in capsys.readouterr().err


def test_the_glossary_and_the_audit(sample_index: Path, capsys: Output) -> None:
    assert indexer_main(["glossary", "--index", str(sample_index)]) == 0
    assert "CAIU\tchild abuse investigation unit\t1 report\n" in capsys.readouterr().out
    assert indexer_main(["check", "--index", str(sample_index)]) == 0
    assert "passages checked, 0 problems." in capsys.readouterr().out


def test_asking_in_words_and_in_json(sample_index: Path, capsys: Output) -> None:
    question = ["ask", "PVP grade Kent 2006", "--index", str(sample_index)]
    assert search_main(question) == 0
    said = capsys.readouterr().out
    assert said.startswith("Understood as: Kent Police, 2006, 4B Protecting Vulnerable People")
    assert "Kent Police was graded Fair" in said
    assert search_main([*question, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["understood"]["intent"] == "grade"
    assert answer["refused"] is False


@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("grades in Cumbria", 1, "There is no report on Cumbria Constabulary in this library."),
        ("", 1, "Type a question"),
        ("x" * 10_000, 1, "That is 10,000 characters long."),
        ("<b>calls</b> **answered**", 0, "Searched "),
    ],
)
def test_what_cannot_be_answered_says_why(
    sample_index: Path, capsys: Output, question: str, status: int, words: str
) -> None:
    assert search_main(["ask", question, "--index", str(sample_index)]) == status
    assert words in capsys.readouterr().out


def test_asking_without_a_library_says_how_to_make_one(tmp_path: Path, capsys: Output) -> None:
    assert search_main(["ask", "calls", "--index", str(tmp_path)]) == 2
    assert "Run: python -m indexer build" in capsys.readouterr().err


def test_a_batch_gives_a_line_a_question(
    sample_index: Path, tmp_path: Path, capsys: Output
) -> None:
    questions, out = tmp_path / "questions.jsonl", tmp_path / "results.jsonl"
    rows = [{"id": "a", "question": "calls answered"}, {"id": 2, "question": "Cumbria"}]
    questions.write_text("\n".join(map(json.dumps, rows)) + "\n\n", "utf-8")
    batch = ["batch", str(questions), "--index", str(sample_index), "--out", str(out)]
    assert search_main(batch) == 0
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(answer["id"], answer["refused"]) for answer in answers] == [("a", False), ("2", True)]
    assert all(answer["passages"] for answer in answers)
    capsys.readouterr()
    questions.write_text('{"id": 1}\n', "utf-8")
    assert search_main(batch) == 2
    assert "line 1: each line must be a JSON object with id and question" in capsys.readouterr().err


GOLD = [
    {
        "id": "g1", "question": "how many calls does Sussex answer within ten seconds?",
        "style": "natural", "kind": "fact", "answerable": True, "answer": "92.4%",
        "must_include": ["92.4%"], "forces": [], "need": "any",
        "evidence": [
            {
                "doc": "sussex-2014", "section": "BACKGROUND", "part": "other",
                "quote": "Sussex Police answered 92.4% of 999 calls within ten seconds",
            }
        ],
    },
    {
        "id": "g2", "question": "calls in Cumbria", "style": "keyword", "kind": "unans_other_force",
        "answerable": False, "answer": "", "must_include": [], "forces": [], "need": "any",
        "evidence": [],
    },
]  # fmt: skip


def test_measuring_prints_figures_and_compares_runs(tmp_path: Path, capsys: Output) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.json"
    gold.write_text("\n".join(map(json.dumps, GOLD)), "utf-8")
    measure = ["questions", str(gold), "--corpus", str(corpus), "--index", str(tmp_path / "index")]
    assert evaluation_main([*measure, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "refused, of those to be refused           1 of 1 (100.0%)" in said
    assert "answer holds what it must                 1 of 1 (100.0%)" in said
    assert "finding label right, of evidence found    1 of 1 (100.0%)" in said
    rows = json.loads(out.read_text("utf-8"))
    assert [(row["id"], row["rank"], row["refused"]) for row in rows] == [
        ("g1", 1, False),
        ("g2", None, True),
    ]
    rows[0]["rank"] = 4
    rows[1]["refused"] = False
    out.write_text(json.dumps(rows), "utf-8")
    assert evaluation_main([*measure, "--against", str(out)]) == 0
    said = capsys.readouterr().out
    assert "gained  g1: rank 4 → rank 1" in said
    assert "gained  g2: not found → refused, not found" in said
