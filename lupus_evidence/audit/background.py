"""Claims about the disease or the product: arithmetic against other sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.links import links_of
from lupus_evidence.audit.verdicts import Factor, Finding, Verdict

if TYPE_CHECKING:
    from lupus_evidence.audit.verdicts import Part, Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import BackgroundClaim, Source

#: A value this many times what the main source gives, or the inverse, is no rounding
#: and no other way of counting.
CONTRADICTED = 2.0
#: Sources that differ by more than this factor are not about the same thing.
DIFFER = 2.0
#: The share of the nearest source within which a value counts as given by it.
SAME = 0.05

#: Factors that bring units to a common scale: cases per 100,000 people.
_SCALE = {"percent": 1000.0}

_UNITS = {
    "percent": " %",
    "per-100000": " in 100,000 people",
    "per-100000-a-year": " in 100,000 people",
    "women-per-man": " women to each man",
}
_VERBS = {
    "incidence": " fall ill in a year",
    "prevalence": " live with it",
    "sex-ratio": "",
    "symptom-prevalence": " have such symptoms",
}


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
        text = "There is no reference value to compare this with."
        return Verdict("not checkable", (text,), ())
    spans = [span_of(item) for item in same]
    findings = [_reference(item, value, claim) for item in (*same, *others)]
    sides = {span.side(value) for span in spans}
    word: VerdictWord
    if sides not in ({1}, {-1}):
        word, more = _inside(value, spans)
        return Verdict(word, _inside_words(claim, same, spans), (*findings, *more))
    word = "overstated" if sides == {1} else "understated"
    if _factor(value, spans[0].centre) >= CONTRADICTED:
        word = "contradicted"
    sentence = (*_given(same[0], claim), ". ", *_off(value, spans[0], claim), ".")
    return Verdict(word, sentence, tuple(findings))


def _off(value: float, span: Span, claim: BackgroundClaim) -> Words:
    """Say how far off the claim is, with its value on the source's scale."""
    own: Words = ("The article's figure is ",)
    if claim.unit in _SCALE and span.scaled:
        own = (f"The article's {claim.value} % is ", value, " in 100,000, ")
    elif claim.to is not None:
        own = (f"The article's {claim.value} to {claim.to} makes ", value, ", ")
    if span.is_range or span.side(value) == 1:
        return (*own, *_times(value, span))
    if claim.to is not None:
        factor = Factor(span.centre / value)
        return (*own[:-1], "; the source's figure is ", factor, " that")
    return _in_short(value, span)


def _in_short(value: float, span: Span) -> Words:
    """Say how far off the claim is, without its value."""
    if not span.is_range and span.side(value) == -1:
        return ("That is ", Factor(span.centre / value), " the article's figure")
    return ("The article's figure is ", *_times(value, span))


def _times(value: float, span: Span) -> Words:
    """Say how many times a source's figure a larger one is, or on which side it is."""
    if span.is_range:
        return ("above that" if span.side(value) == 1 else "below that",)
    return (Factor(value / span.centre), " that")


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


def _given(source: Source, claim: BackgroundClaim) -> Words:
    """Return who says what: "Worldwide: 5.14 (1.4 to 15.13) in 100,000 people ..."."""
    verb = _VERBS[_quantity(source, claim)]
    unit = _UNITS[source.unit]
    reach = f"{source.low} to {source.high}"
    if source.value is None:
        return (f"{source.label}: {reach}{unit}{verb}",)
    if source.to is not None:
        printed = f" (printed as {source.value} to {source.to})"
        return (f"{source.label}: ", span_of(source).centre, f"{unit}{printed}")
    bracket = f" ({reach})" if source.low is not None else ""
    if source.unit == "percent":
        return (f"{source.label}: {source.value}{unit}{bracket}{verb}",)
    return (f"{source.label}: {source.value}{bracket}{unit}{verb}",)


def _reference(source: Source, value: float, claim: BackgroundClaim) -> Finding:
    """Say what one source gives, and how far off the claim is."""
    span = span_of(source)
    words: list[Part] = [*_given(source, claim)]
    if span.side(value):
        words += [". ", *_in_short(value, span)]
    words.append(f". {source.note}" if source.note else ".")
    return Finding("reference-range", tuple(words), links=links_of(source))


def _inside(value: float, spans: list[Span]) -> tuple[VerdictWord, list[Finding]]:
    """Return the verdict and findings of a value within what sources give.

    Whether sources differ is judged on their values: the interval around one says how
    sure that source is, not that it disagrees with another.
    """
    findings = []
    low = min(span.low if span.is_range else span.centre for span in spans)
    high = max(span.high if span.is_range else span.centre for span in spans)
    if all(abs(value - span.centre) > SAME * span.centre for span in spans):
        findings.append(
            Finding(
                "no-source-for-figure",
                ("The article's figure lies within these, but none of them gives it.",),
            )
        )
    if high > DIFFER * low:
        findings.append(
            Finding(
                "sources-differ",
                (
                    "The highest of these is ",
                    Factor(high / low),
                    " the lowest: it depends on whom and what one counts.",
                ),
            )
        )
        return "supported, context missing", findings
    return "supported", findings


def _inside_words(
    claim: BackgroundClaim, sources: list[Source], spans: list[Span]
) -> Words:
    """Return the sentence for a value within what sources give."""
    unit = _UNITS[sources[0].unit]
    low = min(span.low for span in spans) / _SCALE.get(sources[0].unit, 1.0)
    high = max(span.high for span in spans) / _SCALE.get(sources[0].unit, 1.0)
    verb = _VERBS[claim.quantity]
    return ("Other sources: ", low, " to ", high, f"{unit}{verb}.")
