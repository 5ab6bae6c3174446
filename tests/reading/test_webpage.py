"""Which part of a web page is the article, and what a site puts around it."""

import pytest
from lxml import html

from lupus_evidence.reading import webpage
from lupus_evidence.reading.refusals import PROBLEMS, Refusal
from lupus_evidence.reading.webpage import is_furniture, is_note, read_webpage


def blocks(body, title=""):
    """Return kind and text of each block of a page."""
    head = f"<head><title>{title}</title></head>" if title else ""
    page = read_webpage(f"<!doctype html><html>{head}<body>{body}</body></html>")
    return [(block.kind, block.text) for block in page.blocks]


def texts(body, title=""):
    """Return the text of each block of a page."""
    return [text for _, text in blocks(body, title)]


FURNITURE = """
<nav>x</nav> | <aside>x</aside> | <script>x</script> | <form><button>x</button></form>
<footer>x</footer> | <footer><h1>x</h1></footer> | <header>x</header>
<p hidden>x</p> | <p hidden="">x</p> | <p aria-hidden="true">x</p>
<p role="navigation">x</p> | <div role="Banner">x</div>
<p style="color: red; display : none">x</p> | <p style="visibility:HIDDEN">x</p>
<div class="site-header">x</div> | <p id="masthead">x</p> | <p class="a top">x</p>
<p class="header">x</p> | <p class="a top-bar">x</p> | <p class="topbar">x</p>
<p class="cookies">x</p> | <p class="cookie-box">x</p> | <p class="a rightcol">x</p>
<p id="mainNav">x</p> | <p class="SOCIAL">x</p> | <p class="post_tags">x</p>
<div class="mega_dropmenu">x</div> | <div class="leftside">x</div>
<div class="column-left">x</div> | <div class="column-left"><h1>x</h1></div>
<div class="forum_post-author">x</div> | <div class="table-of-contents">x</div>
"""
ARTICLE = """
<p>x</p> | <p aria-hidden="false">x</p> | <p role="main">x</p> | <p style="top: 0">x</p>
<main class="menu">x</main> | <article class="share">x</article>
<h1 class="print">x</h1>
<header><h1>x</h1></header> | <div class="top"><h1>x</h1></div>
<div class="related"><h1>x</h1></div> | <div class="top-story">x</div>
<p class="navigate">x</p> | <p class="shared">x</p> | <p class="desktop menus">x</p>
"""


def elements(written):
    """Return the elements that are written apart by bars and line ends."""
    return written.strip().replace("\n", " | ").split(" | ")


@pytest.mark.parametrize("source", elements(FURNITURE))
def test_furniture_is_known_by_what_it_is_or_is_called(source):
    """By its tag or role, that it is not shown, or a word of its class or id."""
    element = html.fragment_fromstring(source)
    inner = element.find("button")
    assert is_furniture(element if inner is None else inner) is True


@pytest.mark.parametrize("source", elements(ARTICLE))
def test_what_may_hold_the_article_is_no_furniture(source):
    """Nor a part of a word, nor what holds the headline."""
    assert not is_furniture(html.fragment_fromstring(source))


NOTES = """
By Jane Doe | Posted on Monday | Last updated yesterday | Medically reviewed by Jane Doe
Share | Read more | Photo credit: Jane | Image: wolf | © 2024 Ours | Tags: lupus, cells
3 min read | 12 comments | Next | Sign in | Skip to the text | By clicking you accept
We use cookies here | This website uses cookies
12 January 2024 | Monday, 12 January 2024 | January 12th, 2024 | Jan. 2024
2024-01-12 | 12/1/24 | 12.01.2024 | 3 May 2024, 12:30 GMT
"""
WORDS = """
By then half of them were well. | Share this? | Posted by whom! | By Jane Doe, 50 %
Half of them were well | 12 January 2024 was cold | It was 2024-01-12 | Nextdoor
12 of 39 | Sharp pain
"""


@pytest.mark.parametrize("text", elements(NOTES))
def test_notes_say_who_wrote_when_or_what_to_click(text):
    """A short line that is no sentence."""
    assert is_note(text) is True


@pytest.mark.parametrize("text", elements(WORDS))
def test_what_is_said_is_no_note(text):
    """A sentence, a percentage, or a date among other words."""
    assert is_note(text) is False


def test_a_note_has_at_most_140_characters():
    """A longer one says something."""
    assert is_note("By " + "x" * 137)
    assert not is_note("By " + "x" * 138)


#: Running text of so many characters; shorter ones may be buttons.
def run(size, letter="x"):
    """Return running text of some characters."""
    return letter * size


@pytest.mark.parametrize(
    ("menu", "rest", "spared"),
    [
        (f"<p>{run(30)}</p>", run(70, "y"), False),
        (f"<p>{run(31)}</p>", run(69, "y"), True),
        (run(31), run(69, "y"), True),
        (f"<b>x</b>{run(31)}", run(69, "y"), True),
        (f"<p>{run(20)}</p><p>{run(20)}</p>", run(60, "y"), True),
        # no running text: short, within a link, a program
        (f"<p>{run(19)}</p>" * 9, run(20, "y"), False),
        (f"  {run(19)}  ", run(20, "y"), False),
        (f"<a href=x>{run(90)}.</a>", run(20, "y"), False),
        (f"<a href=x><b>{run(90)}.</b></a>", run(20, "y"), False),
        (f"<a href=x><b>x</b>{run(90)}.</a>", run(20, "y"), False),
        (f"<style>{run(90)}</style>", run(20, "y"), False),
        (f"<a href=x>x</a>{run(90)}", run(20, "y"), True),
    ],
)
def test_furniture_with_much_of_the_text_is_spared(menu, rest, spared):
    """More than three tenths of what is running text outside links."""
    found = texts(f"<div class=menu>{menu}</div><p>{rest}</p>")
    assert (found != [rest]) is spared
    assert found[-1] == rest


def test_a_long_program_is_no_text():
    """Nor is a style, however much of the page they are."""
    source = (
        f"<script>{run(900)}</script><style>{run(900)}</style><p>{run(20, 'y')}</p>"
    )
    assert texts(source) == [run(20, "y")]


def test_what_stands_behind_furniture_is_read():
    """And comments and instructions to a server are not."""
    source = (
        "<p>Half of<span class=share>Share</span> them <!-- it is said -->"
        "were <?php echo 1 ?>well, or nearly so.</p>"
    )
    assert texts(source) == ["Half of them were well, or nearly so."]


def long(size):
    """Return a headline and running text of some characters."""
    return f"<h1>Cells</h1><p>{run(size)}</p>"


LEAD = f"<p>{run(20, 'y')}</p>"
READ_LEAD, READ_180 = [run(20, "y")], ["Cells", run(180)]
HEAD = f"<h1>Cells</h1><p>{run(60)}</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # more than four tenths of the page
        (f"<main><p>{run(41)}</p></main><p>{run(59, 'y')}</p>", [run(41)]),
        (f"<article><p>{run(41)}</p></article><p>{run(59, 'y')}</p>", [run(41)]),
        (f"<div role=main>{run(41)}</div><p>{run(59, 'y')}</p>", [run(41)]),
        (f"<section itemprop=articleBody>{run(41)}</section>{run(59, 'y')}", [run(41)]),
        (f"<main>{run(40)}</main><p>{run(60, 'y')}</p>", [run(40), run(60, "y")]),
        (f"<div role=x>{run(41)}</div>{run(59, 'y')}", [run(41), run(59, "y")]),
        # the inner one, if it has nearly all of the outer one's text and the headline
        (f"<main><p>in</p><article>{HEAD}</article></main>out", ["Cells", run(60)]),
        (
            f"<main><p>in</p><article><p>{run(60)}</p></article></main>out",
            ["in", run(60)],
        ),
        (f"<main>{LEAD}<article>{long(180)}</article></main>", READ_LEAD + READ_180),
        (f"<main>{LEAD}<article>{long(181)}</article></main>", ["Cells", run(181)]),
        (f"<main>{LEAD}<article>{long(180)}<p>x</main>", [*READ_LEAD, *READ_180, "x"]),
        # of a part of the article nothing is made
        (
            f"<article>{long(180)}<div itemprop=articleBody>{LEAD}</div></article>",
            READ_180 + READ_LEAD,
        ),
    ],
)
def test_the_element_that_is_marked_as_the_article_is_read(body, expected):
    """By its name, its role or what it is said to be, if it holds enough."""
    assert texts(body) == expected


TWO = f"<p>{run(40)}</p><p>{run(35)}</p>"
READ = [run(40), run(35)]
AROUND = f"<p>{run(25, 'y')}</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div>{TWO}</div>{AROUND}", READ),
        (f"<section>{TWO}</section>{AROUND}", READ),
        (f"<form>{TWO}</form>{AROUND}", READ),
        (f"<center>{TWO}</center>{AROUND}", READ),
        (f"<font>{TWO}</font>{AROUND}", READ),
        (f"<blockquote>{TWO}</blockquote>{AROUND}", [*READ, run(25, "y")]),
        (f"<table><tr><td>{TWO}</td></tr></table>{AROUND}", READ),
        (f"<table><caption>a</caption><tbody><tr><td>{TWO}</td></tr></table>", READ),
        (f"<table><tbody><tr><td>a</td></tr><tr><td>{TWO}</td></tr></table>", READ),
        (f"<table><tbody><tr><td><hr>{TWO}</td><td><hr>b</td></tr></table>", READ),
        (f"<div><div>{TWO}</div>a</div>b", READ),
        # less than three quarters; one paragraph; no running text
        (f"<div>{TWO}</div><p>{run(26, 'y')}</p>", [*READ, run(26, "y")]),
        (f"<div><p>{run(75)}</p></div>{AROUND}", [run(75), run(25, "y")]),
        ("<div><p>a</p><p>b</p></div>c", ["a", "b", "c"]),
    ],
)
def test_else_the_smallest_that_holds_three_quarters_is_read(body, expected):
    """Whatever lays pages out may hold it, and one within another."""
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>References</h2>a<h3>b</h3>c<h2>Harms</h2>d", ["Harms", "d"]),
        ("<h3>See also</h3>a<h2>Harms</h2>b", ["Harms", "b"]),
        ("<h2>Comments (3)</h2>a<h2>Read more</h2>b<h2>Harms</h2>c", ["Harms", "c"]),
        ("<h2>References to God</h2>a", ["References to God", "a"]),
        ("<p>References</p>a", ["References", "a"]),
        ("<p>a</p><p>By Jane Doe</p><p>b</p>", ["a", "b"]),
        ("<h2>By Jane Doe</h2>a", ["a"]),
        # lists of links: more than six tenths, and no sentence
        ("a<p><a href=x>1234567</a>890</p>b", ["a", "b"]),
        ("a<p><a href=x>123456</a>7890</p>b", ["a", "1234567890", "b"]),
        ("<p><a href=x>They were well.</a></p>b", ["They were well.", "b"]),
        ("<p><a href=x>Were they?</a></p>b", ["Were they?", "b"]),
        ("<p><a href=x>They were!</a></p>b", ["They were!", "b"]),
        ("<h2><a href=x>Harms</a></h2>b", ["Harms", "b"]),
        # headings with nothing below them
        ("a<h2>Harms</h2><h3>Deaths</h3>", ["a"]),
        ("<h2>Harms</h2><h3>Deaths</h3>", ["Harms"]),
    ],
)
def test_sections_and_lines_of_others_are_left_out(body, expected):
    """Up to the next heading of the rank or above it."""
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        ("<h1>Cells</h1>a", "Us", [("title", "Cells"), ("paragraph", "a")]),
        (
            "<h2>About</h2><h1>Cells</h1>a",
            "About",
            [("heading", "About"), ("title", "Cells"), ("paragraph", "a")],
        ),
        (
            "<h2>News</h2><h2>Cells</h2>a",
            "CELLS  for lupus - Us",
            [("heading", "News"), ("title", "Cells"), ("paragraph", "a")],
        ),
        (
            "<h2>News</h2>a",
            "Us | Cells for lupus",
            [("title", "Cells for lupus"), ("heading", "News"), ("paragraph", "a")],
        ),
        (
            "a",
            "Cells - the last hope - Us",
            [("title", "the last hope"), ("paragraph", "a")],
        ),
        ("a", "Cells-only :: Us", [("title", "Cells-only"), ("paragraph", "a")]),
        ("a", "", [("paragraph", "a")]),
        (
            f"<h1>News</h1><h1>Cells</h1><main>{run(50)}</main>",
            "cells | Us and all of ours",
            [("title", "Cells"), ("paragraph", run(50))],
        ),
        (
            f"<h1>News</h1><h1></h1><main>{run(50)}</main>",
            "Cells | Us",
            [("title", "Cells"), ("paragraph", run(50))],
        ),
    ],
)
def test_the_title_is_a_heading_or_what_the_page_is_called(body, title, expected):
    """The highest heading or the one the page is named after; else without the site."""
    assert blocks(body, title) == expected


def test_a_page_with_mistakes_is_read():
    """As browsers do; nobody is asked to mend it."""
    page = read_webpage("<p x=1 x=2>Half </i><b>of them were well.</p></q>")
    assert [block.text for block in page.blocks] == ["Half of them were well."]
    assert page.source == "html"


def test_a_page_of_nothing_has_its_name_alone():
    """Or not even that."""
    assert read_webpage("<!-- nothing -->").blocks == ()
    named = read_webpage("<html><head><title> Cells </title></head></html>")
    assert (named.title, named.source) == ("Cells", "html")


def test_characters_that_cannot_be_written_are_replaced():
    """Half a pair becomes a mark; all others stay."""
    assert texts("<p>na\u00efve \ud800 half – or 50 %") == ["naïve ? half – or 50 %"]


def test_limits_are_those_of_the_manual(monkeypatch):
    """Up to which a page is read, and above which it is refused."""
    limits = PROBLEMS["A105"][1]
    assert f"{webpage.MOST_TAGS:,} tags" in limits
    assert f"{webpage.MOST_CHARACTERS:,} characters" in limits
    page = f"<html><body><p>{run(30)}</p>"
    for name, most in (("MOST_TAGS", 4), ("MOST_CHARACTERS", 30)):
        with monkeypatch.context() as patch:
            patch.setattr(webpage, name, most)
            assert read_webpage(page).blocks
            patch.setattr(webpage, name, most - 1)
            with pytest.raises(Refusal) as refused:
                read_webpage(page)
            assert refused.value.code == "A105"
            assert f" {most - 1} " in refused.value.message


def test_elements_may_be_nested_240_deep():
    """A page of 260 is refused."""
    assert texts("<div>" * 240 + "Half were well.") == ["Half were well."]
    with pytest.raises(Refusal) as refused:
        texts("<div>" * 260 + "Half were well.")
    assert refused.value.code == "A105"
