"""Tables of citations, as databases and programs write them, in CSV, TSV or a sheet.

One list of headings for all databases and programs: a heading that is not here is one
row away. Seen in files of PubMed, Embase, Scopus, Web of Science, Cochrane's library,
CINAHL, Lens, OpenAlex, Google Scholar and Publish or Perish, IEEE, Springer, Zotero,
RefWorks, EndNote, Covidence, Rayyan, abstrackr, EPPI-Reviewer, synthesisr and
CiteSource.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lupus_evidence.documents.text import shortened, visible
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_fields import Given, assembled
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.tables import (
    found_heading,
    rows_below,
    unknown_columns,
    unnamed,
    with_cells,
)
from lupus_evidence.importing.tagged import RIS_GLUED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.importing.reference import Reference
    from lupus_evidence.importing.tables import Heading, Row


#: Headings in lower case, one of two or more words with single blanks, by the field of
#: `importing.citation_fields` that stands below them; the surest heading first.
HEADINGS: dict[str, str] = {
    "full_names": "author full names; authors full; af",
    "authors": """
        authors; author; author(s); author names; authors, primary; authors primary
        primary authors; authors list; au; a1; contributors
        """,
    "displayed": """
        author/s; authorships.author.display name; authorships.raw author name
        author display names
        """,
    "groups": """
        group authors; corporate authors; corporate author; collaborators
        book group authors; ca
        """,
    "title": """
        title; article title; item title; document title; title primary; title, primary
        primary title; paper title; reference title; ti; t1; display name
        """,
    "journal": """
        journal; journal/book; journal title; journal name; journal/conference
        source title; publication title; publication name; publication; periodical full
        periodical; full journal; container title; so; jf; jo; t2; j2; secondary title
        primary location.source.display name; host venue.display name
        locations.source.display name; venue; source; journal abbreviation
        abbreviated source title; periodical abbrev; ji; j9
        """,
    "book": """
        booktitle; book title; proceedings title; book series title; bt; conference name
        conference title; anthology title
        """,
    "year": """
        year; publication year; published year; pub year; py; yr; year published
        year of publication; pubyear; publishedyear
        """,
    "date": """
        date; publication date; date published; published; date of publication
        pub date; da; pd; cover date; coverdate; y1; publicationdate; early access date
        """,
    "volume": "volume; journal volume; vl; vol; vol.; biblio.volume",
    "issue": """
        issue; issue number; journal issue; number; is; issue no.; biblio.issue; no.
        """,
    "pages": "pages; page; page range; page numbers; pg; page(s); pagination",
    "first_page": """
        start page; first page; page start; begin page; beginning page; startpage; sp
        pagestart
        bp; biblio.first page; start of page
        """,
    "last_page": """
        end page; last page; page end; ending page; endpage; pageend; other pages; ep
        biblio.last page
        """,
    "article_number": """
        art. no.; article number; article no.; article no; art no; ar; elocation id
        elocation-id; eid number; articleno; art number
        """,
    "doi": "doi; item doi; di; do; doi link; ids.doi; digital object identifier",
    "pmid": "pmid; pubmed id; pubmedid; medline pmid; pm; pubmed; ids.pmid",
    "pmcid": "pmcid; pmc; pmc id; pmc number; ids.pmcid; pubmed central id",
    "url": """
        url; urls; link; links; doi link; external url; article url; articleurl; ur; uri
        full text link; fulltexturl; primary location.landing page url; plink
        pdf link; html url; source urls
        """,
    "language": """
        language; article language; language of original document; la; languages
        output language
        """,
    "kind": """
        publication type; document type; item type; type; reference type; doctype
        content type; pubtype; ty; dt; type crossref; category; publication types
        work type; publication type(s)
        """,
    "registration": """
        clinical trial numbers; ctgov id; ictrp id; trial registration; registration
        clinical trial number; trial registry number; registry number; nct number
        """,
    "note": "notes; note; extra",
    "citation": "citation",
    "retracted": "is retracted",
}
#: Headings of what no record takes from a citation; anything else is asked about.
_NOT_CARRIED = """
    abstract; abstract note; original abstract; keywords; keyword; subjects; mesh terms
    mesh; chemicals; funding; publisher; book publisher; issn; isbn; issns; eissn; key
    issn/isbn; publisher name; affiliations; affiliation; author addresses; tags; study
    correspondence address; editors; editor; first author; create date; nihms id
    date added; date modified; manual tags; automatic tags; link attachments; location
    original title; short title; shorttitle; id; ref; covidence #; published month
    month; citation key; entry key; accession number; entrez date; source country
    open access; references; cited by; citations; page count; pub date free from
    pub month & day; place of publication; reference id; personal notes; database
    database name; fields of study; lens id; citing works count; citing patents count
    microsoft academic id; copyright; cas registry numbers; pui; embase accession id
    embase link; open url link; summary language; conference location; conference date
    conference editors; author(s) id; authors with affiliations; author keywords
    index keywords; funding details; funding texts; publication stage; eid; central id
    embase id; cinahl id; cochrane review group code; indexed in; name; included
    source id; internal id; consensus; labeled at; anonymous; availability
    author/address; classification; sub file/database; call number; data source
    retrieved date; identifying phrase; edition; access date; num pages; archive
    archive location; library catalog; rights; series; file attachments; day; place
    embase classification; chemicals/cas; tradenames; manufacturers; sponsors; coden
    conference code; original foreign title; shortened title; call number; fwci
    relevance score; datasets; versions; referenced works; related works; apc list
    apc paid; country; country of publication; translated title; open access type
    cites; gsrank; querydate; ecc; citesperyear; citesperauthor; authorcount; age
    relatedurl; citesurl; citationurl; author affiliations; ieee terms; license; isbns
    funding information; document identifier; rank; funder; part number; supplement
    special issue; addresses; researcher ids; orcids; wos categories; research areas
    funding orgs; funding text; cited references; publisher address; publisher city
    journal iso abbreviation; conference host; conference sponsor; book authors
    open access designations; web of science index; date added to xplore
    book author full names; book series subtitle; keywords plus; reprint addresses
    email addresses; funding name preferred; times cited wos core; times cited
    times cited all databases; book doi; ids number; date of export; rcr; fcr; city
    ut (unique wos id); web of science record; acknowledgements; altmetric; state
    publication date (online); publication date (print); source linkout; doctypes
    authors (raw affiliation); corresponding authors; authors affiliations; an
    """
#: The same by how they begin or end: numbered, or of one program.
_NOT_CARRIED_SHAPES = re.compile(
    r"[a-z0-9 ]+\.[a-z0-9 ._]+|user [0-9]+|emtree .*|drug .*|device .*|molecular .*"
    r"|authors?, .*|title,? .*|.* notes \(.*\)|\((?:internal|source)\) id|cite .*"
    r"|(?:record|duplicate) ids?|[a-z][a-z0-9]|.* (?:count|ids?|url|date|editors?)"
    r"|(?:is|has) .*|(?:aip/ip|full record) entry date|(?:file|author|number) .*"
    r"|rayyan.*|asreview.*|dimensions.*|180 day .*|since 2013 .*|.* status"
    r"|customizations|.*percentile.*|.*citation.*|.*keywords"
)
#: Beside a title, what makes a table one of citations.
_WORDS_BESIDE = "full_names authors displayed journal year date doi pmid citation"
_BESIDE = frozenset(_WORDS_BESIDE.split())


def heading(text: str) -> str:
    """Return a column's name as names are compared.

    Examples
    --------
    >>> heading("Publication_Year "), heading("Art. No.")
    ('publication year', 'art. no.')
    """
    plain = text.replace("_", " ").replace("\ufeff", "").strip().strip("\"'")
    return " ".join(plain.casefold().split())


@cache
def _fields() -> dict[str, tuple[str, int]]:
    """Return the field of each heading, and the heading's rank in it."""
    found: dict[str, tuple[str, int]] = {}
    for field, words in HEADINGS.items():
        names = [name.strip() for name in re.split(r"[;\n]", words) if name.strip()]
        for rank, name in enumerate(names):
            found.setdefault(name, (field, rank))
    return found


@cache
def _not_carried() -> frozenset[str]:
    """Return the headings of what no record takes."""
    return frozenset(
        name.strip() for name in re.split(r"[;\n]", _NOT_CARRIED) if name.strip()
    )


def columns_of(header: Sequence[str]) -> tuple[dict[str, list[int]], list[str]]:
    """Return the places of each field's columns, and the headings nobody knows.

    Parameters
    ----------
    header : sequence of str
        A table's first row.

    Returns
    -------
    places : dict of str to list of int
        The surest column of a field first.
    unknown : list of str
        Headings that are neither read nor known to be left out.
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    unknown: list[str] = []
    for at, name in enumerate(map(heading, header)):
        known = _fields().get(name)
        if known is not None:
            ranked.setdefault(known[0], []).append((known[1], at))
        elif name and not is_left_out(name):
            unknown.append(header[at].strip())
    return {
        field: [at for _, at in sorted(found)] for field, found in ranked.items()
    }, unknown


def is_left_out(name: str) -> bool:
    """Tell whether a heading is of what no record takes from a citation."""
    return name in _not_carried() or _NOT_CARRIED_SHAPES.fullmatch(name) is not None


def is_of_citations(header: Sequence[str]) -> bool:
    """Tell whether a row is the header of a table of citations."""
    places, _ = columns_of(header)
    return "title" in places and not _BESIDE.isdisjoint(places)


_LEFT_OUT = (
    "not carried over: abstract, keywords, notes, publisher, numbers of other "
    "databases (figures are typed from the page, with their place)"
)
#: Characters of a row that a message repeats.
_MAX_SHOWN = 60
#: Without any of these, a row is no report but a line below the table.
_OF_REPORTS = ("title", "authors", "full_names", "displayed", "doi", "pmid")


def read_citations(text: str) -> Iterator[Reference]:
    """Yield the reports that a table cites, one a row.

    Parameters
    ----------
    text : str
        A whole file; lines above the heading are skipped.

    Raises
    ------
    EvidenceError
        If no row is the heading of such a table, or cells do not end.
    """
    heading = found_heading(text, is_of_citations)
    if heading is None:
        raise EvidenceError(
            "no heading of a table of citations is found: it needs a column for the "
            "title, and one for authors, journal, year, DOI or PMID"
        )
    rows = list(rows_below(text, heading))
    places, unknown = columns_of(with_cells(heading, rows))
    doubts = unknown_columns(unknown, heading.line)
    kinds = "kind" in columns_of(heading.cells)[0]
    told = False
    waiting: Given | None = None
    for row in rows:
        loose = None if told else unnamed(heading.cells, row)
        if loose is not None:
            doubts.append(loose)
            told = True
        given = _given(row, heading, places)
        if not any(name in given.fields for name in _OF_REPORTS):
            doubts.append(_no_report(row))
            continue
        if not given.all("kind"):
            given.called = "the kind is empty" if kinds else "no column for the kind"
        if waiting is not None:
            yield assembled(waiting)
        given.doubts, doubts = doubts, []
        waiting = given
    if waiting is not None:
        waiting.doubts += doubts
        yield assembled(waiting)


def _no_report(row: Row) -> Doubt:
    """Say that a row cites nothing, as those below a table or between its parts."""
    cells = ", ".join(filter(None, row.cells))
    message = (
        "the row has neither a title nor authors nor a number and is not read: "
        f"{shortened(' '.join(cells.split()), _MAX_SHOWN)!r}"
    )
    return Doubt("I101", message, "see whether it belongs to a report", row.line)


def _given(row: Row, heading: Heading, places: Mapping[str, Sequence[int]]) -> Given:
    """Return what a row says of a report."""
    given = Given(line=row.line, left_out=(_LEFT_OUT,))
    for name, columns in places.items():
        for at in columns:
            text = row.cells[at] if at < len(row.cells) else ""
            said = " ".join(RIS_GLUED.split(text, maxsplit=1)[0].split())
            if said:
                shown = visible(one_line(heading.cells[at]) or name)
                given.add(name, Said(shown, said, row.line))
    return given
