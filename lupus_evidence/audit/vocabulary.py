"""The fixed words of an audit: verdicts and findings, each with its definition.

What they mean stands in ``vocabulary.yaml`` beside this file, for people to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.vocabulary import filled, topic
from lupus_evidence.yamltext import parse

if TYPE_CHECKING:
    from lupus_evidence.values import Tone

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
    resources.files(__package__).joinpath("vocabulary.yaml").read_text(encoding="utf-8")
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
