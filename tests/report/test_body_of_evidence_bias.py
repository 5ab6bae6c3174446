"""Risk of bias in the report: one line on each card, and the table of lights."""

import re

import pytest
from appraised import judged
from evidence.made import base_of, cited, count
from report.pages import HOSTILE, invented, judged_studies, made, remission
from report.test_html_page import read, words

from lupus_evidence.appraisal import tools
from lupus_evidence.audit import ClaimsBase
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.report.body_of_evidence import bias_of_figures
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices
from lupus_evidence.report.html_page import render_report
from lupus_evidence.vocabulary import BIAS

NO_ARTICLE = ClaimsBase((), ())


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of these studies."""
    return made(judged_studies(), tmp_path_factory.mktemp("claims"))


@pytest.fixture(scope="module")
def html(report):
    """Its page."""
    return render_report(report)


@pytest.fixture(scope="module")
def page(html):
    """Its page, read."""
    return read(html)


def table(html, tool):
    """The table of one tool."""
    (found,) = re.findall(
        f'<table class="lit">\\n<caption class="out">Risk of bias by {tool}:'
        ".*?</table>",
        html,
        re.DOTALL,
    )
    return found


def rows(text):
    """Each line of a table of lights: study, and the signs in order."""
    return {
        re.sub("<.*?>", "", line.split("</th>")[0]).strip(): re.findall(
            r"<b class=[^>]*>(.)</b>", line
        )
        for line in text.split("<tbody>")[1].split("<tr>")[1:]
    }


def test_each_study_behind_a_figure_is_counted_once(report):
    """By its worst judgement; what nobody judged is told apart."""
    found = report.bias
    assert dict(found.levels) == {
        "adams-2024": "some",
        "ames-2001": "low",
        "bell-2004": "some",
        "cole-2010": "high",
        "dunn-2012": "unknown",
        "east-2013": None,
        "fern-2016": "high",
    }
    assert sum(map(found.of, (*BIAS, None))) == len(found.levels)
    assert found.abstracts == 2
    assert [item.tool.name for item in found.tools] == [
        "jbi-case-series",
        "minors",
        "rob2",
    ]


def test_studies_in_no_figure_are_not_counted():
    """A record that gives no figure is in no table."""
    base = base_of(
        remission("ames-2001", judged("low")),
        cited(
            "gray-2015",
            count("any-remission", 2, 40, lupus_specific=False),
            appraisal=[judged("high")],
        ),
        remission("bell-2004", judged("high"), shares=["ames-2001"]),
    )
    comparison = build_report(base, NO_ARTICLE).comparison
    assert len(bias_of_figures(comparison).levels) == 1


def test_the_finding_stands_above_the_tables(page):
    """How many tell too little to judge, first; then the others, all of them."""
    text = words(page, "bias")
    assert (
        "Of 7 studies behind these figures, 1 tells too little to judge how far off "
        "its figures may be; 2 are at high risk of bias, 2 leave some concerns, and 1 "
        "is at low risk. Nobody has judged 1. 2 were judged from an abstract alone."
    ) in text
    assert text.count("lupus-evidence show STUDY --appraisal") == 1


def test_a_row_has_every_answer_and_the_overall_last(html):
    """In the order of the tool; what does not apply has a sign of its own."""
    found = rows(table(html, "JBI case series"))
    assert found["Cole 2010"] == [*"???+x????-", "x"]
    assert found["Ames 2001"] == [*"??????????", "+"]
    assert found["Fern 2016 death from any cause"][-1] == "x"
    assert found["Fern 2016"][-1] == "+"
    assert rows(table(html, "RoB 2")) == {"Adams 2024": [*"?????", "~"]}
    assert "does not apply" in html


def test_a_light_says_its_word_without_colour(html):
    """To a pointer and to assistive technology; the question is behind its heading."""
    text = table(html, "JBI case series")
    assert '<b class="l high" role="img" title="no">x</b>' in text
    heads = re.findall(r'<th scope="col" title="([^"]+)">', text)
    assert len(heads) == len(tools()["jbi-case-series"].domains)
    lights = re.findall(r'<b class="l (\w+)"[^>]*>(.)</b>', html)
    assert {sign for _, sign in lights} == {*"+~x?-"}
    assert {level for level, _ in lights} == set(BIAS)


def test_minors_asks_of_groups_only_where_there_are_any(html):
    """One group has eight items, no more columns than that."""
    heads = table(html, "MINORS").split("</thead>")[0]
    assert heads.count('class="up"') == 8 + 4 + 1
    base = base_of(remission("bell-2004", judged("some", "minors", domains={})))
    text = render_report(build_report(base, NO_ARTICLE))
    assert table(text, "MINORS").split("</thead>")[0].count('class="up"') == 8 + 1


def test_a_card_has_a_line_and_no_reasons(html, page):
    """Tool, from what, signs with their words, overall in words."""
    card = words(page, "study-cole-2010")
    assert "Risk of bias by JBI case series, from" in card
    assert "???+x????- overall x high" in card
    (says,) = re.findall(r'<span role="img" title="([^"]+)">', part(html, "cole-2010"))
    assert "no: all included" in says
    assert "yes: one after another" in says
    assert "because" not in card
    assert "so judged" not in html
    both = words(page, "study-fern-2016")
    assert "Risk of bias for “death from any cause” by JBI" in both
    assert "from the abstract" in both
    assert "Risk of bias" not in words(page, "study-east-2013")


def part(html, study):
    """The card of a study."""
    return html.split(f'<article id="study-{study}"')[1].split("</article>")[0]


def test_nobody_judged_nothing_is_shown(tmp_path):
    """No part, no link to it, no line; the methods say what that means."""
    text = render_report(made(invented(), tmp_path))
    page = read(text)
    assert "bias" not in page.texts
    assert "#bias" not in text
    assert 'class="lights"' not in text
    assert "Nobody has judged the studies’ risk of bias" in words(page, "methods")


def test_methods_name_tools_and_the_limit(page):
    """Which tools were used, and what was left out for its risk."""
    methods = words(page, "methods")
    assert "judged with JBI case series, MINORS, RoB 2:" in methods
    assert "Where nobody has judged a study, nothing is surer than moderate" in methods
    assert "Only results count whose" not in methods
    choices = ReportChoices(rules=SelectionRules(max_bias="some"))
    limited = read(render_report(build_report(judged_studies(), NO_ARTICLE, choices)))
    text = words(limited, "methods")
    assert (
        "Only results count whose risk of bias was judged: some concerns at m" in text
    )
    assert "risk of bias some concerns at most" in words(limited, "receipt") or (
        "risk of bias some concerns at most" in text
    )
    assert "Nobody has judged" not in words(limited, "bias")


def test_hostile_text_in_an_appraisal_is_text():
    """Whoever judged, the review and its answers are shown, not run."""
    text = " ".join(HOSTILE[:9])
    hurt = judged("high", by=text, source=text, note=text, unprinted=["aim"])
    hurt["overall"]["because"] = text
    hurt["domains"] = {
        name: {"answer": "no-information", "because": text, "where": text}
        for name in hurt["domains"]
    }
    odd = judged("low")
    odd["tool"] = "script-alert"
    odd["domains"] = {}
    base = base_of(remission("ames-2001", hurt, odd))
    page = render_report(build_report(base, NO_ARTICLE))
    read(page)
    assert page.count("<script>") == 1
    assert "&lt;script&gt;window.hurt = 1&lt;/script&gt;" in part(page, "ames-2001")
    assert "\u202e" not in page
    assert "script-alert" not in page
