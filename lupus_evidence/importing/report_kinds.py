"""What databases and programs call the kinds of reports, and what records call them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.vocabulary import Publication

#: Words without signs between them, by the records' word for the kind.
_WORDS: dict[Publication, str] = {
    "article": """
        article; journal article; article journal; original article; research article
        article in press; review; review article; editorial; editorial material; note
        short survey; erratum; correction; early access; data paper; magazine article
        case report; clinical trial; randomized controlled trial; multicenter study
        jour; ejour; journals; early access article; journal; trial; journal articles
        """,
    "letter": "letter; letter to the editor; correspondence",
    "conference-abstract": """
        conference abstract; meeting abstract; conference paper; conference
        conference proceedings; conference publication; conference review; abst; cpaper
        proceedings paper; proceedings article; proceedings; paper conference; conf
        inproceedings; abstract; meeting; conference paper in proceedings
        """,
    "thesis": """
        thesis; dissertation; dissertations; dissertation thesis; phd thesis
        phdthesis; mastersthesis; masters thesis; thes; doctoral thesis
        """,
    "web-page": "web page; webpage; web site; website; blog post; online; elec; web",
}
#: Kinds of which the records have no word; the file's stands beside the blank.
_OTHERS = """
    preprint; posted content; posted; book; book section; book chapter; chapter
    edited book; report; patent; dataset; data set; book review; news item
    reference entry; newspaper article; video; presentation; unpublished work
    manuscript; software; component; peer review; monograph; series; other; generic
    meeting poster
    incollection; inbook; techreport; unpublished; book conference
    """


class Told(NamedTuple):
    """A kind of report that is known; None where records have no word for it."""

    publication: Publication | None


def _apart(words: str) -> list[str]:
    """Return kinds that stand one behind another."""
    return [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]


_KNOWN: dict[str, Told] = {
    word: Told(kind) for kind, words in _WORDS.items() for word in _apart(words)
} | {word: Told(None) for word in _apart(_OTHERS)}
#: A report that is of several kinds is what the first of these says.
_RANKS = ("conference-abstract", "letter", "thesis", None, "web-page", "article")


def told_kind(words: str) -> Told | None:
    """Return the kind that a database's words mean, or None if they are not known.

    Parameters
    ----------
    words : str
        "Journal Article", "journalArticle", "Article; Early Access".

    Examples
    --------
    >>> told_kind("Article; Proceedings Paper").publication
    'article'
    >>> told_kind("Meeting Abstract").publication
    'conference-abstract'
    """
    found = [
        kind
        for part in re.split(r"[;|,/]", words)
        if (kind := _KNOWN.get(_plain(part))) is not None
    ]
    if not found:
        return None
    if "proceedings" in words.lower() and Told("article") in found:
        return Told("article")  # a journal's paper that was read at a meeting, too
    return surest(found)


def surest(kinds: Sequence[Told]) -> Told:
    """Return which of several kinds a report is of: a letter is an article as well."""
    return min(kinds, key=lambda kind: _RANKS.index(kind.publication))


def _plain(words: str) -> str:
    """Return words in lower case with single blanks: "journalArticle" has two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    return " ".join(re.findall(r"[a-z]+", apart.lower()))
