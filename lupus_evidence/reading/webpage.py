"""The article of an HTML page, without what the site puts around it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lupus_evidence.reading.furniture import (
    ELSEWHERE,
    MOST_OF_PAGE,
    is_furniture,
    is_note,
)
from lupus_evidence.reading.page import laid_out
from lupus_evidence.reading.refusals import Refusal
from lupus_evidence.reading.webtext import BLOCKS, Part, parts_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from lupus_evidence.reading.page import BlockKind, Page

#: Marks that begin a tag; large pages have some ten thousand.
MOST_TAGS = 100_000
#: Characters of running text, as for every kind of article.
MOST_CHARACTERS = 1_000_000
#: Shortest stretch of text outside links that counts as running text.
_RUNNING = 20
#: Share of the page's running text that an element marked as the article, or else any
#: element, must hold to be read as the article.
_MARKED, _UNMARKED = 0.4, 0.75
#: Share of a block's characters in links from which it is a list of links.
_LINKS = 0.6
#: What may hold an article.
_HOLDERS = ("div", "section", "form", "center", "table", "tbody", "tr", "td", "font")
_SITE = re.compile(r"\s+(?:[|–—·»:]|-|::)\s+")


def read_webpage(text: str) -> Page:
    """Return the article of an HTML page.

    Parameters
    ----------
    text : str
        The page's source.

    Raises
    ------
    Refusal
        If it is nested too deep or has too many tags.
    """
    body, title = _parsed(text)
    if body is None:
        return laid_out((), title, "html")
    running = _without_furniture(body)
    if running[body] > MOST_CHARACTERS:
        raise Refusal("A105", f"has more than {MOST_CHARACTERS:,} characters")
    root = _article(body, running)
    parts = _own(list(parts_of(root)))
    kinds: list[tuple[BlockKind, str]] = [(part.kind, part.text) for part in parts]
    head = _headline(parts, body, title)
    if head in {part.text for part in parts if part.rank}:
        place = next(n for n, part in enumerate(parts) if part.text == head)
        kinds[place] = ("title", head)
    return laid_out(kinds, head, "html")


def _parsed(text: str) -> tuple[HtmlElement | None, str]:
    """Return the body of a page and what its head calls it."""
    from lxml import etree, html

    if text.count("<") > MOST_TAGS:
        raise Refusal("A105", f"has more than {MOST_TAGS:,} tags")
    # Half a surrogate pair cannot be written as UTF-8.
    source = text.encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source, parser=parser)
    except etree.ParserError:  # nothing but comments
        return None, ""
    if any(
        item.type_name == "ERR_RESOURCE_LIMIT" or "depth" in item.message
        for item in parser.error_log
    ):
        raise Refusal("A105", "has elements nested too deep")
    return tree.find("body"), (tree.findtext(".//title") or "").strip()


def _without_furniture(body: HtmlElement) -> dict[HtmlElement, int]:
    """Remove furniture, and return how much running text each element left holds."""
    before = _running(body)
    most = before[body] * MOST_OF_PAGE
    for element in [item for item in body.iterdescendants() if is_furniture(item)]:
        if before[element] <= most:
            # Emptied, not taken out: lxml would write the text behind it anew, and
            # does not write all the characters that it reads.
            element.clear(keep_tail=True)
    return _running(body)


def _running(body: HtmlElement) -> dict[HtmlElement, int]:
    """Return how many characters of running text each element holds."""
    elements = list(body.iter())
    counted = dict.fromkeys(elements, 0)
    linked: set[HtmlElement] = set()
    for element in elements:
        if element.tag == "a" or element.getparent() in linked:
            linked.add(element)
    for element in reversed(elements):
        if element not in linked and element.tag not in {"script", "style"}:
            counted[element] += _long(element.text)
        above = element.getparent()
        if element is not body and above is not None:
            counted[above] += counted[element]
            if above not in linked:
                counted[above] += _long(element.tail)
    return counted


def _long(text: str | None) -> int:
    """Return the length of a text if it is running text, else 0."""
    size = len(text.strip()) if text else 0
    return size if size >= _RUNNING else 0


def _article(body: HtmlElement, running: dict[HtmlElement, int]) -> HtmlElement:
    """Return the smallest element that holds the article."""
    whole = running[body]
    marked = [
        element
        for element in body.iterdescendants("main", "article", "div", "section")
        if element.tag in {"main", "article"}
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
    ]
    enough = [element for element in marked if running[element] > whole * _MARKED]
    if enough:
        outermost = max(enough, key=lambda element: running[element])
        best = min(
            (item for item in enough if running[item] > running[outermost] * 0.9),
            key=lambda item: (running[item], -sum(1 for _ in item.iterancestors())),
        )
        return best if best.find(".//h1") is not None else outermost
    here = body
    while True:
        below = [
            child
            for child in here.iterchildren(*_HOLDERS)
            if running[child] >= whole * _UNMARKED and _holds_blocks(child)
        ]
        if not below or not whole:
            return here
        here = below[0]


def _holds_blocks(element: HtmlElement) -> bool:
    """Tell whether an element holds several blocks; one paragraph is no article."""
    return sum(1 for _ in islice(element.iterdescendants(*BLOCKS), 2)) > 1


def _own(parts: list[Part]) -> list[Part]:
    """Return the parts without notes, lists of links, and sections of others' words."""
    kept: list[Part] = []
    skipped = 0
    for part in parts:
        if part.rank:
            if skipped and part.rank > skipped:
                continue
            skipped = part.rank if ELSEWHERE.fullmatch(part.text) else 0
        if skipped or is_note(part.text):
            continue
        linked = part.linked > len(part.text) * _LINKS
        if linked and not part.rank and part.text[-1] not in ".?!":
            continue
        kept.append(part)
    while kept and kept[-1].rank and len(kept) > 1:
        kept.pop()  # what stood under it is not the article's
    return kept


def _headline(parts: list[Part], body: HtmlElement, title: str) -> str:
    """Return the article's title: a heading that the page is named after, if any."""
    name = " ".join(title.split())
    headings = sorted((part for part in parts if part.rank), key=lambda part: part.rank)
    for part in headings:
        if part.rank == 1 or part.text.lower() in name.lower():
            return part.text
    above = [" ".join(found.text_content().split()) for found in body.iter("h1")]
    for text in above:
        if text and text.lower() in name.lower():
            return text
    return max(_SITE.split(name), key=len) if name else ""
