"""Fields of a citation, whatever form they come in, put together as one reference.

The readers of BibTeX, of EndNote's and Web of Science's files and of tables only say
which of these fields a value is: how it is read is the same for all of them, and so is
what databases and programs call the kinds of reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lupus_evidence.documents.text import shortened
from lupus_evidence.importing import field_values, identifiers
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.reference import Reference, kind_of
from lupus_evidence.records.field_types import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lupus_evidence.vocabulary import Publication


#: What a value of a citation can be; columns and tags of other programs lead to these.
_FIELDS = """
    full_names authors displayed groups title journal book year date volume issue pages
    first_page last_page article_number doi elsewhere pmid pmcid url language kind
    registration note citation retracted
    """
FIELDS = frozenset(_FIELDS.split())
#: Texts of a record: what is too long for one is told.
_TEXTS = ("title", "journal", "book", "volume", "issue")
#: "Lupus Rep. 2021 Mar;12(3):101-109. doi: ...", PubMed's way to cite.
_CITED = re.compile(
    r"\b(?:1[6-9]|20)[0-9]{2}\b[^;:]*;\s*(?P<volume>[^():;.]*)(?:\((?P<issue>[^()]*)\))?"
    r"(?::\s*(?P<pages>[\w-]+))?"
)
#: "Nature (2024) 15:1 Article Number: 4063. Date of Publication: ...", Embase's.
_NUMBERED = re.compile(r"\bArticle Number:\s*([\w.-]*\w)", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?:(?:.*?\b(?:PUBMED|PMID|MEDLINE)|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov"
    r"|ncbi\.nlm\.nih\.gov/pubmed))[:/\s]*)?([0-9]{1,9})/?",
    re.IGNORECASE,
)
#: A PubMed number in a note, as publishers' BibTeX has it.
_NOTED = re.compile(r"\W*PMID\W{1,3}([0-9]{1,9})\W*", re.IGNORECASE)
_CENTRAL = re.compile(r"(?:.*\b|.*/)?(PMC[0-9]{1,9})\b.*", re.IGNORECASE)
#: What databases write behind a name: "(58975547800)", "(doe@invented.org)".
_BEHIND_NAME = re.compile(r"\s*\((?:[^()]*@[^()]*|[0-9]{5,})\)")
#: What a program writes where there is no given name.
_NO_NAME = re.compile(r",\s*null\b", re.IGNORECASE)
#: "Doe,Jane,J.", as RefWorks writes names.
_THIRD = re.compile(
    r"(?:(?<=;)|(?<=^))([^,;]+),\s*([^,;]+),\s*((?:[^\W\d_]\.\s*)+)(?=;|$)"
)
_EUDRACT = re.compile(r"20[0-9]{2}-[0-9]{6}-[0-9]{2}")
_YES = frozenset({"true", "yes", "1"})
#: A number and what stands around it; more is none.
_MAX_NUMBER = 300
#: Characters of a value that a message repeats.
_MAX_SHOWN = 60

Fields = dict[str, list[Said]]


@dataclass
class Given:
    """What a file says of one report.

    Parameters
    ----------
    fields : dict of str to list of Said
        Values by what they are, one of `FIELDS`; the surest first.
    line : int
        Where the report starts; 0 if it is not known.
    known : Publication or None
        Its kind, where the file's form says it.
    called : str
        The file's word for its kind: "BibTeX: book"; what stands in its fields `kind`
        is added.
    names : tuple of str or None
        Authors that the form itself divides; otherwise they are told from the fields.
    left_out : tuple of str
        What the form's reader never carries over.
    doubts : list of Doubt
        What is not understood so far.
    key : str
        What the file calls it.
    """

    fields: Fields = field(default_factory=dict)
    line: int = 0
    known: Publication | None = None
    called: str = ""
    names: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)
    key: str = ""

    def add(self, name: str, said: Said) -> None:
        """Add a value that is not empty."""
        if said.value:
            self.fields.setdefault(name, []).append(said)

    def all(self, *names: str) -> list[Said]:
        """Return every value of some fields, field by field."""
        return [said for name in names for said in self.fields.get(name, ())]

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of some fields that has one."""
        return next((said.value for said in self.all(*names)), None)


def assembled(given: Given) -> Reference:
    """Return the reference that some fields make.

    Parameters
    ----------
    given : Given
        Its doubts are not changed.
    """
    doubts = [*given.doubts, *_too_long(given)]
    names = given.names
    if names is None:
        names, unclear = _authors(given)
        doubts += unclear
    year, undated = field_values.year(given.all("year", "date"))
    doi = field_values.doi(_texts_of(given, "doi"), _leading_elsewhere(given))
    cited = _cited(given)
    journal = field_values.words(given.first("journal", "book"))
    title = field_values.words(given.first("title"))
    if title is None and journal is not None and given.first("book"):
        title, journal = journal, None
    pages = field_values.pages_or_number(
        _pages(given) or cited.get("pages"), _numbers(given)
    )
    addresses = list(
        filter(None, (identifiers.url(said.value) for said in given.all("url")))
    )
    entry = next(filter(None, map(identifiers.cited_entry, addresses)), None)
    kind, called = _kind(given, journal)
    is_entry = entry is not None and kind in {None, "web-page"}
    pmid, unread = _pmid(given)
    doubts += [*undated, *pages.doubts, *doi.doubts, *unread]
    return Reference(
        authors=names,
        title=title,
        journal=journal or (identifiers.REGISTRY if is_entry else None),
        year=year,
        volume=field_values.words(given.first("volume")) or cited.get("volume"),
        issue=field_values.words(given.first("issue")) or cited.get("issue"),
        pages=pages.value,
        doi=doi.value,
        pmid=pmid,
        pmcid=_pmcid(given),
        url=next(iter(addresses), None),
        language=identifiers.language(given.first("language")),
        registrations=tuple(
            dict.fromkeys((*_registrations(given), *([entry] if entry else ())))
        ),
        publication="registry-entry" if is_entry else kind,
        said_kind=called,
        retracted=_retracted(given),
        left_out=given.left_out,
        key=given.key,
        doubts=tuple(
            doubt if doubt.line else doubt._replace(line=given.line) for doubt in doubts
        ),
    )


def _too_long(given: Given) -> Iterator[Doubt]:
    """Say which texts are longer than a record's may be, and so are left out."""
    for said in given.all(*_TEXTS):
        if len(said.value) > MAX_TEXT:
            message = f"{said.name} is left out: it is longer than {MAX_TEXT:,}"
            hint = "type what the record needs of it"
            yield Doubt("I107", f"{message} characters", hint, said.line)


def _authors(given: Given) -> tuple[tuple[str, ...], list[Doubt]]:
    """Return people and groups; full names where the file has both."""
    people = [
        said._replace(value=_tidied(said.value))
        for said in _of_one(given, "full_names") or _of_one(given, "authors")
    ]
    names, doubts = field_values.authors(people)
    if not names:
        names, doubts = field_values.displayed(_of_one(given, "displayed"))
    groups = (field_values.words(said.value) for said in given.all("groups"))
    more = (name for name in groups if name and name not in names)
    return (*names, *more), list(doubts)


def _of_one(given: Given, field: str) -> list[Said]:
    """Return what the surest column or tag of a field says, not the others."""
    found = given.all(field)
    return [said for said in found if said.name == found[0].name]


def _tidied(text: str) -> str:
    """Return names without what programs write around them."""
    text = _NO_NAME.sub("", _BEHIND_NAME.sub("", text))
    return _THIRD.sub(r"\1, \2 \3", text)


def _texts_of(given: Given, name: str) -> list[Said]:
    """Return the values of a field, each once."""
    return list({said.value.lower(): said for said in given.all(name)}.values())


def _leading_elsewhere(given: Given) -> Iterable[str]:
    """Return texts in which a DOI counts if nothing else stands there."""
    return (said.value for said in given.all("elsewhere", "url", "note", "citation"))


def _cited(given: Given) -> dict[str, str]:
    """Return volume, issue and pages out of a citation in one text."""
    found = _CITED.search(given.first("citation") or "")
    if found is None:
        return {}
    parts = {name: (text or "").strip() for name, text in found.groupdict().items()}
    return {name: text for name, text in parts.items() if text}


def _pages(given: Given) -> str | None:
    """Return first and last page as one text."""
    first, last = given.first("first_page"), given.first("last_page")
    whole = given.first("pages")
    if whole or not first:
        return whole or last
    if last and last not in (first, first.rpartition("-")[2]):
        return f"{first}-{last}"
    return first


def _numbers(given: Given) -> Iterator[Said]:
    """Yield what may be the number of an article."""
    for said in given.all("article_number"):
        if not field_values.is_item(said.value):
            yield said
    for said in given.all("journal"):
        found = _NUMBERED.search(said.value)
        if found:
            yield said._replace(value=found[1])


def _kind(given: Given, journal: str | None) -> tuple[Publication | None, str]:
    """Return the kind of a report, and the file's words for it."""
    words = [said.value for said in given.all("kind")]
    said = ", ".join(dict.fromkeys(words))
    called = ": ".join(filter(None, (given.called, said)))
    found = [kind for kind in map(told_kind, words) if kind is not None]
    if given.known is not None:
        found.append(Told(given.known))
    known = surest(found).publication if found else None
    return kind_of(known, journal, shortened(called, _MAX_SHOWN * 2))


def _pmid(given: Given) -> tuple[str | None, list[Doubt]]:
    """Return PubMed's number, or a doubt about what stands in its place."""
    doubts: list[Doubt] = []
    for said in given.all("pmid"):
        found = _IN_WORDS.fullmatch(said.value[:_MAX_NUMBER])
        if found and found[1].strip("0"):
            return found[1], []
        if re.search("[1-9]", said.value):
            shown = repr(shortened(said.value, _MAX_SHOWN))
            message = f"{said.name}: {shown} is no PubMed number: left out"
            doubts.append(Doubt("I107", message, "look it up", said.line))
    noted = (_NOTED.fullmatch(said.value) for said in given.all("note"))
    return next((found[1] for found in noted if found), None), doubts


def _pmcid(given: Given) -> str | None:
    """Return PubMed Central's number."""
    for said in given.all("pmcid"):
        found = _CENTRAL.fullmatch(said.value[:_MAX_NUMBER])
        number = identifiers.pmcid(found[1] if found else said.value)
        if number and number.strip("PMC0"):
            return number
    return None


def _registrations(given: Given) -> Iterator[str]:
    """Yield registry numbers, also of a note that this package's exports wrote."""
    for said in given.all("note"):
        yield from identifiers.own_registrations(said.value) or ()
    for said in given.all("registration"):
        for part in re.split(r"[;,|()\s]+", said.value):
            named = f"EudraCT {part}" if _EUDRACT.fullmatch(part) else part
            number = identifiers.registration(named)
            if number and re.search("[0-9]{4}", number):
                yield number


def _retracted(given: Given) -> str:
    """Return who marks the report as retracted."""
    marks = (said for said in given.all("retracted") if said.value.lower() in _YES)
    mark = next(marks, None)
    return f"marked in {mark.name}" if mark else ""


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
