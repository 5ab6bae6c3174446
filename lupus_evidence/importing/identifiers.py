"""Texts and identifiers as the records write them, out of what other files say."""

from __future__ import annotations

import re

from lupus_evidence.fields import MAX_TEXT
from lupus_evidence.importing import dois

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
    return dois.find(text).value


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
