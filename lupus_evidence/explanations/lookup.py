"""What a code, a word or a whole kind of words means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lupus_evidence import checks
from lupus_evidence.appraisal import Tool, tool_names, tools
from lupus_evidence.audit import claim_checks
from lupus_evidence.audit.verdicts import audit_terms
from lupus_evidence.errors import AmbiguousNameError, UnknownNameError
from lupus_evidence.explanations.glossary import glossary
from lupus_evidence.explanations.word_kinds import Kind, Member, kinds
from lupus_evidence.importing import doubts
from lupus_evidence.reading import refusals
from lupus_evidence.vocabulary import BIAS, DENOMINATORS, resolving, topic

#: Other ways to write a term, as it stands in outputs or in papers.
OTHERWISE = {
    "-": "–",
    "95": "interval",
    "any": "any-time",
    "best": "best-ever",
    "centre": "typical-centre",
    "ci": "confidence-interval",
    "confidence": "confidence-interval",
    "context-missing": "supported-context-missing",
    "credible": "credible-interval",
    "curve": "kaplan-meier",
    "data-hash": "receipt",
    "difference": "unadjusted",
    "differences": "unadjusted",
    "est": "estimate",
    "grade": "certainty",
    "hash": "receipt",
    "i-squared": "i2",
    "km": "kaplan-meier",
    "lot": "randomised-trial",
    "marginal-mean": "mean-rate",
    "mean": "mean-rate",
    "meaning": "definition",
    "median": "median-follow-up",
    "nobody-twice": "overlap",
    "over-all-people": "mean-rate",
    "prediction": "prediction-interval",
    "too-different": "vary",
    "too-gloomy": "understated",
    "too-rosy": "overstated",
    "typical": "typical-centre",
    "typical-rate": "typical-centre",
}

#: What is said of a question that only comparisons are asked.
_COMPARING = " Asked only where groups are compared."

#: Figures as outputs write them, with the term that says how to read them.
_FIGURES = (
    (re.compile(r"est\.? of \d+"), "estimate"),
    (re.compile(r"[\d.,]+ (in|of) [\d.,]+"), "people"),
)


@dataclass(frozen=True)
class Explained:
    """What there is to say of one subject.

    Parameters
    ----------
    name : str
        A code or a term.
    title : str
        For the head of a page.
    meaning : str
        Running text; empty where the sections say it.
    also : tuple of str
        Other words that are understood for it.
    sections : tuple of (str, str)
        Headings with their texts, paragraphs apart by an empty line; an indented one
        is a part of a file.
    members : tuple of Member
        Of a kind of words: what belongs to it.
    """

    name: str
    title: str
    meaning: str = ""
    also: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = ()


def _terms() -> dict[str, str]:
    """Return the words of records and of verdicts with their meanings."""
    return glossary() | {term_name(term): text for term, text in audit_terms().items()}


def term_name(words: str) -> str:
    """Return words the way terms are written: "context-missing"."""
    kept = re.sub(r"[^\w²-]+", " ", words.lower())
    return "-".join(kept.split())


def _labels() -> dict[str, str]:
    """Return what measurements and denominators are called on the screen."""
    labels = {label: name for name, label in topic().measures.items()}
    for item in DENOMINATORS.values():
        labels |= {item.words: item.name, item.mark: item.name}
    return {_bare(term_name(label)): name for label, name in labels.items() if label}


def _bare(term: str) -> str:
    """Return a term without its article."""
    for article in ("a-", "the-", "of-"):
        term = term.removeprefix(article)
    return term


def _spellings(subject: str) -> tuple[str, ...]:
    """Return a term's name, and it without its article, level, or American spelling."""
    term = term_name(subject)
    plain = _bare(term.removeprefix("95-"))
    american = plain.replace("center", "centre")
    alone = term_name(re.sub(r"(?<=\S) *\([^)]*\)$", "", subject))
    return subject.strip(), term, plain, american, plain.removesuffix("s"), alone


def subjects() -> tuple[str, ...]:
    """Return everything that can be explained."""
    names = (kind.name for kind in kinds())
    of_records, of_claims = checks.codes(), claim_checks.CLAIMS.ordered()
    of_files = (*refusals.codes(), *doubts.codes())
    return (*names, *of_records, *of_claims, *of_files, *tool_names(), *_terms())


def explanation(subject: str) -> Explained:
    """Return what a code, a term or a kind of terms means.

    Parameters
    ----------
    subject : str
        A code in either case; a kind, such as "therapies"; or a term, as records
        write it ("new-centre") or as outputs show it ("new centre", "(vary)",
        "complete remission", "90 in 3").

    Raises
    ------
    AmbiguousNameError
        If the word may mean several names; with these.
    UnknownNameError
        With the nearest of what can be explained.
    """
    code = subject.strip().upper()
    if code in checks.codes():
        item = checks.catalogue()[code]
        title = f"{code} ({item.level}): {item.title}."
        return Explained(code, title, sections=tuple(checks.sections(item).items()))
    if code in claim_checks.CLAIMS.ordered():
        item = claim_checks.CLAIMS.ordered()[code]
        said = tuple(checks.sections(item).items())
        return Explained(code, f"{code}: {item.title}.", sections=said)
    for pages in (refusals, doubts):
        if code in pages.codes():
            title, sections = pages.manual(code)
            return Explained(code, f"{code}: {title}", sections=sections)
    for kind in kinds():
        if term_name(subject) in (kind.name, kind.singular, *kind.also):
            return _kind(kind)
    for tool in tools().values():
        if term_name(subject) in (tool.name, term_name(tool.label)):
            return _tool(tool)
    term = _term(subject)
    if term is None:
        where = "`lupus-evidence explain` alone says what can be asked."
        raise UnknownNameError("code or term", subject, subjects(), OTHERWISE, where)
    rows = (topic().therapies.get(term), topic().endpoints.get(term))
    also = tuple(word for row in rows if row for word in row.also)
    return Explained(term, term, _terms()[term], also)


def _kind(kind: Kind) -> Explained:
    """Return what a kind of words is and what belongs to it."""
    return Explained(kind.name, kind.name, kind.about, members=kind.members())


def _tool(tool: Tool) -> Explained:
    """Return what a tool of appraisal asks, and how its answers make one."""
    paper = tool.citation
    source = f"{paper.authors[0]} and others {paper.year}, doi {paper.doi}"
    groups = {
        "What it asks": {
            name: f"{domain.question}{_COMPARING if domain.comparative else ''}"
            for name, domain in tool.domains.items()
        },
        "What one may answer": {
            name: BIAS[item.level].word for name, item in tool.answers.items()
        },
    }
    if tool.overall:
        words = {name: BIAS[item.level].word for name, item in tool.overall.items()}
        groups["Over all of them"] = words
    return Explained(
        tool.name,
        tool.label,
        f"{tool.about} For: {', '.join(tool.designs)}. {source}.",
        sections=(("How the answers make one", tool.rule.source),),
        members=tuple(
            Member(name, meaning, group)
            for group, pairs in groups.items()
            for name, meaning in pairs.items()
        ),
    )


def _term(subject: str) -> str | None:
    """Return the term that words stand for, if any.

    Raises
    ------
    AmbiguousNameError
        If they may mean several names.
    """
    for form, name in _FIGURES:
        if form.fullmatch(subject.strip().lower()):
            return name
    terms = _terms()
    otherwise = _labels() | OTHERWISE
    for spelling in _spellings(subject):
        if spelling in terms:
            return spelling
        if spelling in otherwise:
            return otherwise[spelling]
    refused: AmbiguousNameError | None = None
    for lexicon in (
        resolving.therapies(),
        resolving.endpoints(),
        resolving.designs(),
        resolving.scopes(),
        resolving.statuses(),
        resolving.readings(),
    ):
        try:
            return str(lexicon.resolve_one(subject))
        except AmbiguousNameError as error:
            refused = refused or error
        except UnknownNameError:
            continue
    if refused:
        raise refused
    return None


def explanations(words: Sequence[str]) -> tuple[Explained, ...]:
    """Return what words mean, as many as possible together as one term.

    Parameters
    ----------
    words : sequence of str
        As typed: the words of one term, or of several codes and terms.

    Raises
    ------
    AmbiguousNameError
        If a word may mean several names; with these.
    UnknownNameError
        With what is nearest to the words that are no term.
    """
    found: list[Explained] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            try:
                found.append(explanation(" ".join(words[start:end])))
            except UnknownNameError:
                continue
            start = end
            break
        else:
            explanation(words[start] if found else " ".join(words))
            break
    return tuple(found)
