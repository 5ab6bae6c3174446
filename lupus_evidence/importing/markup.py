"""Text of citations without markup: tags of web pages and of journals, entities."""

from __future__ import annotations

import html
import re

#: Tags that citations bring along, from HTML, JATS and MathML; others may be text, as
#: in "p<q and r>s" or in a DOI.
_TAG = re.compile(
    r"</?(?:[a-z]{1,8}:[a-z-]+|a|abbr|b|bdi|big|blockquote|bold|br|center|cite|code|del"
    r"|div|em|ext-link|font|h[1-6]|hr|i|img|inf|inline-formula|ins|italic|li|list"
    r"|list-item|math|mark|monospace|named-content|ol|overline"
    r"|p|pre|q|roman|s|sans-serif|sc|scp|sec|small|span|strike|strong|styled-content"
    r"|sub|sup|tex-math|title|tt|u|ul|underline|wbr|xref)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?>",
    re.IGNORECASE,
)
#: Tags at which a line or a paragraph ends.
_BREAK = re.compile(
    r"</?(?:jats:)?(?:br|div|h[1-6]|hr|li|p|sec|title)\b", re.IGNORECASE
)
#: With its semicolon: "R&D" and "a &b" are text.
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
#: Digits that stand higher: 10<sup>6</sup> is a million, 106 is not.
_POWER = re.compile(
    r"(?<=\w)<((?:\w+:)?sup)>\s*([+−–-]?[0-9]+)\s*</\1>(?!\w)", re.IGNORECASE
)
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
#: Entities may have been escaped several times over.
_MAX_ROUNDS = 4


def without_markup(text: str) -> str:
    """Return a text without tags, and with characters for their entities.

    Examples
    --------
    >>> without_markup("CD34<sup>+</sup> cells &amp; <i>in vivo</i> results")
    'CD34+ cells & in vivo results'
    """
    for _ in range(_MAX_ROUNDS):
        if "<" not in text and "&" not in text:
            break
        text = _POWER.sub(lambda found: found[2].translate(_RAISED), text)
        text = _TAG.sub(lambda tag: " " if _BREAK.match(tag[0]) else "", text)
        plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if plain == text:
            break
        text = plain
    return text
