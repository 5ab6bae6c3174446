"""Text of citations without markup: web pages' tags and entities, LaTeX's signs."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.macrospec import LatexContextDb


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


#: What only LaTeX has; accents and a few signs are read without its parser, which
#: takes a thousand times as long.
_OF_LATEX = re.compile(r"[\\$]")
_COMBINING = dict(
    zip(
        "`'^\"~=.uvHckdbr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307"
        "\u0306\u030c\u030b\u0327\u0328\u0323\u0331\u030a",
        strict=True,
    )
)
#: An accent and its letter: \\"u, \\"{u}, \\'{\\i}, \\c{c}, \\v s.
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckdbr])(?:\s+(?=[A-Za-z\\])|(?=\{)))"
    r"(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
)
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "th": "þ",
    "TH": "Þ",
    "textendash": "–",
    "textemdash": "—",
}
_LETTER = re.compile(rf"\\({'|'.join(_LETTERS)})(?![A-Za-z])(?:\{{\}}|\s+)?")
_SIGN = re.compile(r"\\([&%_#])")
#: Signs of texts that are no commands.
_TYPED = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
#: Deeper braces are no text, and would be read by recursion.
_MAX_DEPTH = 50
#: Powers, which the markup of web pages can say and plain text cannot.
_EXPONENT = re.compile(
    r"\$\s*\^\{?\s*([+-]?[0-9+-]*)\s*\}?\s*\$|\\textsuperscript\{([^{}]*)\}"
)
#: In BibTeX, a percent sign is no comment.
_PERCENT = re.compile(r"(?<!\\)%")
#: Signs that pylatexenc does not know.
_SIGNS = {
    "textgreater": ">",
    "textless": "<",
    "textpm": "±",
    "textmu": "µ",
    "textalpha": "α",
    "textbeta": "β",
    "textgamma": "γ",
    "textkappa": "κ",
    "textdegree": "°",
    "textonehalf": "½",
    "nobreakdash": "",
    "relax": "",
    "noopsort": "",
}
_ESCAPED = re.compile(r"\\([_%&#$~^{}\- ])")
#: What stands in addresses beside single signs.
_IN_ADDRESSES = {
    r"\textless": "<",
    r"\textgreater": ">",
    r"\textasciitilde": "~",
    r"\textunderscore": "_",
    r"\textasciicircum": "^",
    r"\_": "_",
    "$<$": "<",
    "$>$": ">",
    "{": "",
    "}": "",
}


def without_latex(text: str) -> str:
    r"""Return a text without LaTeX, on one line.

    A command that is not known stays as it is written, so that nothing is lost.

    Parameters
    ----------
    text : str
        The value of a field, without the braces around it.

    Examples
    --------
    >>> plain(r"{C}ells in {SLE}: {\"u}ber 50\% of na{\"\i}ve")
    'Cells in SLE: über 50% of naïve'
    """
    simple = _SIGN.sub(
        r"\1",
        _LETTER.sub(lambda found: _LETTERS[found[1]], _ACCENT.sub(_accented, text)),
    )
    if not _OF_LATEX.search(simple):
        for typed, meant in _TYPED:
            simple = simple.replace(typed, meant)
        return " ".join(simple.replace("{", "").replace("}", "").split())
    if _deepest(text) > _MAX_DEPTH:
        return " ".join(text.split())
    text = _EXPONENT.sub(lambda found: f"<sup>{found[1] or found[2] or ''}</sup>", text)
    text = _PERCENT.sub(r"\\%", text)
    said = _converted(text)
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def _accented(found: re.Match[str]) -> str:
    """Return a letter with its accent."""
    letter = (found[3] or found[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[found[1] or found[2]])


def address_in_latex(text: str) -> str:
    r"""Return an address or a DOI as it is, whether or not it was escaped.

    Examples
    --------
    >>> verbatim(r"10.1007/978-3\_12")
    '10.1007/978-3_12'
    """
    text = _ESCAPED.sub(r"\1", text)
    for said, meant in _IN_ADDRESSES.items():
        text = text.replace(said, meant)
    return " ".join(text.split())


def _deepest(text: str) -> int:
    """Return how deep braces and formulas may stand in each other."""
    depth = deepest = 0
    for sign in re.findall(r"[{}]|\\begin|\\\[|\\\(", text):
        depth = max(0, depth - 1) if sign == "}" else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _converted(text: str) -> str:
    """Return what pylatexenc makes of a text."""
    writer, known = _converter()
    said: str = writer.latex_to_text(text, latex_context=known)
    return said


@cache
def _converter() -> tuple[LatexNodes2Text, LatexContextDb]:
    """Return what turns LaTeX into text and the commands that it reads, made once."""
    from pylatexenc import latexwalker
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    known = get_default_latex_context_db()
    known.add_context_category(
        "signs",
        macros=[MacroTextSpec(name, sign) for name, sign in _SIGNS.items()],
        prepend=True,
    )
    known.set_unknown_macro_spec(
        MacroTextSpec("", simplify_repl=lambda node: f"\\{node.macroname} ")
    )
    writer = LatexNodes2Text(
        latex_context=known, math_mode="text", keep_comments=True, fill_text=False
    )
    return writer, latexwalker.get_default_latex_context_db()
