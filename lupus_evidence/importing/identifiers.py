"""Texts and identifiers as the records write them, out of what other files say."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from lupus_evidence.importing.markup import without_markup
from lupus_evidence.records.field_types import DOI, MAX_TEXT

#: The registry whose entries are told by their address.
REGISTRY = "ClinicalTrials.gov"

_PMID = re.compile(r"[0-9]{1,9}")
_PMCID = re.compile(r"(?:PMC)?([0-9]{1,9})(?:\.[0-9]+)?", re.IGNORECASE)
_URL = re.compile(r"https?://[!-~]{1,480}")
#: A year alone, or in front of month, day and time without anything between them, or
#: behind day and month.
_YEAR = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<alone>[12][0-9]{3})"
    r"|(?P<first>(?:19|20)[0-9]{2})(?:0[0-9]|1[0-2])(?:(?:[0-2][0-9]|3[01])(?:[0-9]{2,6})?)?"
    r"|(?:[0-2][0-9]|3[01])(?:0[1-9]|1[0-2])(?P<last>(?:19|20)[0-9]{2})"
    r")(?![0-9])"
)
_REGISTRATION = re.compile(r"[A-Za-z][A-Za-z0-9 /-]*[0-9]")
_ENTRY = re.compile(
    r"https?://(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study)/(?P<nct>NCT[0-9]{8})/?",
    re.IGNORECASE,
)
#: What this package's own exports write into a note.
_OWN_NOTE = re.compile(r"(?P<numbers>.*?)(?:; )?lupus-evidence record [a-z0-9-]+")

#: Registers that PubMed names in front of a number.
#: https://www.nlm.nih.gov/bsd/medline_databank_source.html
_REGISTERS = frozenset(
    {
        "anzctr",
        "chictr",
        "clinicaltrials.gov",
        "cris",
        "ctri",
        "drks",
        "eudract",
        "irct",
        "isrctn",
        "japiccti",
        "jmacct",
        "jprn",
        "jrct",
        "ntr",
        "pactr",
        "rebec",
        "repec",
        "rpcec",
        "slctr",
        "tctr",
        "umin ctr",
        "umin-ctr",
    }
)

#: ISO 639 codes, two and three letters, of languages that trials are reported in.
_LANGUAGES = {
    "ar ara": "Arabic",
    "bg bul": "Bulgarian",
    "cs ces cze": "Czech",
    "da dan": "Danish",
    "de deu ger": "German",
    "es spa": "Spanish",
    "fa fas per": "Persian",
    "fi fin": "Finnish",
    "fr fra fre": "French",
    "he heb": "Hebrew",
    "hr hrv": "Croatian",
    "hu hun": "Hungarian",
    "it ita": "Italian",
    "ja jpn": "Japanese",
    "ko kor": "Korean",
    "nl nld dut": "Dutch",
    "no nor": "Norwegian",
    "pl pol": "Polish",
    "pt por": "Portuguese",
    "ro ron rum": "Romanian",
    "ru rus": "Russian",
    "sr srp": "Serbian",
    "sv swe": "Swedish",
    "tr tur": "Turkish",
    "uk ukr": "Ukrainian",
    "zh zho chi": "Chinese",
}
_LANGUAGE_OF = {
    code: name for codes, name in _LANGUAGES.items() for code in codes.split()
}
#: English needs no saying, and "und" is the code for a language that is not known.
_NOT_SAID = frozenset({"", "en", "eng", "english", "und"})


def one_line(text: str | None) -> str | None:
    """Return a text with single spaces, or None if nothing is left.

    None also for a text that is longer than a record's may be: no title is.
    """
    said = " ".join((text or "").split())
    return said if 0 < len(said) <= MAX_TEXT else None


def doi(text: str | None) -> str | None:
    """Return a DOI without an address in front, or None if none can be told.

    Examples
    --------
    >>> doi("https://doi.org/10.1000/182")
    '10.1000/182'
    """
    return find_doi(text).value


def pmid(text: str | None) -> str | None:
    """Return a PubMed number, or None if it is none."""
    found = _PMID.fullmatch((text or "").strip())
    return found[0] if found else None


def pmcid(text: str | None) -> str | None:
    """Return a PubMed Central number with PMC in front, without its version."""
    found = _PMCID.fullmatch((text or "").strip())
    return f"PMC{found[1]}" if found else None


def url(text: str | None) -> str | None:
    """Return a page address, the first of several, or None if there is none."""
    found = _URL.match((text or "").strip())
    return found[0] if found else None


def year(text: str | None) -> int | None:
    """Return the first year in a date: "2018 Nov-Dec", "2018/11//", "20181105"."""
    found = _YEAR.search(text or "")
    if found is None:
        return None
    return int(found["alone"] or found["first"] or found["last"])


def language(text: str | None) -> str | None:
    """Return the language of a report, or None if it is English or not said."""
    said = (text or "").strip()
    code = re.split(r"[-_]", said.lower())[0]
    if code in _NOT_SAID:
        return None
    return _LANGUAGE_OF.get(code, said)


def registration(number: str) -> str | None:
    """Return a registry number if it can stand in a record, else None."""
    text = " ".join(number.split())
    return text if _REGISTRATION.fullmatch(text) else None


def databank_number(text: str) -> str | None:
    """Return the trial number of "ClinicalTrials.gov/NCT00698191".

    None for the numbers of other databanks, such as gene sequences.
    """
    bank, _, number = text.partition("/")
    if bank.strip().lower() not in _REGISTERS:
        return None
    prefix = "EudraCT " if number.strip()[:1].isdigit() else ""
    return registration(f"{prefix}{number}")


def cited_entry(address: str | None) -> str | None:
    """Return the number of the ClinicalTrials.gov entry that an address leads to."""
    found = _ENTRY.fullmatch(url(address) or "")
    return found["nct"].upper() if found else None


def own_registrations(note: str | None) -> tuple[str, ...] | None:
    """Return the registrations in a note that this package's exports wrote.

    None if somebody else wrote the note: numbers that it mentions may be of other
    trials.
    """
    found = _OWN_NOTE.fullmatch((note or "").strip())
    if found is None:
        return None
    numbers = (registration(part) for part in found["numbers"].split(";"))
    return tuple(number for number in numbers if number)


_START = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:/|%2F)", re.IGNORECASE)
_DOI = re.compile(DOI)
#: Characters that nobody sees, and that web pages bring along.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: An address in front, as a resolver's or a publisher's; the rest is percent-encoded.
_ADDRESS = re.compile(r"https?:\S*$|(?:www\.|dx\.)?doi\.org/\S*$", re.IGNORECASE)
#: What the address of a page has behind the DOI.
_PAGE = re.compile(
    r"(?:\?[\w.-]+=.*|[?#]|/(?:full|abstract|pdf|epdf|fulltext|meta|html)/?)$",
    re.IGNORECASE,
)
#: What may follow a DOI in its field without being part of it.
_NEXT = re.compile(
    r"\s*(?:$|[\[(|]|[A-Z][A-Z0-9]{1,4} {1,2}- |https?:|www\.|(?:pmc?id|pmid|pubmed|pmc"
    r"|epub|doi|e?issn|isbn|accessed|available)\b)",
    re.IGNORECASE,
)
#: A DOI that a program broke at a point, "10.1016/j.ijid. 2020.01.003".
_BROKEN = re.compile(r"\.\s+[0-9a-z]")
_AFTER = " .,;:|\"'”’»"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


class FoundDoi(NamedTuple):
    """What a field for a DOI holds.

    Parameters
    ----------
    value : str or None
        The DOI without an address in front, if it can be told.
    others : tuple of str
        Further DOIs in the field.
    """

    value: str | None
    others: tuple[str, ...] = ()


def find_doi(text: str | None) -> FoundDoi:
    """Return the DOI that a text holds, and others beside it.

    None where blanks or foreign letters may cut it short.

    Examples
    --------
    >>> find_doi("DOI 10.1000/182 [doi]")
    FoundDoi(value='10.1000/182', others=())
    """
    said = _UNSEEN.sub("", without_markup(text or "")).strip()
    found: list[str] = []
    starts = list(_START.finditer(said))
    first = None
    for number, start in enumerate(starts):
        last = starts[number + 1].start() if number + 1 < len(starts) else len(said)
        value = _one(said, start.start(), last, more=last < len(said))
        if number == 0:
            first = value
        if value and value.lower() not in (other.lower() for other in found):
            found.append(value)
    others = tuple(value for value in found if value != first)
    return FoundDoi(first, others)


def _one(said: str, start: int, last: int, *, more: bool) -> str | None:
    """Return the DOI that starts at a place, or None if its end cannot be told."""
    address = _ADDRESS.search(said[:start])
    word, *_ = said[start:last].split(maxsplit=1)
    rest = said[start + len(word) : last]
    if more and address is None and not rest:
        word = re.sub(r"(?:https?://\S*|(?<=[;,|])\S*)$", "", word, flags=re.IGNORECASE)
    word = re.sub(r"(?<=.)\[?\(?\[doi\]\)?\]?$", "", word, flags=re.IGNORECASE)
    ended = word[-1:] in _AFTER and not _BROKEN.match(word[-1] + rest)
    if address is not None:
        word = _PAGE.sub("", _PAGE.sub("", word))
    if address is not None or "%2f" in word[:16].lower():
        word = unquote(word)
    word = _trimmed(word)
    if not _DOI.fullmatch(word):
        return None
    if not more and not ended and not _NEXT.match(rest):
        return None
    return word


def _trimmed(word: str) -> str:
    """Return a DOI without the signs and the closing brackets behind it."""
    while word:
        last = word[-1]
        opening = _PAIRS.get(last)
        loose = opening is not None and word.count(last) > word.count(opening)
        if not (loose or last in _AFTER):
            break
        word = word[:-1]
    return word
