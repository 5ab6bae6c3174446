"""Names that must lead somewhere: arms, studies, identifiers."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import FINE, LISTED, Finding, Verdict, check, few
from lupus_evidence.errors import UnknownNameError

if TYPE_CHECKING:
    from lupus_evidence.checks.checked_parts import Item
    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Study


@check("E401", "item")
def unknown_arm(item: Item, study: Study) -> Verdict:
    """An arm that the study does not have.

    What it checks
    --------------
    The `arm` of a result or measurement is a key under `arms`.

    Why it matters
    --------------
    Without an arm a figure has no therapy and enters no comparison.

    Example
    -------
        arms:
          msc: {therapy: msc, n: 20}
        results:
          - {arm: mcs, endpoint: relapse, events: 5, n: 20}

    Source
    ------
    Follows from what `arm` means.
    """
    if item.arm is None:
        return None
    if item.arm in study.arms:
        return FINE
    known = tuple(study.arms) if len(study.arms) <= LISTED else ()
    message = str(UnknownNameError("arm", item.arm, known))
    hint = f"the arms are {few(study.arms)}; leave it out for all together"
    return [Finding(("arm",), message, hint)]


#: Unknown studies that the nearest names are looked for: it takes milliseconds each.
_MOST_NEAR = 100


def _stands_beside(file: StudyFile, name: str) -> bool:
    """Tell whether a record of that name is in the folder, loaded or not."""
    return Path(file.file).with_name(f"{name}.yaml").exists()


@check("E402", "base")
def unknown_study(base: EvidenceBase) -> Verdict:
    """An overlap with a study that does not exist.

    What it checks
    --------------
    Each study named under `overlaps` is a record, or at least a file of that name in
    the same folder.

    Why it matters
    --------------
    An overlap with a misspelt study is none, and its people are counted twice.

    Example
    -------
        overlaps:
          - {study: gu-2041, certainty: likely, because: same hospital and years}

    Source
    ------
    Follows from what `study` means.
    """
    known = dict.fromkeys(file.study.id for file in base.files)
    found: list[Finding] = []
    for file in base.files:
        for index, overlap in enumerate(file.study.overlaps):
            if overlap.study in known or _stands_beside(file, overlap.study):
                continue
            near = tuple(known) if len(found) < _MOST_NEAR else ()
            message = str(UnknownNameError("study", overlap.study, near))
            path = ("overlaps", index, "study")
            found.append(Finding(path, message, "correct the id", file))
    return found


@check("E403", "study")
def overlap_with_itself(study: Study) -> Verdict:
    """An overlap of a study with itself.

    What it checks
    --------------
    No study names itself under `overlaps`.

    Why it matters
    --------------
    The line was copied, and the study that was meant is missing.

    Example
    -------
        id: wang-2013
        overlaps:
          - {study: wang-2013, certainty: likely, because: same hospital and years}

    Source
    ------
    Follows from what an overlap is.
    """
    if not study.overlaps:
        return None
    return [
        Finding(
            ("overlaps", index, "study"),
            f"{study.id} cannot overlap with itself",
            "name the other report",
        )
        for index, overlap in enumerate(study.overlaps)
        if overlap.study == study.id
    ]


@check("E406", "base")
def identifier_taken(base: EvidenceBase) -> Verdict:
    """Two records with the same DOI or PubMed number.

    What it checks
    --------------
    No DOI, PubMed or PubMed Central number stands in two records; case is ignored.

    Why it matters
    --------------
    It is one report recorded twice, or an identifier copied with the file.

    Example
    -------
        # in doe-2020.yaml and in doe-2021.yaml
        citation: {doi: 10.1000/182}

    Source
    ------
    An identifier stands for one document: ISO 26324, DOI system.
    """
    found = []
    seen: dict[tuple[str, str], str] = {}
    for file in base.files:
        for name in ("doi", "pmid", "pmcid"):
            value = getattr(file.study.citation, name)
            if value is None:
                continue
            first = seen.setdefault((name, value.lower()), file.study.id)
            if first != file.study.id:
                message = f"{name} {value} is also that of {first}"
                path = ("citation", name)
                found.append(Finding(path, message, "see which one is right", file))
    return found
