from lupus_evidence.importing.wos import read_wos

FILE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Doe, J
   van der Berg, J
AF Doe, Jane K.
   van der Berg, Jan
CA SLE Cell Study Grp
TI Cells in SLE:
   a pilot
SO LUPUS REPORTS
LA English
DT Article; Proceedings Paper
CT 12th Invented Congress
AB Words that
   go on.
PY 2021
VL 12
IS 3
BP 101
EP 109
DI 10.1000/lr.2021.101
PM 39900001
UT WOS:000000000000001
ER

PT J
AU Roe, A (roe@example.org)
TI A talk
SO LUPUS
DT Meeting Abstract
AR UNSP 104567
Q7 what is this
PY 2022
ER

PT S
TI Last of all
PD DEC 2020
EF
"""


def test_the_whole_citation_comes_over():
    """Full names before short ones, a group, lines that go on, numbers."""
    paper, *_ = read_wos(FILE)
    assert paper.authors == ("Doe JK", "van der Berg J", "SLE Cell Study Grp")
    assert (paper.title, paper.journal) == ("Cells in SLE: a pilot", "LUPUS REPORTS")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("101-109", "10.1000/lr.2021.101")
    assert (paper.pmid, paper.publication) == ("39900001", "article")
    assert paper.doubts == ()


def test_kinds_numbers_and_tags_that_nobody_knows():
    """An abstract by its type, the number of an article, a doubt with its line."""
    _, talk, last = read_wos(FILE)
    assert talk.authors == ("Roe A",)
    assert (talk.publication, talk.pages) == ("conference-abstract", "104567")
    ((code, message, _, line),) = talk.doubts
    assert (code, line) == ("I102", 33)
    assert "Q7" in message
    assert (last.title, last.year) == ("Last of all", 2020)
    assert (last.publication, last.said_kind) == (None, "Web of Science, a series")


def test_a_report_without_an_end_ends_at_the_next():
    """A cut-off file gives what stands in it."""
    first, second = read_wos("PT J\nTI One\nPT J\nTI Two")
    assert (first.title, second.title) == ("One", "Two")
    assert list(read_wos("FN x\nVR 1.0\nEF\n")) == []
