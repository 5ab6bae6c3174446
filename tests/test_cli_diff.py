import json
import shutil
import subprocess

import pytest
from invented import study_text


@pytest.fixture
def newer(folder, tmp_path):
    """The same records with one figure corrected, one record added, one removed."""
    changed = tmp_path / "newer"
    shutil.copytree(folder, changed)
    text = (changed / "doe-2020.yaml").read_text(encoding="utf-8")
    (changed / "doe-2020.yaml").write_text(
        text.replace("events: 5", "events: 6"), encoding="utf-8"
    )
    added = study_text(id="poe-2022", year=2022, events=9, centre="Fourth, Village")
    (changed / "poe-2022.yaml").write_text(added, encoding="utf-8")
    (changed / "roe-2021.yaml").unlink()
    return changed


def test_diff_names_records_fields_and_moved_figures(run, folder, newer):
    """Every change is named field by field, and each figure with what moved it."""
    content = json.loads(run("diff", folder, newer, "-f", "json").output)
    (page,) = content["documents"]
    assert page["added"] == ["poe-2022"]
    assert page["removed"] == ["roe-2021"]
    assert page["changes"] == [
        {
            "study": "doe-2020",
            "field": "results[complete-remission, treated, 12 months].events",
            "old": "5",
            "new": "6",
        }
    ]
    figures = {item["therapy"]: item for item in page["figures"]}
    assert figures["msc"]["because"] == ["doe-2020", "poe-2022"]
    assert (figures["msc"]["old"]["k"], figures["msc"]["new"]["k"]) == (1, 2)
    assert figures["msc"]["old"]["rate"] == 0.25
    assert figures["hsct"]["new"] == {"k": 0, "people": 0, "rate": None, "ci": None}


def test_diff_of_the_same_records_is_empty(run, folder):
    """Nothing changed is said in words."""
    result = run("diff", folder, folder)
    assert result.exit_code == 0
    assert "No field changed." in result.output
    assert "No figure moved." in result.output


def git(folder, *arguments):
    """Run git as somebody."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(folder, newer, tmp_path):
    """A project with records in ./studies and two commits."""
    root = tmp_path / "project"
    shutil.copytree(folder, root / "studies")
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    shutil.rmtree(root / "studies")
    shutil.copytree(newer, root / "studies")
    git(root, "add", "-A")
    git(root, "commit", "-m", "second")
    return root


def test_diff_between_git_revisions(run, repository):
    """Two revisions of a folder of records can be compared, and it is said where."""
    records = repository / "studies"
    result = run("diff", "HEAD~1", "HEAD", "--studies", records, "-f", "json")
    (page,) = json.loads(result.output)["documents"]
    assert (page["added"], page["removed"]) == (["poe-2022"], ["roe-2021"])
    assert page["read"] == f"studies/ of the repository {repository}"


@pytest.mark.parametrize("name", ["nowhere", "--output=/tmp/x", "-h;ls"])
def test_diff_refuses_what_is_neither_folder_nor_revision(run, repository, name):
    """An unknown revision, or an option in its place, is wrong use."""
    records = repository / "studies"
    result = run("diff", "--studies", records, "--", name, records)
    assert result.exit_code == 2
    assert "neither a folder nor a revision" in result.output


def test_a_result_that_came_or_went_is_one_line(run, folder, newer):
    """On the screen the whole item is one row; a corrected field is its own."""
    path = newer / "doe-2020.yaml"
    added = (
        "  - {endpoint: death, arm: treated, events: 1, n: 20, among: treated, "
        "where: Table 2}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    there = run("diff", folder, newer).output
    item = "endpoint death; arm treated; events 1; n 20; among treated; where Table 2"
    assert there.count("results[death, treated]") == 1
    assert item in there
    assert "results[complete-remission, treated, 12 months].events" in there
    assert run("diff", newer, folder).output.count(item) == 1
