"""Therapies: one row each."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    name: str
    label: str
    wider: str | None = None
    short: str = ""
    plainly: str = ""


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
        ),
        Therapy(
            "allo-hsct",
            "allogeneic stem-cell transplantation",
            short="Another person's blood stem cells",
            plainly="As hsct, with a donor's blood-forming stem cells.",
        ),
        Therapy(
            "msc",
            "donor mesenchymal stem cells (MSC)",
            short="Donor stem cells (MSC)",
            plainly="Mesenchymal stem cells of a donor, from a birth cord or bone "
            "marrow, are given into a vein, mostly on top of the usual drugs.",
        ),
        Therapy("uc-msc", "umbilical-cord MSC", "msc"),
        Therapy("bm-msc", "donor bone-marrow MSC", "msc"),
        Therapy("adipose-msc", "donor fat-tissue MSC", "msc"),
        Therapy("amnion-msc", "amnion MSC", "msc"),
        Therapy(
            "auto-msc",
            "a person's own MSC",
            short="Own MSC",
            plainly="As msc, with cells from the person's own body.",
        ),
        Therapy(
            "car-t",
            "CAR T cells",
            short="CAR T cells",
            plainly="The person's own T cells, altered to destroy B cells, which make "
            "antibodies. They are no stem cells.",
        ),
        Therapy("cyclophosphamide", "cyclophosphamide without stem cells"),
        Therapy(
            "high-dose-cyclophosphamide",
            "high-dose cyclophosphamide without stem cells",
            "cyclophosphamide",
        ),
        Therapy(
            "monthly-cyclophosphamide", "monthly cyclophosphamide", "cyclophosphamide"
        ),
        Therapy("rituximab", "rituximab"),
        Therapy("other-drug", "another drug"),
        Therapy("conventional", "conventional treatment"),
        Therapy("placebo", "placebo on top of conventional treatment", short="Placebo"),
        Therapy("not-stated", "treatment not stated"),
    )
}

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
