import pytest

from lupus_evidence.stats.pooling import cumulative, influence, leave_one_out, pool

EVENTS, PEOPLE = [16, 10, 4, 43, 2], [17, 12, 8, 58, 11]


@pytest.mark.parametrize("method", ["bayes", "glmm", "reml"])
def test_leave_one_out_pools_the_others(method):
    """Each result is what pooling the other studies gives."""
    found = leave_one_out(EVENTS, PEOPLE, method=method)
    assert len(found) == 5
    assert found[4] == pool(EVENTS[:4], PEOPLE[:4], method=method)
    assert found[0].estimate == pool(EVENTS[1:], PEOPLE[1:], method=method).estimate


def test_leaving_one_of_two_is_one_study():
    """Of two studies, each alone is not pooled."""
    assert [found.reason for found in leave_one_out([3, 4], [9, 9])] == [
        "one-study",
        "one-study",
    ]


def test_influence_points_at_the_outlier():
    """The study with the low rate pulls the pooled rate down, and the most."""
    found = influence(EVENTS, PEOPLE)
    assert [item.index for item in found] == [0, 1, 2, 3, 4]
    assert found[4].logit_shift < 0
    assert abs(found[4].logit_shift) == max(abs(item.logit_shift) for item in found)
    whole = pool(EVENTS, PEOPLE).logit
    assert found[4].logit_shift == pytest.approx(whole - found[4].without.logit)
    assert found[4].shift_in_se == pytest.approx(
        found[4].logit_shift / found[4].without.se
    )


def test_influence_without_an_estimate_is_unknown():
    """Where leaving a study out leaves no estimate, the shift is None."""
    found = influence([0, 0, 4], [9, 8, 12])
    assert found[2].without.kind == "one-sided-bound"
    assert found[2].logit_shift is None
    assert found[0].logit_shift is not None


def test_cumulative_follows_the_order():
    """The last step pools all; each step pools the studies named so far."""
    found = cumulative(EVENTS, PEOPLE, order=[4, 2, 0, 1, 3])
    assert found[0].reason == "one-study"
    assert found[1].n == 19
    assert found[-1].estimate == pytest.approx(pool(EVENTS, PEOPLE).estimate)
    assert cumulative([], []) == ()


@pytest.mark.parametrize("order", [[0, 1], [0, 0, 1, 2, 3], [1, 2, 3, 4, 5]])
def test_an_order_names_each_study_once(order):
    """An order that leaves out or repeats a study is refused."""
    with pytest.raises(ValueError, match="each study once"):
        cumulative(EVENTS, PEOPLE, order=order)


@pytest.mark.parametrize("options", [{}, {"tau_prior": 0.5}, {"level": 0.9}])
def test_every_way_of_pooling_again_uses_the_same_prior_and_level(options):
    """The default prior is HalfNormal(1); what is asked for reaches every fit."""
    assert leave_one_out(EVENTS, PEOPLE, **options)[0] == pool(
        EVENTS[1:], PEOPLE[1:], **({"tau_prior": 1.0, "level": 0.95} | options)
    )
    whole = pool(EVENTS, PEOPLE, **({"tau_prior": 1.0, "level": 0.95} | options))
    assert cumulative(EVENTS, PEOPLE, **options)[-1] == whole
    first = influence(EVENTS, PEOPLE, **options)[0]
    assert first.without == leave_one_out(EVENTS, PEOPLE, **options)[0]
    assert first.logit_shift == pytest.approx(whole.logit - first.without.logit)
    methods = [
        found.method
        for found in (
            leave_one_out(EVENTS, PEOPLE, method="reml")[0],
            cumulative(EVENTS, PEOPLE, method="reml")[-1],
            influence(EVENTS, PEOPLE, method="reml")[0].without,
        )
    ]
    assert methods == ["reml"] * 3


def test_influence_on_two_studies_is_unknown():
    """Of two studies neither can be left out: the other is not pooled."""
    for item in influence([3, 4], [9, 9]):
        assert (item.logit_shift, item.shift_in_se) == (None, None)
