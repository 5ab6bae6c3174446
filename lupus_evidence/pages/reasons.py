"""Reasons, steps and certainties in words, and how sure anyone can be of figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import DOMAINS, Certainty, Domain
from lupus_evidence.pages.phrases import figures
from lupus_evidence.pages.templates import WORDS, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.evidence.result_numbers import Missing, Number
    from lupus_evidence.evidence.selection import Particulars, Reason


#: Said once for everything, not beside every figure.
UNJUDGED = "bias-not-judged"


def label(reason: Reason) -> str:
    """Return a reason for a count of results."""
    return WORDS["reasons"][reason]


def why(reason: Reason, about: Particulars) -> str:
    """Return a reason with what it needs, as one phrase.

    Parameters
    ----------
    reason : Reason
        Its code.
    about : Particulars
        Its values.
    """
    return sentence("reasons.j2", "why", reason.value, about)


def missing(item: Missing | None) -> str:
    """Return why a result has no number, as one phrase."""
    return sentence("reasons.j2", "missing", item)


def steps(item: Number) -> str:
    """Return how a number came about; empty for a printed count."""
    return sentence("reasons.j2", "steps", item)


def less_certain(code: str) -> str:
    """Return a reason to be less certain, as one phrase."""
    return WORDS["certainty"][code]


def weaknesses(item: Certainty) -> str:
    """Return why a certainty is no higher, as one phrase; what holds for all is not.

    Parameters
    ----------
    item : Certainty
        The certainty.
    """
    return "; ".join(less_certain(code) for code in item.codes if code != UNJUDGED)


@dataclass(frozen=True)
class CertaintyGroup:
    """How sure anyone can be of one kind of evidence, with the reasons counted.

    Parameters
    ----------
    noun : str
        "figure" or "difference".
    evidence, start : str
        What kind it is, and where it starts.
    count : int
        How many figures or differences.
    levels : list of (str, int)
        How many have each level.
    reasons : list of (str, list of (str, int))
        By domain, each reason with how many have it.
    """

    noun: str
    evidence: str
    start: str
    count: int
    levels: list[tuple[str, int]]
    reasons: list[tuple[Domain, list[tuple[str, int]]]]


def certainty_groups(
    noun: str, found: Iterable[Certainty | None]
) -> Iterator[CertaintyGroup]:
    """Yield how sure anyone can be of one kind of evidence after the other.

    Parameters
    ----------
    noun : str
        "figure" or "effect".
    found : iterable of Certainty or None
        Of each.
    """
    known = [item for item in found if item is not None]
    for kind in dict.fromkeys(item.evidence for item in known):
        same = [item for item in known if item.evidence == kind]
        levels = Counter(str(item.level) for item in same)
        yield CertaintyGroup(
            noun,
            kind,
            same[0].start,
            len(same),
            list(levels.items()),
            list(_reasons(same)),
        )


def of_rates(comparison: Comparison) -> Iterator[Certainty | None]:
    """Yield how sure anyone can be of each rate, of those from a curve first.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    for line in comparison.survival.lines:
        yield from (figure.certainty for figure in line.curved)
    yield from (cell.certainty for cell in figures(comparison.rows))


def unjudged(comparison: Comparison) -> bool:
    """Tell whether nobody has judged the risk of bias of some study.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    figured = of_rates(comparison)
    direct = (item.certainty for item in comparison.trials)
    return any(item and UNJUDGED in item.codes for item in (*figured, *direct))


def _reasons(
    found: Sequence[Certainty],
) -> Iterator[tuple[Domain, list[tuple[str, int]]]]:
    """Yield the reasons by domain, each with how many have it."""
    taken = list(chain.from_iterable(item.downgrades for item in found))
    for domain in DOMAINS:
        counts = Counter(
            code
            for item in taken
            if item.domain == domain
            for code in item.codes
            if code != UNJUDGED
        )
        if counts:
            yield domain, counts.most_common()
