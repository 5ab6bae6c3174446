"""Reports that share people: which of them count."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.evidence.overlapping_studies import Report, independent_reports

NAMES = [f"s{index}" for index in range(9)]


@st.composite
def graphs(draw):
    """Up to nine reports with some pairs that share people."""
    names = NAMES[: draw(st.integers(0, 9))]
    reports = [
        Report(
            name,
            draw(st.integers(1, 6)),
            draw(st.sampled_from([0.0, 12.0, 24.5])),
            draw(st.integers(2010, 2012)),
        )
        for name in names
    ]
    pairs = [pair for pair in combinations(names, 2) if draw(st.booleans())]
    return reports, pairs


def independent_sets(reports, pairs):
    """Every set of reports that share nobody, by trying all of them."""
    for size in range(len(reports) + 1):
        for chosen in combinations(reports, size):
            names = {report.study for report in chosen}
            if not any(a in names and b in names for a, b in pairs):
                yield chosen


@given(graphs())
def test_largest_is_the_heaviest_of_all_independent_sets(graph):
    """No set without shared people has more people, or as many and longer follow-up."""
    reports, pairs = graph
    kept = set(independent_reports(reports, pairs))
    assert not any(a in kept and b in kept for a, b in pairs)

    def merit(chosen):
        return (
            sum(report.weight for report in chosen),
            sum(report.follow_up for report in chosen),
            sum(report.year for report in chosen),
        )

    best = max(merit(chosen) for chosen in independent_sets(reports, pairs))
    assert merit([report for report in reports if report.study in kept]) == best


@given(graphs(), st.randoms(use_true_random=False))
def test_order_of_reports_and_pairs_does_not_matter(graph, random):
    """The same studies are kept however they and their overlaps are listed."""
    reports, pairs = graph
    mixed = list(reports)
    random.shuffle(mixed)
    turned = [pair[::-1] if random.random() < 0.5 else pair for pair in pairs]
    for rule in ("largest", "latest"):
        assert independent_reports(reports, pairs, rule) == independent_reports(
            mixed, turned, rule
        )


@given(graphs())
def test_latest_keeps_no_pair_and_drops_none_without_a_later_neighbour(graph):
    """A report is left out only for one as late or later that shares its people."""
    reports, pairs = graph
    year = {report.study: report.year for report in reports}
    kept = set(independent_reports(reports, pairs, "latest"))
    assert not any(a in kept and b in kept for a, b in pairs)
    for name in set(year) - kept:
        rivals = {b if a == name else a for a, b in pairs if name in (a, b)} & kept
        assert any(year[rival] >= year[name] for rival in rivals)


def test_keep_all_keeps_studies_that_share_people():
    """Counting people twice has to be asked for, and then nothing is left out."""
    reports = [Report("a", 5), Report("b", 3)]
    assert independent_reports(reports, [("a", "b")], "keep-all") == ("a", "b")


def test_overlap_is_not_passed_on():
    """Where b shares people with a and with c, a and c can both be counted."""
    reports = [Report("a", 4), Report("b", 7), Report("c", 4)]
    pairs = [("a", "b"), ("c", "b")]
    assert independent_reports(reports, pairs) == ("a", "c")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (Report("a", 9, 12, 2020), Report("b", 10, 6, 2010), "b"),
        (Report("a", 9, 12, 2020), Report("b", 9, 24, 2010), "b"),
        (Report("a", 9, 12, 2010), Report("b", 9, 12, 2020), "b"),
        (Report("a", 9, 12, 2010), Report("b", 9, 12, 2010), "a"),
    ],
    ids=["more people", "longer follow-up", "later year", "first in the alphabet"],
)
def test_ties_are_broken_in_the_stated_order(first, second, kept):
    """People decide, then follow-up, then year, then the id."""
    assert independent_reports([first, second], [("a", "b")]) == (kept,)


def test_hundreds_of_reports_of_one_registry_are_settled():
    """A chain of 300 reports, each sharing people with the next, keeps every other."""
    reports = [Report(f"r{index:03}", 10) for index in range(299)]
    pairs = [(f"r{index:03}", f"r{index + 1:03}") for index in range(298)]
    assert len(independent_reports(reports, pairs)) == 150


def test_the_most_people_are_kept_unless_told_otherwise():
    """Of two that share people, the larger; the later only on request."""
    reports = [Report("old-2001", 30, year=2001), Report("new-2011", 10, year=2011)]
    shared = [("old-2001", "new-2011")]
    assert independent_reports(reports, shared) == ("old-2001",)
    assert independent_reports(reports, shared, "latest") == ("new-2011",)


def test_two_middling_reports_outweigh_the_largest_between_them():
    """A chain of three: the ends share nobody, and have more people together."""
    reports = [Report("a", 20), Report("b", 30), Report("c", 20), Report("d", 5)]
    shared = [("a", "b"), ("b", "c")]
    assert independent_reports(reports, shared) == ("a", "c", "d")
    heavier = [Report("a", 10), Report("b", 30), Report("c", 10), Report("d", 5)]
    assert independent_reports(heavier, shared) == ("b", "d")
