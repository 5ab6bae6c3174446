"""Therapies: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Therapy:
    """A treatment that an arm was given.

    Parameters
    ----------
    name : str
        As written in records and on the command line.
    label : str
        For the screen.
    wider : str or None
        The name that includes this one: every ``uc-msc`` arm is an ``msc`` arm.
    short : str
        A name for a reader who knows none of the field's, short enough for a phone;
        the label where empty.
    plainly : str
        What is done, in a sentence or two; empty where the label says it.
    also : tuple of str
        Other words for it, in small letters, as papers and patients write them.
    loosely : tuple of str
        Words that are said of it and of other therapies too.
    colour : int
        Number of its colour in every picture, from 0; that of the wider name where
        there is one.
    """

    name: str
    label: str
    wider: str | None = None
    short: str = ""
    plainly: str = ""
    also: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()
    colour: int = 5


#: Said of a transplantation, whoever the blood-forming cells are from.
_TRANSPLANTATION = (
    "bmt",
    "bone marrow",
    "bone marrow transplant",
    "haematopoietic",
    "sct",
    "stem cell",
    "stem cell therapy",
    "stem cell transplant",
    "stem cell transplantation",
    "stem cells",
    "transplant",
    "transplantation",
)

THERAPIES: dict[str, Therapy] = {
    therapy.name: therapy
    for therapy in (
        Therapy(
            "hsct",
            "autologous stem-cell transplantation (HSCT)",
            short="Own stem cells (HSCT)",
            plainly="A person's own blood-forming stem cells are collected; strong "
            "drugs clear the immune system; the cells are given back. Also called "
            "autologous stem-cell transplantation.",
            also=(
                "ahsct",
                "asct",
                "auto-hsct",
                "auto-sct",
                "autologous hsct",
                "autologous stem cell transplant",
                "autologous transplant",
                "autologous transplantation",
                "haematopoietic stem cells",
                "own stem cells",
            ),
            loosely=("autologous", "autologous stem cells", *_TRANSPLANTATION),
            colour=0,
        ),
        Therapy(
            "allo-hsct",
            "allogeneic stem-cell transplantation",
            short="Another person's blood stem cells",
            plainly="As hsct, with a donor's blood-forming stem cells.",
            also=(
                "allo-bmt",
                "allo-sct",
                "allogeneic hsct",
                "allogeneic transplant",
                "allogeneic transplantation",
                "donor transplant",
            ),
            loosely=(
                "allo",
                "allogeneic",
                "allogeneic stem cells",
                "cord blood",
                "donor",
                *_TRANSPLANTATION,
            ),
            colour=4,
        ),
        Therapy(
            "msc",
            "donor mesenchymal stem cells (MSC)",
            short="Donor stem cells (MSC)",
            plainly="Mesenchymal stem cells of a donor, from a birth cord or bone "
            "marrow, are given into a vein, mostly on top of the usual drugs.",
            also=(
                "allo-msc",
                "donor cells",
                "donor msc",
                "donor stem cells",
                "mesenchymal",
                "mesenchymal cells",
                "mesenchymal stem cells",
                "mesenchymal stromal cells",
                "mscs",
                "msct",
                "stromal cells",
            ),
            loosely=(
                "allo",
                "allogeneic",
                "allogeneic stem cells",
                "donor",
                "stem cell",
                "stem cell therapy",
                "stem cells",
            ),
            colour=1,
        ),
        Therapy(
            "uc-msc",
            "umbilical-cord MSC",
            "msc",
            also=(
                "cord",
                "huc-msc",
                "uc-mscs",
                "umbilical",
                "umbilical cord",
                "umbilical cord stem cells",
                "wharton's jelly",
                "wj-msc",
            ),
            loosely=("cord blood",),
        ),
        Therapy(
            "bm-msc",
            "donor bone-marrow MSC",
            "msc",
            also=("bm-mscs", "bone marrow msc"),
            loosely=("bone marrow",),
        ),
        Therapy(
            "adipose-msc",
            "donor fat-tissue MSC",
            "msc",
            also=("ad-msc", "adipose", "fat"),
        ),
        Therapy("amnion-msc", "amnion MSC", "msc", also=("amnion", "amniotic")),
        Therapy(
            "auto-msc",
            "a person's own MSC",
            short="Own MSC",
            plainly="As msc, with cells from the person's own body.",
            also=("autologous msc", "own msc"),
            loosely=("autologous", "autologous stem cells"),
            colour=4,
        ),
        Therapy(
            "car-t",
            "CAR T cells",
            short="CAR T cells",
            plainly="The person's own T cells, altered to destroy B cells, which make "
            "antibodies. They are no stem cells.",
            also=("car", "cart", "car-t cell", "car-t-cells", "cd19 car-t"),
            colour=2,
        ),
        Therapy(
            "cyclophosphamide",
            "cyclophosphamide without stem cells",
            also=("cyc", "cytoxan", "endoxan"),
            colour=3,
        ),
        Therapy(
            "high-dose-cyclophosphamide",
            "high-dose cyclophosphamide without stem cells",
            "cyclophosphamide",
        ),
        Therapy(
            "monthly-cyclophosphamide", "monthly cyclophosphamide", "cyclophosphamide"
        ),
        Therapy(
            "rituximab", "rituximab", also=("mabthera", "rituxan", "rtx"), colour=3
        ),
        Therapy("other-drug", "another drug"),
        Therapy(
            "conventional",
            "conventional treatment",
            also=("standard", "standard of care", "usual", "usual treatment"),
        ),
        Therapy(
            "placebo",
            "placebo on top of conventional treatment",
            short="Placebo",
            colour=4,
        ),
        Therapy("not-stated", "treatment not stated"),
    )
}

#: Stem cells, and an article does not say which; no arm of a study was given these.
UNSPECIFIED = "unspecified"

#: What `compare`, `diff`, `forest` and `report` set side by side unless told.
DEFAULT_THERAPIES: tuple[str, ...] = ("hsct", "msc")


def therapy_includes(wide: str, narrow: str) -> bool:
    """Tell whether every arm given `narrow` was also given `wide`."""
    name: str | None = narrow
    while name is not None:
        if name == wide:
            return True
        name = THERAPIES[name].wider
    return False


def broadest(therapy: str) -> str:
    """Return the name that includes a therapy's name and has none above it."""
    while (wider := THERAPIES[therapy].wider) is not None:
        therapy = wider
    return therapy


#: How many colours pictures have.
COLOURS = 6


def colours_of(therapies: Sequence[str]) -> tuple[int, ...]:
    """Return the number of each therapy's colour: its own, whatever stands beside it.

    Only where another has the same one already, the next that is free.

    Parameters
    ----------
    therapies : sequence of str
        Those in one picture.

    Examples
    --------
    >>> colours_of(["uc-msc", "hsct"])
    (1, 0)
    >>> colours_of(["uc-msc", "bm-msc"])
    (1, 2)
    """
    own = {name: THERAPIES[broadest(name)].colour for name in therapies}
    found: dict[str, int] = {}
    for name, colour in own.items():
        if colour not in found.values():
            found[name] = colour
    rest = (*range(len(DEFAULT_THERAPIES), COLOURS), *range(COLOURS))
    for name, colour in own.items():
        if name not in found:
            free = (other for other in rest if other not in found.values())
            found[name] = next(free, colour)
    return tuple(found[name] for name in therapies)


def colour_of(therapy: str, therapies: Sequence[str]) -> int | None:
    """Return the colour of what an arm was given; None where it is not in the picture.

    Parameters
    ----------
    therapy : str
        What the arm was given.
    therapies : sequence of str
        Those in the picture.
    """
    for name, colour in zip(therapies, colours_of(therapies), strict=True):
        if therapy_includes(name, therapy):
            return colour
    return None
