"""`import` on the command line: a file for each record, and no record lost."""

from functools import partial
from pathlib import Path

import pytest

from lupus_evidence.records.load import load
from lupus_evidence.records.yamltext import parse

SAMPLES = Path(__file__).parents[1] / "importing" / "samples"


@pytest.fixture
def imported(run):
    """Run the command and return its exit code and output."""
    return partial(run, "import")


def test_one_file_for_each_record(imported, tmp_path):
    """Each reference becomes a file of its own, and is told what to do next."""
    done = imported(SAMPLES / "citations.nbib", "-o", tmp_path)
    assert done.exit_code == 0, done.output
    names = {"van-der-berg-2018", "muller-2010"}
    assert {path.stem for path in tmp_path.iterdir()} == names
    for name in names:
        path = tmp_path / f"{name}.yaml"
        assert parse(path.read_text(encoding="utf-8"))["id"] == name
        assert f"wrote {path}: fill it in" in done.stderr
    assert done.stdout == ""
    assert done.stderr.count("not carried over: abstract") == 1
    assert "muller-2010: PubMed marks it as retracted" in done.stderr


def test_the_current_folder_is_the_usual_place(imported, tmp_path, monkeypatch):
    """Without a folder, records land where the person is."""
    monkeypatch.chdir(tmp_path)
    assert imported(SAMPLES / "trial.json").exit_code == 0
    assert (tmp_path / "nct09999991.yaml").is_file()


def test_an_existing_record_is_never_overwritten_unasked(imported, tmp_path):
    """The second import gets other names; with --force it replaces the first."""
    mine = tmp_path / "nct09999991.yaml"
    mine.write_text("mine", encoding="utf-8")
    done = imported(SAMPLES / "trial.json", "-o", tmp_path)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "the name nct09999991 is taken" in done.stderr
    assert (tmp_path / "nct09999991-2.yaml").is_file()
    assert imported(SAMPLES / "trial.json", "-o", tmp_path, "--force").exit_code == 0
    assert parse(mine.read_text(encoding="utf-8"))["id"] == "nct09999991"


def test_the_screen(imported, tmp_path, monkeypatch):
    """With -o - the records are printed and nothing is written."""
    monkeypatch.chdir(tmp_path)
    done = imported(SAMPLES / "citations.ris", "-o", "-")
    assert done.exit_code == 0
    texts = done.stdout.split("---\n")
    assert [parse(text)["id"] for text in texts] == [
        "ou-yang-2019",
        "nunez-2021",
        "author",
    ]
    line = f"{SAMPLES / 'citations.ris'}:31:1: warning I106 the accession number"
    assert line in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.ris",), "cannot be read: no such file"),
        (
            (SAMPLES / "trial.json", "-o", "missing/new"),
            "the folder missing/new cannot be made: no such file or directory",
        ),
        ((SAMPLES / "trial.json", "-f", "ris"), "nothing to import"),
        ((SAMPLES / "trial.json", "-f", "xml"), "xml"),
    ],
)
def test_wrong_use_is_a_message_and_status_2(
    imported, tmp_path, monkeypatch, arguments, message
):
    """No traceback, nothing written."""
    monkeypatch.chdir(tmp_path)
    done = imported(*arguments)
    assert done.exit_code == 2, done.output
    assert message in done.output
    assert list(tmp_path.iterdir()) == []


def test_the_folder_for_the_records_is_made(imported, tmp_path):
    """A folder that is not there yet is made, and kept where it is."""
    folder = tmp_path / "new"
    for force in ((), ("--force",)):
        done = imported(SAMPLES / "trial.json", "-o", folder, *force)
        assert done.exit_code == 0, done.output
        assert [path.suffix for path in folder.iterdir()] == [".yaml"]
    other = tmp_path / "a-file"
    other.write_text("kept", encoding="utf-8")
    done = imported(SAMPLES / "trial.json", "-o", other)
    assert done.exit_code == 2
    assert "the folder" in done.output
    assert other.read_text(encoding="utf-8") == "kept"


def test_a_full_round_through_the_program(run, imported, tmp_path):
    """A table of the bundled records gives one record for each study with results."""
    path = tmp_path / "table.csv"
    run("table", "-f", "csv", "-o", path)
    folder = tmp_path / "records"
    folder.mkdir()
    assert imported(path, "-o", folder).exit_code == 0
    expected = {study.id for study in load().studies if study.results}
    assert {item.stem for item in folder.iterdir()} == expected
