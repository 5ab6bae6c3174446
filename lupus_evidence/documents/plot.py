"""A picture of numbers with their intervals, before anything is drawn.

Every writer draws the same picture: in characters, as a figure for a journal, in a
page. Whatever is measured, its axis runs from 0 to 1; a scale says what that means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lupus_evidence.documents.text import NOTHING, cell
from lupus_evidence.vocabulary import BIAS, BiasLevel

if TYPE_CHECKING:
    from lupus_evidence.documents.values import People, Rate, Share


LineKind = Literal["study", "pooled", "bound", "prediction", "silent", "left-out"]

#: Colours of a risk of bias, a traffic light's; dark text can be read on each of them.
LIGHTS: dict[BiasLevel, str] = {
    "low": "#5fb878",
    "some": "#f2c94c",
    "high": "#e8776b",
    "unknown": "#c3c9d1",
}


@dataclass(frozen=True)
class Scale:
    """What the places on an axis, 0 to 1, stand for.

    Parameters
    ----------
    ticks : tuple of (float, str)
        Places with what stands there, the lowest first, both ends among them.
    name : str
        What is measured: "% of people".
    finer : tuple of (float, str)
        More of them, for where there is room.
    zero : float or None
        Place of no difference; None where no place means that.
    sides : tuple of str
        What lies below and above that place: "fewer", "more with msc".
    """

    ticks: tuple[tuple[float, str], ...]
    name: str
    finer: tuple[tuple[float, str], ...] = ()
    zero: float | None = None
    sides: tuple[str, str] = ("", "")

    @property
    def all_ticks(self) -> tuple[tuple[float, str], ...]:
        """Every place that may have a mark, the lowest first."""
        return tuple(sorted((*self.ticks, *self.finer)))

    @property
    def meaning(self) -> str:
        """What lies on either side of no difference; empty where there is no such."""
        if self.zero is None:
            return ""
        return f"{self.name}: {self.sides[0]} | {self.sides[1]}"


#: Rates: of 100 people none, half or all.
RATES = Scale(
    ((0.0, "0"), (0.5, "50"), (1.0, "100")),
    "% of people",
    ((0.25, "25"), (0.75, "75")),
)


def sign_of(bias: BiasLevel | None) -> str:
    """Return the one character that stands for a risk of bias, or for none judged.

    Parameters
    ----------
    bias : str or None
        The level; None where nobody judged.
    """
    return NOTHING if bias is None else BIAS[bias].symbol


@dataclass(frozen=True)
class Headings:
    """What stands above the columns of a picture.

    Parameters
    ----------
    rate : str
        Above the numbers: "% (95 % interval)".
    people : str
        Above the people: "People", or "msc v placebo" where two groups stand in each
        line.
    """

    rate: str
    people: str = "People"


@dataclass(frozen=True)
class PlotLine:
    """One line of a picture.

    Parameters
    ----------
    kind : {"study", "pooled", "bound", "prediction", "silent", "left-out"}
        A study's number; what studies come to, or a bound where there is no one
        number; where that of a new one would lie; why there is no figure; a study that
        is in none.
    label : str
        What stands at its left: "Jayne 2004".
    people : People, int or None
        How many people it is about.
    rate : Rate, str or None
        Rate and interval, or words instead.
    point : float or None
        Place on the axis, 0-1; None where there is no one number.
    low, high : float or None
        Ends of the interval, places in 0-1; None where nothing is drawn.
    weight : Share or None
        Share of the information in the pooled figure; None where there is none.
    study : str
        The study's id; empty for a summary.
    where : str
        Place in the paper, file and line.
    note : str
        What was done to get the number, or why it is left out.
    control : People or None
        Of a difference: how many people the other group is.
    bias : str or None
        Of a study: its risk of bias; None where nobody judged it.
    """

    kind: LineKind
    label: str
    people: People | int | None = None
    rate: Rate | str | None = None
    point: float | None = None
    low: float | None = None
    high: float | None = None
    weight: Share | None = None
    study: str = ""
    where: str = ""
    note: str = ""
    control: People | None = None
    bias: BiasLevel | None = None

    @property
    def ends(self) -> tuple[float, float] | None:
        """Both ends of what is drawn."""
        if self.low is None or self.high is None:
            return None
        return self.low, self.high

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Its texts: label, people, rate, weight; empty where there is none."""
        values = self.people, self.rate, self.weight
        people, rate, weight = ("" if v is None else cell(v) for v in values)
        if self.control is not None:
            people = f"{people} v {cell(self.control)}"
        return cell(self.label), people, rate, weight


@dataclass(frozen=True)
class PlotGroup:
    """The lines of one therapy.

    Parameters
    ----------
    therapy, name, short : str
        Which one, as typed, in full, and in few words.
    colour : int
        Number of its colour.
    among : str
        Whom the rates are divided by.
    spread : str
        How much its studies differ.
    lines : tuple of PlotLine
        Studies by year, then what they come to.
    left_out : tuple of PlotLine
        Results that are in no figure, each with its reason.
    """

    therapy: str
    name: str
    short: str
    colour: int
    among: str
    spread: str
    lines: tuple[PlotLine, ...]
    left_out: tuple[PlotLine, ...]


@dataclass(frozen=True)
class PlotPanel:
    """One question: what is counted, judged on what, at what time.

    Parameters
    ----------
    title : str
        The question; may be empty.
    groups : tuple of PlotGroup
        One for each therapy.
    """

    title: str
    groups: tuple[PlotGroup, ...]

    @property
    def lines(self) -> tuple[PlotLine, ...]:
        """The lines of all groups."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True)
class LeftOut:
    """A therapy's results that are in no figure.

    Parameters
    ----------
    therapy : str
        The therapy.
    names : tuple of str
        The studies of which nothing is drawn.
    lines : tuple of PlotLine
        Every result, with its reason.
    """

    therapy: str
    names: tuple[str, ...]
    lines: tuple[PlotLine, ...]


@dataclass(frozen=True)
class Plot:
    """A picture.

    Parameters
    ----------
    title : str
        What it shows; may be empty.
    panels : tuple of PlotPanel
        From top to bottom, on one axis.
    headings : Headings
        What stands above its columns.
    legend : tuple of (str, str)
        Kinds of lines that occur, each with its meaning.
    notes : tuple of str
        What a reader must know before anything is compared.
    method : tuple of str
        How the figures were made, and what they rest on.
    footer : str
        The most needed of both, short enough to stand in a figure.
    receipt : str
        What it rests on, in one line.
    scale : Scale
        What its axis stands for.
    bias : tuple of (str, str)
        Signs of the risks of bias that occur, each with its meaning; empty where
        nobody judged a study of it.
    """

    title: str
    panels: tuple[PlotPanel, ...]
    headings: Headings
    legend: tuple[tuple[LineKind, str], ...]
    notes: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    footer: str = ""
    receipt: str = ""
    scale: Scale = RATES
    bias: tuple[tuple[str, str], ...] = ()

    def sign(self, line: PlotLine) -> str:
        """Return the sign of a study's risk of bias; empty for any other line.

        Parameters
        ----------
        line : PlotLine
            One of its lines.
        """
        if not self.bias or line.kind != "study":
            return ""
        return sign_of(line.bias)

    def judged(self, line: PlotLine) -> str:
        """Return the meaning of that sign: "high"; empty for any other line.

        Parameters
        ----------
        line : PlotLine
            One of its lines.
        """
        return dict(self.bias).get(self.sign(line), "")

    @property
    def lines(self) -> tuple[PlotLine, ...]:
        """The lines of all panels."""
        return tuple(line for panel in self.panels for line in panel.lines)

    @property
    def of_trials(self) -> bool:
        """Whether its lines are differences between two groups."""
        return self.scale.zero is not None

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The results that are in no figure, by therapy, each once."""
        groups: dict[str, list[PlotGroup]] = {}
        for panel in self.panels:
            for group in panel.groups:
                groups.setdefault(group.therapy, []).append(group)
        found = []
        for therapy, own in groups.items():
            lines = dict.fromkeys(line for group in own for line in group.left_out)
            drawn = {line.study for group in own for line in group.lines}
            names = dict.fromkeys(x.label for x in lines if x.study not in drawn)
            if lines:
                found.append(LeftOut(therapy, tuple(names), tuple(lines)))
        return tuple(found)
