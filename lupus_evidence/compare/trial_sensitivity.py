"""What the effect of several trials would be under other choices.

The first line is the printed effect. Then the prior of the spread, the trials without
one of them, without those at high risk of bias, and the other methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.trials import TrialPooling, TrialsAnswer
    from lupus_evidence.evidence.trial_selection import TwoArms
    from lupus_evidence.stats.direct_effects import TrialEstimate, TrialMethod

TrialChoice = Literal["printed", "tau-prior", "without", "bias", "method"]

#: Scales of the half-normal prior of the spread of log odds ratios: half and twice the
#: usual one (Gunhan, Roever and Friede 2020, doi 10.1002/jrsm.1370).
TAU_PRIORS = (0.25, 0.5, 1.0)
#: The other methods, those that let effects differ first.
OTHER_METHODS: tuple[TrialMethod, ...] = ("glmm", "reml", "mh", "peto", "common")


@dataclass(frozen=True)
class TrialVariant:
    """The effect of some trials under one other choice.

    Parameters
    ----------
    answer : TrialsAnswer
        As printed.
    choice : str
        What is changed.
    value : str
        To what: a scale, a study's id, a method; empty for the printed effect.
    k : int
        Trials in it.
    difference, ratio : TrialEstimate
        Risk difference and risk ratio.
    """

    answer: TrialsAnswer
    choice: TrialChoice
    value: str
    k: int
    difference: TrialEstimate
    ratio: TrialEstimate

    @property
    def flips(self) -> bool:
        """Whether the interval holds no difference where the printed one does not."""
        low, high = self.difference.ci
        return (low > 0 or high < 0) is not self.answer.clear


def trial_variants(
    answers: Sequence[TrialsAnswer], pooling: TrialPooling
) -> tuple[TrialVariant, ...]:
    """Return the pooled effects under other choices.

    Parameters
    ----------
    answers : sequence of TrialsAnswer
        What trials say; single trials have no other choice.
    pooling : TrialPooling
        How they were pooled.
    """
    return tuple(
        variant
        for answer in answers
        if answer.k > 1
        for variant in _variants(answer, pooling)
    )


def _variants(answer: TrialsAnswer, pooling: TrialPooling) -> Iterator[TrialVariant]:
    """Yield one answer under each choice."""
    pairs = answer.selection.included

    def variant(
        choice: TrialChoice,
        value: str,
        used: Sequence[TwoArms],
        method: TrialMethod | None = None,
        tau_prior: float | None = None,
    ) -> TrialVariant:
        difference, ratio = (
            pooling.estimate(used, effect, method, tau_prior) for effect in ("rd", "rr")
        )
        return TrialVariant(answer, choice, value, len(used), difference, ratio)

    yield variant("printed", "", pairs)
    if pooling.method == "bayes":
        for scale in TAU_PRIORS:
            if scale != pooling.tau_prior:
                yield variant("tau-prior", f"{scale:g}", pairs, tau_prior=scale)
    for pair in pairs:
        rest = [other for other in pairs if other is not pair]
        yield variant("without", pair.study, rest)
    sound = [x for x in pairs if x.first.bias != "high"]
    if 0 < len(sound) < len(pairs):
        yield variant("bias", "", sound)
    for method in OTHER_METHODS:
        if method != pooling.method:
            yield variant("method", method, pairs, method)
