"""How far a figure may be off because of how its study was done: four levels.

Every tool of appraisal has answers of its own; each stands for one of these levels, so
that studies judged with different tools can be told apart and filtered alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

BiasLevel = Literal["low", "some", "high", "unknown"]
BIAS_LEVELS: tuple[BiasLevel, ...] = get_args(BiasLevel)

#: Levels that a person may set as a limit, the strictest first.
BiasLimit = Literal["low", "some", "high"]
BIAS_LIMITS: tuple[BiasLimit, ...] = get_args(BiasLimit)


@dataclass(frozen=True)
class BiasWords:
    """How a level is drawn and told.

    Parameters
    ----------
    symbol : str
        One character that every screen can show and nobody needs colour to tell.
    word : str
        In a table.
    meaning : str
        One line.
    """

    symbol: str
    word: str
    meaning: str


BIAS: dict[BiasLevel, BiasWords] = {
    "low": BiasWords("+", "low", "Nothing is known that would put the figure off."),
    "some": BiasWords(
        "~", "some concerns", "Something may put the figure off a little."
    ),
    "high": BiasWords("x", "high", "Something is likely to put the figure off."),
    "unknown": BiasWords(
        "?", "no information", "Not enough is told to judge, so the figure may be off."
    ),
}


def within_bias(level: BiasLevel, limit: BiasLimit) -> bool:
    """Tell whether a level is no worse than a limit; what is not known may be high.

    Parameters
    ----------
    level : str
        Of a figure.
    limit : str
        The worst that is accepted.
    """
    ranks = {"low": 0, "some": 1, "high": 2, "unknown": 2}
    return ranks[level] <= ranks[limit]
