"""Cells in one dose: what the records say was given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded import place_of
from lupus_evidence.audit.verdicts import Evidence, Finding, Sentence, Verdict
from lupus_evidence.vocabulary import therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import Records
    from lupus_evidence.claims import BackgroundClaim
    from lupus_evidence.load import StudyFile

#: Kilograms of a light and of a heavy adult, to turn a dose per kg into cells. The
#: default adult of 70 kg (EFSA 2012, doi 10.2903/j.efsa.2012.2579) lies in the middle.
LIGHT, MIDDLE, HEAVY = 50.0, 70.0, 90.0
#: The unit of a dose by weight.
PER_KG = "million-cells-per-kg"

_DOSE = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s+(?:to|and|or)\s+(\d+(?:\.\d+)?))?\s+million"
    r"(?:\s+[\w+-]+)?\s+cells(\s+per\s+kg)?"
)


@dataclass(frozen=True)
class Dose:
    """What one arm was given.

    Parameters
    ----------
    source : StudyFile
        The record.
    arm : str
        Which of its arms.
    text : str
        As the record says it.
    low, high : float
        Million cells for a light and a heavy adult.
    """

    source: StudyFile
    arm: str
    text: str
    low: float
    high: float

    @property
    def short(self) -> str:
        """The part of the text that gives the cells."""
        match = _DOSE.search(self.text)
        return match[0] if match else self.text


def cells_in(text: str) -> tuple[float, float] | None:
    """Return the million cells that a dose stands for, or None if it gives none.

    Parameters
    ----------
    text : str
        Such as "1 million cells per kg" or "200 million cells".

    Examples
    --------
    >>> cells_in("1 million cells per kg each time")
    (50.0, 90.0)
    >>> cells_in("80 million cells in all")
    (80.0, 80.0)
    """
    ends: list[float] = []
    for low, high, per_kg in _DOSE.findall(text):
        light, heavy = (LIGHT, HEAVY) if per_kg else (1.0, 1.0)
        ends += [float(low) * light, float(high or low) * heavy]
    return (min(ends), max(ends)) if ends else None


def doses_of(records: Records, therapy: str) -> list[Dose]:
    """Return the doses of a therapy in studies with people treated, by size.

    Arms whose kind of cells the records leave open count: their cells may be meant.
    """
    found = []
    for source in records.base.files:
        if source.study.status != "published":
            continue
        for name, arm in source.study.arms.items():
            fits = therapy_includes(therapy, arm.therapy) or therapy_includes(
                arm.therapy, therapy
            )
            cells = cells_in(arm.dose) if fits and arm.dose else None
            if arm.dose and cells is not None:
                found.append(Dose(source, name, arm.dose, *cells))
    return sorted(found, key=lambda dose: (dose.low, dose.high, dose.source.study.id))


def dose_verdict(claim: BackgroundClaim, therapy: str, records: Records) -> Verdict:
    """Return the verdict on a claimed number of cells in one dose.

    Parameters
    ----------
    claim : BackgroundClaim
        With million cells.
    therapy : str
        The cells' kind.
    records : Records
        The records.
    """
    doses = doses_of(records, therapy)
    if not doses:
        return Verdict("not checkable", (Sentence("no-dose"),), ())
    same = [dose for dose in doses if _fits(dose, claim)]
    groups: dict[tuple[float, float], list[Dose]] = {}
    for dose in doses:
        groups.setdefault((dose.low, dose.high), []).append(dose)
    findings = [_group(members) for members in groups.values()]
    if same:
        values: dict[str, object] = {
            "value": claim.value,
            "per_kg": claim.unit == PER_KG,
            "studies": tuple(sorted({dose.source.study.id for dose in same})),
        }
        return Verdict("supported", (Sentence("dose", values),), tuple(findings))
    usual = max(groups.values(), key=len)[0]
    claimed = claim.value.value * (MIDDLE if claim.unit == PER_KG else 1.0)
    values = {
        "therapy": therapy,
        "dose": usual.short,
        "low": usual.low,
        "high": usual.high,
        "light": LIGHT,
        "heavy": HEAVY,
        "least": usual.low / claimed,
        "most": usual.high / claimed,
    }
    return Verdict("not found", (Sentence("other-dose", values),), tuple(findings))


def _fits(dose: Dose, claim: BackgroundClaim) -> bool:
    """Tell whether a dose is the one that a claim gives.

    Doses per kg are compared as such; a dose per kg and one for everybody are the same
    where somebody weighs what makes them so.
    """
    value = claim.value.value
    if claim.unit != PER_KG:
        return dose.low <= value <= dose.high
    if dose.low != dose.high:
        return dose.low / LIGHT <= value <= dose.high / HEAVY
    return value * LIGHT <= dose.low <= value * HEAVY


def _group(doses: list[Dose]) -> Finding:
    """Say which studies gave one dose."""
    studies = tuple(dict.fromkeys(dose.source.study.id for dose in doses))
    return Finding(
        "dose-in-studies",
        {"dose": doses[0].short, "studies": studies},
        tuple(_evidence(dose) for dose in doses),
    )


def _evidence(dose: Dose) -> Evidence:
    """Return a dose as evidence."""
    study = dose.source.study
    return Evidence(
        study.id,
        "cells-per-dose",
        place_of(dose.source, "arms", dose.arm),
        study.arms[dose.arm].therapy,
        where=dose.text,
        reading=study.reading,
    )
