"""Invented claims for the audit's tests, and what verdicts on them are made of."""

from collections.abc import Mapping
from math import comb, sqrt

from lupus_evidence.audit.verdicts import Counted
from lupus_evidence.records.field_types import Reported

#: A result on everybody treated, at one year.
REMISSION = "endpoint: complete-remission, among: treated, at: 12"


def two_arms(n=60):
    """Return the arms of a trial of cells against placebo."""
    return (
        f"  cells: {{therapy: uc-msc, n: {n}}}\n  placebo: {{therapy: placebo, n: {n}}}"
    )


def sharing(*studies):
    """Return the part of a record that says with which studies it shares people."""
    rows = (
        f"{{study: {name}, certainty: likely, because: same people}}"
        for name in studies
    )
    return f"overlaps: [{', '.join(rows)}]"


def rate(
    *percents, figure="", more="", months=12, endpoint="complete-remission",
    therapy="msc",
):  # fmt: skip
    """Return a claim of one or more rates of an outcome."""
    time = "" if months is None else f"months: {months}, "
    items = ", ".join(
        f'{{endpoint: {endpoint}, {time}percent: "{percent}"{figure}}}'
        for percent in percents
    )
    return f"kind: rate, therapy: {therapy}{more}, figures: [{items}]"


def cited(*percents, study="doe-2015", more="", **options):
    """Return a claim of a rate that names its study."""
    return rate(*percents, more=f", cites: {study}{more}", **options)


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


def falls(*measures, more="", direction="falls"):
    """Return a claim that measurements fell after donor MSC."""
    names = ", ".join(measures or ("sledai",))
    return (
        f"kind: direction, therapy: msc{more}, "
        f"changes: [{{measures: [{names}], direction: {direction}}}]"
    )


def statement(topic, *therapies, more=""):
    """Return a statement about treatments."""
    names = ", ".join(therapies or ("msc",))
    return f"kind: statement, topic: {topic}, therapies: [{names}]{more}"


def wilson(events, n, z=1.959964):
    """Return the 95 % interval of a proportion by Wilson's formula (1927)."""
    middle = events + z * z / 2
    reach = z * sqrt(events * (n - events) / n + z * z / 4)
    return (middle - reach) / (n + z * z), (middle + reach) / (n + z * z)


def exact(events, n):
    """Return the 95 % interval of a proportion by Clopper and Pearson (1934)."""

    def at_most(count, share):
        """Return the chance of so many or fewer."""
        rows = range(count + 1)
        return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in rows)

    low, high = (0.0, events / n), (events / n, 1.0)
    for _ in range(60):
        one, other = sum(low) / 2, sum(high) / 2
        rare = 1 - at_most(events - 1, one) < 0.025
        low = (one, low[1]) if rare else (low[0], one)
        often = at_most(events, other) > 0.025
        high = (other, high[1]) if often else (high[0], other)
    return low[0], high[0]


def codes(verdict):
    """Return the codes of a verdict's findings in their order."""
    return [finding.code for finding in verdict.findings]


def found(verdict, code):
    """Return a verdict's first finding with a code, or None."""
    return next((f for f in verdict.findings if f.code == code), None)


def shown(verdict, code):
    """Return study, people with the outcome and people behind a finding."""
    finding = found(verdict, code)
    return [
        (item.study, item.counted.people.events, item.counted.people.n)
        for item in (finding.evidence if finding else ())
    ]


def values(verdict, code):
    """Return the values of a verdict's first finding with a code, or None."""
    finding = found(verdict, code)
    return None if finding is None else dict(finding.values)


def answer(verdict):
    """Return code and values of the one sentence of a verdict."""
    (item,) = verdict.sentences
    return item.code, dict(item.values)


def people(counted):
    """Return how many of how many had it."""
    return counted.people.events, counted.people.n


def percents(rate):
    """Return a rate and both ends of its interval in whole percent."""
    shares = (rate.estimate, rate.low, rate.high)
    return tuple(None if share is None else int(100 * share + 0.5) for share in shares)


def figure(told):
    """Return study, people, outcome and months of a figure as a sentence tells it."""
    months = told.time and told.time.months
    return told.study, *people(told.counted), told.endpoint, months


def facts(value):
    """Yield all that a sentence is made of: people, percents, numbers and names."""
    match value:
        case bool() | None:
            return
        case str():
            yield value
        case int() | float():
            yield round(value, 1)
        case Reported():
            yield str(value)
        case Counted():
            yield from (people(value), percents(value.rate), value.printed)
        case Mapping():
            yield from facts(tuple(value.values()))
        case tuple():
            for part in value:
                yield from facts(part)
        case _:
            yield from facts(tuple(vars(value).values()))


def figures(given):
    """Return study, people, outcome and months of each figure that is told."""
    return [figure(item) for item in given["figures"]]
