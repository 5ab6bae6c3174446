"""The page in a real browser: what a reader sees, clicks, types and prints."""

import re
from contextlib import contextmanager

import pytest
from pages.drawn import trials
from report.pages import HOSTILE, hostile, invented, judged_studies, made

from lupus_evidence.audit import ClaimsBase, load_claims
from lupus_evidence.records.load import load
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices
from lupus_evidence.report.html_page import render_report

pytestmark = pytest.mark.thorough

#: A phone, and a laptop.
PHONE, LAPTOP = (360, 740), (1280, 900)
#: Bytes, of the page made from the bundled records: 7 to 8 KB for each of 160.
LARGEST = 1_250_000
#: Of the same page as it opens: screens of a phone, pages of A4.
MOST_SCREENS, MOST_PAGES = 12, 5

#: The ids of the lines that a filter leaves in the list of studies.
SHOWN = (
    "[...document.querySelectorAll('#list > details:not([hidden])')]"
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
    return page.locator("#list > details:not([hidden])")


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
    with opened(browser, page_file, place="#studies") as page:
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
    with opened(browser, page_file, place="#studies") as page:
        page.select_option("#f-therapy", "msc")
        assert "hill-2017" in page.evaluate(SHOWN)
        page.select_option("#f-therapy", "uc-msc")
        assert page.evaluate(SHOWN) == ["hill-2017"]


def test_a_bubble_shows_its_studies(browser, page_file):
    """Choosing a bubble of the map leaves the studies behind it in the list."""
    with opened(browser, page_file, place="#map") as page:
        bubble = page.locator('.map a[data-studies="ames-2001 bell-2004"]').first
        bubble.click()
        page.locator("#found", has_text="2 of 8").wait_for()
        assert page.evaluate(SHOWN) == ["ames-2001", "bell-2004"]
        assert "Behind the bubble:" in page.inner_text("#found")
        assert bubble.get_attribute("aria-current") == "true"
        page.click("#filters button[type=reset]")
        listed(page).nth(7).wait_for()
        assert bubble.get_attribute("aria-current") is None


def test_a_family_leaves_those_that_share_people(browser, page_file):
    """The list can be narrowed to the reports of one family."""
    with opened(browser, page_file, place="#studies") as page:
        page.select_option("#f-family", "0")
        assert page.evaluate(SHOWN) == ["bell-2004", "cole-2010"]


def test_list_sorts_both_ways(browser, page_file):
    """A button sorts up, then down; what is not stated stays last."""
    with opened(browser, page_file, place="#studies") as page:
        button = page.locator("#sort button", has_text="people with lupus")
        button.click()
        up = page.evaluate(SHOWN)
        assert (up[0], up[-2], up[-1]) == ("ames-2001", "bell-2004", "nct00000001")
        button.click()
        down = page.evaluate(SHOWN)
        assert (down[0], down[-1]) == ("bell-2004", "nct00000001")
        page.locator("#sort button", has_text="name").click()
        assert page.evaluate(SHOWN) == sorted(up)


def test_forest_sorts_studies_within_their_group(browser, page_file):
    """Studies change places; heading, pooled line and those left out stay."""
    with opened(browser, page_file, place="#forest-any-remission-12") as page:
        body = (
            "[...document.getElementById('forest-any-remission-12').parentElement"
            ".nextElementSibling.rows].map(r => r.cells[0].textContent.trim())"
        )
        before = page.evaluate(body)
        table = page.locator("#forest-any-remission table")
        table.locator("th", has_text="People").locator("button").click()
        table.locator("th", has_text="People").locator("button").click()
        after = page.evaluate(body)
        assert before[1:3] == ["Ames 2001", "Bell 2004"]
        assert after[1:3] == ["Bell 2004", "Ames 2001"]
        assert after[0] == before[0]
        assert after[3:] == before[3:]


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_axis_is_in_sight_of_every_forest_table(browser, page_file, size):
    """Its numbers stand in the head of the table, on a phone over each part."""
    place = "#forest-any-remission-12"
    with opened(browser, page_file, size, place=place) as page:
        axes = page.locator("#forest-any-remission svg.iv text", has_text="100")
        seen = [axis for axis in axes.all() if axis.is_visible()]
        parts = page.locator("#forest-any-remission tr.part").count()
        assert len(seen) == (parts if size == PHONE else 1)


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
    with opened(browser, page_file, place="#studies") as page:
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
    """Tab reaches the skip link, a closed part, which Enter opens, and a filter."""
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
            if page.evaluate(
                "document.activeElement.parentElement?.parentElement?.id === 'studies'"
            ):
                page.keyboard.press("Enter")
            if seen[-1] == "f-text":
                break
        assert seen[-1] == "f-text"
        assert {"A", "SUMMARY"} <= set(seen)
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
        assert page.locator("#list > details").count() == len(invented().studies)
        assert page.locator("#study-dunn-2012").is_visible()
        page.locator("details.study summary").first.click()
        assert page.locator("#study-ames-2001").is_visible()
        page.locator("#methods summary").click()
        assert page.locator("#receipt").is_visible()


def pages(page):
    """How many pages of A4 the page prints on."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


#: Texts on paper that are smaller than nine points, a point being 4/3 pixels.
SMALL = """() => {
    const small = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const box = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim()) continue;
        if (box.closest('.out, title, desc')) continue;
        if (!box.checkVisibility({contentVisibilityAuto: true})) continue;
        const turned = box.getScreenCTM ? box.getScreenCTM() : {a: 1, b: 0};
        const scale = Math.hypot(turned.a, turned.b);
        if (scale * parseFloat(getComputedStyle(box).fontSize) < 11.99) {
            small.push(texts.currentNode.data.trim());
        }
    }
    return small;
}"""


def test_paper_shows_what_is_open(browser, page_file):
    """Controls and closed parts stay off the paper; an opened part is on it."""
    with opened(browser, page_file) as page:
        closed = pages(page)
        page.evaluate("document.querySelector('#methods .part').open = true")
        page.emulate_media(media="print")
        assert not page.locator("#filters").is_visible()
        assert not page.locator("nav").is_visible()
        assert page.locator(".icons").first.is_visible()
        assert page.locator("#receipt").is_visible()
        assert not page.locator("#forest-title").is_visible()
        assert not page.locator("#studies-title").is_visible()
        assert pages(page) >= closed


def test_everything_is_printed_where_that_is_asked_for(browser, report, tmp_path):
    """With the appendix every part is on the paper, each card among them."""
    path = tmp_path / "appendix.html"
    path.write_text(render_report(report, appendix=True), encoding="utf-8")
    with opened(browser, path) as page:
        assert not page.locator("#study-ames-2001").is_visible()
        page.emulate_media(media="print")
        for place in ("#forest-any-remission", "#receipt", "#study-ames-2001"):
            assert page.locator(place).is_visible()
        assert pages(page) > 4
        assert not page.locator("#study-ames-2001[open]").count()


def test_no_text_on_paper_is_too_small_to_read(browser, report, tmp_path):
    """Nine points at the least, in the appendix too."""
    path = tmp_path / "appendix.html"
    path.write_text(render_report(report, appendix=True), encoding="utf-8")
    with opened(browser, path) as page:
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        page.emulate_media(media="print")
        assert page.evaluate(SMALL) == []


def test_a_wide_map_says_that_it_goes_on(browser, page_file):
    """On a phone the map moves sideways in its box, and a line says so."""
    hint = (
        "getComputedStyle(document.querySelector('#map .scroll'), '::before').content"
    )
    with opened(browser, page_file, PHONE, place="#map") as page:
        page.locator("#map .scroll.wide").first.wait_for()
        assert "sideways" in page.evaluate(hint)
        assert is_within(page)
    with opened(browser, page_file, place="#map") as page:
        assert page.locator("#map .scroll").first.is_visible()
        assert page.evaluate(hint) == "none"


def test_a_link_opened_twice_opens_twice(browser, page_file):
    """A part that was closed again opens when its link is followed once more."""
    with opened(browser, page_file) as page:
        link = page.locator("nav a[href='#methods']")
        for _ in range(2):
            link.click()
            page.locator("#receipt").wait_for(state="visible")
            page.locator("#methods > details > summary").click()
            assert not page.locator("#receipt").is_visible()


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
    """The real report is not too large, opens quietly, fits, names no place twice."""
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


def test_the_answer_comes_first_and_fits(browser, tmp_path):
    """As it opens: at most 12 screens of a phone, at most 5 pages of A4."""
    path = tmp_path / "report.html"
    path.write_text(render_report(build_report(load(), load_claims())), "utf-8")
    with opened(browser, path, PHONE) as page:
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height <= MOST_SCREENS * PHONE[1]
        finding = page.locator(".advice").bounding_box()
        assert finding["y"] + finding["height"] <= PHONE[1]
        assert pages(page) <= MOST_PAGES
        page.emulate_media(media="print")
        assert page.evaluate(SMALL) == []


@pytest.fixture(scope="session")
def trials_file(tmp_path_factory):
    """A page on which several trials are drawn."""
    choices = ReportChoices(therapies=("uc-msc", "conventional"))
    text = render_report(build_report(trials(), ClaimsBase((), ()), choices))
    path = tmp_path_factory.mktemp("trials") / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_drawn_trials_fit_and_stand_under_their_axis(browser, trials_file, size):
    """No difference is at one place in every line, and under the 0 of the axis."""
    with opened(browser, trials_file, size) as page:
        assert is_within(page)
        places = page.evaluate(
            "[...document.querySelectorAll('.drawn .zero')]"
            ".map(e => e.getBoundingClientRect().x)"
        )
        (zero,) = page.evaluate(
            "[...document.querySelectorAll('.drawn .axis text')]"
            ".filter(e => e.textContent === '0').map(e => e.getBoundingClientRect())"
            ".map(box => box.x + box.width / 2)"
        )
        assert len(places) == 5
        assert max(abs(place - zero) for place in places) < 1.5
        effects = page.locator(".drawn td:nth-child(4)")
        # on one line
        assert all(effects.nth(i).bounding_box()["height"] < 40 for i in range(3))


def test_drawn_trials_are_on_the_paper(browser, trials_file):
    """With text that can be read."""
    with opened(browser, trials_file) as page:
        page.emulate_media(media="print")
        assert page.locator(".drawn .iv").first.is_visible()
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawn_trials_are_for_everyone(browser, trials_file, axe, size, scheme):
    """axe-core finds nothing serious in what trials found."""
    with opened(browser, trials_file, size, color_scheme=scheme) as page:
        page.evaluate(
            "document.querySelectorAll('#trials details').forEach(d => d.open = true)"
        )
        page.evaluate(axe)
        found = page.evaluate("axe.run('#trials')")["violations"]
    assert [
        (item["id"], [node["html"] for node in item["nodes"]])
        for item in found
        if item["impact"] in ("serious", "critical")
    ] == []


@pytest.fixture(scope="session")
def lights_file(tmp_path_factory):
    """A page whose studies were judged."""
    text = render_report(build_report(judged_studies(), ClaimsBase((), ())))
    path = tmp_path_factory.mktemp("lights") / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


def open_all(page, within):
    """Open every part within another."""
    page.evaluate(
        "within => document.querySelectorAll(within + ' details')"
        ".forEach(d => d.open = true)",
        within,
    )


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lights_fit_and_are_for_everyone(browser, lights_file, axe, size, scheme):
    """The part is closed, fits when opened, and axe-core finds nothing serious."""
    with opened(browser, lights_file, size, color_scheme=scheme) as page:
        assert not page.locator(".lit").first.is_visible()
        for within in ("#bias", "#studies"):
            open_all(page, within)
        assert is_within(page)
        assert page.locator(".lit").first.is_visible()
        box = page.locator(".lit .l").first.bounding_box()
        assert abs(box["width"] - box["height"]) < 0.6
        page.evaluate(axe)
        found = page.evaluate("axe.run('#bias, #studies')")["violations"]
    assert [
        (item["id"], [node["html"] for node in item["nodes"]])
        for item in found
        if item["impact"] in ("serious", "critical")
    ] == []


def test_lights_are_printed_with_colour_and_sign(browser, lights_file):
    """An opened part is on the paper, in its colours, and no text is small."""
    with opened(browser, lights_file) as page:
        for within in ("#bias", "#studies"):
            open_all(page, within)
        page.emulate_media(media="print")
        light = page.locator(".lit .l").first
        assert light.is_visible()
        assert light.inner_text() in "+~x?-"
        style = "e => getComputedStyle(e).printColorAdjust"
        assert light.evaluate(style) == "exact"
        assert page.evaluate(SMALL) == []


def test_a_family_is_listed_once_and_its_cards_lead_there(browser, page_file):
    """The link on a card opens the list of families."""
    with opened(browser, page_file, place="#study-cole-2010") as page:
        page.locator("#study-cole-2010 a", has_text="family of 2 reports").click()
        page.locator("#family-0").wait_for(state="visible")
        assert "Bell 2004, Cole 2010" in page.inner_text("#family-0")
