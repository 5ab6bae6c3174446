"""What an audit returns: articles, claims, verdicts, findings and their evidence.

No words and nothing rounded: a sentence is a code and typed values, and a template
of that name says it. The fixed words, verdicts and findings, are defined in
``verdicts.yaml`` beside this file, for people to read.

Who decides a verdict, by what is claimed:

- a percentage, a share or a count: `audit.rates`; held against all studies:
  `audit.standing`; survival: `audit.survival`
- that something fell or rose: `audit.directions`
- that harms are few: `audit.harms`
- how many fall ill, prices, doses: `audit.background`
- a statement without a figure, an account of one study: `audit.statements`
- several parts, or several rules: the first of `PRECEDENCE`
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.records.yamltext import parse
from lupus_evidence.vocabulary import filled, topic

if TYPE_CHECKING:
    from lupus_evidence.documents.values import People, Rate, Receipt, Tone
    from lupus_evidence.reading.claims_read import Read, ReadPage
    from lupus_evidence.records.files import Diagnostic, Place
    from lupus_evidence.records.study import Time


VerdictWord = Literal[
    "supported",
    "supported, context missing",
    "within the studies",
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
    "within the studies",
    "supported, context missing",
    "supported",
)

Weight = Literal["decides", "context", "note"]


@dataclass(frozen=True)
class VerdictKind:
    """A verdict.

    Parameters
    ----------
    word : str
        Stable name.
    sign : str
        One character that stands beside the word, its own for each verdict.
    tone : Tone
        How it is coloured.
    meaning : str
        One or two sentences for `explain` and the manual.
    spoken : str
        What people say, where the word leaves open which way it errs; else empty.
    brief : str
        In a line to read at a glance.
    """

    word: VerdictWord
    sign: str
    tone: Tone
    meaning: str
    brief: str
    spoken: str = ""


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
    short : str
        What a verdict's line says is missing; empty where nothing is.
    """

    code: str
    weight: Weight
    meaning: str
    short: str = ""


_WORDS = parse(
    resources.files(__package__).joinpath("verdicts.yaml").read_text(encoding="utf-8")
)
VERDICT_KINDS: dict[VerdictWord, VerdictKind] = {
    word: VerdictKind(word, **{"brief": word, **row})
    for word, row in _WORDS["verdicts"].items()
}
VERDICT_MEANINGS: dict[VerdictWord, str] = {
    word: kind.meaning for word, kind in VERDICT_KINDS.items()
}
FINDINGS: dict[str, FindingKind] = {
    code: FindingKind(code, **row) for code, row in _WORDS["findings"].items()
}


def worst(words: list[VerdictWord]) -> VerdictWord:
    """Return the verdict of a claim whose parts earned these."""
    return min(words, key=PRECEDENCE.index)


def audit_terms() -> dict[str, str]:
    """Return every verdict and finding with its definition, for `explain`."""
    terms = {
        word.replace(", ", "-").replace(" ", "-"): f"Verdict ({word}): {meaning}"
        for word, meaning in VERDICT_MEANINGS.items()
    }
    for code, kind in FINDINGS.items():
        verdict = f"{terms[code]} " if code in terms else ""  # both of one name
        terms[code] = f"{verdict}Finding of an audit: {kind.meaning}"
    condition = topic().condition
    return {code: filled(text, condition) for code, text in terms.items()}


@dataclass(frozen=True)
class Counted:
    """People with an outcome, and the rate with its interval.

    Parameters
    ----------
    people : People
        Events and denominator, as far as known.
    rate : Rate
        Proportions in 0-1.
    printed : str
        As the source prints it, where that says more; empty otherwise.
    """

    people: People
    rate: Rate
    printed: str = ""


@dataclass(frozen=True)
class ToldFigure:
    """One figure of a study, as a sentence tells it.

    Parameters
    ----------
    study : str
        The record.
    counted : Counted
        People and rate.
    endpoint, scope : str
        What it counts, and what that was judged on.
    name : str or None
        What the record calls an outcome that has no name of its own.
    time : Time or None
        When it was counted.
    n, treated : int or None
        People in the denominator, and people treated.
    of_condition : bool
        Whether everybody in it has lupus.
    """

    study: str
    counted: Counted
    endpoint: str
    scope: str
    name: str | None
    time: Time | None
    n: int | None
    treated: int | None
    of_condition: bool


#: What a figure is: one study's, or all studies' together.
Basis = Literal["study", "curve"]


@dataclass(frozen=True)
class Evidence:
    """One figure, and where it stands.

    Parameters
    ----------
    study : str
        The record; empty where all studies together say it.
    about : str
        What it counts or measures, by the vocabulary's name.
    place : Place or None
        File, line and column; None where all studies together say it.
    therapy : str
        What the people were given.
    months : float or None
        After treatment.
    counted : Counted or None
        People and rate, where it is a rate.
    among : str
        Kind of denominator.
    where : str or None
        Place in the paper.
    reading : str
        How the figure was seen.
    basis : {"study", "curve"}
        One study's record, or the survival curve of all studies together.
    """

    study: str
    about: str
    place: Place | None = None
    therapy: str = ""
    months: float | None = None
    counted: Counted | None = None
    among: str = ""
    where: str | None = None
    reading: str = ""
    basis: Basis = "study"


Values = Mapping[str, object]


@dataclass(frozen=True)
class Sentence:
    """What the evidence says of a claim or of a part of it.

    Parameters
    ----------
    code : str
        Name of the sentence.
    values : mapping of str to value
        What it tells, by name: plain or frozen values, unrounded.
    """

    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One thing that the evidence says about a claim.

    Parameters
    ----------
    code : str
        One of the fixed findings.
    values : mapping of str to value
        What its sentence tells, by name: plain or frozen values, unrounded.
    evidence : tuple of Evidence
        The figures it rests on.
    links : tuple of str
        Sources outside the records.
    """

    code: str
    values: Values = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight:
        """What it does to the verdict."""
        return FINDINGS[self.code].weight

    def says_as(self, other: Finding) -> bool:
        """Tell whether another finding says the same, wherever that stands."""
        return (self.code, self.values) == (other.code, other.values)


@dataclass(frozen=True)
class Verdict:
    """The answer to one claim.

    Parameters
    ----------
    word : str
        One of the fixed verdicts.
    sentences : tuple of Sentence
        What the evidence says, one for each part of the claim.
    findings : tuple of Finding
        In the order in which they should be read.
    rests_on : tuple of (str, int)
        Study and index of each result that the claim was found to rest on.
    """

    word: VerdictWord
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    rests_on: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What a reader needs and the article leaves out, a few words each."""
        if self.word != "supported, context missing":
            return ()
        kinds = (FINDINGS[item.code] for item in self.findings)
        found = (kind.short for kind in kinds if kind.short)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class AuditedClaim:
    """A claim and its verdict.

    Parameters
    ----------
    number : int
        Its place in the article, from 1.
    id, kind, says : str
        From the claims file.
    where : str or None
        Where in the article it stands.
    place : Place
        Where in the claims file it stands.
    verdict : Verdict
        The answer.
    read : Read or None
        How it was understood, where the article itself was read.
    """

    number: int
    id: str
    kind: str
    says: str
    where: str | None
    place: Place
    verdict: Verdict
    read: Read | None = None


@dataclass(frozen=True)
class AuditedArticle:
    """An article, its claims and their verdicts.

    Parameters
    ----------
    id, title, kind, file : str
        From the claims file.
    publisher, url, seen : str or None
        From the claims file.
    claims : tuple of AuditedClaim
        In the article's order.
    page : ReadPage or None
        What was read, where the article itself was.
    """

    id: str
    title: str
    kind: str
    file: str
    publisher: str | None
    url: str | None
    seen: str | None
    claims: tuple[AuditedClaim, ...]
    page: ReadPage | None = None

    @property
    def checked(self) -> int:
        """How many claims the records can say anything of."""
        return sum(claim.verdict.word != "not checkable" for claim in self.claims)

    @property
    def score(self) -> tuple[tuple[VerdictWord, int], ...]:
        """How many claims earned each verdict, those with none left out."""
        words = [claim.verdict.word for claim in self.claims]
        return tuple((word, words.count(word)) for word in VERDICTS if word in words)


@dataclass(frozen=True)
class Audit:
    """All articles, and what was wrong with the claims files.

    Parameters
    ----------
    articles : tuple of AuditedArticle
        In order of file.
    diagnostics : tuple of Diagnostic
        Problems of the claims files.
    receipt : Receipt
        What the verdicts rest on.
    """

    articles: tuple[AuditedArticle, ...]
    diagnostics: tuple[Diagnostic, ...]
    receipt: Receipt

    @property
    def has_errors(self) -> bool:
        """Whether a claims file is wrong."""
        return any(item.level == "error" for item in self.diagnostics)


def fails(audit: Audit, words: tuple[str, ...]) -> bool:
    """Tell whether any claim earned one of these verdicts, for ``--fail-on``.

    Parameters
    ----------
    audit : Audit
        The verdicts.
    words : tuple of str
        Verdicts that should fail a build.
    """
    return any(
        claim.verdict.word in words
        for article in audit.articles
        for claim in article.claims
    )


def either_verdict(verdicts: Mapping[str, Verdict]) -> Verdict:
    """Return the verdict on a claim that may be about any of several treatments.

    The kindest, since the article may have meant that treatment; that it does not say
    which is left out all the same.

    Parameters
    ----------
    verdicts : mapping of str to Verdict
        By treatment: what the claim would earn if it were about that.
    """
    best = max(verdicts, key=lambda name: PRECEDENCE.index(verdicts[name].word))
    kindest = verdicts[best]
    word = kindest.word
    if word == "supported":
        word = "supported, context missing"
    untold = Finding("which-cells-not-told", {"therapies": tuple(verdicts)})
    ordered = [best, *(name for name in verdicts if name != best)]
    sentences = tuple(
        sentence
        for name in ordered
        for sentence in (
            Sentence("of-treatment", {"therapy": name}),
            *verdicts[name].sentences,
        )
    )
    return Verdict(word, sentences, (untold, *kindest.findings), kindest.rests_on)
