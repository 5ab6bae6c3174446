"""What other sources say of the disease, beside what an article says of it."""

import pytest

from lupus_evidence.audit import load_claims
from lupus_evidence.audit.articles import articles_beside
from lupus_evidence.records.claims import BackgroundClaim
from lupus_evidence.records.load import EvidenceBase

NOTHING = EvidenceBase("records", (), (), None)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Lupus has an incidence of around 5 per 100,000 people a year.", "incidence"),
        (
            "About 45 % of people with lupus have neurological symptoms.",
            "symptom-prevalence",
        ),
    ],
)
def test_an_article_on_the_disease_is_held_against_the_bundled_sources(
    tmp_path, text, quantity
):
    """The published figures that a bundled claim has of it, each with its address."""
    page = tmp_path / "page.txt"
    page.write_text(f"Lupus in brief\n\n{text}\n", encoding="utf-8")
    (read,) = articles_beside(None, [page], NOTHING, ()).files
    (claim,) = read.content.claims
    assert claim.quantity == quantity
    bundled = [
        item.references
        for file in load_claims().files
        for item in file.content.claims
        if isinstance(item, BackgroundClaim) and item.quantity == quantity
    ]
    assert claim.references == bundled[0] != ()
