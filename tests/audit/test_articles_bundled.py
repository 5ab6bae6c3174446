"""The bundled article, read: the claims that were put down by hand."""

import pytest

from lupus_evidence.audit.articles import load_articles, load_claims
from lupus_evidence.records.claims import (
    BackgroundClaim,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.records.load import bundled_folder, load

ARTICLE = bundled_folder("claims") / "stem-cell-therapy-for-lupus.md"
(BY_HAND,) = load_claims().files
(READ,) = load_articles([ARTICLE], load()).files


def therapies(claim):
    """Return the treatments of a claim."""
    if isinstance(claim, StatementClaim):
        return set(claim.therapies)
    return {claim.therapy}


def gist(claim):
    """Return what a claim says, whoever put it down."""
    match claim:
        case RateClaim():
            return {
                (figure.endpoint, amount(figure), claim.cites)
                for figure in claim.figures
            }
        case DirectionClaim():
            return {change.direction for change in claim.changes}
        case BackgroundClaim():
            return {(claim.quantity, str(claim.value), str(claim.to), claim.unit)}
        case StatementClaim():
            return {(claim.topic, claim.people, claim.cites)}


def amount(figure):
    """Return a percentage as a number: "half" is 50."""
    words = {"half": "50"}
    return words.get(figure.amount) or str(figure.percent)


READ_GISTS = [
    (type(claim), found, therapies(claim))
    for claim in READ.content.claims
    for found in gist(claim)
]


@pytest.mark.parametrize("claim", BY_HAND.content.claims, ids=lambda claim: claim.id)
def test_each_claim_is_read(claim):
    """Its outcome or quantity, figure, study and treatment."""
    for wanted in gist(claim):
        same = [
            given
            for kind, found, given in READ_GISTS
            if kind is type(claim) and found == wanted
        ]
        assert same, wanted
        assert any(given & therapies(claim) or None in given for given in same)


def test_nothing_else_is_read():
    """Every claim that was read is one of those put down by hand."""
    wanted = {(type(c), found) for c in BY_HAND.content.claims for found in gist(c)}
    assert {(kind, found) for kind, found, _ in READ_GISTS} <= wanted


def test_measures_are_those_named():
    """What fell is what the file says fell: score, protein, antibodies."""
    named = [
        {m for change in claim.changes for m in change.measures}
        for claim in BY_HAND.content.claims
        if isinstance(claim, DirectionClaim)
    ]
    read = [
        change.measures[0]
        for claim in READ.content.claims
        if isinstance(claim, DirectionClaim)
        for change in claim.changes
    ]
    assert [any(name in names for name in read) for names in named] == [True] * 3
