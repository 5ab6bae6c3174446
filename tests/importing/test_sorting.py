"""Whatever stands in a file, each of its reports ends up in one place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.importing.known_reports import KnownReport, sort_reports
from lupus_evidence.importing.likeness import Described

TITLES = (
    "Mesenchymal stem cells in refractory lupus nephritis",
    "Mesenchymal stem cells in refractory lupus nephritis.",
    "Mesenchymal stromal cells in refractory lupus nephritis",
    "Mesenchymal stem cells in refractory lupus nephritis: part 2",
    "Autologous transplantation for people with severe lupus",
    "Reply",
    "",
)


def some(kind, values):
    """A number of a kind, or none."""
    return st.sampled_from((None, *values)).map(lambda value: value and (kind, value))


REPORTS = st.builds(
    lambda title, year, author, numbers, registered, entry: Described(
        "doe-2020",
        title,
        year,
        author,
        tuple(filter(None, numbers)),
        registered,
        "registry-entry" if entry else "article",
    ),
    st.sampled_from(TITLES),
    st.sampled_from((None, 2020, 2021, 2025)),
    st.sampled_from(("", "Doe J", "Poe P")),
    st.tuples(
        some("doi", ("10.1000/a", "10.1000/b")),
        some("pmid", ("1", "2")),
        some("pmcid", ("PMC1",)),
    ),
    st.sampled_from(((), ("NCT00000001",), ("NCT00000001", "NCT00000002"))),
    st.booleans(),
)


def as_record(report, name):
    """A report as a record that is known."""
    return KnownReport(report, (report.identity,), "record", f"{name}.yaml")


@settings(max_examples=400)
@given(st.lists(REPORTS, max_size=8), st.lists(REPORTS, max_size=4))
def test_no_report_is_lost_or_counted_twice(found, base):
    """Known, new or alike: each report of the file in exactly one of them."""
    known = [as_record(report, number) for number, report in enumerate(base)]
    done = sort_reports(found, known)
    everything = (*done.known, *done.new, *(report for report, _ in done.alike))
    places = [at for report in everything for at in report.items]
    assert sorted(places) == list(range(len(found)))
    assert all(len(report.items) == len(report.how) for report in everything)
    assert all(report.items == sorted(report.items) for report in everything)
    assert done.reports == len(found)


@settings(max_examples=400)
@given(REPORTS)
def test_a_report_that_tells_itself_apart_is_known_the_second_time(report):
    """A number, a title, or a register's number of its own entry."""
    done = sort_reports([report], [as_record(report, "a")])
    told = report.title or report.own or (report.is_entry and report.registrations)
    assert bool(done.known) is bool(told)
    assert bool(done.new or done.alike) is not bool(told)


@settings(max_examples=400)
@given(REPORTS, REPORTS)
def test_numbers_that_contradict_are_never_united(one, other):
    """Another DOI is another report, whatever else agrees."""
    mine, theirs = dict(one.own), dict(other.own)
    against = [kind for kind in mine if kind in theirs and mine[kind] != theirs[kind]]
    done = sort_reports([other], [as_record(one, "a")])
    if against:
        assert not done.known
