"""Which records a command reads, and that it says so."""

import json
import shutil
import subprocess

import pytest
from invented import study_text

from lupus_evidence.records.load import bundled_folder

READING = [
    ("list",),
    ("show", "doe-2020"),
    ("table",),
    ("compare", "hsct", "msc"),
    ("forest", "complete-remission"),
    ("audit", "--summary"),
    ("export", "-f", "csv"),
    ("check",),
    ("report", "-o", "page.html"),
]


@pytest.fixture
def beside(folder, monkeypatch):
    """A folder to work in, with records of one's own in ./studies."""
    folder.rename(folder.with_name("studies"))
    monkeypatch.chdir(folder.parent)
    monkeypatch.delenv("LUPUS_EVIDENCE_STUDIES", raising=False)
    return folder.parent


def git(folder, *words):
    """Run git as an invented person."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    subprocess.run(
        ["git", "-C", str(folder), *identity, *words], check=True, capture_output=True
    )


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_records_beside_a_person_are_read_and_named(words, run):
    """Who has ./studies means it, and one line on standard error says so."""
    done = run(*words)
    assert done.exit_code == 0, done.output
    assert done.stderr.count("reading ./studies\n") == 1
    assert "./studies" not in done.stdout


@pytest.mark.usefixtures("beside")
def test_own_records_are_those_in_studies(run):
    """The answer is about the two records there."""
    done = run("list", "-f", "csv")
    assert [line[:8] for line in done.stdout.splitlines()[1:]] == [
        "doe-2020",
        "roe-2021",
    ]


@pytest.mark.parametrize("how", ["option", "variable"])
def test_a_named_folder_wins(how, run, beside):
    """--studies and the variable are asked for; nothing needs to be said."""
    (beside / "other").mkdir()
    text = study_text(id="poe-2022")
    (beside / "other" / "poe-2022.yaml").write_text(text, encoding="utf-8")
    if how == "option":
        done = run("list", "--studies", "other")
    else:
        done = run("list", env={"LUPUS_EVIDENCE_STUDIES": "other"})
    assert "poe-2022" in done.stdout
    assert "doe-2020" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("held", ["nothing", "other files", "a file"])
def test_a_folder_without_records_is_passed_over(held, run, tmp_path, monkeypatch):
    """A folder that merely has the name leaves the bundled records in use."""
    monkeypatch.chdir(tmp_path)
    if held == "a file":
        (tmp_path / "studies").write_text("notes", encoding="utf-8")
    else:
        (tmp_path / "studies").mkdir()
        (tmp_path / "studies" / ".hidden.yaml").write_text("a: 1", encoding="utf-8")
    if held == "other files":
        (tmp_path / "studies" / "notes.txt").write_text("notes", encoding="utf-8")
    done = run("show", "wang-2013")
    assert done.exit_code == 0
    assert done.stderr == ""


def test_the_bundled_records_in_their_own_repository_need_no_word(run, monkeypatch):
    """In the project's own folder ./studies is what is read anyway."""
    monkeypatch.chdir(bundled_folder("studies").parent)
    done = run("show", "wang-2013")
    assert (done.exit_code, done.stderr) == (0, "")


def test_check_names_the_folder(run, beside):
    """The closing line tells own records, named ones and bundled ones apart."""
    assert run("check").stdout.splitlines()[-1].startswith("2 records in studies/, ")
    (beside / "studies").rename(beside / "mine")
    assert (
        run("check", "mine").stdout.splitlines()[-1].startswith("2 records in mine/, ")
    )
    assert " records in studies/ (bundled), " in run("check").stdout
    one = run("check", "mine/doe-2020.yaml").stdout
    assert one.splitlines()[-1].startswith("1 record, 1 result, ")
    assert json.loads(run("check", "mine", "-f", "json").stdout)["folder"] == "mine/"


def test_diff_reads_the_records_of_the_repository_here(run, beside):
    """Revisions are those of ./studies, and the repository is named."""
    git(beside, "init")
    git(beside, "add", ".")
    git(beside, "commit", "-m", "first")
    added = study_text(id="poe-2022", centre="Fourth, Village")
    (beside / "studies" / "poe-2022.yaml").write_text(added, encoding="utf-8")
    git(beside, "add", ".")
    git(beside, "commit", "-m", "second")
    done = run("diff", "HEAD~1", "HEAD")
    assert done.exit_code == 0, done.output
    assert "1 record added, 0 removed, 0 changed" in done.stdout
    assert f"Read from studies/ of the repository {beside.resolve()}." in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("no repository", "records is in no git repository"),
        ("no commits", "has no commits yet"),
        ("no records", "there are no records in ./studies"),
    ],
)
def test_diff_says_why_there_are_no_revisions(state, said, run, folder, monkeypatch):
    """Never an answer about the records of another repository."""
    monkeypatch.chdir(folder.parent)
    if state == "no commits":
        git(folder.parent, "init")
    asked = () if state == "no records" else ("--studies", "records")
    done = run("diff", "HEAD~1", "HEAD", *asked)
    assert done.exit_code == 2
    assert "HEAD~1 is neither a folder nor a revision" in done.stderr
    assert said in " ".join(done.stderr.split())


def test_diff_of_two_folders_needs_no_repository(run, folder, monkeypatch):
    """Folders are read as they are, without git."""
    shutil.copytree(folder, folder.with_name("older"))
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("PATH", "")
    done = run("diff", "older", "records")
    assert (done.exit_code, done.stderr) == (0, "")
    refused = run("diff", "HEAD", "records", "--studies", "records")
    assert refused.exit_code == 2
    assert "git is not installed" in refused.stderr
