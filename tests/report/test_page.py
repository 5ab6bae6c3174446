"""The page as text: what it holds, and what it must not."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from evidence.made import base_of, count, study
from report.pages import claims, hostile, invented, made

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.comparison import compare
from lupus_evidence.evidence.rules import SelectionRules
from lupus_evidence.render.html import render_report
from lupus_evidence.render.html.facts import fact_views
from lupus_evidence.report.build import build_report
from lupus_evidence.report.facts import fact_rows
from lupus_evidence.text import of_hundred
from lupus_evidence.vocabulary import ENDPOINTS

#: The therapies of the invented report.
PAIR = ("hsct", "msc")
#: Elements without an end tag.
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Reader(HTMLParser):
    """Collects texts by the id around them, and checks that elements are closed."""

    def __init__(self):
        """Start with nothing open."""
        super().__init__()
        self.open, self.texts, self.tags = [], {}, []

    def handle_starttag(self, tag, attrs):
        """Remember an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_startendtag(self, tag, attrs):
        """Remember an element that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Close the last element, which must be this one."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        """Add a text to every id around it."""
        for _, name in self.open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data


def read(html):
    """A page read to its end with everything closed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def page(html):
    """The invented report, read."""
    return read(html)


def words(page, name):
    """The text of a part of the page on one line."""
    return " ".join(page.texts[name].split())


def test_sections_stand_in_their_order(page):
    """The answer comes first, how to cite last."""
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == [
        "answer",
        "comparison",
        "map",
        "forest",
        "all-studies",
        "cards",
        "overlap",
        "audit",
        "registered",
        "methods",
        "cite",
    ]


def test_nothing_is_fetched(page):
    """No element of the page loads anything from elsewhere."""
    for tag, attrs in page.tags:
        assert tag not in {"img", "iframe", "object", "embed", "base", "audio", "video"}
        assert "src" not in attrs
        if tag == "link":
            assert attrs["href"] == "data:,"
        if tag == "use":
            assert attrs["href"].startswith("#")
        assert not any(name.startswith("on") or name == "style" for name in attrs)


def test_the_policy_allows_this_page_and_nothing_else(html, page):
    """The policy names the digests of the one style sheet and the one script."""
    policy = next(
        attrs["content"]
        for tag, attrs in page.tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_same_report_same_bytes(html, tmp_path):
    """Made again from the records, the page is the same."""
    assert render_report(made(invented(), tmp_path)) == html


def test_answer_is_in_absolute_numbers(page):
    """The fact box counts people of 100; it holds no percentage."""
    answer = words(page, "answer")
    assert "of 100 people treated" in answer
    assert "From 2 studies, 43 people." in answer
    assert "%" not in answer.replace("95 % interval", "")


def people_drawn(fact):
    """How many icons of each style a picture has."""
    people = dict.fromkeys(("sure", "likely", "maybe", "none"), 0)
    for block in fact.blocks:
        people[block.style] += block.width // 12
    return people


def test_pictures_show_the_mean_between_the_low_and_the_high_end(report):
    """Icons: filled up to the mean rate, dark up to the low end, half to the high."""
    checked = 0
    for row in report.facts:
        views = fact_views(report, benefit=row.benefit)
        (view,) = (item for item in views if item.name == ENDPOINTS[row.endpoint].lay)
        for fact, shown in zip(row.facts, view.facts, strict=True):
            if not shown.blocks:
                continue
            people = people_drawn(shown)
            assert sum(people.values()) == 100
            if not isinstance(fact.cell.figure, Pooled) or fact.cell.mean is None:
                continue
            best, (low, high) = of_hundred(fact.cell.mean), fact.cell.ci
            assert shown.number == f"about {best}"
            assert people["sure"] + people["likely"] == best
            assert people["sure"] == min(of_hundred(low), best)
            assert 100 - people["none"] == max(of_hundred(high), best)
            assert shown.span.startswith("In a typical centre: ")
            checked += 1
    assert checked


def facts_of(*studies):
    """The fact box of a few studies, by the outcome's plain name and therapy."""
    report = SimpleNamespace(facts=fact_rows(compare(base_of(*studies), PAIR)))
    rows = fact_views(report, benefit=True) + fact_views(report, benefit=False)
    return {(row.name, fact.therapy): fact for row in rows for fact in row.facts}


def test_nobody_is_said_as_a_range():
    """Without an event there is no best number: the range alone is the answer."""
    found = facts_of(
        study("a-2001", count("relapse", 0, 30), n=30),
        study("b-2002", count("relapse", 0, 40), therapy="hsct", n=40),
        study("c-2003", count("relapse", 0, 20), therapy="hsct"),
    )
    for fact in (found["Lupus came back", name] for name in PAIR):
        assert fact.number.startswith("up to ")
        assert people_drawn(fact)["sure"] == people_drawn(fact)["likely"] == 0
        assert fact.span.endswith(ENDPOINTS["relapse"].verb)


def test_a_figure_that_leaves_people_out_says_what_is_known_of_all():
    """12 of 39 still followed are at least 12 of the 87 treated: 14 of 100."""
    found = facts_of(
        study("a-2001", count("any-remission", 12, 39, among="followed"), n=87),
        study("b-2002", count("any-remission", 12, 39), n=39, therapy="hsct"),
    )
    fact = found["Lupus fully or partly quiet", "msc"]
    assert "at least 12 of 87" in fact.least
    assert "14 of 100" in fact.least
    assert "still followed" in fact.group
    assert not found["Lupus fully or partly quiet", "hsct"].least


def test_what_is_not_known_of_everybody_treated_is_said():
    """Where nobody says how many were treated, the page does not work it out."""
    result = count("any-remission", 12, 39, among="survivors")
    arms = {"only": {"therapy": "msc"}}
    found = facts_of(study("a-2001", result, arms=arms, population={}))
    assert found["Lupus fully or partly quiet", "msc"].least.endswith("not known.")


def test_the_pages_rows_show_no_difference_between_studies(report, page):
    """Side by side is the answer; only differences within one study are printed."""
    assert any(row.contrasts for row in report.comparison.rows)
    text = words(page, "comparison")
    within = text.index("What was seen")
    assert "percentage point" not in text[within:]
    assert "percentage point" in text[:within]


def test_harms_stand_beside_benefits(report):
    """No report shows benefits alone."""
    assert fact_views(report, benefit=True)
    assert fact_views(report, benefit=False)


def test_no_side_by_side_study_is_said(page):
    """That nobody compared the therapies is told before any figure."""
    assert "No study here gave some people one of these treatments" in words(
        page, "answer"
    )


def test_randomised_trial_is_told(page):
    """A trial drawn by lot is told with both its counts."""
    answer = words(page, "answer")
    assert "In hill-2017 chance decided who got umbilical-cord MSC" in answer
    assert "in 9 of 12 and in 5 of 6 people" in answer


def test_left_out_results_have_reasons(page):
    """Below a figure stand the studies that are not in it, and why."""
    assert "cole-2010 shares people with bell-2004" in words(page, "forest")


def test_every_record_has_a_line_and_a_card(page):
    """No record is missing from the list or the cards, published or not."""
    lines = {
        attrs["data-id"]
        for tag, attrs in page.tags
        if tag == "tr" and "data-id" in attrs
    }
    for item in invented().studies:
        assert item.id in lines
        assert f"{item.id} {item.title}" in words(page, "cards")
        assert f"study-{item.id}" in page.texts


def test_trials_without_results_are_shown(page):
    """What was never reported stands on the page with its size and registry page."""
    trials = words(page, "registered")
    assert "nct00000001" in trials
    assert "81 planned" in trials
    assert any(
        attrs.get("href") == "https://clinicaltrials.gov/study/NCT00000001"
        for tag, attrs in page.tags
        if tag == "a"
    )


def test_audit_is_on_the_page(page):
    """Claims stand with their verdicts."""
    audit = words(page, "audit")
    assert "“Everybody gets well.”" in audit
    assert "1 claim: 1 supported" in audit


def test_receipt_and_citation_name_the_data(report, page):
    """Version, hash and date of the last search are on the page."""
    receipt = report.comparison.receipt
    for part in ("methods", "cite"):
        assert receipt.data_hash in words(page, part)
        assert "2026-11" in words(page, part)


def test_counting_people_twice_is_said(tmp_path):
    """Where studies that share people are kept, the page does not deny it."""
    rules = SelectionRules(overlap="keep-all")
    html = render_report(build_report(invented(), claims(tmp_path), rules=rules))
    page = read(html)
    assert "counted twice" in words(page, "answer")
    assert "never stand in one figure" not in html


def test_another_estimator_is_named(tmp_path):
    """The methods do not describe a model that was not used."""
    html = render_report(build_report(invented(), claims(tmp_path), method="reml"))
    methods = words(read(html), "methods")
    assert "the estimator reml" in methods
    assert "Bayesian" not in methods


def test_files_that_could_not_be_used_are_named(report):
    """A record that did not load is not silently missing."""
    from lupus_evidence.diagnostics import Diagnostic, Place

    problem = Diagnostic(Place("far/away/broken-2020.yaml"), "E101", "error", "x", "y")
    html = render_report(replace(report, diagnostics=(problem,)))
    assert "broken-2020.yaml" in words(read(html), "methods")
    assert "far/away" not in html


def test_no_records_make_a_page(tmp_path):
    """An empty set of records is an empty page, not an error."""
    page = read(render_report(made(base_of(), tmp_path)))
    assert "0 people" in words(page, "answer")


def test_only_registered_trials_make_a_page(tmp_path):
    """A base of trials without results is shown as what it is."""
    base = base_of(study("nct1", status="registered", population={"planned": 81}))
    page = read(render_report(made(base, tmp_path)))
    assert "81 planned" in words(page, "registered")


def test_three_therapies_make_a_page(tmp_path):
    """The page takes more than two columns."""
    report = build_report(invented(), claims(tmp_path), ["hsct", "msc", "car-t"])
    assert "CAR T cells" in words(read(render_report(report)), "answer")


def test_hostile_text_adds_no_element(tmp_path, html):
    """With hostile records the page has the same kinds of elements, all closed."""
    page = read(render_report(made(hostile(), tmp_path, "</script><b>x")))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in read(html).tags}
    assert sum(tag == "script" for tag, _ in page.tags) == 1
