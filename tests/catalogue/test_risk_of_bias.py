"""Risk of bias on the screen, in CSV, and for the R package robvis."""

import csv
import io
from dataclasses import replace

import pytest
from appraised import judged
from evidence.made import base_of, count, study

from lupus_evidence.appraisal import judgement, lights, tools
from lupus_evidence.catalogue.risk_of_bias import (
    appraisals_data,
    bias_in_words,
    judged_with,
    robvis_table,
)
from lupus_evidence.compare.comparison import compare
from lupus_evidence.pages.sensitivity_tables import sensitivity_tables
from lupus_evidence.records.load import load
from lupus_evidence.writers.tabular import render_separated

#: The first row of data_raw/data_rob2.csv and data_raw/data_robins_i.csv of robvis,
#: and the columns before `Weight` that its templates of these names take.
ROBVIS = {
    "rob2": "Study,D1,D2,D3,D4,D5,Overall",
    "robins-i": "Study,D1,D2,D3,D4,D5,D6,D7,Overall",
}
#: Words that robvis 0.3.0 tells apart, by its template.
ROBVIS_WORDS = {
    "ROB2": {"Low", "Some concerns", "High", "No information"},
    "ROBINS-I": {"Low", "Moderate", "Serious", "Critical", "No information"},
    "Generic": {
        *("Low", "Some concerns", "High", "Unclear", "No information"),
        "Not applicable",
    },
}

CARD = """\
id: doe-2020
title: An invented trial
citation: {authors: [Doe J], year: 2020, journal: J Invented, doi: 10.1000/182}
design: randomised-trial
status: published
reading: primary-abstract
population: {enrolled: 20, lupus: 18}
arms:
  msc: {therapy: msc, n: 10}
  none: {therapy: placebo, n: 10}
results:
  - {endpoint: relapse, arm: msc, at: 12, events: 5, n: 10, among: treated, where: p 1}
  - {endpoint: death, arm: msc, at: 12, events: 0, n: 10, among: treated, where: p 1}
appraisal:
  - tool: rob2
    by: the keepers of these records
    domains:
      randomisation: {answer: low, because: a computer drew the lots, where: Methods}
      deviations: no-information
      missing-data: {answer: low, because: nobody was lost}
      measurement: {answer: some-concerns, because: nobody was blinded}
      selective-reporting: no-information
  - tool: rob2
    by: Roe and others
    source: Roe 2022, table 3
    about: {endpoint: death}
    domains: {randomisation: low}
    unprinted: [deviations, missing-data, measurement, selective-reporting]
    overall: {answer: low, because: as printed}
"""

SHOWN = """\
doe-2020: An invented trial

Risk of bias

   risk of bias                   answer          because                  where

RoB 2, by the keepers of these records; from the abstract
+  randomisation                  low risk        a computer drew the lots Methods
?  deviations from the treatment  no information  –                        –
+  missing outcomes               low risk        nobody was lost          –
~  measurement                    some concerns   nobody was blinded       –
?  selective reporting            no information  –                        –
~  overall                        some concerns   by the tool's rule       –

RoB 2, by Roe and others; printed in Roe 2022, table 3; of: death from any cause
+  randomisation                  low risk        –                        –
?  deviations from the treatment  not printed     –                        –
?  missing outcomes               not printed     –                        –
?  measurement                    not printed     –                        –
?  selective reporting            not printed     –                        –
+  overall                        low risk        as printed               –
"""


@pytest.fixture
def records(tmp_path):
    """A folder with one study that was judged twice."""
    (tmp_path / "doe-2020.yaml").write_text(CARD, encoding="utf-8")
    return tmp_path


def spaced(text):
    """Return lines without the width of their columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_card_shows_each_domain_with_symbol_word_and_reason(run, records):
    """Who judged, with what, from what, and the whole last."""
    done = run("show", "doe-2020", "--appraisal", "--studies", records, "--width", 100)
    assert done.exit_code == 0
    assert spaced(done.stdout) == spaced(SHOWN)


def test_the_first_screen_names_the_judgement(run, records):
    """What counts for the whole study, and where the rest is."""
    text = run("show", "doe-2020", "--studies", records).stdout
    assert "; from its abstract; bias: ~ some concerns (--appraisal)" in text
    path = records / "doe-2020.yaml"
    path.write_text(
        CARD.replace(
            "    domains:\n", "    about: {endpoint: relapse}\n    domains:\n", 1
        ),
        encoding="utf-8",
    )
    text = run("show", "doe-2020", "--studies", records).stdout
    assert "; bias: by result (--appraisal)" in text


def test_a_study_that_nobody_judged_shows_nothing(run, records):
    """No empty section, no empty column; asked for, it says so."""
    path = records / "doe-2020.yaml"
    path.write_text(CARD.partition("appraisal:")[0], encoding="utf-8")
    assert "bias" not in run("show", "doe-2020", "--studies", records).stdout
    assert "bias" not in run("show", "doe-2020", "--full", "--studies", records).stdout
    assert "bias" not in run("table", "--full", "--studies", records).stdout
    asked = run("show", "doe-2020", "--appraisal", "--studies", records).stdout
    assert "Nothing recorded: appraisal." in asked


def test_the_table_has_a_column_that_goes_first_when_it_is_narrow(run, records):
    """Each result with its own level: symbol and word."""
    wide = run("table", "--studies", records, "--width", 140).stdout
    assert "~ some concerns" in wide
    narrow = run("table", "--studies", records, "--width", 80).stdout
    assert "some concerns" not in narrow
    assert "bias" in narrow.rpartition("\n\n")[2] or "bias" in narrow


def test_csv_has_level_and_tool_always(run, records):
    """Stable names, the level of each result, empty where nobody judged."""
    rows = csv.DictReader(
        io.StringIO(run("table", "-f", "csv", "--studies", records).stdout)
    )
    found = {row["endpoint"]: (row["bias"], row["bias_tool"]) for row in rows}
    # our own judgement of the whole study goes before a review's of one endpoint
    assert found == {"relapse": ("some", "rob2"), "death": ("some", "rob2")}
    path = records / "doe-2020.yaml"
    path.write_text(CARD.partition("appraisal:")[0], encoding="utf-8")
    header = run("table", "-f", "csv", "--studies", records).stdout.splitlines()
    assert header[0].endswith(",bias,bias_tool")
    assert all(line.endswith(",,") for line in header[1:])


@pytest.mark.parametrize(
    ("limit", "status", "shown"),
    [("low", 0, False), ("some", 0, True), ("some concerns", 0, True), ("x", 2, False)],
)
def test_a_limit_for_list_and_table(run, records, limit, status, shown):
    """Only what somebody judged, and found no worse."""
    for command in ("list", "table"):
        done = run(command, "--max-bias", limit, "--studies", records)
        assert done.exit_code == status
        assert ("doe-2020" in done.stdout) == shown


def test_a_limit_is_in_the_receipt_and_leaves_out_with_its_reason(run, records):
    """What a figure rests on names the limit; what is left out says why."""
    words = ("msc", "placebo", "-e", "relapse", "--studies", records)
    limit = ("--max-bias", "low")
    receipt = run("compare", *words, *limit, "--receipt").stdout
    assert "risk of bias low at most" in " ".join(receipt.split())
    assert "risk of bias" not in run("compare", *words, "--receipt").stdout
    out = run("compare", *words, *limit, "--left-out", "-f", "json").stdout
    assert "bias-filter" in out


def base(levels):
    """A base with one study for each level."""
    return base_of(
        *(
            study(
                f"{name}-2020",
                count("any-remission", events, 20),
                appraisal=[judged(level)] if level else [],
            )
            for name, events, level in levels
        )
    )


def test_sensitivity_without_high_risk():
    """One more line where anybody has judged, and it leaves out what is high."""
    some = base([("a", 2, "high"), ("b", 9, "low"), ("c", 10, None)])
    found = compare(
        some, ["msc", "hsct"], endpoints=["any-remission"], sensitivity=True
    )
    (variant,) = [v for v in found.variants if v.analysis.choice == "bias"]
    assert (variant.k, variant.people) == (2, 40)
    tables = sensitivity_tables(found, found.rows, differences=False)
    text = repr([table.rows for table in tables])
    assert "without high risk of bias" in text
    none = base([("a", 2, None), ("b", 9, None)])
    found = compare(
        none, ["msc", "hsct"], endpoints=["any-remission"], sensitivity=True
    )
    assert "bias" not in {v.analysis.choice for v in found.variants}


def robvis(records, run, *more):
    """Return robvis's file and what was said beside it."""
    done = run("export", "-f", "robvis", "--studies", records, *more)
    assert done.exit_code == 0
    return done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("tool", ROBVIS)
def test_robvis_columns_are_those_of_its_own_data(run, records, tool):
    """As in the package's example data, and the weight that `weighted` needs."""
    header = robvis(records, run, "--tool", tool)[0][0]
    assert header == f"{ROBVIS[tool]},Weight"


def test_robvis_rows(run, records):
    """A row for each study and what was judged of it, in robvis's words, by people."""
    lines, said = robvis(records, run)
    assert lines[1:] == [
        "doe-2020,Low,No information,Low,Some concerns,No information,Some concerns,18",
        f"doe-2020 (death from any cause),Low{',No information' * 4},Low,18",
    ]
    assert "RoB 2: 1 study" in said


def test_revman_has_each_judgement_with_its_reason(run, records):
    """In the columns that R's meta::read.cdir looks for in a data package."""
    done = run("export", "-f", "revman", "--tool", "rob2", "--studies", records)
    first = next(csv.DictReader(io.StringIO(done.stdout)))
    judged = [key for key in first if key.startswith("Domain (judgement): ")]
    support = [key for key in first if key.startswith("Domain (support): ")]
    assert [key[20:] for key in judged] == [key[18:] for key in support]
    assert len(judged) == len(tools()["rob2"].domains) + 1
    assert first["Study"] == "doe-2020"
    assert first["Domain (judgement): Randomisation"] == "Low risk"
    assert first["Domain (support): Randomisation"]


@pytest.mark.parametrize("tool", tools().values(), ids=lambda item: item.name)
def test_robvis_knows_every_word(tool):
    """Robvis reads the first letters of each: "No" would be no answer at all."""
    words = (*tool.answers.values(), *tool.overall_answers.values())
    assert {item.robvis for item in words} <= ROBVIS_WORDS[tool.robvis]


def test_robvis_takes_other_tools_by_their_headings():
    """The generic template shows the headings; what was not asked does not apply."""
    minors = tools()["minors"]
    both = [
        study("a-1", count("death", 1, 20), appraisal=[judged("low", "minors")]),
        study("b-1", count("death", 1, 20), appraisal=[judged("low", "minors")]),
    ]
    domains = dict.fromkeys(minors.asked(comparing=False), "adequate")
    alone = judged("low", "minors", domains=domains)
    both[1] = study("b-1", count("death", 1, 20), appraisal=[alone])
    table = robvis_table([item.study for item in both], minors)
    header, first, second = render_separated(table).splitlines()
    assert header.startswith("Study,Aim,One after another,")
    assert header.count(",") == first.count(",") == 14
    assert second.count("Not applicable") == 4


def test_robvis_says_which_other_tools_there_are(run, records):
    """One file is one tool: that of most studies, the others on standard error."""
    text = CARD.replace("id: doe", "id: roe").replace("10.1000/182", "10.1000/183")
    text += "  - {tool: minors, by: Poe, source: Poe 2023}\n"
    (records / "roe-2020.yaml").write_text(text, encoding="utf-8")
    _, said = robvis(records, run)
    assert "RoB 2: 2 studies" in said
    assert "--tool gives the others: minors (1)" in said
    lines, said = robvis(records, run, "--tool", "ROBINS-I")
    assert len(lines) == 1
    assert "no study was judged with ROBINS-I" in said


def test_robvis_of_nothing_is_a_heading(run, folder):
    """Records that nobody judged give no row, and say so."""
    lines, said = robvis(folder, run)
    assert len(lines) == 1
    assert said == "nobody has judged a study's risk of bias here\n"


def test_the_tool_is_for_robvis(run, records):
    """Elsewhere it would say nothing; an unknown one is answered with those known."""
    done = run("export", "--tool", "rob2", "--studies", records)
    assert (done.exit_code, done.stdout) == (2, "")
    done = run("export", "-f", "robvis", "--tool", "rob3", "--studies", records)
    assert done.exit_code == 2
    assert "Did you mean rob2?" in done.stderr


def test_hostile_words_are_text_everywhere(run, records):
    """Escapes, markup and formulas in an appraisal do nothing."""
    odd = '"=cmd() [red]\\e[31m<script>"'
    text = CARD.replace("a computer drew the lots", odd).replace("Roe and others", odd)
    (records / "doe-2020.yaml").write_text(text, encoding="utf-8")
    for form in ("table", "markdown", "html", "json"):
        shown = run("show", "doe-2020", "--full", "-f", form, "--studies", records)
        assert shown.exit_code == 0
        assert "\x1b" not in shown.stdout
        if form == "html":
            assert "<script>" not in shown.stdout


def test_unknown_names_are_shown_and_not_judged(run, records):
    """A tool that is not known is named on the card; `check` says what is wrong."""
    text = CARD.replace("tool: rob2", "tool: rob-3").replace("unprinted", "unprinted")
    (records / "doe-2020.yaml").write_text(text, encoding="utf-8")
    shown = run("show", "doe-2020", "--full", "--studies", records).stdout
    assert "not a tool that is known here" in shown
    assert run("check", records).exit_code == 1
    assert run("export", "-f", "robvis", "--studies", records).exit_code == 0


def test_a_bare_row_of_lights_for_a_plot():
    """What a plot needs: domain, symbol, level and word, with nothing to compute."""
    file = study("a-1", count("death", 1, 20), appraisal=[judged("high")])
    item = judgement(file.study)
    last = lights(item)[-1]
    assert (last.domain, last.symbol, last.level, last.word) == (
        *("", "x", "high"),
        "high risk",
    )
    assert bias_in_words(item) == "x high"
    assert bias_in_words(None) == ""
    assert bias_in_words(replace(item, answer="unknown")) == "? no information"
    assert judged_with([file.study]) == {"jbi-case-series": 1}


def test_every_answer_is_a_row_of_data(records):
    """Reasons and places stand beside them; what a review does not print is blank."""
    (record,) = load(records).studies
    table = appraisals_data([record])
    found = [
        tuple(row[key] for key in ("appraisal", "domain", "answer", "level", "because"))
        for row in table.rows
    ]
    assert found[0] == (1, "randomisation", "low", "low", "a computer drew the lots")
    assert found[5] == (1, "overall", "some-concerns", "some", None)
    assert found[6:9] == [
        (2, "randomisation", "low", "low", None),
        (2, "deviations", None, None, None),
        (2, "missing-data", None, None, None),
    ]
    assert found[-1] == (2, "overall", "low", "low", "as printed")
    assert [row["endpoint"] for row in table.rows] == [*[None] * 6, *["death"] * 6]
    assert {row["read"] for row in table.rows[:6]} == {"primary-abstract"}
    assert {row["read"] for row in table.rows[6:]} == {None}
    assert table.rows[0]["where"] == "Methods"
    assert table.rows[-1]["source"] == "Roe 2022, table 3"
    assert all(column.meaning for column in table.columns)
