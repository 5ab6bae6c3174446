"""Reasons and steps in words: the only place that turns their codes into English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.evidence.rules import Reason
from lupus_evidence.text import number, plural
from lupus_evidence.vocabulary import DENOMINATORS, ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.compare.cells import Certainty, Domain
    from lupus_evidence.evidence.choice import Counted, Particulars
    from lupus_evidence.evidence.effective import ErrorSource
    from lupus_evidence.evidence.figure import Missing, Number, Step

#: Each reason for a count of results.
LABELS: dict[Reason, str] = {
    Reason.OVERLAP: "shares people with a study that is counted",
    Reason.DENOMINATOR: "divided by another kind of denominator",
    Reason.NOT_LUPUS: "people with other diseases are in the figure",
    Reason.MIXED: "people given other treatments are in the figure",
    Reason.SUBGROUP: "about part of the group only",
    Reason.SCOPE: "judged on something else",
    Reason.FAILS_CHECK: "fails a check of the records",
    Reason.DURATION: "its time is how long it lasted in those who had it",
    Reason.FEW: "fewer people than are pooled",
    Reason.NO_NUMBER: "no usable number",
    Reason.SAME_STUDY: "another figure of the same study is counted",
    Reason.OWN_OUTCOME: "an outcome of that study alone",
    Reason.READING: "left out by the choice of readings",
    Reason.DESIGN: "left out by the choice of designs",
    Reason.ABSTRACT: "known from a conference abstract only",
    Reason.OTHER_TIME: "reported for other times only",
    Reason.NOT_REPORTED: "does not report this",
    Reason.NO_RESULTS: "registered, without results",
}

_MISSING = {
    "more-events-than-people": "more people with the outcome than people",
    "nothing-counted": "neither a count nor a percentage",
    "no-events": "people, but neither how many had the outcome nor a percentage",
    "no-denominator": "a count of people without the number they are out of",
    "curve-as-count": "a survival estimate given only as a count",
    "no-error": "an estimate without a standard error, an interval or a count",
    "zero-or-all": "an estimate of 0 or 100 % says nothing about its own uncertainty",
    "zero-error": "a standard error of 0",
    "outside-its-interval": "an estimate that does not lie inside its interval",
    "cut-at-both-ends": "an interval that is cut off at both ends",
}

_ERRORS = {
    "se": "from the standard error",
    "lower-half": "from the lower half of the interval, the upper being cut off",
    "upper-half": "from the upper half of the interval, the lower being cut off",
}


def label(reason: Reason) -> str:
    """Return a reason for a count of results."""
    return LABELS[reason]


def why(reason: Reason, about: Particulars) -> str:
    """Return a reason with what it needs, as one phrase.

    Parameters
    ----------
    reason : Reason
        Its code.
    about : Particulars
        Its values.
    """
    if reason is Reason.OTHER_TIME and not about.times:
        return f"reports {plural(about.results, 'figure')} for other times or organs"
    told: Callable[[], str] | None = {
        Reason.OVERLAP: lambda: _sharing(about),
        Reason.DENOMINATOR: lambda: _another_kind(about),
        Reason.SUBGROUP: lambda: f"only: {about.words}",
        Reason.SCOPE: lambda: f"judged on: {about.words}",
        Reason.FAILS_CHECK: lambda: f"fails {', '.join(about.codes)}",
        Reason.FEW: lambda: _few(about),
        Reason.NO_NUMBER: lambda: missing(about.missing),
        Reason.SAME_STUDY: lambda: f"counted instead: {count(about.instead)}",
        Reason.OWN_OUTCOME: lambda: about.words or "an outcome without a name",
        Reason.READING: lambda: f"read from: {about.words}",
        Reason.DESIGN: lambda: f"the design is {about.words}",
        Reason.MIXED: lambda: "people of other arms are in the figure",
        Reason.OTHER_TIME: lambda: _times(about),
        Reason.NO_RESULTS: lambda: f"{about.words}, without a result for this",
    }.get(reason)
    return LABELS[reason] if told is None else told()


def count(item: Counted | None) -> str:
    """Return a number as "12 of 39 people treated"."""
    if item is None:
        return "nothing"
    words = DENOMINATORS[item.among].words
    if item.estimate:
        return f"an estimate for {number(item.people)} {words}"
    return f"{number(item.events)} of {number(item.n)} {words}"


def missing(item: Missing | None) -> str:
    """Return why a result has no number, as one phrase."""
    if item is None:
        return LABELS[Reason.NO_NUMBER]
    if item.code == "impossible-count":
        return f"no count out of {item.people} prints as {item.percent} %"
    if item.code == "ambiguous-count":
        return f"{item.counts} counts out of {item.people} print as {item.percent} %"
    return _MISSING[item.code]


def steps(item: Number) -> str:
    """Return how a number came about; empty for a printed count."""
    if item.form == "effective" and len(item.steps) > 1:
        # what was left of an estimate is no difference of two counts
        first, *rest = item.steps
        opposite = ENDPOINTS[first.names[0]].label
        return "; ".join([f"everyone but: {opposite}", *map(_step, rest)])
    return "; ".join(map(_step, item.steps))


def _step(step: Step) -> str:
    """Return one step."""
    if step.code == "implied":
        people = number(step.numbers[0])
        return f"the only count out of {people} that prints as {step.percent} %"
    if step.code == "estimate":
        source = error_source(step.error)
        return f"estimate of {step.percent} % as effective people, {source}"
    if step.code == "arms":
        pairs = zip(step.names, step.numbers[::2], step.numbers[1::2], strict=True)
        rows = [f"{arm} {number(events)} of {number(n)}" for arm, events, n in pairs]
        return f"{len(rows)} arms added up: {', '.join(rows)}"
    labels = [ENDPOINTS[name].label for name in step.names]
    one, other = (number(value) for value in step.numbers)
    if step.code == "everyone-but":
        return f"{one} less {other} ({labels[0]})"
    return f"{one} ({labels[0]}) {step.code} {other} ({labels[1]})"


def error_source(item: ErrorSource | None) -> str:
    """Return where an estimate's standard error came from."""
    if item is not None and item.code == "assumed":
        low, high = (number(size) for size in item.people or (0.0, 0.0))
        return f"no error is printed; by its follow-up worth {low} to {high} people"
    if item is None or item.code == "interval":
        scale = item.scale if item else "plain"
        return f"from the interval, read on the {scale} scale"
    return _ERRORS[item.code]


def _sharing(about: Particulars) -> str:
    """Name the counted studies that share people with a number."""
    others = ", ".join(f"{study} ({certainty})" for study, certainty in about.studies)
    return f"shares people with {others}; here {count(about.here)}"


def _another_kind(about: Particulars) -> str:
    """Say whom a number is about, and whom the figure is about."""
    wanted = DENOMINATORS[about.wanted].words if about.wanted else "nobody"
    return f"here {count(about.here)}; this figure is about {wanted}"


def _few(about: Particulars) -> str:
    """Say how few people a number is about."""
    people = plural(int(about.here.people), "person", "people") if about.here else ""
    return f"{people}: shown by `table`, not pooled"


def _times(about: Particulars) -> str:
    """Say for which other times a study reports an endpoint."""
    return f"reports it for: {', '.join(sorted(band.label for band in about.times))}"


_CERTAINTY = {
    "bias-not-judged": "nobody has judged the studies' risk of bias",
    "methods-unseen": "the paper's methods were not read, only figures",
    "few-people": "fewer than 100 people",
    "few-events": "fewer than 10 people had the outcome, or did not",
    "wide-interval": "the interval is wide",
    "error-assumed": "an estimate without an error, which was assumed",
    "prior-decides": "the interval depends on what is assumed of the spread",
    "one-study": "one study, repeated by none",
    "two-studies": "two studies cannot show whether centres agree",
    "too-different": "the studies differ too much for one number",
    "wide-prediction": "a new centre could see a very different rate",
    "uneven-follow-up": "follow-up was shorter for some people than for others",
    "mixed-times": "different kinds of time together",
    "best-ever": "the best state ever reached, even if it did not last",
    "time-not-stated": "nobody says after what time",
    "definitions": "the outcome is defined differently or not at all",
    "denominator": "not about everyone treated",
    "denominators-differ": "the arms have different denominators",
    "second-hand": "figures read in another report",
}
_EVIDENCE = {
    "uncontrolled": "groups without a control",
    "randomised": "a randomised trial",
    "concurrent": "a control group that was not drawn by lot",
}


def less_certain(code: str) -> str:
    """Return a reason to be less certain, as one phrase."""
    return _CERTAINTY[code]


def kind_of_evidence(code: str) -> str:
    """Return where a certainty starts, as one phrase."""
    return _EVIDENCE[code]


#: Said once for everything, not beside every figure.
UNJUDGED = "bias-not-judged"

_DOMAINS: dict[Domain, str] = {
    "risk-of-bias": "risk of bias",
    "imprecision": "imprecision",
    "inconsistency": "inconsistency",
    "indirectness": "indirectness",
}


def domain(code: Domain) -> str:
    """Return the name of one of GRADE's domains."""
    return _DOMAINS[code]


def weaknesses(item: Certainty) -> str:
    """Return why a certainty is no higher, as one phrase; what holds for all is not.

    Parameters
    ----------
    item : Certainty
        The certainty.
    """
    return "; ".join(less_certain(code) for code in item.codes if code != UNJUDGED)


#: What a survival estimate printed without an error is taken to be worth.
ASSUMED_ERRORS = {
    "middle": "worth some of the people",
    "everyone": "worth everybody",
    "fewest": "worth the fewest",
    "none": "left out",
}
