import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.pooling import METHODS, pool

# the posterior's grids follow the data, so mirrored or reordered data meet other
# rounding; a tenth of what is promised of the default
GRID = 5e-5
# of rates and ends from maximum likelihood and closed forms
EXACT = 1e-6

# the double arcsine is not symmetrical near 0 and 1 to that accuracy
ARCSINE = 1e-5
CLOSE = {"bayes": GRID, "freeman-tukey": ARCSINE}
MODELS = ("bayes", "glmm")

STUDY = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STUDIES = st.lists(STUDY, min_size=2, max_size=7)
QUICK = settings(max_examples=15, deadline=None, derandomize=True)


def pooled(studies, method, **options):
    """Pool pairs of events and people."""
    events, n = zip(*studies, strict=True)
    return pool(events, n, method=method, **options)


def ends(found):
    """Return what is shown: estimate and interval, or bounds, or the reason."""
    if isinstance(found, NotPooled):
        return found.reason
    if found.bound:
        return [found.bound.model, found.bound.totals]
    return [found.estimate, *found.ci]


def same(one, other, close):
    """Tell whether two answers agree."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one == pytest.approx(other, abs=close)


@pytest.mark.parametrize("method", METHODS)
@QUICK
@given(studies=STUDIES)
def test_mirror(method, studies):
    """Counting people without the outcome mirrors estimate and interval."""
    close = CLOSE.get(method, EXACT)
    here = ends(pooled(studies, method))
    there = ends(pooled([(n - x, n) for x, n in studies], method))
    if not isinstance(there, str):
        there = [1 - value for value in there]
        there = [there[0], there[2], there[1]] if len(there) == 3 else there
    assert same(here, there, close)


@pytest.mark.parametrize("method", METHODS)
@QUICK
@given(studies=STUDIES, data=st.data())
def test_order_does_not_matter(method, studies, data):
    """Any order of the studies gives the same answer."""
    shuffled = data.draw(st.permutations(studies))
    here, there = ends(pooled(studies, method)), ends(pooled(shuffled, method))
    assert same(here, there, EXACT)


@pytest.mark.parametrize("method", METHODS)
@QUICK
@given(studies=STUDIES)
def test_the_interval_holds_the_estimate(method, studies):
    """Every interval holds its estimate and stays within 0 and 1."""
    found = pooled(studies, method)
    if isinstance(found, NotPooled):
        assert found.reason == "tau-infinite"
    elif found.bound:
        assert 0 < found.bound.model < 1
        assert 0 < found.bound.totals < 1
    else:
        assert 0 <= found.ci[0] <= found.estimate <= found.ci[1] <= 1


@pytest.mark.parametrize("method", ["reml", "pm", "dl", "ml", "common", "glmm"])
@QUICK
@given(studies=STUDIES)
def test_the_estimate_is_within_the_rates(method, studies):
    """Without a prior, the estimate lies between the lowest and the highest rate.

    A study with 0 or n events counts with half a person added where the method adds
    it. The GLMM's median may lie beyond the rates where tau is large, for its mean
    rate must fit them: there the mean is looked at.
    """
    found = pooled(studies, method)
    if isinstance(found, NotPooled) or found.bound:
        return
    rates = [x / n for x, n in studies]
    value = found.mean if method == "glmm" else found.estimate
    assert min(rates) - 1e-2 <= value <= max(rates) + 1e-2 or any(
        x in (0, n) for x, n in studies
    )


@QUICK
@given(studies=STUDIES)
def test_the_default_shrinks_little(studies):
    """The posterior median lies within the rates with half a person added to each."""
    found = pooled(studies, "bayes")
    if found.bound or found.tau > 1:
        return
    events, n = (sum(column) for column in zip(*studies, strict=True))
    rates = [x / size for x, size in studies] + [(events + 0.5) / (n + 1)]
    assert min(rates) - 0.02 <= found.estimate <= max(rates) + 0.02


@pytest.mark.thorough
@pytest.mark.parametrize("method", MODELS)
@QUICK
@given(studies=STUDIES)
def test_more_events_raise_the_estimate(method, studies):
    """One more person with the outcome in every study raises the estimate."""
    raised = [(x + 1, n + 1) for x, n in studies]
    level = [(x, n + 1) for x, n in studies]
    here, there = pooled(level, method), pooled(raised, method)
    for found in (here, there):
        if isinstance(found, NotPooled) or found.bound:
            return
    # where tau moves as well, a median may give way a little to the spread
    if max(here.tau, there.tau) < 1:
        assert there.estimate >= here.estimate - GRID


@pytest.mark.parametrize("method", ["common", "glmm"])
@pytest.mark.parametrize("copies", [2, 3, 10])
def test_identical_studies_pool_to_their_rate(method, copies):
    """Copies of one study give its own rate, tau 0, and a smaller error."""
    found = pool([7] * copies, [20] * copies, method=method)
    assert found.estimate == pytest.approx(0.35)
    assert found.tau == 0
    assert found.se == pytest.approx((1 / 7 + 1 / 13) ** 0.5 / copies**0.5)


def test_copies_narrow_the_default():
    """The more identical studies, the shorter the default's interval."""
    widths = []
    for copies in (2, 3, 5, 10, 40):
        low, high = pool([7] * copies, [20] * copies).ci
        widths.append(high - low)
        assert low < 0.35 < high
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("method", METHODS)
def test_effective_counts_lie_between_whole_ones(method):
    """Counts of 4.5 of 10 give an estimate between those for 4 and for 5."""
    low, middle, high = (
        pool([x, 9, 30], [10, 21, 55], method=method).estimate for x in (4, 4.5, 5)
    )
    assert low < middle < high


@pytest.mark.parametrize("method", METHODS)
def test_a_higher_level_is_wider(method):
    """A 99 % interval holds the 95 % one."""
    usual = pool([3, 6, 10, 1], [11, 17, 21, 6], method=method)
    wider = pool([3, 6, 10, 1], [11, 17, 21, 6], method=method, level=0.99)
    assert wider.ci[0] < usual.ci[0] < usual.ci[1] < wider.ci[1]
    assert wider.estimate == pytest.approx(usual.estimate)
