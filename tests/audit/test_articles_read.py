"""An article itself is audited: what was read of it, and what was not."""

import json
from functools import cache

import pytest
from audit.made import facts, found

from lupus_evidence.audit import audit
from lupus_evidence.audit.articles import articles_beside
from lupus_evidence.pages.audit_page import (
    READING_WORDS,
    not_understood_text,
    page_line,
    read_as,
    spoken,
)
from lupus_evidence.pages.templates import sentence
from lupus_evidence.reading.claims_read import ReadPage
from lupus_evidence.records.load import load

ARTICLE = """\
Stem cells for lupus

In Nanjing 87 people with lupus were given mesenchymal stem cells. Half were in complete
remission after four years, and 6 % had died. In mice 80 % survived. Will 90 % of lupus
patients respond one day? Their future is bright.
"""
CLAIMS = """\
# typed by hand
id: by-hand
article: {title: A page by hand, kind: blog}
claims:
  - id: one
    kind: rate
    says: Half were in complete remission after four years.
    therapy: msc
    cites: wang-2013
    figures: [{endpoint: complete-remission, months: 48, percent: "50", people: 87}]
"""
CONTEXT = "supported, context missing"
FRENCH = "La moitié des patients étaient en rémission complète après quatre ans.\n"
SENTENCE = "Half of 87 lupus patients given MSC were in complete remission at 4 years"


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """An article with two claims, and two figures that are none."""
    path = tmp_path_factory.mktemp("article") / "page.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@cache
def audited(path):
    """Return an article as it was read and audited."""
    base = load()
    (found,) = audit(base, articles_beside(None, [path], base, ())).articles
    return found


def squeezed(result):
    """Return output on one line."""
    return " ".join(result.output.replace("│", " ").split())


def only(result):
    """Return the one article of an audit's JSON."""
    (item,) = json.loads(result.output)["articles"]
    return item


def test_first_it_says_how_much_was_read(run, article):
    """Sentences with the title, claims, and what was not understood."""
    found = audited(article)
    page = found.page
    assert (page.sentences, page.with_claim, len(found.claims)) == (6, 1, 2)
    assert len(page.not_understood) == 2
    text = squeezed(run("audit", article))
    assert text.startswith(f"{page.title} {page_line(page, found)}")


def test_each_claim_says_how_it_was_understood(run, article):
    """In words, the first claim and the second."""
    text = squeezed(run("audit", article))
    first, second = (claim.read for claim in audited(article).claims)
    assert (first.amount, first.people, second.percent) == ("half", 87, "6")
    assert read_as(first) in text
    assert read_as(second) in text


def test_figures_that_made_no_claim_are_listed_with_the_reason(run, article):
    """With their lines, to be read by a person."""
    text = squeezed(run("audit", article))
    _, _, rest = text.partition(sentence(READING_WORDS, "not_understood_title"))
    listed = audited(article).page.not_understood
    assert [(item.spot.line, item.figure, item.missing) for item in listed] == [
        *((4, "80 %", "animals"), (4, "90 %", "question")),
    ]
    for item in listed:
        assert not_understood_text(item) in rest


def test_json_has_what_was_read_and_where(run, article):
    """Line and characters counted by hand; the sentence runs over a line's end."""
    item = only(run("audit", article, "-f", "json"))
    assert item["file"] == str(article)
    first, second = item["claims"]
    assert first["place"] == second["place"] == {"line": 3, "first": 68, "last": 134}
    said = {
        "kind": "rate",
        "therapy": "msc",
        "endpoint": "complete-remission",
        "months": 48,
        "time": "at",
        "percent": 50,
        "amount": "half",
        "people": 87,
        "cites": "wang-2013",
    }
    assert {name: first["read"][name] for name in said} == said
    assert first["read"]["carried_over"] == dict.fromkeys(
        ("therapy", "people", "cites"), "sentence"
    )
    assert (second["read"]["endpoint"], second["read"]["percent"]) == ("death", 6)
    listed = [(rest["figure"], rest["missing"]) for rest in item["not_understood"]]
    assert listed == [("80 %", "animals"), ("90 %", "question")]
    assert item["not_understood"][0]["place"] == {"line": 4, "first": 47, "last": 68}


def test_an_article_can_be_piped(run, article):
    """As a file with the same claims."""
    named = only(run("audit", article, "-f", "json"))
    piped = only(run("audit", "-", "-f", "json", input=ARTICLE))
    assert piped["claims"] == named["claims"]
    assert piped["title"] == named["title"]


@pytest.mark.parametrize("text", [CLAIMS, CLAIMS.partition("\n")[2]])
def test_a_claims_file_can_be_piped(run, text):
    """It is told from an article by how it begins, a comment or not."""
    item = only(run("audit", "-", "-f", "json", input=text))
    assert (item["id"], item["title"]) == ("by-hand", "A page by hand")
    (claim,) = item["claims"]
    assert "read" not in claim


def test_the_article_and_its_claims_by_hand_get_the_same_verdict(run, article):
    """What was read is audited like what was typed."""
    read = only(run("audit", article, "-f", "json"))["claims"][0]
    typed = only(run("audit", "-", "-f", "json", input=CLAIMS))["claims"][0]
    for name in ("verdict", "missing", "evidence"):
        assert read[name] == typed[name]


def test_a_sentence_can_be_typed(run):
    """One or several, each with its verdict."""
    result = run("audit", "--claim", SENTENCE)
    assert result.exit_code == 0
    assert "wang-2013: 3 of 6 " in squeezed(result)
    (claim,) = only(run("audit", "--claim", SENTENCE, "-f", "json"))["claims"]
    assert claim["read"]["cites"] == "wang-2013"
    words = ("audit", "--claim", SENTENCE, "--claim", "Lupus patients like cells.")
    first, second = json.loads(run(*words, "-f", "json").output)["articles"]
    assert (len(first["claims"]), len(second["claims"])) == (1, 0)


def test_a_sentence_without_a_claim_says_so(run):
    """It is no failure."""
    result = run("audit", "--claim", "Lupus patients like cells.")
    assert result.exit_code == 0
    page = ReadPage("", 1, (), (), of_condition=True)
    assert sentence(READING_WORDS, "summary", page, 0, 0, (), {}) in squeezed(result)


def test_another_language_is_refused_with_a_hint(run, tmp_path):
    """Status 1, the language by name, and what can be done instead."""
    path = tmp_path / "page.txt"
    path.write_text(FRENCH, encoding="utf-8")
    result = run("audit", path)
    assert result.exit_code == 1
    text = squeezed(result)
    assert "A106" in text
    assert "French" in text
    assert " --claims" in text


def test_a_good_article_beside_a_refused_one_is_shown(run, article, tmp_path):
    """Status 1 all the same."""
    path = tmp_path / "french.txt"
    path.write_text(FRENCH, encoding="utf-8")
    result = run("audit", article, path)
    assert result.exit_code == 1
    assert "A106" in result.output
    found = audited(article)
    assert page_line(found.page, found) in squeezed(result)


def test_a_folder_holds_articles_and_claims_files(run, tmp_path):
    """Both are audited; hidden files and files of other kinds are not."""
    folder = tmp_path
    (folder / "page.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "by-hand.yaml").write_text(CLAIMS, encoding="utf-8")
    (folder / ".hidden.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "notes.csv").write_text("50 %", encoding="utf-8")
    content = json.loads(run("audit", folder, "-f", "json").output)
    assert [item["title"] for item in content["articles"]] == [
        "A page by hand",
        "Stem cells for lupus",
    ]


@pytest.mark.parametrize("name", ["nowhere.html", "nowhere.yaml", "nowhere"])
def test_an_unknown_path_is_wrong_use(run, name):
    """Status 2, and the name is told."""
    result = run("audit", name)
    assert result.exit_code == 2
    assert name in squeezed(result)


def test_an_article_on_another_disease_is_said_to_be_one(run, tmp_path):
    """No claim is made of it."""
    path = tmp_path / "page.txt"
    text = "After HSCT for multiple sclerosis, 70 % had no relapse at five years.\n"
    path.write_text(text, encoding="utf-8")
    result = run("audit", path)
    assert result.exit_code == 0
    found = audited(path)
    assert (found.page.of_condition, found.claims) == (False, ())
    assert page_line(found.page, found) in squeezed(result)


def test_a_verdict_of_an_article_can_fail_a_build(run, article):
    """As that of a claims file."""
    words = {claim["verdict"] for claim in only(run("audit", article, "-f", "json"))[
        "claims"]}  # fmt: skip
    assert "understated" not in words
    assert run("audit", article, "--fail-on", next(iter(words))).exit_code == 1
    assert run("audit", article, "--fail-on", "understated").exit_code == 0


@pytest.mark.thorough
def test_a_report_shows_the_audit_of_an_article(run, tmp_path):
    """A web page is read, and its claim and verdict stand on the report."""
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><html><head><title>Cells</title></head><body><article>"
        f"<h1>Cells for lupus</h1><p>{SENTENCE}.</p></article></body></html>",
        encoding="utf-8",
    )
    report = tmp_path / "report.html"
    result = run("report", "--article", page, "-o", report)
    assert result.exit_code == 0, result.output
    text = report.read_text(encoding="utf-8")
    assert SENTENCE in text
    (claim,) = audited(page).claims
    assert claim.verdict.word == CONTEXT
    assert spoken(claim.verdict) in text
    assert "Cells for lupus" in text


def unspecified(world, therapy, percent):
    """Return the verdict on a remission rate of some treatment."""
    figure = f"endpoint: complete-remission, months: 6, percent: '{percent}'"
    return world.verdict(f"kind: rate, therapy: {therapy}, figures: [{{{figure}}}]")


@pytest.fixture
def two_kinds(world):
    """Of sixty people 12 got well on donor cells, 42 on their own."""
    line = "endpoint: complete-remission, at: 6, among: treated, n: 60"
    world.study("donor-2015", f"{line}, events: 12")
    arms = "  cells: {therapy: hsct, n: 60}"
    world.study("own-2015", f"{line}, events: 42", arms=arms)
    return world


@pytest.mark.parametrize(
    ("percent", "therapy", "other"), [("20", "msc", "hsct"), ("70", "hsct", "msc")]
)
def test_stem_cells_of_no_kind_are_compared_with_each(
    two_kinds, percent, therapy, other
):
    """The kindest verdict counts; both studies are told; what is left out is said."""
    verdict = unspecified(two_kinds, "unspecified", percent)
    kindest = unspecified(two_kinds, therapy, percent)
    assert unspecified(two_kinds, other, percent).word != kindest.word
    assert verdict.word.removesuffix(", context missing") == (
        kindest.word.removesuffix(", context missing")
    )
    assert found(verdict, "which-cells-not-told") is not None
    told = {fact for item in verdict.sentences for fact in facts(item.values)}
    assert {(12, 60), (42, 60)} <= told
