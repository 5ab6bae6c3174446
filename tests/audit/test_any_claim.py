"""Whatever a valid claim says, it gets one of the fixed verdicts and no traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lupus_evidence.audit import audit
from lupus_evidence.audit.claims_files import ClaimsBase, LoadedClaims
from lupus_evidence.audit.vocabulary import FINDINGS, VERDICTS
from lupus_evidence.claims import ClaimsFile
from lupus_evidence.load import load
from lupus_evidence.render.audit import render_audit
from lupus_evidence.render.terminal import Look
from lupus_evidence.vocabulary import ENDPOINTS, MEASURES, THERAPIES

BASE = load()
STUDIES = [study.id for study in BASE.studies]
PERCENTS = st.integers(0, 1000).map(lambda tenths: f"{tenths / 10:g}")
BOUNDS = st.sampled_from([None, "about", "over", "up-to", "under"])
MONTHS = st.none() | st.sampled_from([0, 3, 6, 12, 24, 27, 48, 60, 120])
CITES = st.none() | st.sampled_from(STUDIES)
THERAPY = st.sampled_from(list(THERAPIES))

FIGURE = st.fixed_dictionaries(
    {
        "endpoint": st.sampled_from(
            [name for name in ENDPOINTS if "other" not in name]
        ),
        "months": MONTHS,
        "percent": PERCENTS,
        "bound": BOUNDS,
    }
)
RATE = st.fixed_dictionaries(
    {
        "kind": st.just("rate"),
        "therapy": THERAPY,
        "cites": CITES,
        "people": st.none() | st.integers(1, 1000),
        "figures": st.lists(FIGURE, min_size=1, max_size=2),
    }
)
DIRECTION = st.fixed_dictionaries(
    {
        "kind": st.just("direction"),
        "therapy": THERAPY,
        "cites": CITES,
        "changes": st.lists(
            st.fixed_dictionaries(
                {
                    "measures": st.lists(
                        st.sampled_from([name for name in MEASURES if name != "other"]),
                        min_size=1,
                        max_size=2,
                    ),
                    "direction": st.sampled_from(["falls", "rises"]),
                }
            ),
            min_size=1,
            max_size=2,
        ),
    }
)
STATEMENT = st.fixed_dictionaries(
    {
        "kind": st.just("statement"),
        "topic": st.sampled_from(
            ["few-harms", "expert-agreement", "case-report", "study-account"]
        ),
        "therapies": st.lists(THERAPY, min_size=1, max_size=3),
        "cites": st.sampled_from(STUDIES),
        "people": st.none() | st.integers(1, 1000),
        "words": st.just(["lung"]),
        "outcome": st.none() | st.just({"endpoint": "overall-survival", "months": 60}),
    }
)
DOSE = st.fixed_dictionaries(
    {
        "kind": st.just("background"),
        "quantity": st.just("cells-per-dose"),
        "therapy": THERAPY,
        "value": st.integers(1, 500),
        "unit": st.just("million-cells"),
    }
)
CLAIMS = st.lists(st.one_of(RATE, DIRECTION, STATEMENT, DOSE), min_size=1, max_size=3)


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims=CLAIMS)
def test_any_valid_claim_gets_a_fixed_verdict_in_every_form(form, claims):
    """Every verdict and finding is one of the fixed ones and can be written."""
    items = [
        {"id": f"claim-{number}", "says": "A claim", **claim}
        for number, claim in enumerate(claims, 1)
    ]
    content = ClaimsFile.model_validate(
        {"id": "page", "article": {"title": "A page", "kind": "blog"}, "claims": items}
    )
    text = "claims:\n" + "".join("  - id: x\n" for _ in items)
    found = audit(BASE, ClaimsBase((LoadedClaims(content, "page.yaml", text),), ()))
    article = found.articles[0]
    assert len(article.claims) == len(items)
    for claim in article.claims:
        verdict = claim.verdict
        assert verdict.word in VERDICTS
        assert {finding.code for finding in verdict.findings} <= set(FINDINGS)
        weights = {finding.weight for finding in verdict.findings}
        assert verdict.word != "supported" or "context" not in weights
    assert render_audit(found, form, Look(80))
