"""What several trials together say: under the title, and drawn among the trials."""

import re

import pytest
from evidence.made import base_of, count
from pages.drawn import trial, trials

from lupus_evidence.audit import ClaimsBase
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices
from lupus_evidence.report.html_page import render_report

BOTH = ("uc-msc", "conventional")


def made(base, therapies=BOTH, **choices):
    """The report of a base without articles."""
    asked = ReportChoices(therapies=therapies, **choices)
    return build_report(base, ClaimsBase((), ()), asked)


def text_of(html):
    """The text of some markup on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def parts(html):
    """What stands under the title, and the part about trials."""
    top = html[html.index("<h1>") : html.index('<p class="meta">')]
    start = html.index('<section id="trials"')
    return text_of(top), html[start : html.index("</section>", start)]


@pytest.fixture(scope="module")
def pooled():
    """Three trials together, and a study without a lot."""
    return made(trials())


@pytest.fixture(scope="module")
def page(pooled):
    """The page of these."""
    return render_report(pooled)


def test_the_pooled_effect_is_told_under_the_title(page):
    """At the risk of all people in the control arms: 52 of 200."""
    told, _ = parts(page)
    assert (
        "3 randomised trials here (400 people) set umbilical-cord MSC against "
        "conventional treatment. Together they found a clear difference: of 100 people "
        "26 given conventional treatment and about 42 given umbilical-cord MSC were in "
        "complete remission, judged on the kidney, 16 more (2 more to 30 more)."
    ) in told


def test_each_trial_is_drawn_with_what_they_come_to(page):
    """Counts of both arms, effect, share, a diamond and where a new one would lie."""
    _, part = parts(page)
    table = part[part.index('<table class="trial drawn') : part.index("</table>")]
    assert table.count('<path class="bar"') == 3
    assert table.count('<path class="fill"') == 1
    assert table.count('<path class="new"') == 1
    assert table.count('<path class="zero"') == 5
    assert '<a href="#study-adams-2024">Adams 2024</a>' in table
    said = text_of(re.sub("<svg.*?</svg>", "", table))
    assert "Adams 2024 16 of 40 10 of 40 +15 (−5 to +34) 22 %" in said
    assert "Pooled 83 of 200 52 of 200 +16 (+2 to +30)" in said
    assert "A new trial −4 to +38" in said
    axis = re.findall("<text[^>]*>([^<]*)</text>", table)
    assert axis == ["−50", "0", "+50"]


def test_other_measures_and_those_left_out_can_be_opened(page):
    """Mantel and Haenszel's too; who is not among the trials and why."""
    _, part = parts(page)
    said = text_of(part)
    assert (
        "15.5 percentage points (6.4 to 24.6), risk ratio 1.60 (1.20 to 2.12)" in said
    )
    assert "Not among them: Drake 2023 , uc-msc: shares people with Adams 2024" in said


def test_a_pooled_result_is_not_told_again_trial_by_trial(pooled, page):
    """What is in no pooled effect stands below: here the study without a lot."""
    assert [item.study for item in pooled.trials] == ["evans-2022"]
    _, part = parts(page)
    assert part.count('<article class="together">') == 2
    assert "chance did not decide" in part


def test_what_else_a_pooled_trial_counted_stays():
    """A trial's other outcome is told under its own name."""
    more = [
        count("serious-infection", 3, 40, arm="cells"),
        count("serious-infection", 4, 40, arm="usual"),
    ]
    base = base_of(
        trial("adams-2024", (16, 40), (10, 40), more=more),
        trial("brown-2025", (27, 60), (18, 60)),
    )
    (left,) = made(base).trials
    assert [item.endpoint for item in left.results] == ["serious-infection"]


def test_one_trial_is_told_as_before():
    """A single trial has no table of its own kind."""
    report = made(base_of(trial("adams-2024", (16, 40), (10, 40))))
    assert report.pooled == ()
    html = render_report(report)
    assert "One randomised study here" in parts(html)[0]
    assert '<table class="trial drawn' not in html


def test_trials_against_a_control_are_told_together():
    """Two trials of cells against placebo, on a page about cells and transplants."""
    arms = ("uc-msc", "placebo")
    base = base_of(
        trial("adams-2024", (16, 40), (15, 40), arms=arms),
        trial("brown-2025", (27, 60), (25, 60), arms=arms),
    )
    report = made(base, ("hsct", "msc"))
    assert report.finding.together_pooled is None
    assert report.finding.controlled_pooled.k == 2
    told, part = parts(render_report(report))
    assert "No study here compared these treatments with each other." in told
    assert (
        "2 randomised trials of donor stem cells (MSC) or placebo (200 people)" in told
    )
    assert "together found no clear difference: of 100 people 40 given placebo" in told
    assert "A new trial" not in part


def test_chance_goes_before_number():
    """One trial by lot is told before several studies without."""
    base = base_of(
        trial("adams-2024", (16, 40), (10, 40)),
        trial("brown-2025", (27, 60), (18, 60), design="controlled-trial"),
        trial("clark-2026", (40, 100), (24, 100), design="controlled-trial"),
    )
    report = made(base)
    assert [answer.k for answer in report.pooled] == [2]
    assert report.finding.together_pooled is None
    assert "One randomised study here" in parts(render_report(report))[0]


def test_certainties_are_those_that_the_page_shows(pooled):
    """The pooled effect's among them."""
    assert pooled.pooled[0].certainty.level in pooled.finding.levels


def test_no_difference_is_said_in_words():
    """Nobody in any arm: as many, with what chance allows."""
    base = base_of(
        trial("adams-2024", (0, 40), (0, 40)),
        trial("brown-2025", (0, 60), (0, 60)),
    )
    told, _ = parts(render_report(made(base)))
    assert "judged on the kidney, as many (4 fewer to 4 more)." in told
