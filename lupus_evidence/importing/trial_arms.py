"""The arms of a registered trial: names and what is given, never how many people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.importing.identifiers import one_line
from lupus_evidence.importing.names import Names, slug
from lupus_evidence.importing.trial_words import words
from lupus_evidence.importing.writing import Blank

if TYPE_CHECKING:
    from lupus_evidence.importing.registry import ArmGroup, Protocol
    from lupus_evidence.importing.writing import Node


def labels(protocol: Protocol) -> dict[str, ArmGroup | None]:
    """Return a name for each arm; one named "treated" where the entry lists none."""
    groups = protocol.arms_interventions_module.arm_groups
    if not groups:
        return {"treated": None}
    names = Names(())
    return {names.unused(_name(group)): group for group in groups}


def _name(group: ArmGroup) -> str:
    """Return a name that an arm's label gives."""
    name = slug(group.label or "")
    return name if len(name) > 1 else f"arm-{name}".strip("-")


def arms(protocol: Protocol, *, posted: bool) -> dict[str, Node]:
    """Return the arms; what each was given is said beside a blank, never guessed.

    Parameters
    ----------
    protocol : Protocol
        Arms and interventions.
    posted : bool
        Whether there are results, so that the people treated can be looked up.
    """
    given = [
        ": ".join(filter(None, (words(item.type), item.name)))
        for item in protocol.arms_interventions_module.interventions
    ]
    found: dict[str, Node] = {}
    for name, group in labels(protocol).items():
        names = group.intervention_names if group else tuple(given)
        said = (words(group.type) if group else "", *names)
        hint = "; ".join(filter(None, map(one_line, said)))
        fields: dict[str, Node] = {"therapy": Blank(hint)}
        label = one_line(group.label) if group else None
        if label:
            fields["label"] = label
        if posted:
            fields["n"] = Blank()
        note = one_line(group.description) if group else None
        if note:
            fields["note"] = note
        found[name] = fields
    return found
