"""Claims about "stem cells" that do not say which: compared with each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import Finding, Sentence, Verdict
from lupus_evidence.audit.vocabulary import PRECEDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping


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
