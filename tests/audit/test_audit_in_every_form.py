"""An audit in every form: nothing lost, nothing run, nothing cut."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from audit.made import found as finding_of
from audit.made import statement

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.verdicts import FINDINGS, VERDICT_KINDS
from lupus_evidence.pages.audit import Shown, audit_answer, findings_table
from lupus_evidence.pages.audit_page import (
    PAGE_WORDS,
    evidence_in_brief,
    evidence_text,
    finding_text,
    left_out,
    score_in_brief,
    score_line,
    spots,
)
from lupus_evidence.pages.templates import sentence
from lupus_evidence.records.load import load
from lupus_evidence.writers.formats import chosen_format
from lupus_evidence.writers.terminal import Look

FORMS = ("table", "markdown", "html", "csv", "tsv", "json")
SECOND = Path(__file__).with_name("second-article.yaml")
FULL, SUMMARY = Shown("full"), Shown("summary")


@pytest.fixture(scope="module")
def found():
    """Both articles, audited."""
    paths = [Path(item.file) for item in load_claims().files]
    return audit(load(), load_claims([*paths, SECOND]))


@pytest.fixture(scope="module")
def bundled():
    """The bundled article alone, audited."""
    return audit(load(), load_claims())


def written(audited, form="table", look=None, shown=None):
    """Return an audit in one form."""
    written = chosen_format(("pages", "tables", "data"), form, None)
    return written.write(audit_answer(audited, shown), look or Look())


def words(text):
    """Return text as a row of words, without layout, markup or escapes."""
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())


def findings(audited):
    """Return every finding of every claim as text."""
    return [
        finding_text(finding)
        for article in audited.articles
        for claim in article.claims
        for finding in claim.verdict.findings
    ]


def test_the_answer_fits_two_screens(bundled):
    """Seventeen claims with verdict and evidence in at most 60 lines of 80 columns."""
    text = written(bundled, look=Look(80))
    assert text.count("\n") <= 60
    (article,) = bundled.articles
    assert len(article.claims) == 17
    assert words(text).startswith(f"{article.title} {score_in_brief(article)}")


@pytest.mark.parametrize("width", [None, 160, 100, 80, 60, 40])
def test_at_a_glance_each_claim_has_its_verdict_evidence_and_gaps(found, width):
    """At any width the evidence is whole, and in a pipe the claim is, too."""
    text = words(written(found, look=Look(width)))
    for article in found.articles:
        for claim in article.claims:
            kind = VERDICT_KINDS[claim.verdict.word]
            assert f"{claim.number} {kind.sign} {kind.brief.capitalize()}: " in text
            assert words(evidence_in_brief(claim.verdict)) in text
            assert words(left_out(claim.verdict)) in text
            assert words(claim.says if width is None else claim.says[:1]) in text
    for article in found.articles:
        assert article.title in text


@pytest.mark.parametrize("depth", ["brief", "full"])
def test_no_paragraph_stands_there_twice(found, depth):
    """What is the same again is told by the number of the claim before."""
    pointer = sentence(PAGE_WORDS, "shared", 0, ()).partition("0")[0]
    for article in found.articles:
        text = written(replace(found, articles=(article,)), shown=Shown(depth))
        lines = [
            line
            for line in text.split("\n")
            if len(line) > 60 and not line.startswith(f"- {pointer}")
        ]
        assert len(lines) == len(set(lines)) > 10


@pytest.mark.parametrize("width", [None, 80, 40])
def test_in_full_the_screen_shows_every_finding_at_any_width(found, width):
    """However narrow, each claim, verdict, sentence, finding and place is there."""
    text = words(written(found, look=Look(width), shown=FULL))
    for article in found.articles:
        for claim in article.claims:
            assert words(claim.says) in text
            assert words(evidence_text(claim.verdict)) in text
            for finding in claim.verdict.findings:
                assert words(finding_text(finding)) in text
                for source in (*spots(finding), *finding.links):
                    # a very long address is broken
                    assert "".join(source.split()) in text.replace(" ", "")


def test_the_same_evidence_again_points_to_the_claim_before(bundled):
    """Claim 15 tells claim 10 again; what was said there is not said twice."""
    lines = [line.strip() for line in written(bundled, look=Look(80)).split("\n")]
    pointer = sentence(PAGE_WORDS, "as_before", 10)
    assert lines.count(pointer) == 1
    assert lines[lines.index(pointer) - 1].startswith("15 ")


def test_a_finding_that_claims_share_is_told_once(bundled):
    """The trial without clear benefit stands at the first claim; the others point."""
    text = words(written(bundled, look=Look(80), shown=FULL))
    codes = ("study-not-named", "randomised-trial-says-otherwise")
    trial = finding_of(bundled.articles[0].claims[6].verdict, codes[1])
    pointer = sentence(PAGE_WORDS, "shared", 7, [FINDINGS[code] for code in codes])
    assert text.count(finding_text(trial)) == 1
    assert pointer in text
    # asked for alone, a claim has nothing to point to
    alone = words(written(bundled, shown=Shown("full", frozenset({8}))))
    assert finding_text(trial) in alone
    assert pointer not in alone


def test_only_the_claims_asked_for_are_shown(bundled):
    """On the screen, in tables and for programs; the score stays the article's."""
    shown = Shown("full", frozenset({10, 12}))
    text = written(bundled, shown=shown)
    assert [line.split(".")[0] for line in text.split("\n") if re.match(r"\d+\. ", line)
            ] == ["10", "12"]  # fmt: skip
    assert "17 claims: " in text
    rows = csv.DictReader(io.StringIO(written(bundled, "csv", shown=shown)))
    assert {row["number"] for row in rows} == {"10", "12"}
    (article,) = json.loads(written(bundled, "json", shown=shown))["articles"]
    assert [claim["number"] for claim in article["claims"]] == [10, 12]
    assert sum(article["score"].values()) == 17


@pytest.mark.parametrize("shown", [Shown(), FULL, SUMMARY])
def test_the_last_line_says_what_to_type_next(found, shown):
    """Whatever was shown, more can be asked for."""
    *_, last = written(found, shown=shown).strip().split("\n")
    assert "Next: lupus-evidence " in last


@pytest.mark.parametrize("shown", [Shown(), FULL])
def test_lines_fit_the_screen(found, shown):
    """At 80 columns only an address may be longer, since it cannot be broken."""
    for line in written(found, look=Look(80), shown=shown).splitlines():
        assert len(line) <= 80 or "http" in line, line


@pytest.mark.thorough
@pytest.mark.parametrize("shown", [Shown(), FULL])
def test_no_number_is_parted_from_its_percent_sign(found, shown):
    """A line that starts with a percent sign makes a reader stumble."""
    for width in range(50, 100):
        for line in written(found, look=Look(width), shown=shown).splitlines():
            assert not line.strip().startswith("%"), line


def test_colour_only_adds_to_words_and_signs(found):
    """The verdict stands in words and has a sign of its own, with colour or without."""
    for shown in (Shown(), FULL):
        plain = written(found, look=Look(80), shown=shown)
        coloured = written(found, look=Look(80, colour=True), shown=shown)
        assert "\x1b[" not in plain
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
        assert "\x1b[1;31m✕ Contradicted" in coloured
    signs = [kind.sign for kind in VERDICT_KINDS.values()]
    assert len(set(signs)) == len(signs)


def test_markdown_shows_every_finding_and_its_place(found):
    """A reply holds all that the screen holds, with file and line."""
    text = words(written(found, "markdown", shown=FULL))
    for item in findings(found):
        assert words(item) in text
    assert "studies/wang-2013.yaml:" in text
    assert "**▲ Too rosy (overstated).**" in text
    lacking = [
        left_out(claim.verdict)
        for article in found.articles
        for claim in article.claims
        if claim.verdict.missing
    ]
    assert len(lacking) > 10
    assert all(item in text for item in lacking)


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_tables_hold_one_row_for_each_figure(found, form, mark):
    """A spreadsheet gets every finding, at full precision."""
    text = written(found, form)
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
    row = next(row for row in table.rows if row["finding"] == "report-found")
    assert (row["study"], row["about"], row["line"]) == ("case-2017", "case-report", 2)
    assert (row["therapy"], row["reading"]) == ("msc", "primary-abstract")
    empty = ("months", "events", "n", "among", "rate")
    assert [row[key] for key in empty] == [None] * 5


def test_json_holds_all_with_its_receipt(found):
    """A program gets schema version, data hash and every finding."""
    data = json.loads(written(found, "json"))
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
def test_the_summary_has_one_line_a_claim(bundled, form):
    """The summary names every claim and its verdict, and no finding."""
    text = written(bundled, form, shown=SUMMARY)
    assert not [item for item in findings(bundled) if item in words(text)]
    for claim in bundled.articles[0].claims:
        assert claim.says[:20] in text
    if form == "table":
        assert len(re.findall(r"^ ?\d+ . [A-Z]", text, re.MULTILINE)) == 17
        assert text.count("\n") <= 24


def test_the_score_counts_verdicts(found):
    """The score is a sentence that adds up."""
    line = score_line(found.articles[-1])
    assert line.startswith("17 claims: ")
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    assert sum(numbers[1:]) == numbers[0]


@pytest.mark.thorough
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
    text = written(audit(load(), load_claims([path])), form, Look(80))
    assert "\x1b" not in text
    if form == "html":
        assert "<script>" not in text
    if form == "markdown":
        assert "<script>" not in text.replace("\\<", "")
        assert "\\*b\\*" in text
    if form in ("csv", "tsv"):
        assert "'=cmd()" in text


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_without_an_article_it_says_so(tmp_path, form):
    """An empty folder is an empty audit, not an error."""
    text = written(audit(load(), load_claims([tmp_path])), form)
    assert words(text.strip("# \n")) == sentence(PAGE_WORDS, "no_article")
