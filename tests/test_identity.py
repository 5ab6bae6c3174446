"""Which two reports are one: the rules that screening and imports share."""

import pytest

from lupus_evidence.records.identity import (
    Identity,
    Index,
    Known,
    folded,
    surname,
    titled,
)


def identity(titled="", **numbers):
    """An identity of some numbers."""
    return Identity(tuple(numbers.items()), titled)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"doi": "10.1/a"}, {"doi": "10.1/a"}, True),
        ({"doi": "10.1/a"}, {"doi": "10.1/b"}, False),
        ({"doi": "10.1/a"}, {"pmid": "1"}, False),
        ({"titled": "t 2020 doe"}, {"titled": "t 2020 doe", "pmid": "1"}, True),
        ({"titled": "t 2020 doe"}, {"titled": "t 2021 doe"}, False),
        ({"titled": "t", "doi": "a"}, {"titled": "t", "doi": "b"}, False),
        ({"pmid": "1", "doi": "a"}, {"pmid": "1", "doi": "b"}, False),
        ({"registration": "n"}, {"registration": "n"}, True),
        ({"registration": "n", "doi": "a"}, {"registration": "n"}, False),
        ({"registration": "n"}, {"registration": "n", "doi": "a"}, False),
    ],
)
def test_what_makes_two_reports_one(first, second, same):
    """A number shared and none against it; a registration only among unnumbered."""
    index = Index[Known]()
    report = Known()
    index.enter(report, identity(**first))
    assert index.matching(identity(**second)) == ([report] if same else [])


def test_entries_of_a_register_are_found_by_a_numbered_report():
    """An entry has no number of its own; other reports of the study are no entries."""
    index = Index[Known]()
    entry, paper = Known(), Known()
    index.enter(entry, identity(registration="n"))
    index.enter(paper, identity(registration="n", doi="a"))
    asked = identity(registration="n", doi="b")
    assert index.entries(asked) == [entry]
    assert index.registered(asked) == [entry, paper]
    assert index.sharing(asked) == {}


def test_a_number_shared_counts_before_a_title_and_that_before_a_registration():
    """The surest comes first."""
    index = Index[Known]()
    reports = [Known(), Known(), Known()]
    index.enter(reports[0], identity(registration="n"))
    index.enter(reports[1], identity(titled="t"))
    index.enter(reports[2], identity(pmid="1"))
    assert index.matching(identity(titled="t", registration="n")) == [
        reports[1],
        reports[0],
    ]
    found = index.matching(identity(titled="t", registration="n", pmid="1"))
    assert found == [reports[2], reports[1]]


def test_reports_that_turn_out_to_be_one_are_found_by_what_either_has():
    """The first stands for the other, under every key, once."""
    index = Index[Known]()
    first, other = Known(), Known()
    index.enter(first, identity(doi="a", registration="n"))
    index.enter(other, identity(pmid="1", titled="t", registration="n"))
    index.unite(first, other)
    for key in ({"doi": "a"}, {"pmid": "1"}, {"titled": "t"}):
        assert index.matching(identity(**key)) == [first]
    assert index.registered(identity(registration="n")) == [first]
    assert not first.fits(identity(pmid="2"))


def test_capitals_accents_and_signs_are_no_difference():
    """Titles and surnames are compared by their letters and figures."""
    assert folded("Cells – in LÚPUS, 2nd!") == folded("cells in lupus 2nd")
    assert folded("狼疮 a") == "狼疮a"
    assert surname("van der Berg JM") == surname("Van der Berg, J.M.") == "vanderberg"
    assert titled("Cells!", 2020, "Doe J") == "cells 2020 doe"
    assert titled("Cells", None, "") == "cells  "
    assert titled(None, 2020, "Doe J") == ""
