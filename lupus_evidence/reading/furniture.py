"""What surrounds an article on a web page: menus, notices, lists of other articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
_MASTHEADS = frozenset(
    ["header", "masthead", "site-header", "top", "top-bar", "topbar"]
)
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
    if element.tag in {"main", "article", "body", "html", "h1"}:
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
