"""Endpoints: one row each, and what every part of the program knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.vocabulary.topic import topic

if TYPE_CHECKING:
    from lupus_evidence.vocabulary.fixed_names import Family, Look


@dataclass(frozen=True)
class Endpoint:
    """What a result counts: everything that any part of the program knows of it.

    Parameters
    ----------
    name : str
        As written in records and on the command line.
    label : str
        For the screen, in words.
    family : {"survival", "remission", "response", "harm", "other"}
        The group it is shown in.
    good : bool or None
        Whether more is better for the person; None where that depends.
    verb : str
        What people did who had it: "were alive".
    lay : str
        A heading for a reader who knows no terms; empty where it is never a main
        outcome.
    brief : str
        A few words for it at the start of a line, where the label is longer.
    look : {"first", "all", "request"}
        Shown at a first look, with everything, or only when asked for by name.
    clock : bool
        Whether it is a function of the visit. A death from the treatment is not: it
        falls in the weeks after, whenever the study counts it. Such an endpoint has
        one figure over all times.
    parts : tuple of str
        The endpoints that add up to it; nobody belongs to two of them.
    opposite : str or None
        The endpoint that is true of everybody else.
    within : tuple of str
        Endpoints that whoever has this one has too.
    told_by : tuple of str
        For a harm that a reader of a benefit needs to know: the endpoints that tell
        of it. Who reads that 94 % survived knows that 6 % died.
    serious_from : float or None
        Proportion from which on it contradicts "little harm"; None where it never
        does.
    also : tuple of str
        Other words for it, in small letters, as papers and patients write them.
    loosely : tuple of str
        Words that are said of it and of other endpoints too.
    """

    name: str
    label: str
    family: Family
    good: bool | None
    verb: str
    lay: str = ""
    brief: str = ""
    look: Look = "all"
    clock: bool = True
    parts: tuple[str, ...] = ()
    opposite: str | None = None
    within: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    serious_from: float | None = None
    also: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()


#: From how often a harm is "common" and "very common": European guideline on the
#: summary of product characteristics (2009), section 4.8.
COMMON, VERY_COMMON = 0.01, 0.1

#: Endpoints whose meaning is in the result's own ``name`` field.
NAMED_ENDPOINTS: frozenset[str] = frozenset({"other", "other-harm"})


def siblings_of(endpoint: str) -> tuple[str, ...]:
    """Return the total that an endpoint is part of and its other parts, total first."""
    for total in topic().endpoints.values():
        if endpoint in total.parts:
            return (total.name, *(part for part in total.parts if part != endpoint))
    return ()


def is_judged(endpoint: str) -> bool:
    """Tell whether an outcome is judged on something: the whole disease, or an organ.

    Parameters
    ----------
    endpoint : str
        Its name. Who is alive is alive, whatever was looked at; remission, response
        and relapse are of the lupus, or of the kidneys.
    """
    return family_of(endpoint) in ("remission", "response") or endpoint == "relapse"


def family_of(endpoint: str) -> Family:
    """Return the family of an endpoint."""
    return topic().endpoints[endpoint].family
