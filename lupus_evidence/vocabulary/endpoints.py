"""Endpoints: one row each, and what every part of the program knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupus_evidence.vocabulary.names import Family, Look


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

ENDPOINTS: dict[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint(
            "overall-survival",
            "alive",
            "survival",
            good=True,
            verb="were alive",
            lay="Alive",
            look="first",
            opposite="death",
            also=("alive", "os"),
        ),
        Endpoint(
            "disease-free-survival",
            "alive and disease-free",
            "survival",
            good=True,
            verb="were alive and disease-free",
            lay="Alive, and free of active lupus",
            brief="Alive, disease-free",
            look="first",
            within=("overall-survival",),
            also=("dfs",),
        ),
        Endpoint(
            "event-free-survival",
            "alive without an event",
            "survival",
            good=True,
            verb="were alive without an event",
            within=("overall-survival",),
            also=("efs",),
        ),
        Endpoint(
            "progression-free-survival",
            "alive without progression",
            "survival",
            good=True,
            verb="were alive and had not got worse",
            within=("overall-survival",),
            also=("pfs",),
        ),
        Endpoint(
            "complete-remission",
            "complete remission",
            "remission",
            good=True,
            verb="were in complete remission",
            lay="Lupus fully quiet",
            look="first",
            within=("any-remission",),
            also=("cr", "full remission"),
            loosely=("complete response",),
        ),
        Endpoint(
            "partial-remission",
            "partial remission",
            "remission",
            good=True,
            verb="were in partial remission",
            look="request",
            within=("any-remission",),
            loosely=("partial", "pr"),
        ),
        Endpoint(
            "any-remission",
            "complete or partial remission",
            "remission",
            good=True,
            verb="were in complete or partial remission",
            lay="Lupus fully or partly quiet",
            brief="Any remission",
            look="first",
            parts=("complete-remission", "partial-remission"),
            opposite="no-remission",
        ),
        Endpoint(
            "no-remission",
            "no remission",
            "remission",
            good=False,
            verb="were not in remission",
            look="request",
            opposite="any-remission",
        ),
        Endpoint(
            "major-response",
            "major clinical response",
            "response",
            good=True,
            brief="Major response",
            verb="had a major response",
            within=("any-response",),
            also=("mcr",),
            loosely=("complete response",),
        ),
        Endpoint(
            "partial-response",
            "partial clinical response",
            "response",
            good=True,
            verb="had a partial response",
            look="request",
            within=("any-response",),
            loosely=("partial", "pr"),
        ),
        Endpoint(
            "any-response",
            "any clinical response",
            "response",
            good=True,
            brief="Any response",
            verb="responded",
            look="first",
            parts=("major-response", "partial-response"),
            opposite="no-response",
            also=("improvement", "orr", "overall response", "responders"),
        ),
        Endpoint(
            "no-response",
            "no clinical response",
            "response",
            good=False,
            verb="did not respond",
            look="request",
            opposite="any-response",
        ),
        Endpoint(
            "death",
            "death from any cause",
            "harm",
            good=False,
            brief="Died, any cause",
            verb="died",
            opposite="overall-survival",
            told_by=("death", "overall-survival"),
            also=("deaths", "died", "mortality"),
        ),
        Endpoint(
            "treatment-related-mortality",
            "death related to treatment",
            "harm",
            good=False,
            verb="died of the treatment",
            lay="Died because of the treatment",
            brief="Died of the treatment",
            look="first",
            clock=False,
            within=("death",),
            told_by=("treatment-related-mortality",),
            serious_from=COMMON,
            also=(
                "nrm",
                "transplant-related mortality",
                "treatment-related death",
                "trm",
            ),
        ),
        Endpoint(
            "relapse",
            "relapse",
            "harm",
            good=False,
            verb="relapsed",
            lay="Lupus came back",
            brief="Relapsed",
            look="first",
            opposite="no-relapse",
            told_by=("relapse", "no-relapse"),
            also=("flare", "flares", "recurrence", "relapses"),
        ),
        Endpoint(
            "no-relapse",
            "no relapse",
            "response",
            good=True,
            verb="had not relapsed",
            look="request",
            opposite="relapse",
        ),
        Endpoint(
            "infection",
            "infection",
            "harm",
            good=False,
            verb="had an infection",
            clock=False,
            also=("infections",),
        ),
        Endpoint(
            "serious-infection",
            "serious infection",
            "harm",
            good=False,
            verb="had a serious infection",
            lay="Had a serious infection",
            look="first",
            clock=False,
            within=("infection",),
            told_by=("serious-infection",),
            serious_from=VERY_COMMON,
            also=("serious infections", "severe infection"),
        ),
        Endpoint(
            "secondary-autoimmunity",
            "a new autoimmune disease",
            "harm",
            good=False,
            verb="got a new autoimmune disease",
            lay="Got a new autoimmune disease",
            clock=False,
            serious_from=VERY_COMMON,
            also=("secondary autoimmune disease",),
        ),
        Endpoint(
            "malignancy",
            "cancer",
            "harm",
            good=False,
            verb="got cancer",
            clock=False,
            serious_from=VERY_COMMON,
            also=("cancers", "malignancies", "tumour"),
        ),
        Endpoint(
            "renal-failure",
            "kidney failure or dialysis",
            "harm",
            good=False,
            verb="had kidney failure or dialysis",
            also=("dialysis", "kidney failure"),
        ),
        Endpoint(
            "graft-versus-host-disease",
            "graft-versus-host disease",
            "harm",
            good=False,
            verb="had graft-versus-host disease",
            clock=False,
            serious_from=VERY_COMMON,
            also=("gvhd",),
        ),
        Endpoint(
            "cytokine-release-syndrome",
            "cytokine release syndrome",
            "harm",
            good=False,
            verb="had cytokine release syndrome",
            clock=False,
            serious_from=VERY_COMMON,
            also=("crs",),
        ),
        Endpoint(
            "neurotoxicity",
            "nerve or brain toxicity",
            "harm",
            good=False,
            verb="had nerve or brain toxicity",
            clock=False,
            serious_from=VERY_COMMON,
            also=("icans",),
        ),
        Endpoint(
            "adverse-event",
            "any adverse event",
            "harm",
            good=False,
            verb="had an adverse event",
            clock=False,
            also=("ae", "adverse events", "side effect", "side effects"),
        ),
        Endpoint(
            "serious-adverse-event",
            "serious adverse event",
            "harm",
            good=False,
            verb="had a serious adverse event",
            clock=False,
            within=("adverse-event",),
            serious_from=VERY_COMMON,
            also=("sae", "serious adverse events"),
        ),
        Endpoint(
            "treatment-related-adverse-event",
            "adverse event put down to the treatment",
            "harm",
            good=False,
            brief="Adverse event of treatment",
            verb="had an adverse event put down to the treatment",
            clock=False,
            within=("adverse-event",),
        ),
        Endpoint(
            "other-harm",
            "another harm",
            "harm",
            good=False,
            verb="had another harm",
            look="request",
            clock=False,
        ),
        Endpoint(
            "drug-free",
            "off all lupus drugs",
            "other",
            good=True,
            verb="were off all lupus drugs",
            look="request",
        ),
        Endpoint(
            "lost-to-follow-up",
            "lost to follow-up",
            "other",
            good=None,
            verb="were lost to follow-up",
            look="request",
        ),
        Endpoint(
            "other",
            "another outcome",
            "other",
            good=None,
            verb="had another outcome",
            look="request",
        ),
    )
}

#: Endpoints whose meaning is in the result's own ``name`` field.
NAMED_ENDPOINTS: frozenset[str] = frozenset({"other", "other-harm"})

#: Shown with any benefit that is asked for by name.
MAIN_HARMS: tuple[str, ...] = ("death", "treatment-related-mortality")


def siblings_of(endpoint: str) -> tuple[str, ...]:
    """Return the total that an endpoint is part of and its other parts, total first."""
    for total in ENDPOINTS.values():
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
    return ENDPOINTS[endpoint].family
