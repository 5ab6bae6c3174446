"""`compare` and `report` on the command line."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
import yaml
from invented import study_text
from typer.testing import CliRunner

from lupus_evidence.cli.app import app
from lupus_evidence.pages.comparison_page import FULL


def test_compare_names_people_studies_and_what_the_comparison_is(run):
    """The screen says how many people and studies, and that nothing is adjusted."""
    result = run("compare", "hsct", "msc", "--width", "80")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert "Different studies of different people" in text
    assert "How sure anyone can be: very low for every figure" in text
    assert "Unadjusted comparison of different studies" not in text
    lines = result.output.splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    "asked", [(), ("-e", "overall-survival", "--at", "24")], ids=["all", "one outcome"]
)
def test_the_answer_fits_a_screen(run, asked):
    """Fewer than 24 lines of 80 columns for the bundled records: no pager opens."""
    result = run("compare", "hsct", "msc", *asked, "--width", "80")
    assert len(result.output.splitlines()) < 24
    assert "More:" in result.output


def test_every_part_of_the_full_page_has_an_option_of_its_own(run, folder):
    """What `--full` holds is what the parts asked for one by one hold."""
    compare = ("compare", "hsct", "msc", "--studies", folder, "--width", "80")
    full = run(*compare, "--full").output
    for name in FULL:
        alone = run(*compare, f"--{name}").output.partition("\n\n")[2].rstrip()
        assert alone in full
        assert alone or name in ("registered", "plain")


def test_unadjusted_differences_are_printed_only_when_asked_for(run, folder):
    """Neither the screen nor Markdown has them without `--differences`; CSV does."""
    compare = ("compare", "hsct", "msc", "--studies", folder)
    said = "Unadjusted comparison of different studies"
    for form in ("table", "markdown"):
        assert said not in run(*compare, "-f", form).output
        assert said in run(*compare, "-f", form, "--differences").output
    rows = list(csv.DictReader(io.StringIO(run(*compare, "-f", "csv").output)))
    assert all(row["difference"] for row in rows)


def test_results_that_fail_a_check_are_left_out_and_counted_in_a_note(run, folder):
    """5 of 20 is no 50 %: a note says so, and `--include-failing` counts it."""
    path = folder / "doe-2020.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("    events: 5", '    percent: "50"\n    events: 5')
    path.write_text(wrong, encoding="utf-8")
    compare = ("compare", "hsct", "msc", "--studies", folder, "-f", "json")
    result = run(*compare)
    assert result.exit_code == 0
    assert "1 result fails a check and is left out" in result.stderr
    assert "see `lupus-evidence check`" in result.stderr
    content = json.loads(result.stdout)
    assert content["receipt"]["rules"]["include_failing"] is False
    assert [row["k"] for row in content["rows"] if row["therapy"] == "msc"] == [0]
    result = run(*compare, "--include-failing")
    assert "check" not in result.stderr
    content = json.loads(result.stdout)
    assert content["receipt"]["rules"]["include_failing"] is True
    assert [row["k"] for row in content["rows"] if row["therapy"] == "msc"] == [1]


def test_fewest_people_are_five_unless_said_otherwise(run, tmp_path):
    """Four people are left out, and count with `--min-n 4`; the receipt says which."""
    text = study_text(n=4, events=2)
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    compare = ("compare", "hsct", "msc", "--studies", tmp_path, "-f", "json")
    for more, fewest, k in (((), 5, 0), (("--min-n", "4"), 4, 1)):
        content = json.loads(run(*compare, *more).stdout)
        assert content["receipt"]["rules"]["min_n"] == fewest
        assert content["rows"][1]["k"] == k
    assert run(*compare, "--min-n", "0").exit_code == 2


def test_json_carries_every_figure_with_its_place(run):
    """Each included result has study, arm, counts, file, line and place."""
    content = json.loads(run("compare", "hsct", "msc", "-f", "json").output)
    assert content["schema_version"] == 2
    cells = [row for row in content["rows"] if row["included"]]
    assert cells
    for row in cells:
        for item in row["included"]:
            assert {"study", "arm", "events", "n", "file", "line", "where"} <= set(item)
            assert item["line"] > 1
            assert item["file"].endswith(f"{item['study']}.yaml")


def test_first_look_is_shorter_than_everything(run):
    """Without --all the screen holds the main rows and counts the others."""
    short = run("compare", "hsct", "msc").output
    full = run("compare", "hsct", "msc", "--all").output
    assert len(short.splitlines()) < len(full.splitlines())
    assert "--all" in short
    assert "any adverse event" in full.lower()


def test_csv_is_one_row_per_cell(run):
    """The CSV has a row for each therapy at each endpoint, scope and time."""
    result = run("compare", "hsct", "msc", "-f", "csv", "-e", "overall-survival")
    rows = list(csv.DictReader(io.StringIO(result.output)))
    keys = "endpoint", "scope", "band", "therapy", "figure"
    cells = [tuple(row[key] for key in keys) for row in rows]
    assert len(cells) == len(set(cells))
    assert {r["therapy"] for r in rows} == {"hsct", "msc"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["msc"],
        ["msc", "uc-msc"],
        ["msc", "mcs"],
        ["hsct", "msc", "-e", "survivel-of-whom"],
        ["hsct", "msc", "--reading", "hearsay"],
    ],
)
def test_wrong_use_gets_a_sentence_and_status_2(run, arguments):
    """One therapy, a part beside its whole, or an unknown name is wrong use."""
    result = run("compare", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_empty_and_one_study_folders_have_an_answer(run, tmp_path, form):
    """No study, or one, is an answer and not a failure."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("compare", "hsct", "msc", "--studies", empty, "-f", form).exit_code == 0
    (empty / "doe-2020.yaml").write_text(study_text(), encoding="utf-8")
    result = run("compare", "hsct", "msc", "--studies", empty, "-f", form)
    assert result.exit_code == 0
    assert "5" in result.output


def test_sensitivity_adds_other_choices(run, folder):
    """The multiverse lists each estimator, and the overlap rules."""
    for number in range(3):
        for therapy, events in (("msc", 5), ("hsct", 12)):
            name = f"{therapy}-{number}"
            text = study_text(
                id=name, therapy=therapy, events=events + number, centre=name
            )
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = run("compare", "hsct", "msc", "--studies", folder, "--sensitivity")
    assert result.exit_code == 0
    for method in ("glmm", "reml", "dl", "keep-all"):
        assert method in result.output


@pytest.mark.thorough
def test_tau_prior_is_stated_and_changes_the_figure(run):
    """The prior stands in the receipt, and a tighter one narrows the interval."""

    def rows(prior):
        output = run(
            "compare", "hsct", "msc", "-f", "json", "--tau-prior", prior
        ).output
        content = json.loads(output)
        pooled = next(row for row in content["rows"] if row["k"] == 2)
        return content["receipt"], pooled["ci_high"] - pooled["ci_low"]

    wide, narrow = rows("1.0"), rows("0.3")
    assert narrow[0]["tau_prior"] == 0.3
    assert narrow[1] < wide[1]


#: A trial of donor cells against usual treatment, judged on the kidney.
TRIAL = {
    "id": "invented-2026",
    "title": "An invented trial",
    "citation": {"authors": ["Invented A"], "year": 2026},
    "design": "randomised-trial",
    "status": "published",
    "reading": "primary-full-text",
    "population": {"enrolled": 80, "lupus": 80},
    "arms": {
        "cells": {"therapy": "uc-msc", "n": 40},
        "usual": {"therapy": "conventional", "n": 40},
    },
    "results": [
        {
            "arm": arm,
            "endpoint": endpoint,
            "events": events,
            "n": 40,
            "at": 12,
            "among": "treated",
            "where": "Table 2",
            **scope,
        }
        for endpoint, scope, counts in (
            ("complete-remission", {"scope": "kidney"}, (16, 10)),
            ("overall-survival", {}, (39, 38)),
        )
        for arm, events in zip(("cells", "usual"), counts, strict=True)
    ],
}
ARTICLE = """\
id: invented-page
article: {title: An invented article, kind: clinic-page}
claims:
  - id: most-well
    says: Most get well.
    kind: rate
    therapy: msc
    figures: [{endpoint: overall-survival, months: 12, percent: "98"}]
"""


@pytest.fixture
def own(tmp_path) -> Path:
    """A folder with records of one's own."""
    (tmp_path / "studies").mkdir()
    text = yaml.safe_dump(TRIAL, sort_keys=False)
    (tmp_path / "studies" / "invented-2026.yaml").write_text(text, "utf-8")
    return tmp_path


def report_on(folder, *words):
    """Report on a folder's records; its status, its messages and the page."""
    page = folder / "page.html"
    command = ["report", "-o", str(page), "--studies", str(folder / "studies")]
    done = CliRunner().invoke(app, [*command, *words])
    text = page.read_text("utf-8") if page.exists() else ""
    return done.exit_code, done.stderr, re.sub(r"\s+", " ", text)


def test_a_page_of_ones_own(own):
    """Title, therapies, outcomes in their order: what was asked stands there."""
    status, _, page = report_on(
        own,
        *("--title", "Cells in nephritis", "-t", "uc-msc", "-t", "conventional"),
        *("--outcome", "complete-remission", "--outcome", "overall-survival"),
    )
    assert status == 0
    assert "<title>Cells in nephritis</title>" in page
    headings = re.findall(r'<div class="what"><h3>(.*?)</h3>', page)
    assert headings[:2] == ["Complete remission, judged on the kidney", "Alive"]
    assert "16 of 40 and 10 of 40 people were in complete remission" in page
    assert "HSCT" not in page[: page.index('id="methods"')]


def test_no_article_is_checked_unless_there_is_one(own):
    """Records of one's own are not held against somebody else's article."""
    _, _, page = report_on(own)
    assert "Stem Cell Therapy for Lupus" not in page
    assert 'id="audit"' not in page


def test_articles_beside_the_records_are_checked(own):
    """A folder of claims beside the folder of records belongs to it."""
    (own / "claims").mkdir()
    (own / "claims" / "page.yaml").write_text(ARTICLE, "utf-8")
    _, _, page = report_on(own)
    assert "An invented article" in page


@pytest.mark.thorough
@pytest.mark.parametrize("option", ["--article", "--claims"])
def test_a_named_article_is_checked(own, option):
    """By its name now and by its earlier one."""
    (own / "page.yaml").write_text(ARTICLE, "utf-8")
    status, _, page = report_on(own, option, str(own / "page.yaml"))
    assert status == 0
    assert "“Most get well.”" in page


def test_an_article_that_cannot_be_read_is_told(own):
    """What is wrong with it stands on standard error, and the status is 1."""
    (own / "page.yaml").write_text("id: page\n", "utf-8")
    status, said, page = report_on(own, "--article", str(own / "page.yaml"))
    assert status == 1
    assert "page.yaml:1:1: error" in said
    assert "Traceback" not in said
    assert "Of 100 people" in page


def test_a_therapy_without_a_figure_is_told(own):
    """Who leaves the therapies as they are learns that one has nothing to show."""
    status, said, _ = report_on(own)
    assert status == 0
    assert "no figure here is about hsct: --therapy chooses others" in said
    assert "about msc" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scope", "kidny"], "kidney"),
        (["--outcome", "relaps"], "relapse"),
        (["-t", "hsct"], "two different therapies"),
    ],
)
def test_wrong_use_is_answered(own, words, said):
    """An unknown name is answered with a near one, one therapy with what is needed."""
    status, message, page = report_on(own, *words)
    assert status == 2
    assert said in message
    assert not page
