"""BibTeX files: entries, their names, and what is said of a broken one."""

import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import bibtex
from lupus_evidence.importing.bibtex import authors, read_bibtex
from lupus_evidence.records.load import load
from lupus_evidence.writers.references import render_bibtex

FILE = r"""
A line that belongs to nothing.
@string{l = "Lupus"}
@string{lr = l # " Reports"}
@comment{@article{no, title={Not a report}}}
@article{doe2021,
  author  = {Doe, Jane and {SLE Cell Study Group}},
  title   = {{C}ells in {SLE}: a pilot with {\"u}mlauts},
  journal = lr # { II},
  year    = 2021, month = mar, volume = {12}, number = {3}, pages = {e101--e109},
  doi     = {10.1000/lr\_101}, pmid = {39900001}, pmcid = {PMC9900001},
  note    = {NCT09999991; lupus-evidence record doe-2021}
}
@InProceedings(roe2022, author="Roe, A. and others", title="A talk", crossref={meeting})
@proceedings{meeting, title={Annual Meeting}, year={2022}, doi={10.1000/whole}}
@phdthesis{poe, author={Poe, B.}, title={Cells}, date={2020-05-01},
  school={Invented University}}
@online{page, title={A page}, howpublished={\url{https://example.org/a_b}}, year=2019}
@misc{pre, author={Moe, C.}, title={Early}, eprint={2001.1}, year=2020,
  archiveprefix={medRxiv}}
"""


def read(text):
    """Return what a text cites."""
    return list(read_bibtex(text))


def test_the_whole_citation_comes_over():
    """Abbreviations, accents, groups, an escaped DOI, numbers, our own note."""
    paper, *_ = read(FILE)
    assert paper.authors == ("Doe J", "SLE Cell Study Group")
    assert paper.title == "Cells in SLE: a pilot with ümlauts"
    assert (paper.journal, paper.year) == ("Lupus Reports II", 2021)
    assert (paper.volume, paper.issue, paper.pages) == ("12", "3", "e101-e109")
    assert (paper.doi, paper.pmid, paper.pmcid) == (
        "10.1000/lr_101",
        "39900001",
        "PMC9900001",
    )
    assert paper.registrations == ("NCT09999991",)
    assert paper.publication == "article"
    assert paper.doubts == ()


def test_kinds_of_entries():
    """A talk takes its meeting from another entry, which is no report itself."""
    _, talk, thesis, page, preprint = read(FILE)
    assert (talk.journal, talk.year, talk.doi) == ("Annual Meeting", 2022, None)
    assert talk.publication == "conference-abstract"
    assert [doubt.code for doubt in talk.doubts] == ["I104"]
    assert [(item.code, item.line) for item in thesis.doubts] == [("I101", 15)]
    assert (thesis.publication, thesis.year) == ("thesis", 2020)
    assert thesis.journal == "Invented University"
    assert (page.publication, page.journal) == ("web-page", None)
    assert preprint.publication is None
    assert "medRxiv" in preprint.said_kind


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("@article{b, title={Broken {brace}, year=2021}", "broken and not read"),
        ('@article{b, title="unclosed, year=2022}', "broken and not read"),
        ("@article{b title={no comma}, year=2020}", "broken and not read"),
        ("@article{b, title={A} year=2020}", "title goes on behind"),
        ("@article{b, title={One}, title={Two}}", "b has title twice"),
        ("@article{b, title={One}, crossref={gone}}", "'gone', which is not in"),
    ],
)
def test_what_is_broken_is_said_with_its_line(entry, message):
    """The other entries are read."""
    found = read(
        f"@article{{a, title={{First}}}}\n\n{entry}\n@article{{c, title={{Last}}}}"
    )
    assert {found[0].title, found[-1].title} == {"First", "Last"}
    (doubt,) = (doubt for item in found for doubt in item.doubts)
    assert (doubt.code, doubt.line) == ("I110", 3)
    assert message in doubt.message


def test_a_volume_at_the_end_of_the_file_is_told_too():
    """Where LaTeX wants it."""
    (talk,) = read("@inproceedings{a, title={A}, crossref={b}}\n@book{b, title={B}}")
    assert talk.journal == "B"
    assert [(item.code, item.line) for item in talk.doubts] == [("I101", 2)]


def test_two_entries_of_one_key_are_two_reports():
    """Keys are the file's affair."""
    found = read("@article{a, title={One}}\n@article{a, title={Two}}")
    assert [item.title for item in found] == ["One", "Two"]


def test_a_file_of_nothing_but_a_broken_entry_says_so():
    """Nothing is read, and the line is named."""
    with pytest.raises(EvidenceError, match="line 2: an entry is broken"):
        read("\n@article{a, title={One}")


def test_a_field_twice_that_nobody_reads_is_no_matter():
    """Scopus writes two fields for the money."""
    (found,) = read("@article{a, title={One}, funding={x}, funding={y}}")
    assert found.doubts == ()


def test_what_this_package_exports_comes_back():
    """Of the bundled records, authors, titles, places and numbers are the same."""
    studies = load().studies
    found = read(render_bibtex(studies))
    assert len(found) == len(studies)
    for study, item in zip(studies, found, strict=True):
        citation = study.citation
        assert item.title == study.title
        assert item.authors == tuple(citation.authors)
        assert item.registrations == tuple(study.registrations)
        for name in ("journal", "year", "volume", "issue", "pages", "doi", "pmid"):
            assert getattr(item, name) == getattr(citation, name), (study.id, name)


def test_more_than_a_file_may_hold(monkeypatch):
    """Entries are counted before they are read, and abbreviations as they grow."""
    monkeypatch.setattr(bibtex, "_MOST_ENTRIES", 1)
    with pytest.raises(EvidenceError, match="more than 1 entries"):
        read("@article{a, title={One}}\n@article{b, title={Two}}")
    monkeypatch.setattr(bibtex, "_MOST_TEXT", 1_000)
    text = f'@string{{a = "{"x" * 100}"}}\n@article{{b, title = {"a # " * 20}a}}'
    with pytest.raises(EvidenceError, match="abbreviations make more text"):
        read(text)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Doe, Jane and van der Berg, Jan", ("Doe J", "van der Berg J")),
        ("Jane Doe and Jan van der Berg", ("Doe J", "van der Berg J")),
        (r"Garc{\'\i}a L{\'o}pez, Mar{\'i}a", ("García López M",)),
        ("{de la Torre}, Ana", ("de la Torre A",)),
        ("{SLE Cell Study Group} and Roe, K.", ("SLE Cell Study Group", "Roe K")),
        ("{{Group for Blood and Marrow}}", ("Group for Blood and Marrow",)),
        ("Doe, Jr, Jane A.", ("Doe JA Jr",)),
        ("John Q. Doe Jr.", ("Doe JQ Jr",)),
        ("Doe J and Roe KL", ("Doe J", "Roe KL")),
        ("{Doe, Jane}", ("Doe J",)),
        ("DOE, J.\n AND\n ROE, K.", ("DOE J", "ROE K")),
        ("", ()),
    ],
)
def test_names_are_read_as_bibtex_means_them(value, names):
    """Surname first or last, particles, braces, and groups as they are."""
    assert authors(value, 1) == (names, [])


def test_an_open_list_is_told():
    """The words "and others" are nobody, and the rest of the list is missing."""
    names, (doubt,) = authors("Doe, Jane and others", 7)
    assert names == ("Doe J",)
    assert (doubt.code, doubt.line) == ("I104", 7)
    assert "others" in doubt.message
