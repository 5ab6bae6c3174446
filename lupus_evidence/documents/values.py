"""Typed values that stages hand on, nothing rounded, and what an output rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class People:
    """A count of people out of people; either may be unknown.

    Parameters
    ----------
    events, n : float or None
        People with the outcome, and people in the denominator.
    studies : int or None
        Of how many studies they are, where these were pooled.
    estimated : bool
        Whether the outcome was read off a curve, so that nobody was counted.
    mark : str
        Whom it leaves out: "still followed"; empty where everybody is counted.
    """

    events: float | None
    n: float | None
    studies: int | None = None
    estimated: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Rate:
    """A proportion with its interval.

    Parameters
    ----------
    estimate : float or None
        Proportion in 0-1.
    low, high : float or None
        Ends of the interval, proportions in 0-1.
    bound : {"at least", "at most"} or None
        Which bound the estimate is, where it is one and no estimate.
    remark : str
        What must be known of it, in a word: "vary".
    compact : bool
        Whether it is shown in as few letters as can be.
    unit : {"%", "per 100"}
        How it is told: in percent, or as so many of 100 people.
    """

    estimate: float | None
    low: float | None = None
    high: float | None = None
    bound: Literal["at least", "at most"] | None = None
    remark: str = ""
    compact: bool = False
    unit: Literal["%", "per 100"] = "%"


@dataclass(frozen=True)
class Share:
    """A proportion in 0-1 that is shown as a percentage."""

    value: float


Tone = Literal["good", "doubt", "bad", "worst", "quiet"]


@dataclass(frozen=True)
class Toned:
    """A word that a screen shows in a colour of its own.

    Parameters
    ----------
    text : str
        The word; it says everything without the colour.
    tone : {"good", "doubt", "bad", "worst", "quiet"} or int
        How it is meant; a number is the colour of a therapy, the same everywhere.
    """

    text: str
    tone: Tone | int


@dataclass(frozen=True)
class Noted:
    """A text with notes that stand below its table.

    Parameters
    ----------
    text : str
        What is said.
    notes : tuple of str
        The signs of its notes, such as "a".
    """

    text: str
    notes: tuple[str, ...]


Value = str | int | float | bool | People | Rate | Share | Toned | Noted | None


@dataclass(frozen=True)
class Receipt:
    """What an output rests on.

    Parameters
    ----------
    version : str
        Of the package.
    data_hash : str
        Of the records' names and bytes.
    records_version : str or None
        As ``_base.yaml`` states it.
    searched : str or None
        Date of the last search.
    """

    version: str
    data_hash: str
    records_version: str | None
    searched: str | None
