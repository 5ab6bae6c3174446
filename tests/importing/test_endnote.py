"""EndNote's XML and its tagged export."""

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.endnote import read_endnote, read_refer

FILE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<xml><records>
<record>
  <database name="My.enl">My.enl</database>
  <ref-type name="Journal Article">17</ref-type>
  <contributors><authors>
    <author><style face="normal">Doe, Jane</style></author>
    <author>SLE Cell Study Group,</author>
  </authors></contributors>
  <titles><title><style>Cells in </style><style face="italic">SLE</style></title>
    <secondary-title>Lupus Reports</secondary-title></titles>
  <periodical><full-title>Lupus Reports &amp; Letters</full-title></periodical>
  <pages>101-109</pages><volume>12</volume><number>3</number>
  <dates><year>2021</year></dates>
  <accession-num>39900001</accession-num>
  <remote-database-provider>NLM</remote-database-provider>
  <custom2>PMC9900001</custom2>
  <electronic-resource-num>10.1000/lr.2021.101</electronic-resource-num>
  <language>ger</language>
</record>
<record><ref-type name="Conference Paper">47</ref-type>
  <titles><title>M\u00fcller's talk</title></titles>
  <accession-num>612345678</accession-num></record>
<record><ref-type name="Journal Article">17</ref-type>
  <work-type>Preprint</work-type><titles><title>Early</title></titles></record>
</records></xml>
"""


def test_the_whole_citation_comes_over():
    """Styles are no matter; the text was read before, whatever its first line says."""
    paper, *_ = read_endnote(FILE)
    assert paper.authors == ("Doe J", "SLE Cell Study Group")
    assert (paper.title, paper.journal) == ("Cells in SLE", "Lupus Reports & Letters")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("101-109", "10.1000/lr.2021.101")
    assert (paper.pmid, paper.pmcid) == ("39900001", "PMC9900001")
    assert (paper.language, paper.publication) == ("German", "article")


def test_kinds_and_numbers_of_other_databases():
    """An accession number is PubMed's only where the file says so."""
    _, talk, early = read_endnote(FILE)
    assert talk.title == "M\u00fcller's talk"
    assert (talk.publication, talk.pmid) == ("conference-abstract", None)
    assert (early.publication, early.said_kind) == (
        None,
        "EndNote: Journal Article, Preprint",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a "b">]><xml><records><record/></records></xml>',
            "document type",
        ),
        ("<xml><records><record>", "line 1: broken XML"),
        ("<xml>\n<records><record></wrong></records></xml>", "line 2: broken XML"),
        ("<xml><record>&undeclared;</record></xml>", "broken XML"),
    ],
)
def test_hostile_and_broken_xml_is_refused(text, message):
    """No entity is declared, fetched or put in."""
    with pytest.raises(EvidenceError, match=message):
        list(read_endnote(text))


def test_lines_are_those_of_the_file():
    """A doubt names the line on which its record starts."""
    text = (
        '<?xml version="1.0"?>\n<xml><records>\n\n<record><titles><title>A</title>'
        "</titles><dates><year>in press</year></dates></record></records></xml>"
    )
    (found,) = read_endnote(text)
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("I105", 4)]


REFER = """%0 Journal Article
%A Doe, Jane
%A van der Berg, Jan
%T Cells in SLE:
a pilot
%J Lupus Reports
%D 2021
%V 12
%N 3
%P 101-109
%R 10.1000/lr.2021.101
%2 PMC9900001
%X An abstract

%0 Conference Proceedings
%T A talk
%A Roe, A.
%B Annual Meeting
%8 June 1, 2022
%| what is this

%T The third
%D 2020
"""


def test_the_whole_citation_of_refer_comes_over():
    """People one a line, lines that go on, numbers."""
    paper, *_ = read_refer(REFER)
    assert paper.authors == ("Doe J", "van der Berg J")
    assert (paper.title, paper.journal) == ("Cells in SLE: a pilot", "Lupus Reports")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("101-109", "10.1000/lr.2021.101")
    assert (paper.pmcid, paper.publication) == ("PMC9900001", "article")


def test_reports_are_told_apart_by_empty_lines():
    """A date for the year, a book for the journal, a tag that nobody knows."""
    _, talk, third = read_refer(REFER)
    assert (talk.journal, talk.year) == ("Annual Meeting", 2022)
    assert talk.publication == "conference-abstract"
    ((code, _, _, line),) = talk.doubts
    assert (code, line) == ("I102", 20)
    assert (third.title, third.publication) == ("The third", None)
