"""When a prediction interval is given, and what is said beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.stats import notes

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.estimates import Interval, Note

# docs/methods.md, "Prediction intervals": below 3 studies the posterior of tau is its
# prior; at 3 and 4 the interval mostly shows the prior; wider than 80 points, numbers
# say less than words
LEAST_STUDIES = 3
LEAST_STUDIES_FOR_TRUST = 5
WIDEST = 0.8


def judge_prediction(
    predict: Callable[[], Interval], k: int
) -> tuple[Interval | None, bool, tuple[Note, ...]]:
    """Decide on a prediction interval.

    Parameters
    ----------
    predict : callable
        Makes the interval of a new study's rate, proportions in 0-1; called where one
        is given.
    k : int
        Studies.

    Returns
    -------
    tuple
        The interval or None, whether its numbers are worth printing, and notes.
    """
    if k < LEAST_STUDIES:
        return None, False, (notes.TWO_STUDIES,)
    prediction = predict()
    said = () if k >= LEAST_STUDIES_FOR_TRUST else (notes.PREDICTION_ASSUMED,)
    if prediction[1] - prediction[0] > WIDEST:
        return prediction, False, (*said, notes.PREDICTION_WIDE)
    return prediction, True, said
