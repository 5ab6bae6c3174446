"""Whatever a valid claim says, it gets one of the fixed verdicts and no traceback."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lupus_evidence.audit import audit
from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims
from lupus_evidence.audit.verdicts import FINDINGS, VERDICTS
from lupus_evidence.pages.audit import Shown, audit_answer
from lupus_evidence.records.claims import Amount, Bound, ClaimsFile, Topic, Who
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import DENOMINATORS, topic
from lupus_evidence.writers.formats import formats_of
from lupus_evidence.writers.terminal import Look

pytestmark = pytest.mark.thorough

BASE = load()
STUDIES = [study.id for study in BASE.studies]
PERCENTS = st.integers(0, 1000).map(lambda tenths: f"{tenths / 10:g}")
BOUNDS = st.none() | st.sampled_from(get_args(Bound))
MONTHS = st.none() | st.sampled_from([0, 3, 6, 12, 24, 27, 48, 60, 120])
CITES = st.none() | st.sampled_from(STUDIES)
THERAPY = st.sampled_from(list(topic().therapies))

#: How much: a percentage, a range, a word, a count, or people alone.
HOW_MUCH = st.one_of(
    st.fixed_dictionaries({"percent": PERCENTS, "bound": BOUNDS}),
    st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True)
    .map(sorted)
    .map(lambda ends: {"percent": str(ends[0]), "to": str(ends[1])}),
    st.fixed_dictionaries({"amount": st.sampled_from(get_args(Amount))}),
    st.integers(1, 200).flatmap(
        lambda n: st.fixed_dictionaries(
            {"events": st.integers(0, n), "people": st.just(n)}
        )
    ),
    st.fixed_dictionaries(
        {
            "events": st.integers(0, 100),
            "counts": st.sampled_from(["people", "events"]),
        }
    ),
)
OF_WHAT = st.fixed_dictionaries(
    {
        "endpoint": st.sampled_from(
            [name for name in topic().endpoints if "other" not in name]
        ),
        "months": MONTHS,
        "time": st.sampled_from(["at", "within", "up-to", "at-least"]),
        "among": st.none() | st.sampled_from(list(DENOMINATORS)),
    }
)
FIGURE = st.tuples(OF_WHAT, HOW_MUCH).map(lambda both: both[0] | both[1])
RATE = st.fixed_dictionaries(
    {
        "kind": st.just("rate"),
        "therapy": THERAPY,
        "cites": CITES,
        "people": st.none() | st.integers(1, 1000),
        "people_bound": BOUNDS,
        "who": st.none() | st.sampled_from(get_args(Who)),
        "review": st.booleans(),
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
                        st.sampled_from(
                            [name for name in topic().measures if name != "other"]
                        ),
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
        "topic": st.sampled_from(get_args(Topic)),
        "than": THERAPY,
        "therapies": st.lists(THERAPY, min_size=1, max_size=3),
        "cites": st.sampled_from(STUDIES),
        "people": st.none() | st.integers(1, 1000),
        "words": st.just(["lung"]),
        "outcome": st.just({"endpoint": "overall-survival", "months": 60}),
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
        assert bool(verdict.missing) == (verdict.word == "supported, context missing")
    written = next(item for item in formats_of(("pages", "tables", "data"))
                   if item.name == form)  # fmt: skip
    for depth in ("brief", "full"):
        assert written.write(audit_answer(found, Shown(depth)), Look(80))
