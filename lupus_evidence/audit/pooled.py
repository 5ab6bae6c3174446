"""All studies of an outcome taken together, for the few claims that need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import widest
from lupus_evidence.audit.verdicts import Counted
from lupus_evidence.results import People, Rate
from lupus_evidence.selection.evidence import therapy_evidence
from lupus_evidence.selection.select import select
from lupus_evidence.vocabulary import band_of

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.claims import ClaimedRate
    from lupus_evidence.load import EvidenceBase

#: One study is never a pooled figure.
MIN_STUDIES = 2


@dataclass(frozen=True)
class Pooled:
    """The median rate over studies that share nobody.

    Parameters
    ----------
    studies : tuple of str
        Which.
    people : int
        In all of them.
    rate, low, high : float
        Median rate and its 95 % interval, proportions in 0-1.
    """

    studies: tuple[str, ...]
    people: int
    rate: float
    low: float
    high: float

    @property
    def words(self) -> Words:
        """The pooled figure in words."""
        who = f"{len(self.studies)} studies with {self.people:,} people"
        rate = Counted(People(None, None), Rate(self.rate, self.low, self.high))
        return (f"{who}, none counted twice: ", rate)


def pooled_rate(
    base: EvidenceBase, therapy: str, claimed: ClaimedRate
) -> Pooled | None:
    """Return the pooled rate of a claim's outcome at about its time.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapy : str
        The treatment; its widest name is pooled.
    claimed : ClaimedRate
        Endpoint and time.

    Returns
    -------
    Pooled or None
        None where fewer than two studies can be pooled, where they differ too much
        for one number, where everyone or no one had the outcome, and where the claim
        gives no time.
    """
    if claimed.months is None:
        return None
    evidence = therapy_evidence(base.files, widest(therapy))
    chosen = select(evidence, claimed.endpoint, "lupus", band_of(claimed.months))
    if len(chosen.included) < MIN_STUDIES:
        return None
    from lupus_evidence.stats.estimates import NotPooled
    from lupus_evidence.stats.pooling import pool

    estimate = pool(chosen.events, chosen.sizes)
    if isinstance(estimate, NotPooled) or estimate.noted("too-different"):
        return None
    if estimate.estimate is None or estimate.ci is None:
        return None
    return Pooled(
        tuple(item.study for item in chosen.included),
        chosen.people,
        estimate.estimate,
        *estimate.ci,
    )
