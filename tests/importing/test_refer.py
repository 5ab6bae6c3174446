from lupus_evidence.importing.endnote import read_refer

FILE = """%0 Journal Article
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


def test_the_whole_citation_comes_over():
    """People one a line, lines that go on, numbers."""
    paper, *_ = read_refer(FILE)
    assert paper.authors == ("Doe J", "van der Berg J")
    assert (paper.title, paper.journal) == ("Cells in SLE: a pilot", "Lupus Reports")
    assert (paper.year, paper.volume, paper.issue) == (2021, "12", "3")
    assert (paper.pages, paper.doi) == ("101-109", "10.1000/lr.2021.101")
    assert (paper.pmcid, paper.publication) == ("PMC9900001", "article")


def test_reports_are_told_apart_by_empty_lines():
    """A date for the year, a book for the journal, a tag that nobody knows."""
    _, talk, third = read_refer(FILE)
    assert (talk.journal, talk.year) == ("Annual Meeting", 2022)
    assert talk.publication == "conference-abstract"
    ((code, _, _, line),) = talk.doubts
    assert (code, line) == ("I102", 20)
    assert (third.title, third.publication) == ("The third", None)
