"""How a percentage stands against all studies that report the same outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import (
    FEW,
    RecordedFigure,
    given,
    is_sizeable,
    is_whole,
    kin_of,
    per_study,
)
from lupus_evidence.audit.pooled import Pooled, pooled_rate
from lupus_evidence.audit.sentences import (
    duration,
    joined,
    named,
    outcome_verb,
    told_with_study,
)
from lupus_evidence.audit.verdicts import Finding
from lupus_evidence.vocabulary import ENDPOINTS, band_of, family_of
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import EvidenceSet
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import ClaimedRate, RateClaim, Source

#: Reports on one or two people say nothing about a rate.
MIN_PEOPLE = 3
#: With fewer studies, "the highest of them" says little.
MIN_STUDIES = 3


@dataclass(frozen=True)
class Comparison:
    """The studies that report the same outcome at about the same time.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage.
    figures : tuple of RecordedFigure
        One a study, highest rate first.
    pooled : Pooled or None
        The studies together, where at least two can be pooled.
    quoted : tuple of Source
        Ranges from reviews whose top is the article's percentage.
    """

    claimed: ClaimedRate
    figures: tuple[RecordedFigure, ...]
    pooled: Pooled | None
    quoted: tuple[Source, ...]

    @property
    def said(self) -> float:
        """The article's percentage as a proportion."""
        return self.claimed.percent.value / 100

    @property
    def weighty(self) -> tuple[RecordedFigure, ...]:
        """The studies of enough people, or all where none has enough."""
        return tuple(filter(is_sizeable, self.figures)) or self.figures

    @property
    def pooled_side(self) -> int:
        """1 above the pooled interval, -1 below it, 0 within or without one."""
        if self.pooled is None:
            return 0
        return (self.said > self.pooled.high) - (self.said < self.pooled.low)

    @property
    def side(self) -> int:
        """1 above every study, -1 below every study, 0 between or without any."""
        rates = [item.rate for item in self.weighty if item.rate is not None]
        if not rates:
            return 0
        return (self.said > max(rates)) - (self.said < min(rates))

    @property
    def word(self) -> VerdictWord:
        """The verdict where no study reports the percentage."""
        side = self.side or self.pooled_side
        return ("not found", "overstated", "understated")[side]

    @property
    def sentence(self) -> Words:
        """What the studies report, in one sentence."""
        verb = outcome_verb(self.claimed.endpoint)
        if not self.figures:
            return (f"No study here counts how many {verb} at this time.",)
        at = _at(self.claimed)
        count = plural(len(self.figures), "study", "studies")
        rows: list[Words] = [(f"{f.study.id}: ", f.counted) for f in self.figures]
        return (f"How many {verb}{at}, in {count}: ", *joined(rows), ".")

    def findings(self, known: RecordedFigure | None = None) -> list[Finding]:
        """Return how the percentage stands against the studies.

        Parameters
        ----------
        known : RecordedFigure or None
            The figure that the claim rests on, if it was found.
        """
        found = [
            self._position(known),
            *(_quoted(item, self.claimed) for item in self.quoted),
        ]
        if self.pooled is not None and self.pooled_side:
            way = {1: "above", -1: "below"}[self.pooled_side]
            text = f"{self.claimed.percent} % lies {way} the studies taken together: "
            found.append(
                Finding(
                    "outside-the-pooled-interval",
                    (text, *self.pooled.words, "."),
                    tuple(item.evidence for item in self.figures),
                )
            )
        return [finding for finding in found if finding is not None]

    def _position(self, known: RecordedFigure | None) -> Finding | None:
        """Say whether the percentage is above, below or among the studies."""
        if not self.figures:
            return None
        shown = tuple(figure.evidence for figure in self.figures)
        said = f"{self.claimed.percent} %"
        if known is not None:
            others = [item for item in self.figures if item.study.id != known.study.id]
            top = len(self.figures) >= MIN_STUDIES and all(
                (item.rate or 0) < self.said for item in others if is_sizeable(item)
            )
            if not top:
                return None
            rows = joined([told_with_study(figure) for figure in others])
            words = f"No other study{self._of_size()} has as much. The others: "
            return Finding("top-of-the-range", (words, *rows, "."), shown)
        code, words = {
            1: (
                "above-every-study",
                f"{said} is above every study{self._of_size()} here",
            ),
            -1: (
                "below-every-study",
                f"{said} is below every study{self._of_size()} here",
            ),
            0: ("within-the-studies", f"{said} lies between the studies here"),
        }[self.side]
        return Finding(code, (f"{words}{self._names()}.",), shown)

    def _of_size(self) -> str:
        """Return " of 20 people or more" where smaller studies were set aside."""
        return "" if self.weighty == self.figures else f" of {FEW} people or more"

    def _names(self) -> str:
        """Return by which names the studies call the outcome, where not by one."""
        names = dict.fromkeys(item.result.endpoint for item in self.figures)
        if list(names) == [self.claimed.endpoint]:
            return ""
        labels = named([ENDPOINTS[name].label for name in names])
        return f" (counted as: {labels})"


def _at(claimed: ClaimedRate) -> str:
    """Return the claim's time in words; empty where it gives none."""
    return "" if claimed.months is None else f" at about {duration(claimed.months)}"


def _quoted(source: Source, claimed: ClaimedRate) -> Finding | None:
    """Say that the percentage is the top of a range that reviews quote."""
    if source.high is None or source.high.value != claimed.percent.value:
        return None
    links = links_of(source)
    text = (
        f"{claimed.percent} % is the top of a quoted range, {source.low} to "
        f"{source.high} % ({source.label})."
    )
    return Finding(
        "top-of-the-range",
        (text,),
        links=links,
    )


def links_of(source: object) -> tuple[str, ...]:
    """Return the addresses of a source outside the records."""
    pairs = (
        ("doi", "https://doi.org/{}"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
        ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
        ("url", "{}"),
    )
    found = ((form, getattr(source, name, None)) for name, form in pairs)
    return tuple(form.format(value) for form, value in found if value)


def compared(
    claimed: ClaimedRate, claim: RateClaim, evidence: EvidenceSet
) -> Comparison:
    """Return the studies that report a claim's outcome at about its time.

    Figures that include other diseases, part of a group, another organ than lupus as
    a whole (for remission and response), or one or two people stay out.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage.
    claim : RateClaim
        The claim that it is part of.
    evidence : EvidenceSet
        The records.
    """
    kin = kin_of(claimed.endpoint)
    judged = family_of(claimed.endpoint) in ("remission", "response")
    fitting = [
        figure
        for figure in evidence.figures
        if figure.result.endpoint in kin
        and figure.rate is not None
        and given(figure, claim.therapy)
        and is_whole(figure)
        and not (judged and figure.result.scope != "lupus")
        and (figure.result.n or figure.treated or MIN_PEOPLE) >= MIN_PEOPLE
        and (
            claimed.months is None
            or (
                figure.months is not None
                and band_of(figure.months) == band_of(claimed.months)
            )
        )
    ]
    rows = per_study(fitting, kin, claimed.months)
    ordered = sorted(rows, key=lambda item: (-(item.rate or 0), item.study.id))
    return Comparison(
        claimed,
        tuple(ordered),
        pooled_rate(evidence.base, claim.therapy, claimed),
        claim.quoted,
    )
