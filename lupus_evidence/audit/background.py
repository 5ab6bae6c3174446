"""Claims about the disease or the product: arithmetic against other sources.

Cells in one dose are held against what the records say was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded_figures import Records, place_of
from lupus_evidence.audit.verdicts import Evidence, Finding, Sentence, Verdict
from lupus_evidence.records.identity import links_of
from lupus_evidence.vocabulary import therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import VerdictWord
    from lupus_evidence.records.claims import BackgroundClaim, Source
    from lupus_evidence.records.field_types import Reported
    from lupus_evidence.records.load import StudyFile


#: A value this many times what the main source gives, or the inverse, is no rounding
#: and no other way of counting.
CONTRADICTED = 2.0
#: Sources that differ by more than this factor are not about the same thing.
DIFFER = 2.0
#: The share of the nearest source within which a value counts as given by it.
SAME = 0.05

#: Factors that bring units to a common scale: cases per 100,000 people.
_SCALE = {"percent": 1000.0}


@dataclass(frozen=True)
class GivenFigure:
    """What a source gives, as a sentence tells it.

    Parameters
    ----------
    label, quantity, unit : str
        Whom it is about, what it measures, and in what.
    value, to, low, high : Reported or None
        As printed; `to` is the other part of a ratio.
    centre : float
        The value, a ratio divided out.
    """

    label: str
    quantity: str
    unit: str
    value: Reported | None
    to: Reported | None
    low: Reported | None
    high: Reported | None
    centre: float


@dataclass(frozen=True)
class Comparison:
    """How a claim's value compares with a source's.

    Parameters
    ----------
    side : int
        1 where the claim's is larger, -1 where it is smaller.
    factor : float or None
        How many times the smaller one the larger is; None beside a range.
    """

    side: int
    factor: float | None


@dataclass(frozen=True)
class OwnFigure:
    """What the article gives, on the source's scale.

    Parameters
    ----------
    printed, to : Reported or None
        As printed; `to` is the other part of a ratio.
    value : float
        On the source's scale.
    in_100000 : bool
        Whether a percentage was brought to cases in 100,000 people.
    """

    printed: Reported
    to: Reported | None
    value: float
    in_100000: bool


@dataclass(frozen=True)
class Span:
    """What one source gives, on the common scale.

    Parameters
    ----------
    centre : float
        The value, or the middle of the range.
    low, high : float
        Ends of the range; the value itself where there is none.
    is_range : bool
        Whether the source gives a range and no value.
    scaled : bool
        Whether the source counts cases in 100,000 people.
    """

    centre: float
    low: float
    high: float
    is_range: bool = False
    scaled: bool = False

    def side(self, value: float) -> int:
        """Return 1 for a value above the range, -1 for one below it, 0 within it."""
        return (value > self.high) - (value < self.low)


def span_of(source: Source) -> Span:
    """Return what a source gives, a ratio divided out, on the common scale.

    Parameters
    ----------
    source : Source
        A value, a range, or both.

    Raises
    ------
    ValueError
        If the source gives neither.
    """
    scale = _SCALE.get(source.unit, 1.0)
    ends = [end.value * scale for end in (source.low, source.high) if end is not None]
    if source.value is None:
        if not ends:
            raise ValueError(f"{source.label} gives neither a value nor a range")
        return Span(sum(ends) / len(ends), min(ends), max(ends), is_range=True)
    centre = source.value.value / (source.to.value if source.to else 1.0) * scale
    scaled = source.unit.startswith("per-100000")
    return Span(centre, min([centre, *ends]), max([centre, *ends]), scaled=scaled)


def background_verdict(claim: BackgroundClaim) -> Verdict:
    """Return the verdict on a claim about the disease, by arithmetic.

    Parameters
    ----------
    claim : BackgroundClaim
        Its references of the same quantity decide; those of another quantity are
        shown, with how far off the claim would be even then.
    """
    value = _value(claim)
    same = [
        item for item in claim.references if _quantity(item, claim) == claim.quantity
    ]
    others = [item for item in claim.references if item not in same]
    if not same:
        return Verdict("not checkable", (Sentence("no-reference"),), ())
    spans = [span_of(item) for item in same]
    findings = [_reference(item, value, claim) for item in (*same, *others)]
    sides = {span.side(value) for span in spans}
    word: VerdictWord
    if sides not in ({1}, {-1}):
        word, more = _inside(value, spans)
        return Verdict(word, (_between(claim, same, spans),), (*findings, *more))
    word = "overstated" if sides == {1} else "understated"
    if _factor(value, spans[0].centre) >= CONTRADICTED:
        word = "contradicted"
    rescaled = claim.unit in _SCALE and spans[0].scaled
    values = {
        "source": _given(same[0], claim),
        "article": OwnFigure(claim.value, claim.to, value, rescaled),
        "comparison": _comparison(value, spans[0]),
    }
    return Verdict(word, (Sentence("source", values),), tuple(findings))


def _comparison(value: float, span: Span) -> Comparison | None:
    """Return how far off a claim is; None where it lies within."""
    side = span.side(value)
    if not side:
        return None
    return Comparison(side, None if span.is_range else _factor(value, span.centre))


def _factor(one: float, other: float) -> float:
    """Return how many times the larger value is the smaller one."""
    return max(one / other, other / one)


def _quantity(source: Source, claim: BackgroundClaim) -> str:
    """Return what a source measures."""
    return source.quantity or claim.quantity


def _value(claim: BackgroundClaim) -> float:
    """Return the claim's value on the common scale."""
    divisor = claim.to.value if claim.to else 1.0
    return claim.value.value / divisor * _SCALE.get(claim.unit, 1.0)


def _given(source: Source, claim: BackgroundClaim) -> GivenFigure:
    """Return who says what."""
    return GivenFigure(
        source.label,
        _quantity(source, claim),
        source.unit,
        source.value,
        source.to,
        source.low,
        source.high,
        span_of(source).centre,
    )


def _reference(source: Source, value: float, claim: BackgroundClaim) -> Finding:
    """Say what one source gives, and how far off the claim is."""
    values = {
        "source": _given(source, claim),
        "comparison": _comparison(value, span_of(source)),
        "note": source.note,
    }
    return Finding("reference-range", values, links=links_of(source))


def _inside(value: float, spans: list[Span]) -> tuple[VerdictWord, list[Finding]]:
    """Return the verdict and findings of a value within what sources give.

    Whether sources differ is judged on their values: the interval around one says how
    sure that source is, not that it disagrees with another.
    """
    findings = []
    low = min(span.low if span.is_range else span.centre for span in spans)
    high = max(span.high if span.is_range else span.centre for span in spans)
    if all(abs(value - span.centre) > SAME * span.centre for span in spans):
        findings.append(Finding("no-source-for-figure"))
    if high > DIFFER * low:
        findings.append(Finding("sources-differ", {"factor": high / low}))
        return "supported, context missing", findings
    return "supported", findings


def _between(
    claim: BackgroundClaim, sources: list[Source], spans: list[Span]
) -> Sentence:
    """Return from where to where the sources reach, in the first one's unit."""
    scale = _SCALE.get(sources[0].unit, 1.0)
    return Sentence(
        "sources",
        {
            "unit": sources[0].unit,
            "quantity": claim.quantity,
            "low": min(span.low for span in spans) / scale,
            "high": max(span.high for span in spans) / scale,
        },
    )


#: Kilograms of a light and of a heavy adult, to turn a dose per kg into cells. The
#: default adult of 70 kg (EFSA 2012, doi 10.2903/j.efsa.2012.2579) lies in the middle.
LIGHT, MIDDLE, HEAVY = 50.0, 70.0, 90.0
#: The unit of a dose by weight.
PER_KG = "million-cells-per-kg"

_DOSE = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s+(?:to|and|or)\s+(\d+(?:\.\d+)?))?\s+million"
    r"(?:\s+[\w+-]+)?\s+cells(\s+per\s+kg)?"
)


@dataclass(frozen=True)
class Dose:
    """What one arm was given.

    Parameters
    ----------
    source : StudyFile
        The record.
    arm : str
        Which of its arms.
    text : str
        As the record says it.
    low, high : float
        Million cells for a light and a heavy adult.
    """

    source: StudyFile
    arm: str
    text: str
    low: float
    high: float

    @property
    def short(self) -> str:
        """The part of the text that gives the cells."""
        match = _DOSE.search(self.text)
        return match[0] if match else self.text


def cells_in(text: str) -> tuple[float, float] | None:
    """Return the million cells that a dose stands for, or None if it gives none.

    Parameters
    ----------
    text : str
        Such as "1 million cells per kg" or "200 million cells".

    Examples
    --------
    >>> cells_in("1 million cells per kg each time")
    (50.0, 90.0)
    >>> cells_in("80 million cells in all")
    (80.0, 80.0)
    """
    ends: list[float] = []
    for low, high, per_kg in _DOSE.findall(text):
        light, heavy = (LIGHT, HEAVY) if per_kg else (1.0, 1.0)
        ends += [float(low) * light, float(high or low) * heavy]
    return (min(ends), max(ends)) if ends else None


def doses_of(records: Records, therapy: str) -> list[Dose]:
    """Return the doses of a therapy in studies with people treated, by size.

    Arms whose kind of cells the records leave open count: their cells may be meant.
    """
    found = []
    for source in records.base.files:
        if source.study.status != "published":
            continue
        for name, arm in source.study.arms.items():
            fits = therapy_includes(therapy, arm.therapy) or therapy_includes(
                arm.therapy, therapy
            )
            cells = cells_in(arm.dose) if fits and arm.dose else None
            if arm.dose and cells is not None:
                found.append(Dose(source, name, arm.dose, *cells))
    return sorted(found, key=lambda dose: (dose.low, dose.high, dose.source.study.id))


def dose_verdict(claim: BackgroundClaim, therapy: str, records: Records) -> Verdict:
    """Return the verdict on a claimed number of cells in one dose.

    Parameters
    ----------
    claim : BackgroundClaim
        With million cells.
    therapy : str
        The cells' kind.
    records : Records
        The records.
    """
    doses = doses_of(records, therapy)
    if not doses:
        return Verdict("not checkable", (Sentence("no-dose"),), ())
    same = [dose for dose in doses if _fits(dose, claim)]
    groups: dict[tuple[float, float], list[Dose]] = {}
    for dose in doses:
        groups.setdefault((dose.low, dose.high), []).append(dose)
    findings = [_group(members) for members in groups.values()]
    if same:
        values: dict[str, object] = {
            "value": claim.value,
            "per_kg": claim.unit == PER_KG,
            "studies": tuple(sorted({dose.source.study.id for dose in same})),
        }
        return Verdict("supported", (Sentence("dose", values),), tuple(findings))
    usual = max(groups.values(), key=len)[0]
    claimed = claim.value.value * (MIDDLE if claim.unit == PER_KG else 1.0)
    values = {
        "therapy": therapy,
        "dose": usual.short,
        "low": usual.low,
        "high": usual.high,
        "light": LIGHT,
        "heavy": HEAVY,
        "least": usual.low / claimed,
        "most": usual.high / claimed,
    }
    return Verdict("not found", (Sentence("other-dose", values),), tuple(findings))


def _fits(dose: Dose, claim: BackgroundClaim) -> bool:
    """Tell whether a dose is the one that a claim gives.

    Doses per kg are compared as such; a dose per kg and one for everybody are the same
    where somebody weighs what makes them so.
    """
    value = claim.value.value
    if claim.unit != PER_KG:
        return dose.low <= value <= dose.high
    if dose.low != dose.high:
        return dose.low / LIGHT <= value <= dose.high / HEAVY
    return value * LIGHT <= dose.low <= value * HEAVY


def _group(doses: list[Dose]) -> Finding:
    """Say which studies gave one dose."""
    studies = tuple(dict.fromkeys(dose.source.study.id for dose in doses))
    return Finding(
        "dose-in-studies",
        {"dose": doses[0].short, "studies": studies},
        tuple(_evidence(dose) for dose in doses),
    )


def _evidence(dose: Dose) -> Evidence:
    """Return a dose as evidence."""
    study = dose.source.study
    return Evidence(
        study.id,
        "cells-per-dose",
        place_of(dose.source, "arms", dose.arm),
        study.arms[dose.arm].therapy,
        where=dose.text,
        reading=study.reading,
    )
