"""What an article tells of, and which records are asked for a figure."""

import pytest
from audit.made import (
    found,
    rate,
)
from evidence.made import base_of, count, study

from lupus_evidence.audit import load_claims, recorded_figures
from lupus_evidence.audit.recorded_figures import Records, context_of
from lupus_evidence.records.load import EvidenceBase

NO_RECORDS = EvidenceBase("records", (), (), None)
PAGE = """\
id: page
article: {title: A page, kind: blog, tells: [harms]}
claims:
  - {id: one, says: A claim, kind: rate, therapy: msc, cites: doe-2015, figures: [
      {endpoint: death, percent: "5"}, {endpoint: relapse, percent: "20"}]}
  - {id: two, says: A claim, kind: rate, therapy: msc, figures: [
      {endpoint: infection, percent: "5"}]}
  - {id: three, says: A claim, kind: direction, therapy: msc, cites: doe-2015,
      changes: [{measures: [sledai], direction: falls}]}
"""


def loaded(tmp_path):
    """Return the claims of the page."""
    path = tmp_path / "page.yaml"
    path.write_text(PAGE, encoding="utf-8")
    return load_claims([path])


def test_a_percentage_with_its_study_counts_as_told(tmp_path):
    """Both figures of the cited study, one of no study, none of a direction."""
    (item,) = loaded(tmp_path).files
    context = context_of(Records(NO_RECORDS), item.content)
    assert context.told == {
        *(("doe-2015", "death"), ("doe-2015", "relapse"), (None, "infection"))
    }
    assert context.tells("harms")
    assert not context.tells("no-control")


@pytest.mark.parametrize(
    ("study", "harm", "head", "told"),
    [
        ("doe-2015", "death", "", True),  # told of this study
        ("roe-2016", "death", "", False),  # deaths of one study are not another's
        ("roe-2016", "serious-infection", "", False),  # infections are not all serious
        ("roe-2016", "serious-infection", ", harms: [serious-infection]", True),
        ("roe-2016", "relapse", ", harms: [serious-infection]", False),
        ("roe-2016", "relapse", ", harms: [relapse, death]", True),
        ("roe-2016", "relapse", ", tells: [harms]", True),  # all of them
    ],
)
def test_which_harms_an_article_tells_of(tmp_path, study, harm, head, told):
    """Those it names, those it gives a figure for, or every one."""
    path = tmp_path / "page.yaml"
    path.write_text(PAGE.replace(", tells: [harms]", head), encoding="utf-8")
    (item,) = load_claims([path]).files
    context = context_of(Records(NO_RECORDS), item.content)
    assert context.tells_of(study, harm) is told


def test_a_study_that_names_a_page_counts_without_the_page():
    """Pages bear nothing out; whoever shares people with one is not wrong for it."""
    page = study("page-2021", count("death", 1, 9), publication="web-page")
    named = study("doe-2020", count("death", 2, 20), shares=("page-2021",))
    whole = base_of(page, named)
    records = recorded_figures.Records(recorded_figures.without_pages(whole))
    assert [item.study.id for item in records.base.files] == ["doe-2020"]
    (item,) = records.evidence("msc").of("death", "doe-2020")
    assert item.fails == ()


@pytest.mark.parametrize(
    ("endpoint", "lines", "events"),
    [
        ("overall-survival", ("death: 6",), 54),
        ("death", ("overall-survival: 54",), 6),
        ("any-remission", ("complete-remission: 12", "partial-remission: 18"), 30),
        ("any-response", ("major-response: 12", "partial-response: 18"), 30),
        ("complete-remission", ("any-remission: 30", "partial-remission: 18"), 12),
        ("no-response", ("any-response: 24",), 36),
    ],
)
def test_what_follows_from_printed_counts_is_found(world, endpoint, lines, events):
    """Alive are all but the dead; a total is its parts, a part the total's rest."""
    rows = (line.replace(": ", ", at: 12, among: treated, n: 60, events: ")
            for line in lines)  # fmt: skip
    world.study("doe-2015", *(f"endpoint: {row}" for row in rows))
    verdict = world.verdict(rate(f"{100 * events / 60:.0f}", endpoint=endpoint))
    (item,) = found(verdict, "figure-found").evidence
    assert (item.about, item.counted.people.events, item.counted.people.n) == (
        *(endpoint, events, 60),
    )
    assert world.line("doe-2015", item.place.line).startswith("- {arm: cells, ")
    assert verdict.rests_on == (("doe-2015", 0),)
