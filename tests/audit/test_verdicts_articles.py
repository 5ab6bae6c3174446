"""An article's claims together: how many can be checked, and what fails a build."""

import pytest
from audit.made import REMISSION, rate, statement

from lupus_evidence.audit.verdicts import fails

UNCHECKED = statement("expert-agreement")


@pytest.fixture
def audited(world):
    """The audit of one claim that holds, two that do not, and one unchecked."""
    world.studies(REMISSION, 24)
    return world.audit(rate(40), rate(95), UNCHECKED, rate(96))


def test_an_article_counts_the_claims_that_could_be_checked(audited):
    """Three of four: of agreement without a trial the records say nothing."""
    (article,) = audited.articles
    assert [claim.verdict.word for claim in article.claims] == [
        *("supported", "overstated", "not checkable", "overstated"),
    ]
    assert article.checked == 3
    assert article.score == (
        *(("supported", 1), ("overstated", 2), ("not checkable", 1)),
    )


@pytest.mark.parametrize(
    ("words", "failed"),
    [
        (("overstated",), True),
        (("supported",), True),
        (("contradicted", "not checkable"), True),
        (("contradicted", "understated"), False),
        ((), False),
    ],
)
def test_one_claim_with_a_named_verdict_fails_a_build(audited, words, failed):
    """Any of the verdicts that were named, on any claim."""
    assert fails(audited, words) is failed
