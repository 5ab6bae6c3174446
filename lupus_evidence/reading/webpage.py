"""The article of an HTML page, without what the site puts around it.

Around it stand menus, notices, and lists of other articles.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lupus_evidence.reading.html_text import BLOCKS, Part, parts_of
from lupus_evidence.reading.page import BlockKind, Page, laid_out
from lupus_evidence.reading.refusals import Refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement


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
    while len(kept) > 1 and kept[-1].rank:
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


#: Elements that hold no words of an article.
_NO_TEXT = """
aside audio button canvas datalist dialog embed head iframe input label map math menu
nav noscript object script select style svg template textarea video
"""
NO_TEXT = frozenset(_NO_TEXT.split())
_ROLE_NAMES = """
alert alertdialog banner button complementary contentinfo dialog menu menubar navigation
search tablist toolbar
"""
_ROLES = frozenset(_ROLE_NAMES.split())
#: Words of classes and ids, each a whole word of theirs.
_NAMES = re.compile(
    r"cookies?|consent|gdpr|onetrust|banner|nav|navbar|navigation|\w*menu|menubar"
    r"|breadcrumbs?|trail|sidebar|rail|foot|footer|footnav|masthead|share|sharing"
    r"|sharedaddy|social|related|recommended|recommendations|similar|trending"
    r"|newsletter|subscribe|subscription|signup|promo|promotion|advert|adverts"
    r"|advertisement|ads?|adslot|sponsor|sponsored|comments?|disqus|respond|reply"
    r"|popup|modal|overlay|skip|toc|tableofcontents|tags|labels|pagination|pager"
    r"|byline|bio|copyright|feedback|signature|metrics|affiliations?|cta|alert|notice"
    r"|login|search|toolbar|pagetools|updated|kicker|eyebrow|paywall|print|noprint"
    r"|hidden|(?:left|right)(?:col|column|bar|nav|menu|rail|side)"
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MASTHEADS = frozenset(["header", "site-header", "top", "top-bar", "topbar"])
_SIDES = re.compile(
    r"(?:^|[\s_-])(?:column-(?:left|right)|message-user|post-?author|user-?info"
    r"|postprofile|table-?of-?contents)",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
#: An element this much of the page's running text is no furniture, whatever its name.
MOST_OF_PAGE = 0.3
#: Headings of sections of other people's words, up to the next heading of the rank.
ELSEWHERE = re.compile(
    r"(?:references?|bibliography|literature cited|works cited|further reading"
    r"|see also|external links|related (?:articles?|posts?|stories|topics|content"
    r"|reading|treatments|pages)|recommended (?:articles?|reading|for you)"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)"
    r"|more (?:from|on|like this).{0,40}|read (?:more|next)|up next"
    r"|most (?:read|popular)|latest (?:news|posts)"
    r"|similar (?:articles?|threads)|(?:\d+ )?comments?(?: \(\d+\))?:?"
    r"|leave a (?:reply|comment)|share this(?: .{0,20})?|about the authors?"
    r"|in this article|(?:table of )?contents|email alerts|sign up.{0,40}"
    r"|was this (?:page|article) helpful\??|cite this article|supplementary .{0,30})",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:by |posted |published|(?:last )?updated|(?:medically )?reviewed|share|print"
    r"|e?mail|read more|advert|sponsored|(?:photo|image|picture)(?: credit|:|s? by)"
    r"|credit:|copyright|©|all rights|tags?:|labels?:|topics?:|filed under|categor"
    r"|loading|\d+ min(?:ute)?s? read|\d+ (?:comments?|views|shares|likes)|next\b"
    r"|previous\b|sign (?:up|in)|subscribe|log in|skip to|back to top|powered by"
    r"|(?:research|original|review) article|accept|reject|close|menu|search"
    r"|you are here|by clicking|we use cookies|this (?:site|website) uses)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec)[a-z]*\.?,? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}(?:,? \d\d?:\d\d.*)?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}",
    re.IGNORECASE,
)
#: Longest note beside a text: who wrote it, when, what to click.
_LONGEST_NOTE = 140


def is_furniture(element: HtmlElement) -> bool:
    """Tell whether an element stands around articles, by what it is and is called.

    Parameters
    ----------
    element : HtmlElement
        Any element below the body; one that holds most of the page has to be spared by
        the caller.
    """
    if element.tag in NO_TEXT or _is_unshown(element):
        return True
    if element.tag in {"main", "article", "h1"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"[:1_000]
    if element.tag == "header" or _MASTHEADS & set(names.split()):
        return element.find(".//h1") is None
    if element.tag == "footer" or _SIDES.search(names):
        return True
    named = any(_NAMES.fullmatch(word.lower()) for word in _WORD.findall(names))
    return named and element.find(".//h1") is None


def _is_unshown(element: HtmlElement) -> bool:
    """Tell whether an element is hidden, or says that it is a control."""
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true":
        return True
    role = get("role", "").lower()
    return role in _ROLES or bool(_UNSHOWN.search(get("style", "")[:500]))


def is_note(text: str) -> bool:
    """Tell whether a short text only says who wrote, when, or what to click."""
    if len(text) > _LONGEST_NOTE or "%" in text:
        return False
    if _DATE.fullmatch(text):
        return True
    return bool(_NOTE.match(text)) and text[-1] not in ".?!"
