"""Invented claims for the audit's tests, and what verdicts on them say."""

from lupus_evidence.render.audit.words import sentence


def rate(percent, figure="", more="", months=12, endpoint="complete-remission"):
    """Return a claim of a rate after donor MSC."""
    time = "" if months is None else f"months: {months}, "
    return (
        f"kind: rate, therapy: msc{more}, figures: "
        f'[{{endpoint: {endpoint}, {time}percent: "{percent}"{figure}}}]'
    )


def background(quantity, value, unit, *sources, more=""):
    """Return a claim about the disease, with sources by their figures."""
    items = ", ".join(
        f"{{label: Source {number}, doi: 10.1000/{number}, {text}}}"
        for number, text in enumerate(sources, 1)
    )
    return (
        f"kind: background, quantity: {quantity}, unit: {unit}{more}, "
        f'value: "{value}", references: [{items}]'
    )


def told(verdict):
    """Return the sentence and every finding of a verdict."""
    return [sentence(verdict.sentence)] + [
        sentence(finding.words) for finding in verdict.findings
    ]


def text_of(verdict, code):
    """Return the sentence of a verdict's first finding with a code, or None."""
    words = [sentence(f.words) for f in verdict.findings if f.code == code]
    return words[0] if words else None
