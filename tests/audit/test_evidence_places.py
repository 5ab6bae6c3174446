"""Where the evidence behind a finding stands: record, line, source and reading."""

from dataclasses import astuple

from lupus_evidence.audit.verdicts import Evidence
from lupus_evidence.diagnostics import Place
from lupus_evidence.render.audit.rows import FINDING_COLUMNS, findings_table

REMISSION = "endpoint: complete-remission, at: 12, among: treated"
CLAIM = (
    "kind: rate, therapy: msc, figures: "
    '[{endpoint: complete-remission, months: 12, percent: "40"}]'
)


def evidence(world, claim, code):
    """Return the evidence of the first finding with a code."""
    verdict = world.verdict(claim)
    return next(f.evidence for f in verdict.findings if f.code == code)


def rows(world, claim, code):
    """Return the table's rows of the findings with a code, each as a dict."""
    names = [column.key for column in FINDING_COLUMNS]
    table = findings_table(world.audit(claim))
    found = [dict(zip(names, row, strict=True)) for row in table.rows]
    return [row for row in found if row["finding"] == code]


def test_a_percentage_names_its_result_and_how_that_was_seen(world):
    """The second result stands in line 12, and was read in a press release."""
    world.study(
        "doe-2015",
        "endpoint: relapse, at: 12, events: 5, n: 60, among: treated",
        f"{REMISSION}, events: 24, n: 60, where: Table 2, reading: secondary",
        arms="  cells: {therapy: uc-msc, n: 60}",
    )
    (item,) = evidence(world, CLAIM, "figure-found")
    assert (item.study, item.about, item.therapy) == (
        *("doe-2015", "complete-remission", "uc-msc"),
    )
    assert item.place.file.endswith("doe-2015.yaml")
    assert (item.place.line, item.place.column) == (12, 5)
    assert (item.months, item.among, item.where) == (12, "treated", "Table 2")
    assert (item.counted.people.events, item.counted.people.n) == (24, 60)
    assert item.reading == "secondary"


def test_a_result_without_a_reading_of_its_own_was_read_as_its_record_was(world):
    """The record was read in the abstract; nothing says where in it."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    (item,) = evidence(world, CLAIM, "figure-found")
    assert (item.reading, item.where) == ("primary-abstract", None)


def test_a_figure_of_all_arms_names_each_therapy_once(world):
    """Three arms, two kinds of cells."""
    arms = (
        "  one: {therapy: bm-msc, n: 20}\n  two: {therapy: uc-msc, n: 20}\n"
        "  three: {therapy: bm-msc, n: 20}"
    )
    world.study("doe-2015", f"arm: null, {REMISSION}, events: 24, n: 60", arms=arms)
    (item,) = evidence(world, CLAIM, "figure-found")
    assert item.therapy == "bm-msc, uc-msc"


CASE = "kind: statement, topic: case-report, therapies: [msc], words: [sjögren]"


def test_a_case_report_is_found_at_its_title(world):
    """A report as a whole has no time, no count and no denominator."""
    world.study(
        "case-2017",
        design="case-report",
        n=1,
        arms="  one: {therapy: bm-msc, n: 1}\n  two: {therapy: rituximab, n: 1}",
        more="measurements:\n  - {arm: one, measure: sledai, direction: falls}\n"
        "notes: [Sjögren syndrome too.]",
    )
    (row,) = rows(world, CASE, "report-found")
    assert row["file"].endswith("case-2017.yaml")
    assert (row["study"], row["about"], row["line"]) == (
        *("case-2017", "case-report", 2),
    )
    assert row["therapy"] == "bm-msc, rituximab"
    assert row["reading"] == "primary-abstract"
    assert [row[key] for key in ("months", "events", "n", "among", "rate")] == [
        None
    ] * 5
    (item,) = evidence(world, CASE, "report-found")
    assert (item.place.line, item.place.column) == (2, 1)


def test_a_registered_trial_is_found_at_its_status(world):
    """What the registry says of it, and when, stands beside it."""
    arms = "  cells: {therapy: uc-msc, n: 30}\n  placebo: {therapy: placebo, n: 30}"
    world.study(
        "nct-1",
        design="randomised-trial",
        arms=arms,
        more="registry_status: Unknown (seen 2026-01)",
    )
    path = world.records / "nct-1.yaml"
    text = path.read_text(encoding="utf-8").replace("published", "registered")
    path.write_text(text, encoding="utf-8")
    claim = "kind: statement, topic: expert-agreement, therapies: [msc]"
    (row,) = rows(world, claim, "registered-trial-unreported")
    assert (row["study"], row["about"], row["line"]) == ("nct-1", "registered", 5)
    assert row["where"] == "Unknown (seen 2026-01)"
    assert row["reading"] == "primary-abstract"
    assert (row["therapy"], row["among"]) == (None, None)


def test_evidence_may_say_no_more_than_what_and_where():
    """Whatever is not known of it stays empty."""
    place = Place("doe-2015.yaml", 2, 1)
    _, _, _, *rest = astuple(Evidence("doe-2015", "case-report", place))
    assert rest == ["", None, None, "", None, ""]
