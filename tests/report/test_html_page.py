"""The page as text: what it holds, and what it must not."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from evidence.made import base_of, count, study
from report.pages import claims, hostile, invented, made

from lupus_evidence.audit import ClaimsBase
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices
from lupus_evidence.report.html_page import render_report

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
    """Answer, survival, trials and the article come first, how to cite last."""
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == [
        "answer",
        "survival",
        "trials",
        "audit",
        "comparison",
        "people",
        "map",
        "forest",
        "studies",
        "left-out",
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


def finding(page_text):
    """What stands under the title."""
    part = page_text[page_text.index("<h1>") : page_text.index('<p class="meta">')]
    return " ".join(re.sub(r"<[^>]*>", " ", part).split())


def test_the_finding_stands_under_the_title(html):
    """Who was compared with whom, how sure anyone can be, and that it is no advice."""
    said = finding(html)
    assert "No study here compared these treatments with each other." in said
    assert (
        "umbilical-cord MSC or placebo (18 people), found no clear difference" in said
    )
    assert "9 of 12 and 5 of 6 people were in complete or partial remission" in said
    assert "How sure can anyone be? Very unsure" in said
    assert "no medical advice" in said


def test_everything_but_the_answer_is_closed(page):
    """Parts behind the article are closed, under headings that say what is in them."""
    parts = [
        attrs for tag, attrs in page.tags if tag == "details" and "part" in str(attrs)
    ]
    assert len(parts) == 9
    assert not any("open" in attrs for attrs in parts)
    assert "8 studies, one list" in words(page, "studies")
    assert re.search(r"Study by study \d+ outcomes ", words(page, "forest"))


def test_answer_is_in_absolute_numbers(page):
    """The fact box counts people of 100; it holds no percentage."""
    answer = words(page, "answer")
    assert "of 100 people treated" in answer
    assert "2 studies, 43 people" in answer
    assert "%" not in answer.replace("95 % interval", "")


def said_of(*studies, **choices):
    """The fact box of a few studies as text."""
    no_claims = ClaimsBase((), ())
    report = build_report(base_of(*studies), no_claims, ReportChoices(**choices))
    return words(read(render_report(report)), "answer")


def test_nobody_is_said_as_a_count():
    """Without an event the people are counted, and the range says what is possible."""
    said = said_of(study("a-2001", count("relapse", 0, 30), n=30))
    assert "none of 30 people treated" in said
    # exact interval of 0 of 30: 1 - 0.025^(1/30) = 0.116
    assert "Allowing for chance: up to 12 of 100." in said


def test_different_studies_are_said_to_be_that_for_every_outcome():
    """Two outcomes with figures of both therapies: two lines, and one above."""
    said = said_of(
        study("a-2001", count("relapse", 2, 20), count("overall-survival", 18, 20)),
        study(
            "b-2002",
            count("relapse", 3, 20),
            count("overall-survival", 19, 20, at=60),
            therapy="hsct",
        ),
    )
    assert said.count("Different studies: do not compare.") == 2
    assert "so the columns cannot be compared" in said


def test_a_figure_that_leaves_people_out_says_what_is_known_of_all():
    """12 of 39 still followed are at least 12 of the 87 treated: 14 of 100."""
    said = said_of(
        study("a-2001", count("any-remission", 12, 39, among="followed"), n=87),
        study("b-2002", count("any-remission", 12, 39), n=39, therapy="hsct"),
    )
    assert said.count("Of everybody treated") == 1
    assert "Of everybody treated, at least 12 of 87: 14 of 100." in said
    assert "of 100 people still followed at that time" in said


def test_what_is_not_known_of_everybody_treated_is_said():
    """Where nobody says how many were treated, the page does not work it out."""
    result = count("any-remission", 12, 39, among="survivors")
    arms = {"only": {"therapy": "msc"}}
    said = said_of(study("a-2001", result, arms=arms, population={}))
    assert "How many of everybody treated is not known." in said


def test_kidney_remission_stands_in_the_fact_box_of_a_nephritis_review():
    """What is judged on the kidney alone is shown, and named."""
    said = said_of(
        study("a-2001", count("complete-remission", 8, 20, scope="kidney")),
    )
    assert "Complete remission, judged on the kidney" in said
    assert "about 40" in said


def test_a_page_of_ones_own_has_its_own_title_therapies_and_outcomes():
    """Nothing of the default page is left on a page about something else."""
    base = base_of(
        study("a-2001", count("malignancy", 1, 20), therapy="hsct"),
        study("b-2002", count("malignancy", 2, 20), therapy="cyclophosphamide"),
    )
    choices = ReportChoices(
        "Two drugs & a graft",
        ("hsct", "cyclophosphamide"),
        ("malignancy",),
    )
    html = render_report(build_report(base, ClaimsBase((), ()), choices))
    answer = words(read(html), "answer")
    assert "<h1>Two drugs &amp; a graft</h1>" in html
    assert "Cyclophosphamide without stem cells" in answer
    assert "Donor stem cells" not in answer
    assert "Cancer" in answer
    assert 'id="audit"' not in html


def test_the_pages_rows_show_no_difference_between_studies(report, page):
    """Side by side is the answer; only differences within one study are printed."""
    assert any(row.contrasts for row in report.comparison.rows)
    assert "percentage point" not in words(page, "comparison")
    assert "more" in words(page, "trials")


def test_harms_stand_beside_benefits(page):
    """No report shows benefits alone."""
    answer = words(page, "answer")
    assert "benefit, " in answer
    assert "harm, " in answer


def test_randomised_trial_is_told(page):
    """A trial drawn by lot is told with both its counts and their difference."""
    trials = words(page, "trials")
    assert "Umbilical-cord MSC or placebo on top of conventional treatment" in trials
    assert "chance decided who got what" in trials
    assert "9 of 12" in trials
    assert "5 of 6" in trials
    # 9/12 - 5/6 = -0.083
    assert "8 fewer" in trials


def test_left_out_results_have_reasons(page):
    """Below a figure stand the studies that are not in it, and why."""
    assert "Cole 2010 shares people with Bell 2004" in words(page, "forest")


def test_every_record_has_a_line_and_a_card(page):
    """No record is missing from the one list, published or not."""
    lines = [
        attrs["data-id"]
        for tag, attrs in page.tags
        if tag == "details" and "data-id" in attrs
    ]
    assert lines == [item.id for item in invented().studies]
    for item in invented().studies:
        assert item.title in words(page, "studies")
        assert f"study-{item.id}" in page.texts


def test_shared_people_stand_in_the_card(page):
    """With whom, how sure that is, why, and in which family of reports."""
    card = words(page, "study-cole-2010")
    assert "Bell 2004 (likely): same hospital" in card
    assert "One of a family of 2 reports" in card
    assert "Cole 2010 (likely)" in words(page, "study-bell-2004")
    assert "2 reports in 1 family do" in words(page, "studies")


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
    html = render_report(
        build_report(invented(), claims(tmp_path), ReportChoices(rules=rules))
    )
    page = read(html)
    assert "counted twice" in words(page, "answer")
    assert "never stand in one figure" not in html


def test_another_estimator_is_named(tmp_path):
    """The methods do not describe a model that was not used."""
    choices = ReportChoices(method="reml")
    html = render_report(build_report(invented(), claims(tmp_path), choices))
    methods = words(read(html), "methods")
    assert "the estimator reml" in methods
    assert "Bayesian" not in methods


def test_files_that_could_not_be_used_are_named(report):
    """A record that did not load is not silently missing."""
    from lupus_evidence.records.files import Diagnostic, Place

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
    report = build_report(
        invented(),
        claims(tmp_path),
        ReportChoices(therapies=("hsct", "msc", "car-t")),
    )
    assert "CAR T cells" in words(read(render_report(report)), "answer")


def test_hostile_text_adds_no_element(tmp_path, html):
    """With hostile records the page has the same kinds of elements, all closed."""
    page = read(render_report(made(hostile(), tmp_path, "</script><b>x")))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in read(html).tags}
    assert sum(tag == "script" for tag, _ in page.tags) == 1


@pytest.mark.parametrize(
    ("therapies", "title"),
    [
        (("hsct", "msc"), "Stem cells for lupus: what the studies show"),
        (
            ("uc-msc", "rituximab", "car-t"),
            "Umbilical-cord MSC, rituximab and CAR T cells: what the studies show",
        ),
    ],
)
def test_a_page_without_a_title_is_named_after_its_therapies(therapies, title):
    """The page says what it is about, whatever is compared."""
    no_claims = ClaimsBase((), ())
    choices = ReportChoices(therapies=therapies)
    html = render_report(build_report(base_of(), no_claims, choices))
    assert f"<title>{title}</title>" in html
