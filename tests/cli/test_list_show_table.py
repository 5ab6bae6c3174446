"""`list`, `show` and `table`: what they answer, and what they refuse in words."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from invented import study_text

PROGRAM = [sys.executable, "-m", "lupus_evidence"]


def program(*arguments, **environment):
    """Run the real program in a process of its own, its output in a pipe."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


def test_list_shows_one_line_per_study(run, folder):
    """Each study stands on one line with its therapy and people."""
    result = run("list", "--studies", folder)
    assert result.exit_code == 0
    line = next(line for line in result.output.splitlines() if "roe-2021" in line)
    assert line.split()[:5] == ["roe-2021", "2021", "single-arm-trial", "hsct", "8"]


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--therapy", "msc", ["doe-2020"]),
        ("--since", "2021", ["roe-2021"]),
        ("--min-people", "9", ["doe-2020"]),
        ("--text", "TOWN", ["roe-2021"]),
        ("--country", "cn", ["doe-2020", "roe-2021"]),
        ("--endpoint", "relapse", []),
        ("--design", "registry", []),
        ("--status", "published", ["doe-2020", "roe-2021"]),
    ],
)
def test_list_filters(run, folder, option, value, expected):
    """A filter keeps exactly the studies that fit it."""
    result = run("list", "--studies", folder, option, value, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert [row["id"] for row in rows] == expected


@pytest.mark.parametrize(
    ("order", "expected"), [("people", ["8", "20"]), ("-people", ["20", "8"])]
)
def test_list_sorts_up_and_with_a_minus_down(run, folder, order, expected):
    """The smallest study comes first, with a minus the largest."""
    result = run("list", "--studies", folder, "--sort", order, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert [row["lupus"] for row in rows] == expected


def test_what_has_no_value_comes_last_in_either_order(run, folder):
    """A study without a year is neither the oldest nor the newest."""
    text = study_text(id="trial-one").replace("year: 2020, ", "")
    (folder / "trial-one.yaml").write_text(text, encoding="utf-8")
    for order in ("year", "-year"):
        result = run("list", "--studies", folder, "--sort", order, "-f", "csv")
        rows = list(csv.DictReader(io.StringIO(result.output)))
        assert rows[-1]["id"] == "trial-one"
        assert len(rows) == 3


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("study", "doe-2020"),
        ("-study", "roe-2021"),
        ("therapy", "roe-2021"),
        ("people", "roe-2021"),
        ("-people", "doe-2020"),
        ("rate", "doe-2020"),
        ("-rate", "roe-2021"),
        ("year", "doe-2020"),
    ],
)
def test_table_sorts_the_results_of_an_outcome(run, folder, order, first):
    """Two studies of one outcome stand in the order that was asked for."""
    result = run("table", "--studies", folder, "--sort", order, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert rows[0]["study"] == first


def test_an_order_is_that_of_the_results_of_each_outcome(run):
    """Outcomes stay together; in each, months only grow, the unknown comes last."""
    output = run("table", "--sort", "months", "-f", "csv").output
    of_outcome = {}
    last = None
    for row in csv.DictReader(io.StringIO(output)):
        outcome = (row["family"], row["endpoint"], row["scope"], row["name"])
        assert outcome == last or outcome not in of_outcome
        of_outcome.setdefault(outcome, []).append(float(row["months"] or "inf"))
        last = outcome
    assert all(months == sorted(months) for months in of_outcome.values())


def test_an_order_that_does_not_exist_is_wrong_use(run, folder):
    """It is answered with the nearest one that does."""
    result = run("table", "--studies", folder, "--sort", "rat")
    assert result.exit_code == 2
    assert "rate" in result.output


@pytest.mark.parametrize(
    ("option", "value", "column"),
    [("--scope", "kidney", "scope"), ("--reading", "secondary", "reading")],
)
def test_table_keeps_results_of_one_scope_or_reading(run, option, value, column):
    """Every row is of the kind asked for, and there are fewer than without."""
    rows = list(csv.DictReader(io.StringIO(run("table", "-f", "csv").output)))
    asked = run("table", option, value, "-f", "csv").output
    kept = list(csv.DictReader(io.StringIO(asked)))
    assert kept == [row for row in rows if row[column] == value]
    assert 0 < len(kept) < len(rows)


def test_empty_answer_says_so_and_is_no_failure(run, folder):
    """A question without evidence gets a sentence and exit status 0."""
    result = run("table", "--studies", folder, "--endpoint", "relapse")
    assert result.exit_code == 0
    assert "No result fits" in result.output


def test_unknown_names_are_answered_with_the_nearest(run, folder):
    """A mistyped name is wrong use and gets a suggestion."""
    for arguments in (["show", "doe-2002"], ["list", "--therapy", "mcs"]):
        result = run(*arguments, "--studies", folder)
        assert result.exit_code == 2
        assert "Did you mean" in result.output


def test_table_gives_wilson_interval_of_five_of_twenty(run, folder):
    """The row of 5/20 carries the published Wilson interval 11.2 to 46.9 %."""
    result = run("table", "--studies", folder, "-t", "msc", "-f", "csv")
    (row,) = csv.DictReader(io.StringIO(result.output))
    # Computed with statsmodels 0.14, proportion_confint with the Wilson method.
    assert float(row["low"]) == pytest.approx(0.111862, abs=1e-6)
    assert float(row["high"]) == pytest.approx(0.468701, abs=1e-6)
    assert (row["events"], row["n"], row["rate"]) == ("5", "20", "0.25")


def test_a_broken_file_is_named_and_the_rest_is_shown(run, folder):
    """Nothing is dropped silently: the others are shown, the exit status is 1."""
    (folder / "bad.yaml").write_text("id: [", encoding="utf-8")
    result = run("list", "--studies", folder)
    assert result.exit_code == 1
    assert "doe-2020" in result.output
    assert "bad.yaml:2:1: error E102" in result.output


def test_csv_neutralises_formulas_but_not_numbers(run, folder):
    """A title that a spreadsheet would run is quoted; figures stay numbers."""
    text = study_text(id="evil-2020", title="'=1+1'", definition="'@SUM(A1)'")
    (folder / "evil-2020.yaml").write_text(text, encoding="utf-8")
    listed = run("list", "--studies", folder, "--text", "evil", "-f", "csv")
    (row,) = csv.DictReader(io.StringIO(listed.output))
    assert row["title"] == "'=1+1"
    assert row["year"] == "2020"
    rates = run("table", "--studies", folder, "--text", "evil", "-f", "csv")
    (row,) = csv.DictReader(io.StringIO(rates.output))
    assert row["definition"] == "'@SUM(A1)"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "markdown", "json"])
def test_escape_sequences_never_reach_the_screen(run, folder, form):
    """An escape sequence in a record is printed as text in every format."""
    text = study_text(id="evil-2020", title=r'"a\e[31mred\u202eb"', n=20)
    (folder / "evil-2020.yaml").write_text(text, encoding="utf-8")
    command = ["list"] if form in ("csv", "tsv") else ["show", "evil-2020"]
    result = run(*command, "--studies", folder, "-f", form)
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "[31mred" in result.output.replace("\\[", "[")


def test_json_carries_version_hash_and_receipt(run, folder):
    """JSON output names its schema, the data it rests on and the program."""
    content = json.loads(run("table", "--studies", folder, "-f", "json").output)
    assert content["schema_version"] == 2
    assert len(content["data_hash"]) == 32
    assert content["receipt"]["version"]
    assert [row["study"] for row in content["results"]] == ["roe-2021", "doe-2020"]


def test_output_file_is_not_overwritten_without_force(run, folder, tmp_path):
    """An existing file survives until --force is given."""
    target = tmp_path / "out.csv"
    target.write_text("mine", encoding="utf-8")
    refused = run("list", "--studies", folder, "-o", target)
    assert refused.exit_code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    forced = run("list", "--studies", folder, "-f", "csv", "-o", target, "--force")
    assert forced.exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("id,year")


@pytest.mark.thorough
def test_a_closed_pipe_ends_quietly():
    """`| head` gets its lines and no complaint follows."""
    command = f"'{sys.executable}' -m lupus_evidence table -f csv | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("study,therapy")
    assert not done.stderr


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["list", "export -f xlsx"])
def test_a_full_disk_is_reported_without_a_traceback(words):
    """Output that cannot be written is a sentence and status 2."""
    command = f"'{sys.executable}' -m lupus_evidence {words} > /dev/full"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "lupus-evidence: standard output cannot be written: no space left on device"
    )


def test_a_file_on_a_full_or_read_only_place_leaves_the_old_one(run, folder, tmp_path):
    """A write that fails names the reason and leaves what was there."""
    target = tmp_path / "locked" / "out.csv"
    target.parent.mkdir()
    target.write_text("mine", encoding="utf-8")
    missing = run("list", "--studies", folder, "-o", tmp_path / "no" / "out.csv")
    assert missing.exit_code == 2
    assert "cannot be written" in missing.output
    over = run("list", "--studies", folder, "-o", target.parent, "--force")
    assert over.exit_code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.glob("**/*.part")) == []


def test_piped_output_is_plain_and_complete(folder):
    """In a pipe there is no colour and no column is dropped, whatever COLUMNS says."""
    done = program(
        "table", "--studies", folder, COLUMNS="20", FORCE_COLOR="1", GITHUB_ACTIONS="1"
    )
    assert "\x1b" not in done.stdout
    assert "SLEDAI below 3" in done.stdout
    assert "Not shown" not in done.stdout


def test_show_puts_the_denominator_beside_those_treated(run):
    """Wang 2013's four-year remission shows 3 of 6 next to the 87 treated."""
    result = run("show", "wang-2013")
    line = next(line for line in result.output.splitlines() if "3 of 6" in line)
    assert "87" in line
    assert "50 % (19 to 81)" in line


def test_show_refuses_csv_with_a_way_out(run, folder):
    """A card is no table, and the message says what to use instead."""
    result = run("show", "doe-2020", "--studies", folder, "-f", "csv")
    assert result.exit_code == 2
    assert "there are: table, markdown" in result.output


def test_show_leaves_long_parts_out_and_names_them(run):
    """What the figures mean and who shares people is one word away, with its size."""
    first = run("show", "wang-2013").output
    assert "Sun" not in first
    assert "sun-2009" not in first
    assert "--overlaps (15)" in first
    assert "--notes (2)" in first
    overlaps = run("show", "wang-2013", "--overlaps").output
    assert "sun-2009 (likely)" in overlaps
    assert "There was no control group." not in overlaps
    both = run("show", "wang-2013", "--notes", "--overlaps").output
    assert "There was no control group." in both
    assert "sun-2009 (likely)" in both


def test_show_full_says_all_that_any_part_says(run):
    """Every line of every part stands in the full card."""
    full = run("show", "burt-2006", "--full").output
    for part in ("source", "people", "treatment", "results", "meaning", "overlaps"):
        lines = run("show", "burt-2006", f"--{part}").output.splitlines()
        assert len(lines) > 2
        assert all(line in full for line in lines)


def test_a_part_that_a_study_does_not_have_is_named(run, folder):
    """Nothing recorded is an answer."""
    result = run("show", "doe-2020", "--studies", folder, "--measurements")
    assert result.exit_code == 0
    assert "Nothing recorded: measurements." in result.output


def test_show_has_the_way_to_open_the_report(run):
    """First author, journal and year stand before an address of its own line."""
    lines = run("show", "jayne-2004").output.splitlines()
    assert lines[1].startswith("Jayne D and others. Lupus 2004")
    (address,) = (line for line in lines if line.startswith("open "))
    assert address.endswith(" https://pubmed.ncbi.nlm.nih.gov/15119545/")


@pytest.mark.parametrize("study", ["wang-2013", "deng-2017"])
def test_a_study_fits_a_screen_of_80_by_24(run, study):
    """Design, people, treatment, every result and what else there is, at a glance."""
    lines = run("show", study, "--width", 80).output.splitlines()
    assert len(lines) <= 24
    assert "More: " in "\n".join(lines[-2:])


def test_two_arms_stand_beside_each_other(run):
    """Deng 2017: remission in 5 of 12 with cells, 3 of 6 with placebo, on one line."""
    output = run("show", "deng-2017", "--width", 80).output
    assert any("5 of 12" in line and "3 of 6" in line for line in output.splitlines())
    assert "12 people: umbilical-cord MSC" in output
    alone = run("show", "deng-2017", "--results").output
    assert not any("5 of 12" in line and "3 of 6" in line for line in alone.split("\n"))


def test_missing_folder_is_wrong_use(run, tmp_path):
    """A folder that is not there is reported without a traceback."""
    result = run("list", "--studies", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "is not a folder" in result.output


def test_columns_and_limit_choose_what_a_program_needs(run, folder):
    """Named columns in the order named, and no more rows than asked for."""
    given = ("table", "--studies", folder, "--columns", "n, study,rate", "--limit", 1)
    assert run(*given, "-f", "csv").output.splitlines() == [
        "n,study,rate",
        "8,roe-2021,0.75",
    ]
    content = json.loads(run(*given, "-f", "json").output)
    assert content["results"] == [{"n": 8, "study": "roe-2021", "rate": 0.75}]
    assert content["notes"][0] == "The first 1 of 2 rows."
    shown = run(*given).output.splitlines()
    assert shown[0].split() == ["n", "study", "rate"]
    assert shown[1].split() == ["8", "roe-2021", "75", "%"]


def test_a_limit_alone_leaves_the_page_as_it_is(run):
    """The first rows stand under their headings, the notes below say how many."""
    whole = run("table", "--width", 80).output.splitlines()
    first = run("table", "--width", 80, "--limit", 3).output
    rows = [line.split()[0] for line in first.splitlines() if line.startswith("  ")]
    assert rows[1:] == [line.split()[0] for line in whole[3:6]]
    assert "Survival: alive" in first
    assert "The first 3 of " in first
    assert "* other diseases included" in first


def test_a_column_that_does_not_exist_is_wrong_use(run, folder):
    """It is answered with the nearest one."""
    result = run("list", "--studies", folder, "--columns", "id,yaer")
    assert result.exit_code == 2
    assert "Did you mean year?" in result.output


def test_a_study_is_found_as_papers_name_it(run, folder):
    """In any case, with a space; an author of several is answered with these."""
    text = study_text(id="doe-2022", year=2022, centre="Third, City")
    (folder / "doe-2022.yaml").write_text(text, encoding="utf-8")
    found = run("show", "Doe 2020", "--studies", folder)
    assert found.exit_code == 0
    assert found.output.startswith("doe-2020")
    assert run("show", "ROE", "--studies", folder).output.startswith("roe-2021")
    asked = run("show", "Doe", "--studies", folder)
    assert asked.exit_code == 2
    assert "doe-2020 or doe-2022" in asked.output


def test_other_words_select_as_names_do(run, folder):
    """The filters take what papers call a therapy, an endpoint or a design."""
    plain = run("list", "-t", "hsct", "--studies", folder).output
    assert "roe-2021" in plain
    for words in (["-t", "ASCT"], ["-t", "hsct", "-e", "Remission"]):
        assert run("list", *words, "--studies", folder).output == plain
    asked = run("list", "-t", "stem cells", "--studies", folder)
    assert asked.exit_code == 2
    assert "hsct" in asked.output
    assert "msc" in asked.output


def test_each_time_asked_for_counts(run):
    """`--at 24 --at 36` has the results of both times, and of no other."""
    table = ("table", "-e", "overall-survival", "-f", "csv")
    rows = {
        at: run(*table, *at).stdout.splitlines()[1:]
        for at in (("--at", "24"), ("--at", "36"), ("--at", "24", "--at", "36"))
    }
    alone = [line for at, lines in rows.items() if len(at) == 2 for line in lines]
    assert len(alone) > 2
    assert sorted(rows["--at", "24", "--at", "36"]) == sorted(alone)


TRIAL = """\
id: roe-2024
title: An invented trial
citation: {authors: [Roe A], year: 2024, journal: J Invented, doi: 10.1000/roe}
design: randomised-trial
status: published
reading: primary-full-text
setting: {countries: [SE], centres: ["Hospital, Town"]}
population: {enrolled: 60, lupus: 60}
arms:
  cells: {therapy: hsct, n: 30}
  drug: {therapy: cyclophosphamide, n: 30}
follow_up: {median: "30", low: "6", high: "60"}
results:
  - {endpoint: overall-survival, arm: cells, at: 24, events: 28, n: 30, among: treated,
     where: Abstract}
  - {endpoint: overall-survival, arm: drug, at: 24, events: 25, n: 30, among: treated,
     where: Abstract}
"""


@pytest.fixture
def trial(tmp_path):
    """One trial with two arms."""
    (tmp_path / "roe-2024.yaml").write_text(TRIAL, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["list", "table"])
def test_studies_that_share_nobody_are_not_said_to(run, folder, command):
    """Two hospitals, two groups of people: they may be added up."""
    output = run(command, "--studies", folder).output
    assert "share" not in output
    assert "add" not in output


def test_one_study_shares_with_nobody(run):
    """The other report of the same people is not in this list."""
    output = run("list", "--text", "alexander-2005").output
    assert "1 study." in output
    assert "share" not in output


def test_two_arms_of_one_study_are_not_called_different_studies(run, trial):
    """Both figures are the trial's own, and so is what stands between them."""
    compare = ("compare", "hsct", "cyclophosphamide", "--studies", trial)
    output = " ".join(run(*compare, "--full", "--differences").output.split())
    assert "28 of 30" in output
    assert "1 randomised trial, 60 people, compares hsct with" in output
    assert "other studies" not in output
    assert "ifferent studies of different people" not in output
    assert "No endpoint has a figure" not in output
    assert "Where both figures are arms of one study" in output


def test_a_figure_of_another_study_beside_them_is_told_apart(run, trial):
    """As soon as one figure rests on other people, a reader is told."""
    other = study_text(centre="Third, City", therapy="hsct")
    (trial / "doe-2020.yaml").write_text(other, encoding="utf-8")
    output = run("compare", "hsct", "cyclophosphamide", "--studies", trial).output
    assert "Figures that rest on other studies" in " ".join(output.split())


@pytest.mark.parametrize("command", ["list", "table"])
def test_an_empty_folder_has_no_filters_to_blame(run, tmp_path, command):
    """Nobody filtered anything."""
    (tmp_path / "_base.yaml").write_text(
        "version: '1'\nsearched: 2026-11\nsources: [here]\nlicence: CC0-1.0\n",
        encoding="utf-8",
    )
    done = run(command, "--studies", tmp_path)
    assert done.exit_code == 0
    assert "fits." in done.output
    assert "filter" not in done.output
