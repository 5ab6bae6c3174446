"""What reports are known by: their numbers with addresses, and what tells two apart.

The same rules for screening and for imports.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = tuple[str, str]
"""A kind of number, or "title", and its value."""

#: Numbers of which a report has one each.
NUMBERS = ("doi", "pmid", "pmcid")
#: The same, and the name of its record.
OWN = (*NUMBERS, "record")
_NO_LETTERS = str.maketrans(
    "", "", "".join(sign for sign in map(chr, range(128)) if not sign.isalnum())
)


@dataclass(frozen=True)
class Identity:
    """What tells a report from others.

    Parameters
    ----------
    numbers : tuple of (str, str)
        Kind of number and number, in small letters.
    titled : str
        Title, year and first author in one; empty without a title.
    """

    numbers: tuple[Key, ...]
    titled: str

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything that another report may share, the surest first."""
        titled = (("title", self.titled),) if self.titled else ()
        own = tuple(key for key in self.numbers if key[0] != "registration")
        return own + titled + self.registered

    @property
    def registered(self) -> tuple[Key, ...]:
        """The registrations among its numbers."""
        return tuple(key for key in self.numbers if key[0] == "registration")

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number that no other report has."""
        return any(kind in NUMBERS for kind, _ in self.numbers)


def folded(text: str) -> str:
    """Return letters and digits alone, small and without accents.

    Examples
    --------
    >>> folded("Cells in lúpus!")
    'cellsinlupus'
    """
    if text.isascii():
        return text.lower().translate(_NO_LETTERS)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def surname(author: str) -> str:
    """Return a name without the initials behind it, folded: "van der Berg JM"."""
    words = author.replace(",", " ").split()
    while len(words) > 1 and words[-1].replace(".", "").isupper():
        words.pop()
    return folded("".join(words))


def titled(title: str | None, year: int | None, author: str) -> str:
    """Return title, year and first author in one; empty without a title."""
    if not title:
        return ""
    return f"{folded(title)} {year or ''} {surname(author)}"


def numbers(pairs: Iterable[tuple[str, str | None]]) -> tuple[Key, ...]:
    """Return the numbers that are there, in small letters, each with its kind."""
    return tuple((kind, value.lower()) for kind, value in pairs if value is not None)


@dataclass(eq=False)
class Known:
    """A report with all numbers that anything said of it gives.

    Parameters
    ----------
    numbers : dict of str to set of str
        By their kind.
    keys : dict of (str, str) to None
        All that another report may share, in the order in which it was learnt.
    """

    numbers: dict[str, set[str]] = field(default_factory=dict, repr=False, kw_only=True)
    keys: dict[Key, None] = field(default_factory=dict, repr=False, kw_only=True)

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number that no other report has."""
        return any(kind in self.numbers for kind in NUMBERS)

    @property
    def identity(self) -> Identity:
        """All its numbers; no title, because it may have been told under several."""
        return Identity(
            tuple((kind, n) for kind, all_ in self.numbers.items() for n in all_), ""
        )

    def fits(self, identity: Identity) -> bool:
        """Tell whether no number of its own contradicts another report's."""
        return all(
            number in self.numbers.get(kind, (number,))
            for kind, number in identity.numbers
            if kind in OWN
        )


KnownT = TypeVar("KnownT", bound=Known)


class Index(Generic[KnownT]):
    """Reports by everything that another one may share with them."""

    def __init__(self) -> None:
        self._reports: dict[Key, list[KnownT]] = {}
        #: Those of a title that had no DOI when they were entered: hundreds of reports
        #: may be called "Editorial", and a DOI looks only here for its own.
        self._open: dict[Key, list[KnownT]] = {}

    def enter(self, report: KnownT, identity: Identity) -> None:
        """Enter a report under everything that is said of it."""
        for kind, number in identity.numbers:
            report.numbers.setdefault(kind, set()).add(number)
        for key in identity.keys:
            if key not in report.keys:
                report.keys[key] = None
                self._reports.setdefault(key, []).append(report)
                if key[0] == "title" and "doi" not in report.numbers:
                    self._open.setdefault(key, []).append(report)

    def unite(self, first: KnownT, other: KnownT) -> None:
        """Let a report stand for another one too."""
        for key in other.keys:
            for reports in (self._reports[key], self._open.get(key, [])):
                if other in reports and first in reports:
                    reports.remove(other)
                elif other in reports:
                    reports[reports.index(other)] = first
            first.keys[key] = None
        for kind, all_ in other.numbers.items():
            first.numbers.setdefault(kind, set()).update(all_)

    def matching(self, identity: Identity) -> list[KnownT]:
        """Return the reports that share something and contradict nothing.

        Those that share a number come first, then those that share the title.
        """
        found: dict[KnownT, None] = {}
        has_doi = any(kind == "doi" for kind, _ in identity.numbers)
        for key in identity.keys:
            registered = key[0] == "registration"
            if registered and identity.is_numbered:
                continue
            all_ = self._open if key[0] == "title" and has_doi else self._reports
            for report in all_.get(key, ()):
                if (registered and report.is_numbered) or not report.fits(identity):
                    continue
                found[report] = None
        return list(found)

    def entries(self, identity: Identity) -> list[KnownT]:
        """Return entries of registers for the study that a report is about."""
        return [
            report
            for report in self.registered(identity)
            if not report.is_numbered and report.fits(identity)
        ]

    def registered(self, identity: Identity) -> list[KnownT]:
        """Return the reports that share a registration, each once."""
        keys = identity.registered
        found = (report for key in keys for report in self._reports.get(key, ()))
        return list(dict.fromkeys(found))

    def sharing(self, identity: Identity) -> dict[KnownT, str]:
        """Return who shares a number that one report has, and which, fitting or not."""
        found: dict[KnownT, str] = {}
        for key in identity.numbers:
            if key[0] in NUMBERS:
                for report in self._reports.get(key, ()):
                    found.setdefault(report, key[0])
        return found


#: What a DOI may hold unchanged in an address; the handbook asks for the rest (% " # ?
#: and spaces above all) to be percent-encoded, or a browser cuts the address there:
#: https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html
_AS_IT_IS = "/:;(),._-~@!$&'*=+"


def doi_address(doi: str) -> str:
    """Return the address at which a DOI is resolved.

    Parameters
    ----------
    doi : str
        Without an address in front.

    Examples
    --------
    >>> doi_address("10.1000/456#789")
    'https://doi.org/10.1000/456%23789'
    """
    from urllib.parse import quote

    return f"https://doi.org/{quote(doi, safe=_AS_IT_IS)}"


def pubmed_address(number: str) -> str:
    """Return the page of an abstract in PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def trial_address(number: str) -> str | None:
    """Return the page of a registered trial, where the registry is known here."""
    known = number.startswith("NCT")
    return f"https://clinicaltrials.gov/study/{number}" if known else None


def links_of(source: object) -> tuple[str, ...]:
    """Return the addresses under which a source can be opened.

    Parameters
    ----------
    source : object
        With any of the fields doi, pmid, pmcid and url.
    """
    doi, pmid, pmcid, url = (
        getattr(source, name, None) for name in ("doi", "pmid", "pmcid", "url")
    )
    found = (
        doi and doi_address(doi),
        pmid and pubmed_address(pmid),
        pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/",
        url,
    )
    return tuple(filter(None, found))
