"""From what trials say to a picture: each trial's difference, and what they come to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.documents.plot import (
    Headings,
    Plot,
    PlotGroup,
    PlotLine,
    PlotPanel,
    Scale,
)
from lupus_evidence.documents.text import capital, signed, small
from lupus_evidence.documents.values import Share
from lupus_evidence.pages import phrases
from lupus_evidence.pages.forest_plot import (
    TEMPLATE,
    bias_legend,
    left_out_line,
    panel_title,
    receipt_line,
)
from lupus_evidence.pages.templates import sentence
from lupus_evidence.pages.trials import (
    difference_text,
    own_difference,
    people_together,
    prediction_text,
    told_trials,
)
from lupus_evidence.vocabulary import DENOMINATORS, colours_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.documents.plot import LineKind
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.evidence.trial_selection import TrialQuestion
    from lupus_evidence.forest import ForestPlot
    from lupus_evidence.stats.estimates import Note

#: How far an axis may reach on either side of no difference.
REACHES = (0.25, 0.5, 1.0)

#: Notes of an effect that the page says, where it says how figures were made.
_HOW = ("spread-assumed", "two-studies", "at-control-risk")
#: Those, and what the picture says in words of its own.
_SAID = frozenset({*_HOW, "tau-prior", "one-trial"})


def trial_plots(
    forest: ForestPlot, title: str, *, full: bool, alone: bool
) -> tuple[Plot, ...]:
    """Return what trials say as pictures: one for each two therapies.

    Parameters
    ----------
    forest : ForestPlot
        What is drawn.
    title : str
        Of the sheet.
    full : bool
        Whether panels say what is counted, because the title does not.
    alone : bool
        Whether the title says all of the one question there is.
    """
    therapies = [answer.therapies[0] for answer in forest.trials]
    names = tuple(dict.fromkeys((*forest.therapies, *therapies)))
    colours = dict(zip(names, colours_of(names), strict=True))
    pairs: dict[tuple[str, str], list[TrialsAnswer]] = {}
    for answer in forest.trials:
        pairs.setdefault(answer.therapies, []).append(answer)
    reach = reach_of(forest.trials)
    drawn = {
        pair: tuple(
            PlotPanel(
                sentence(
                    TEMPLATE,
                    "in_trials",
                    panel_title(question, full=full, alone=alone),
                ),
                tuple(
                    trial_group(one, forest.names, colours[pair[0]], reach)
                    for one in found
                ),
            )
            for question, found in _by_question(answers).items()
        )
        for pair, answers in pairs.items()
    }
    return tuple(
        Plot(
            title,
            drawn[pair],
            trial_headings(answers[0]),
            trial_legend(answers),
            tuple(_notes(answers)),
            tuple(_method(answers, forest)),
            sentence(
                TEMPLATE,
                "trial_footer",
                forest.receipt,
                any(answer.k > 1 for answer in answers),
                not forest.panels,
            ),
            receipt_line(forest),
            trial_scale(answers[0], reach),
            bias=bias_legend(drawn[pair]),
        )
        for pair, answers in pairs.items()
    )


def reach_of(answers: Sequence[TrialsAnswer]) -> float:
    """Return how far an axis has to reach for all that is drawn of trials, in 0-1.

    Parameters
    ----------
    answers : sequence of TrialsAnswer
        What trials say.
    """
    ends = [0.0]
    for answer in answers:
        found = answer.effects.risk_difference
        ends += [*found.ci, *(found.prediction or ())]
        for item in answer.trials:
            ends += item.contrast.risk_difference.ci
    farthest = max(map(abs, ends))
    return next((one for one in REACHES if farthest <= one), REACHES[-1])


def trial_scale(answer: TrialsAnswer, reach: float) -> Scale:
    """Return the axis of differences between two therapies.

    Parameters
    ----------
    answer : TrialsAnswer
        About these therapies.
    reach : float
        Difference at its upper end, in 0-1; at the lower end it is negative.
    """
    places = ((place, signed((place - 0.5) * 2 * reach)) for place in (0.0, 0.5, 1.0))
    # half of an uneven reach would be a number that nobody asked for
    finer = (0.25, 0.75) if reach * 50 == int(reach * 50) else (0.3, 0.7)
    return Scale(
        tuple(places),
        sentence(TEMPLATE, "differences_are"),
        tuple((place, signed((place - 0.5) * 2 * reach)) for place in finer),
        zero=0.5,
        sides=(
            sentence(TEMPLATE, "fewer"),
            sentence(TEMPLATE, "more", answer.therapies[0]),
        ),
    )


def trial_headings(answer: TrialsAnswer) -> Headings:
    """Return what stands above the columns of a picture of trials.

    Parameters
    ----------
    answer : TrialsAnswer
        About the therapies of the picture.
    """
    level = answer.effects.risk_difference.level
    return Headings(
        sentence(TEMPLATE, "differences", level),
        sentence(TEMPLATE, "both", answer.therapies),
    )


def trial_legend(answers: Sequence[TrialsAnswer]) -> tuple[tuple[LineKind, str], ...]:
    """Return the kinds of lines that occur in a picture of trials, with their meaning.

    Parameters
    ----------
    answers : sequence of TrialsAnswer
        What is drawn.
    """
    drawn = [line.kind for answer in answers for line in _pooled(answer, 1.0)]
    kinds: tuple[LineKind, ...] = ("study", "pooled", "prediction")
    method = answers[0].effects.odds_ratio.method
    method = next((x.effects.odds_ratio.method for x in answers if x.k > 1), method)
    return tuple(
        (kind, sentence(TEMPLATE, "trial_meaning", kind, method))
        for kind in kinds
        if kind == "study" or kind in drawn
    )


def trial_group(
    answer: TrialsAnswer, names: Mapping[str, str], colour: int, reach: float
) -> PlotGroup:
    """Return the trials that answer a question, and what they come to.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    names : mapping of str to str
        What each study is called, by id.
    colour : int
        Number of the treatment's colour.
    reach : float
        Difference at the upper end of the axis, in 0-1.
    """
    known = [topic().therapies[name] for name in answer.therapies]
    name = sentence(
        TEMPLATE,
        "against",
        [one.short or capital(one.label) for one in known],
        answer.randomised,
    )
    kind = answer.selection.kind
    left_out = (_left_out(item, names) for item in answer.selection.excluded)
    weights = answer.effects.odds_ratio.weights
    return PlotGroup(
        answer.therapies[0],
        small(name),
        name,
        colour,
        f"of {DENOMINATORS[kind].words}" if kind else "",
        sentence(TEMPLATE, "trial_spread", told_trials(answer, names)),
        (
            *(
                _trial(item, names, weight if answer.k > 1 else None, reach)
                for item, weight in zip(answer.trials, weights, strict=True)
            ),
            *_pooled(answer, reach),
        ),
        tuple(dict.fromkeys(left_out)),
    )


def _by_question(
    answers: Sequence[TrialsAnswer],
) -> dict[TrialQuestion, list[TrialsAnswer]]:
    """Return the answers to each question: of trials by lot, then of those without."""
    questions: dict[TrialQuestion, list[TrialsAnswer]] = {}
    for answer in answers:
        questions.setdefault(answer.question, []).append(answer)
    return questions


def _left_out(item: Excluded, names: Mapping[str, str]) -> PlotLine:
    """Return a result that is not among the trials, with its arm and the reason."""
    line = left_out_line(item, names)
    arm = item.result.arm
    if arm is None:
        return line
    given = item.source.study.arms[arm].therapy
    return replace(line, note=f"{given}: {line.note}")


def _place(difference: float, reach: float) -> float:
    """Return the place of a difference on the axis; beyond its ends, the end."""
    return min(max(0.5 + difference / (2 * reach), 0.0), 1.0)


def _trial(
    item: DirectEvidence,
    names: Mapping[str, str],
    weight: float | None,
    reach: float,
) -> PlotLine:
    """Return one trial's line."""
    effect = item.contrast.risk_difference
    low, high = (_place(end, reach) for end in effect.ci)
    return PlotLine(
        "study",
        names[item.study],
        people=phrases.count(item.first),
        rate=own_difference(item),
        point=_place(effect.estimate or 0.0, reach),
        low=low,
        high=high,
        weight=None if weight is None else Share(weight),
        study=item.study,
        control=phrases.count(item.second),
        bias=item.first.bias,
    )


def _pooled(answer: TrialsAnswer, reach: float) -> Iterator[PlotLine]:
    """Yield what several trials come to; one says it itself."""
    if answer.k == 1:
        return
    found = answer.effects.risk_difference
    low, high = (_place(end, reach) for end in found.ci)
    known = found.estimate is not None
    pairs = answer.selection.included
    yield PlotLine(
        "pooled",
        sentence(TEMPLATE, "pooled_trials"),
        people=people_together([pair.first for pair in pairs]),
        rate=difference_text(found),
        point=_place(found.estimate, reach) if found.estimate is not None else None,
        low=low if known else None,
        high=high if known else None,
        control=people_together([pair.second for pair in pairs]),
    )
    if found.prediction is not None:
        low, high = (_place(end, reach) for end in found.prediction)
        yield PlotLine(
            "prediction",
            sentence(TEMPLATE, "new_trial"),
            rate=prediction_text(found),
            low=low,
            high=high,
        )


def _notes(answers: Sequence[TrialsAnswer]) -> Iterator[str]:
    """Yield what a reader must know of how trials were pooled."""
    yield from dict.fromkeys(
        note.text for note in _noted(answers) if note.code not in _SAID
    )


def _method(answers: Sequence[TrialsAnswer], forest: ForestPlot) -> Iterator[str]:
    """Yield how the differences were made, each thing only where it occurs."""
    pooled = any(answer.k > 1 for answer in answers)
    yield sentence(TEMPLATE, "trial_how", forest.receipt, pooled)
    yield from dict.fromkeys(note.text for note in _noted(answers) if note.code in _HOW)


def _noted(answers: Sequence[TrialsAnswer]) -> Iterator[Note]:
    """Yield every note of a pooled difference."""
    for answer in answers:
        if answer.k > 1:
            yield from answer.effects.risk_difference.notes
