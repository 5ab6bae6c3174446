"""The page in a real browser: what a reader sees, clicks, types and prints."""

from contextlib import contextmanager

import pytest
from report.pages import HOSTILE, hostile, invented, made

from lupus_evidence.audit import load_claims
from lupus_evidence.load import load
from lupus_evidence.render.html import render_report
from lupus_evidence.report.build import build_report

#: A phone, and a laptop.
PHONE, LAPTOP = (360, 740), (1280, 900)
#: Bytes, of the page made from the bundled records.
LARGEST = 1_000_000

#: The ids of the lines that a filter leaves in the list of studies.
SHOWN = (
    "[...document.querySelectorAll('#list tr.row:not([hidden])')]"
    ".map(row => row.dataset.id)"
)


@contextmanager
def opened(browser, path, size=LAPTOP, *, place="", **options):
    """Open a file; nothing may be logged, thrown or fetched while it is open."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, **options
    )
    page = context.new_page()
    trouble, requests = [], []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri() + place)
    yield page
    assert trouble == []
    assert [
        url for url in requests if not url.startswith((path.as_uri(), "data:"))
    ] == []
    context.close()


def listed(page):
    """The lines that a filter leaves in the list of studies."""
    return page.locator("#list tr.row:not([hidden])")


def is_within(page):
    """Tell whether the page is no wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_opens_quietly_and_fits(browser, page_file, size, scheme):
    """No error, no request, and no sideways scrolling at either width."""
    with opened(browser, page_file, size, color_scheme=scheme) as page:
        assert page.title().startswith("Stem cells for lupus")
        assert is_within(page)
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (dark == "rgb(255, 255, 255)") is (scheme == "light")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_assistive_technology(
    browser, page_file, axe, size, scheme
):
    """axe-core finds nothing serious, with everything opened."""
    with opened(browser, page_file, size, color_scheme=scheme) as page:
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
    assert [
        (item["id"], [node["html"] for node in item["nodes"]])
        for item in found
        if item["impact"] in ("serious", "critical")
    ] == []


def test_filters_leave_the_studies_that_fit(browser, page_file):
    """Therapy, text, size, year, country and design each narrow the list."""
    with opened(browser, page_file) as page:
        everything = page.evaluate(SHOWN)
        assert len(everything) == len(invented().studies)
        page.select_option("#f-therapy", "hsct")
        assert page.evaluate(SHOWN) == ["ames-2001", "bell-2004", "cole-2010"]
        page.fill("#f-since", "2004")
        assert page.evaluate(SHOWN) == ["bell-2004", "cole-2010"]
        page.fill("#f-size", "20")
        assert page.evaluate(SHOWN) == ["bell-2004"]
        assert page.inner_text("#found") == "1 of 8 records shown."
        page.click("#filters button[type=reset]")
        listed(page).nth(7).wait_for()
        page.select_option("#f-design", "randomised trial")
        assert page.evaluate(SHOWN) == ["hill-2017"]
        page.select_option("#f-design", "")
        page.select_option("#f-country", "IT")
        assert page.evaluate(SHOWN) == ["ames-2001", "cole-2010"]
        page.fill("#f-text", "HOSPITAL 1999-06")
        assert page.evaluate(SHOWN) == ["ames-2001"]
        page.fill("#f-text", "no such words")
        assert page.evaluate(SHOWN) == []
        assert page.inner_text("#found") == "0 of 8 records shown."


def test_wider_therapy_finds_the_narrower(browser, page_file):
    """Cells from a birth cord are found among all donor cells."""
    with opened(browser, page_file) as page:
        page.select_option("#f-therapy", "msc")
        assert "hill-2017" in page.evaluate(SHOWN)
        page.select_option("#f-therapy", "uc-msc")
        assert page.evaluate(SHOWN) == ["hill-2017"]


def test_a_bubble_shows_its_studies(browser, page_file):
    """Choosing a bubble of the map leaves the studies behind it in the list."""
    with opened(browser, page_file) as page:
        bubble = page.locator('.map a[data-studies="ames-2001 bell-2004"]').first
        bubble.click()
        page.locator("#found", has_text="2 of 8").wait_for()
        assert page.evaluate(SHOWN) == ["ames-2001", "bell-2004"]
        assert "Behind the bubble:" in page.inner_text("#found")
        assert bubble.get_attribute("aria-current") == "true"
        page.click("#filters button[type=reset]")
        listed(page).nth(7).wait_for()
        assert bubble.get_attribute("aria-current") is None


def test_list_sorts_both_ways(browser, page_file):
    """A heading sorts up, then down; what is not stated stays last."""
    with opened(browser, page_file) as page:
        heading = page.locator("#list th", has_text="With lupus")
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == "ascending"
        up = page.evaluate(SHOWN)
        assert (up[0], up[-2], up[-1]) == ("ames-2001", "bell-2004", "nct00000001")
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == "descending"
        down = page.evaluate(SHOWN)
        assert (down[0], down[-1]) == ("bell-2004", "nct00000001")


def test_forest_sorts_studies_within_their_group(browser, page_file):
    """Studies change places; heading, pooled line and those left out stay."""
    with opened(browser, page_file) as page:
        body = (
            "[...document.getElementById('forest-any-remission-12').parentElement"
            ".nextElementSibling.rows].map(r => r.cells[0].textContent.trim())"
        )
        before = page.evaluate(body)
        table = page.locator("#forest-any-remission table")
        table.locator("th", has_text="People").locator("button").click()
        table.locator("th", has_text="People").locator("button").click()
        after = page.evaluate(body)
        assert before[1:3] == ["ames-2001", "bell-2004"]
        assert after[1:3] == ["bell-2004", "ames-2001"]
        assert after[0] == before[0]
        assert after[3:] == before[3:]


def test_a_deep_link_opens_its_card(browser, page_file):
    """A link to a study shows its card, at the start and later on."""
    with opened(browser, page_file, place="#study-dunn-2012") as page:
        card = page.locator("#study-dunn-2012")
        assert card.is_visible()
        assert card.bounding_box()["y"] < LAPTOP[1]
        assert not page.locator("#study-ames-2001").is_visible()
        page.evaluate("location.hash = '#study-ames-2001'")
        page.locator("#study-ames-2001").wait_for(state="visible")


def test_a_link_shows_a_card_that_a_filter_had_hidden(browser, page_file):
    """A reader never follows a link into nothing."""
    with opened(browser, page_file) as page:
        page.fill("#f-text", "bell-2004")
        assert not page.locator("#study-ames-2001").is_visible()
        page.evaluate("location.hash = '#study-ames-2001'")
        page.locator("#study-ames-2001").wait_for(state="visible")
        assert page.locator("#study-ames-2001").is_visible()


def test_every_link_within_the_page_leads_somewhere(browser, page_file):
    """No link points at a place that is not there."""
    with opened(browser, page_file) as page:
        dead = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')]"
            ".map(a => a.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(id))"
        )
        assert dead == []


def test_keyboard_alone_is_enough(browser, page_file):
    """Tab reaches the skip link, the answer, a filter, a heading; Enter works."""
    with opened(browser, page_file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#answer"
        seen = []
        for _ in range(400):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    "document.activeElement.id || document.activeElement.tagName"
                )
            )
            if seen[-1] == "f-text":
                break
        assert seen[-1] == "f-text"
        assert {"A", "SUMMARY", "BUTTON"} <= set(seen)
        page.keyboard.type("dunn")
        assert page.evaluate(SHOWN) == ["dunn-2012"]


def test_focus_can_be_seen(browser, page_file):
    """What has the keyboard's focus is outlined."""
    with opened(browser, page_file) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(style) == "solid"


def test_page_works_without_script(browser, page_file):
    """Without JavaScript everything is there but filters and sorting."""
    with opened(
        browser, page_file, place="#study-dunn-2012", java_script_enabled=False
    ) as page:
        assert not page.locator("#filters").is_visible()
        assert page.locator("th button").count() == 0
        assert page.locator("#list tr.row").count() == len(invented().studies)
        assert page.locator("#study-dunn-2012").is_visible()
        page.locator("details.card summary").first.click()
        assert page.locator("#study-ames-2001").is_visible()


def test_page_prints_on_a4(browser, page_file):
    """Printing gives pages, without controls and closed cards, everything else open."""
    with opened(browser, page_file) as page:
        page.emulate_media(media="print")
        assert not page.locator("#filters").is_visible()
        assert not page.locator("nav").is_visible()
        assert not page.locator("details.card").first.is_visible()
        assert page.locator(".icons").first.is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_hostile_text_is_shown_as_text(browser, tmp_path, size):
    """Scripts, quotes, comments, marks and endless words in a record do nothing."""
    says = " ".join(HOSTILE[:8])
    path = tmp_path / "hostile.html"
    page_text = render_report(made(hostile(), tmp_path, says))
    path.write_text(page_text, encoding="utf-8")
    with opened(browser, path, size, place="#study-ames-2001") as page:
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.hurt") is None
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, object, embed").count() == 0
        handlers = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
            ".filter(name => name.startsWith('on'))"
        )
        assert handlers == []
        schemes = page.evaluate(
            "[...document.querySelectorAll('a')].map(a => a.protocol)"
        )
        assert set(schemes) <= {"file:", "https:", "http:"}
        assert is_within(page)
        card = page.inner_text("#study-ames-2001")
        assert "<script>window.hurt = 1</script>" in card
        assert "]]><svg onload=window.hurt=1>" in card
        assert "{{ 7 * 7 }}" in card
        assert "\\u202e" in card
        assert "\u202e" not in page.content()
        assert "x" * 5000 in card.replace("\n", "")
        page.fill("#f-text", "right to left")
        assert page.evaluate(SHOWN)[0] == "ames-2001"


def test_the_bundled_records_make_a_page(browser, tmp_path):
    """The real report is under 1 MB, opens quietly, fits, and has no dead link."""
    text = render_report(build_report(load(), load_claims()))
    assert len(text.encode()) < LARGEST
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    for size in (PHONE, LAPTOP):
        with opened(browser, path, size, place="#study-wang-2013") as page:
            assert is_within(page)
            assert page.locator("#study-wang-2013").is_visible()
            page.fill("#f-text", "drum tower")
            assert "wang-2013" in page.evaluate(SHOWN)
            twice = page.evaluate(
                "(ids => ids.filter((id, i) => ids.indexOf(id) !== i))"
                "([...document.querySelectorAll('[id]')].map(e => e.id))"
            )
            assert twice == []
