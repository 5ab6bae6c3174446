"""Whose records a command reads: as named, of the project, or bundled."""

import shutil
from pathlib import Path

import pytest

from lupus_evidence.cli.records import load_given, whose_records


@pytest.fixture
def project(folder, tmp_path, monkeypatch):
    """A project with records of its own in ./studies, where one stands."""
    home = tmp_path / "project"
    home.mkdir()
    shutil.copytree(folder, home / "studies")
    monkeypatch.chdir(home)
    monkeypatch.delenv("LUPUS_EVIDENCE_STUDIES", raising=False)
    return home


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("list", "roe-2021"),
        ("table", "doe-2020"),
        ("show doe-2020", "Invented Hospital"),
        ("compare hsct msc", "6 of 8"),
        ("forest complete-remission", "doe-2020"),
        ("export -f jsonl", "doe-2020"),
        ("check", "2 records"),
    ],
)
def test_the_records_of_the_project_come_first(run, words, shown):
    """Every command that reads records reads ./studies, and says so."""
    done = run(*words.split())
    assert "reading ./studies" in done.stderr
    assert shown in done.stdout
    assert "wang-2013" not in done.stdout


def test_an_option_or_a_variable_wins(run, project, folder, monkeypatch):
    """A folder that is named is read, and nothing needs to be said."""
    (project / "studies" / "doe-2020.yaml").unlink()
    named = run("list", "--studies", folder)
    assert "doe-2020" in named.stdout
    assert named.stderr == ""
    monkeypatch.setenv("LUPUS_EVIDENCE_STUDIES", str(folder))
    by_variable = run("list")
    assert "doe-2020" in by_variable.stdout
    assert by_variable.stderr == ""


def test_a_folder_without_records_is_none(run, tmp_path, monkeypatch):
    """An empty ./studies, or none, leaves the bundled records; nothing is said."""
    monkeypatch.chdir(tmp_path)
    assert "wang-2013" in run("list").stdout
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "notes.txt").write_text("none yet", encoding="utf-8")
    done = run("list")
    assert "wang-2013" in done.stdout
    assert done.stderr == ""


def test_the_bundled_folder_itself_is_no_other(run, monkeypatch):
    """In the program's own repository ./studies is what is read anyway."""
    monkeypatch.chdir(Path(__file__).parents[1])
    done = run("list")
    assert "wang-2013" in done.stdout
    assert done.stderr == ""


def test_records_have_an_owner_in_words(project, folder):
    """What a summary says of whose records were looked at."""
    assert whose_records(load_given([])) == "./studies"
    assert whose_records(load_given([project / "studies"])) == "./studies"
    assert Path(whose_records(load_given([folder]))).name == "records"
    shutil.rmtree(project / "studies")
    assert whose_records(load_given([])) == "the bundled records"
