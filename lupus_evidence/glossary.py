"""What the words in records and outputs mean, for `explain`."""

from __future__ import annotations

from lupus_evidence.vocabulary import BANDS, ENDPOINTS, MEASURES, THERAPIES

_WORDS: dict[str, str] = {
    "study": "One report of one group of people, named after its first author and "
    "year. Registered trials without results are studies too: what was never "
    "published is shown.",
    "arm": "The people in a study who were given one therapy.",
    "result": "One arm, one endpoint, one time, and either a count (3 of 6) or an "
    "estimate (a percentage from a curve).",
    "among": "Whom a rate was divided by: enrolled, treated, evaluable, followed, "
    "survivors or responders. Rates with different denominators are not pooled.",
    "enrolled": "Denominator: everybody who entered, treated or not.",
    "treated": "Denominator: everybody who was given the therapy.",
    "evaluable": "Denominator: those treated for whom the outcome is known.",
    "followed": "Denominator: those still under observation at that time. People who "
    "died or left are not in it, so the rate can rise while nobody gets better.",
    "survivors": "Denominator: those still alive. A rate among survivors leaves the "
    "deaths out.",
    "responders": "Denominator: those who got better first. Relapse is asked among "
    "them.",
    "unstated": "The source does not say.",
    "scope": "What a remission or response was judged on: lupus as a whole, or one "
    "organ, such as the kidney. Only one scope goes into a pooled figure.",
    "reading": "How a figure was seen: on the paper's full text, on its abstract, in a "
    "trial registry, or only second hand.",
    "primary-full-text": "Reading: the figure stood in the paper's own text or tables.",
    "primary-abstract": "Reading: the figure stood in the paper's own abstract.",
    "registry": "Reading: the figure stood in a trial registry. Design: patients "
    "reported by many centres to one data base.",
    "secondary": "Reading: only a review, a press release or another page said so.",
    "overlap": "Two studies share people, certainly or likely. In one pooled figure no "
    "person is counted twice: of overlapping studies the one with most people stays.",
    "kaplan-meier": "An estimate of the share who stay free of an event, which also "
    "uses people who were not followed to that time. It is not a count.",
    "cumulative-incidence": "An estimate of the share who had an event by a time, "
    "allowing for deaths from other causes. It is not a count.",
    "interval": "Where the true rate may lie. With few people it is wide: 3 of 6 is "
    "50 %, and anything from 19 to 81 % would fit.",
    "median-follow-up": "The time is the middle of how long people were followed, not "
    "a visit that everybody had.",
    "best-ever": "The best state somebody reached at any time, even if it did not "
    "last.",
    "refractory": "Earlier treatment had failed. Whose words these are stands in the "
    "record.",
    "registered": "Status: a trial in a registry, without published results here.",
    "withdrawn": "Status: a registered trial that was called off.",
    "acknowledged": "A printed figure fails a check, and the record says why it stays "
    "as printed.",
    "single-arm-trial": "Design: everybody got the treatment; there is nobody to "
    "compare with.",
    "randomised-trial": "Design: chance decided who got which treatment, so the groups "
    "can be compared.",
    "controlled-trial": "Design: two groups side by side, not by chance.",
    "comparative-cohort": "Design: two groups observed side by side, not by chance.",
    "cohort": "Design: people treated at a place and time, looked at afterwards.",
    "case-series": "Design: a few people described one after another.",
    "case-report": "Design: one person described.",
}


def glossary() -> dict[str, str]:
    """Return every term with its meaning, in a stable order."""
    words = dict(_WORDS)
    for therapy in THERAPIES.values():
        part = f" Part of {therapy.wider}." if therapy.wider else ""
        words[therapy.name] = f"Therapy: {therapy.label}.{part}"
    for endpoint in ENDPOINTS.values():
        words[endpoint.name] = f"Endpoint ({endpoint.family}): {endpoint.label}."
    for name, label in MEASURES.items():
        words.setdefault(name, f"Measurement: {label}.")
    bands = "; ".join(
        f"{band.months}: month {band.low:g} up to "
        + ("any later one" if band.high == float("inf") else f"but not {band.high:g}")
        for band in BANDS
    )
    words["band"] = f"Times that count as the same time, in months. {bands}."
    return dict(sorted(words.items()))
