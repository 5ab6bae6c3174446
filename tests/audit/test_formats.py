"""An audit in every form: nothing lost, nothing run, nothing cut."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from audit.made import statement

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.verdicts import Counted, Factor
from lupus_evidence.load import load
from lupus_evidence.render.audit import render_audit
from lupus_evidence.render.audit.rows import FINDING_COLUMNS, findings_table
from lupus_evidence.render.audit.words import counted, score_line, sentence
from lupus_evidence.values import People, Rate
from lupus_evidence.writers.terminal import Look

FORMS = ("table", "markdown", "csv", "tsv", "json")
SECOND = Path(__file__).with_name("second-article.yaml")


@pytest.fixture(scope="module")
def found():
    """Both articles, audited."""
    paths = [Path(item.file) for item in load_claims().files]
    return audit(load(), load_claims([*paths, SECOND]))


def words(text):
    """Return text as a row of words, without layout, markup or escapes."""
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())


def findings(audited):
    """Return every finding of every claim as text."""
    return [
        sentence(finding.words)
        for article in audited.articles
        for claim in article.claims
        for finding in claim.verdict.findings
    ]


@pytest.mark.parametrize("width", [None, 80, 40])
def test_the_screen_shows_every_finding_at_any_width(found, width):
    """However narrow, each claim, verdict, sentence and finding is there."""
    text = words(render_audit(found, "table", Look(width)))
    for article in found.articles:
        for claim in article.claims:
            assert words(claim.says) in text
            assert words(sentence(claim.verdict.sentence)) in text
    for item in findings(found):
        assert words(item) in text


def test_lines_fit_the_screen(found):
    """At 80 columns only an address may be longer, since it cannot be broken."""
    for line in render_audit(found, "table", Look(80)).splitlines():
        assert len(line) <= 80 or "http" in line, line


def test_no_number_is_parted_from_its_percent_sign(found):
    """A line that starts with a percent sign makes a reader stumble."""
    for line in render_audit(found, "table", Look(80)).splitlines():
        assert not line.strip().startswith("%"), line


def test_colour_only_adds_to_the_words(found):
    """The verdict stands in words, with colour or without."""
    plain = render_audit(found, "table", Look(80))
    coloured = render_audit(found, "table", Look(80, colour=True))
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[1;31mContradicted\x1b[0m" in coloured


def test_markdown_shows_every_finding_and_its_place(found):
    """A reply holds all that the screen holds, with file and line."""
    text = words(render_audit(found, "markdown", Look()))
    for item in findings(found):
        assert words(item) in text
    assert "studies/wang-2013.yaml:" in text
    assert "**Too rosy (overstated).**" in text
    # the line itself names what the article leaves out
    assert "context missing: few of those treated counted; worse in a later" in text


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_tables_hold_one_row_for_each_figure(found, form, mark):
    """A spreadsheet gets every finding, at full precision."""
    text = render_audit(found, form, Look())
    rows = list(csv.DictReader(io.StringIO(text), delimiter=mark))
    assert {row["text"] for row in rows if row["text"]} == set(findings(found))
    three = [row for row in rows if row["claim"] == "remission-at-four-years"
             and row["finding"] == "melted-denominator"]  # fmt: skip
    assert len(three) == 1
    assert (three[0]["events"], three[0]["n"], three[0]["rate"]) == ("3", "6", "0.5")
    # Wilson 1927: z = 1.959964, (3 + z^2/2 - z sqrt(3*3/6 + z^2/4)) / (6 + z^2)
    assert float(three[0]["low"]) == pytest.approx(0.187617, abs=1e-6)
    assert float(three[0]["high"]) == pytest.approx(0.812383, abs=1e-6)


def test_what_is_not_known_of_evidence_is_an_empty_cell(world):
    """A report as a whole has no time, no count and no denominator."""
    world.study(
        "case-2017",
        design="case-report",
        n=1,
        more="measurements:\n  - {arm: cells, measure: sledai, direction: falls}\n"
        "notes: [Sjögren syndrome too.]",
    )
    claim = statement("case-report", more=", words: [sjögren]")
    table = findings_table(world.audit(claim))
    names = [column.key for column in FINDING_COLUMNS]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    row = next(row for row in rows if row["finding"] == "report-found")
    assert (row["study"], row["about"], row["line"]) == ("case-2017", "case-report", 2)
    assert (row["therapy"], row["reading"]) == ("msc", "primary-abstract")
    empty = ("months", "events", "n", "among", "rate")
    assert [row[key] for key in empty] == [None] * 5


def test_json_holds_all_with_its_receipt(found):
    """A program gets schema version, data hash and every finding."""
    data = json.loads(render_audit(found, "json", Look()))
    assert data["schema_version"] == 2
    assert len(data["data_hash"]) == 32
    texts = [
        finding["text"]
        for article in data["articles"]
        for claim in article["claims"]
        for finding in claim["findings"]
    ]
    assert texts == findings(found)
    score = data["articles"][-1]["score"]
    assert sum(score.values()) == 17


@pytest.mark.parametrize("form", FORMS)
def test_the_summary_has_one_line_a_claim(found, form):
    """The summary names every claim and its verdict, and no finding."""
    text = render_audit(found, form, Look(), summary=True)
    plain = words(text)
    for article in found.articles:
        for claim in article.claims:
            assert claim.verdict.word in text
            assert words(claim.says) in plain
    assert "A later report on some of the same people" not in text


def test_the_score_counts_verdicts(found):
    """The score is a sentence that adds up."""
    line = score_line(found.articles[-1])
    assert line.startswith("17 claims: ")
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    assert sum(numbers[1:]) == numbers[0]


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_stays_text(form, tmp_path):
    """Escapes, markup and formulas in a claims file do nothing anywhere."""
    path = tmp_path / "hostile.yaml"
    path.write_text(
        'id: hostile\narticle: {title: "\\e[31m<script>", kind: blog}\n'
        'claims:\n  - {id: one, kind: statement, says: "=cmd() \\e[2J [red] *b*", '
        "topic: few-harms, therapies: [auto-msc]}\n",
        encoding="utf-8",
    )
    text = render_audit(audit(load(), load_claims([path])), form, Look(80))
    assert "\x1b" not in text
    if form == "markdown":
        assert "<script>" not in text.replace("\\<", "")
        assert "\\*b\\*" in text
    if form in ("csv", "tsv"):
        assert "'=cmd()" in text


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_without_an_article_it_says_so(tmp_path, form):
    """An empty folder is an empty audit, not an error."""
    text = render_audit(audit(load(), load_claims([tmp_path])), form, Look())
    assert text == "There is no article to audit.\n"


def test_there_is_no_other_form(found):
    """An unknown form is refused."""
    with pytest.raises(ValueError, match="no form"):
        render_audit(found, "pdf", Look())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Counted(People(3, 6), Rate(0.5, 0.1876, 0.8124)),
         "3 of 6 people (50 %, 19 to 81)"),
        (Counted(People(None, 48), Rate(0.5)), "50 % of 48 people (no interval given)"),
        (Counted(People(None, 28), Rate(0.29, 0.15, 0.48), "29 ± 9 %"),
         "29 % of 28 people (15 to 48; printed as 29 ± 9 %)"),
        (Counted(People(3, None), Rate(0.125)), "3 people (13 %)"),
        (Counted(People(1, 1), Rate(1.0, 0.21, 1.0)),
         "1 of 1 person (100 %, 21 to 100)"),
        (Counted(People(None, None), Rate(0.3, 0.2, 0.4)), "30 % (20 to 40)"),
        (Counted(People(2, None), Rate(None)), "2 people"),
    ],
)  # fmt: skip
def test_people_come_before_percentages(value, text):
    """As much is said as is known, people first."""
    assert counted(value) == text


def test_factors_lose_their_decimal_when_it_says_nothing():
    """4.53 is 4.5 times, 97.3 is 97 times, 2.0 is 2 times."""
    for value, text in ((4.53, "4.5 times"), (97.3, "97 times"), (2.0, "2 times")):
        assert sentence((Factor(value),)) == text
