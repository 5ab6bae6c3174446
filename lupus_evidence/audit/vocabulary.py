"""The fixed words of an audit: verdicts and findings, each with its definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

VerdictWord = Literal[
    "supported",
    "supported, context missing",
    "overstated",
    "understated",
    "contradicted",
    "not found",
    "not checkable",
]
VERDICTS: tuple[VerdictWord, ...] = get_args(VerdictWord)

#: Where a claim has several parts, the first of these that any part earned stands for
#: the whole.
PRECEDENCE: tuple[VerdictWord, ...] = (
    "contradicted",
    "overstated",
    "understated",
    "not found",
    "not checkable",
    "supported, context missing",
    "supported",
)

Weight = Literal["decides", "context", "note"]

VERDICT_MEANINGS: dict[VerdictWord, str] = {
    "supported": "A study here reports it, or every source gives about this value, and "
    "nothing that a reader needs is left out.",
    "supported, context missing": "A study here reports it, but the article leaves "
    "out something that changes what it means, such as how few people it rests on.",
    "overstated": "No study here reports it, and the studies that ask the same "
    "question report less; or the evidence is weaker than the words.",
    "understated": "No study here reports it, and the studies that ask the same "
    "question report more.",
    "contradicted": "The evidence says something else: a value at least twice or at "
    "most half of what the sources give, a change the other way, or serious harm where "
    "the article sees little.",
    "not found": "No study here reports it, and the studies neither rule it out nor "
    "bear it out.",
    "not checkable": "The records hold nothing that could answer it.",
}


@dataclass(frozen=True)
class FindingKind:
    """A kind of finding.

    Parameters
    ----------
    code : str
        Stable name.
    weight : {"decides", "context", "note"}
        Whether it decides the verdict, turns "supported" into "supported, context
        missing", or only informs.
    meaning : str
        One or two sentences for `explain` and the manual.
    """

    code: str
    weight: Weight
    meaning: str


FINDINGS: dict[str, FindingKind] = {
    kind.code: kind
    for kind in (
        FindingKind(
            "figure-found",
            "decides",
            "A study of this treatment reports this percentage for this outcome, at "
            "about this time. The finding says where it stands.",
        ),
        FindingKind(
            "figure-not-found",
            "decides",
            "No study of this treatment among the records reports this percentage for "
            "this outcome at about this time.",
        ),
        FindingKind(
            "study-says-otherwise",
            "decides",
            "The study that the claim rests on reports another percentage for the same "
            "outcome at about the same time.",
        ),
        FindingKind(
            "above-every-study",
            "decides",
            "Every study of people with lupus that reports this outcome at about this "
            "time reports less.",
        ),
        FindingKind(
            "below-every-study",
            "decides",
            "Every study of people with lupus that reports this outcome at about this "
            "time reports more.",
        ),
        FindingKind(
            "within-the-studies",
            "note",
            "No study reports this percentage, but it lies between those that the "
            "studies report.",
        ),
        FindingKind(
            "top-of-the-range",
            "context",
            "The percentage is the highest of the studies, or the top of a range that "
            "reviews quote. The others stand beside it, with people and interval.",
        ),
        FindingKind(
            "outside-the-pooled-interval",
            "context",
            "The percentage lies outside the 95 % interval of the studies taken "
            "together. For a claim that names no study this decides the verdict.",
        ),
        FindingKind(
            "rounding",
            "note",
            "The article rounds what the study prints.",
        ),
        FindingKind(
            "bound-word",
            "note",
            'The article says "over", "up to" or "about" where the study gives a '
            "figure.",
        ),
        FindingKind(
            "melted-denominator",
            "context",
            "The percentage rests on fewer than half of those treated, or on fewer "
            "than 20 people while more were treated. Those who died, left or were not "
            "yet followed that long are not in it.",
        ),
        FindingKind(
            "few-people",
            "context",
            "Fewer than 20 people were treated, so chance alone moves the percentage "
            "a long way.",
        ),
        FindingKind(
            "wrong-kind-of-denominator",
            "context",
            "The percentage counts only survivors, responders or those with an "
            "outcome, though the study also counts everybody treated.",
        ),
        FindingKind(
            "other-disease",
            "context",
            "Most people behind the figure have another disease than lupus. A figure "
            "that no study of lupus reports is then not found.",
        ),
        FindingKind(
            "part-of-the-group",
            "context",
            "The percentage is about part of those treated.",
        ),
        FindingKind(
            "other-time",
            "context",
            "The study reports the percentage at another time than the article.",
        ),
        FindingKind(
            "time-not-said",
            "context",
            "The article does not say when; the study does.",
        ),
        FindingKind(
            "other-study",
            "context",
            "The percentage is not in the study that the article means, but in "
            "another.",
        ),
        FindingKind(
            "study-not-named",
            "note",
            "The article does not name its study, so all studies of the treatment were "
            "looked at.",
        ),
        FindingKind(
            "people-differ",
            "context",
            "The article gives another number of people than the study.",
        ),
        FindingKind(
            "detail-differs",
            "note",
            "A detail of the study, such as its share of women, is not as printed.",
        ),
        FindingKind(
            "no-control-group",
            "context",
            "Everybody in the study got the treatment, so nobody knows how they would "
            "have done without it.",
        ),
        FindingKind(
            "same-people-twice",
            "context",
            "Two claims of the article rest on one result, or on studies that share "
            "people: it looks like more evidence than it is.",
        ),
        FindingKind(
            "later-report-less-favourable",
            "context",
            "A later report on some of the same people, followed for as long or "
            "longer, has a worse percentage.",
        ),
        FindingKind(
            "randomised-trial-says-otherwise",
            "context",
            "In a trial where chance decided who got the treatment, those treated did "
            "not do clearly better than the others.",
        ),
        FindingKind(
            "randomised-trial-agrees",
            "note",
            "In a trial where chance decided who got the treatment, those treated did "
            "clearly better than the others.",
        ),
        FindingKind(
            "no-randomised-trial",
            "context",
            "No trial with results in which chance decided who got the treatment is "
            "among the records.",
        ),
        FindingKind(
            "registered-trial-unreported",
            "context",
            "A randomised trial of the treatment stands in a registry without "
            "published results among the records.",
        ),
        FindingKind(
            "harm-left-out",
            "context",
            "The same study reports deaths, relapses or serious infections that the "
            "article does not mention.",
        ),
        FindingKind(
            "harm-reported",
            "decides",
            "Studies of the treatment report this harm, in so many people.",
        ),
        FindingKind(
            "no-harm-data",
            "decides",
            "No study of the treatment among the records reports this kind of harm.",
        ),
        FindingKind(
            "direction-reported",
            "decides",
            "Studies of the treatment report that this went the way the article says.",
        ),
        FindingKind(
            "direction-contrary",
            "context",
            "Some studies report that this did not change, or went the other way. "
            "Where they are as many as the others, this decides the verdict.",
        ),
        FindingKind(
            "controls-changed-too",
            "context",
            "In a controlled study, people without the treatment changed the same way.",
        ),
        FindingKind(
            "in-words-only",
            "context",
            "The studies say so in words and print no figure.",
        ),
        FindingKind(
            "second-hand",
            "note",
            "The figure was seen only in a press release, a review or another page, "
            "not in the study itself.",
        ),
        FindingKind(
            "reference-range",
            "decides",
            "What other sources give for the same quantity.",
        ),
        FindingKind(
            "sources-differ",
            "context",
            "The sources differ among themselves by a factor of more than two, so the "
            "value depends on whom and what they count.",
        ),
        FindingKind(
            "no-source-for-figure",
            "note",
            "The value lies within what the sources give, but none of them gives it.",
        ),
        FindingKind(
            "dose-in-studies",
            "decides",
            "What the studies of these cells say they gave.",
        ),
        FindingKind(
            "report-found",
            "decides",
            "A report on such a case is among the records.",
        ),
        FindingKind(
            "report-not-found",
            "decides",
            "No report with an outcome on such a case is among the records.",
        ),
        FindingKind(
            "study-found",
            "decides",
            "The study that the article describes is among the records.",
        ),
        FindingKind(
            "opinion",
            "note",
            "What a review or a guideline says.",
        ),
        FindingKind(
            "part-not-checkable",
            "note",
            "A part of the claim holds nothing that could be compared.",
        ),
    )
}


def worst(words: list[VerdictWord]) -> VerdictWord:
    """Return the verdict of a claim whose parts earned these."""
    return min(words, key=PRECEDENCE.index)


def audit_terms() -> dict[str, str]:
    """Return every verdict and finding with its definition, for `explain`."""
    verdicts = {
        word.replace(", ", "-").replace(" ", "-"): f"Verdict ({word}): {meaning}"
        for word, meaning in VERDICT_MEANINGS.items()
    }
    return verdicts | {
        kind.code: f"Finding of an audit: {kind.meaning}" for kind in FINDINGS.values()
    }
