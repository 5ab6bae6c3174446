"""A record and its file: one id, one file of that name."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import Finding, Verdict, check

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase


@check("E113", "base")
def file_name_differs(base: EvidenceBase) -> Verdict:
    """A file that is not named after its study.

    What it checks
    --------------
    The record `wang-2013` stands in a file called `wang-2013.yaml`.

    Why it matters
    --------------
    People find a record by its file, and a copied file whose id was never changed is
    the commonest way to get one study twice.

    Example
    -------
        # in doe-2020.yaml
        id: doe-2021

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    for file in base.files:
        stem = PurePath(file.file).stem
        if stem != file.study.id:
            message = f"the file is named {stem}, the record {file.study.id}"
            found.append(Finding(("id",), message, "rename one of them", file))
    return found


@check("E114", "base")
def id_taken(base: EvidenceBase) -> Verdict:
    """Two files with one id.

    What it checks
    --------------
    No two records of a folder and its subfolders have the same id.

    Why it matters
    --------------
    Overlaps and commands name a study by its id, and its people would be counted
    twice.

    Example
    -------
    `msc/doe-2020.yaml` and `hsct/doe-2020.yaml` both begin with `id: doe-2020`.

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    for first, second in pairwise(base.files):
        if first.study.id == second.study.id:
            message = f"the id {second.study.id} is also in {first.file}"
            found.append(Finding(("id",), message, "give it another id", second))
    return found
