"""Which findings a record acknowledges, and which acknowledgements nothing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import Check, Finding, Path, document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Study

#: The code of an acknowledgement that nothing needs.
UNNEEDED = "W509"


def _acknowledging(study: Study) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Yield every part that acknowledges something, the innermost first."""
    for name in ("results", "measurements"):
        for index, item in enumerate(getattr(study, name)):
            if item.acknowledged:
                yield (name, index), item.acknowledged
    if study.acknowledged:
        yield (), study.acknowledged


def _above(study: Study, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Yield what the parts that hold a place acknowledge, the innermost first."""
    match path:
        case ("results" | "measurements" as name, int(index), *_):
            yield (name, index), getattr(study, name)[index].acknowledged
    yield (), study.acknowledged


class Ledger:
    """Match findings with the reasons that records give for them.

    Parameters
    ----------
    complete : bool
        Whether all records of a base are here, so that a finding which needs other
        records could not have been missed.
    """

    def __init__(self, *, complete: bool) -> None:
        self._complete = complete
        self._used: set[tuple[str, Path, str]] = set()

    def reason(self, file: StudyFile, item: Check, path: Path) -> str | None:
        """Return the reason that a record gives for a finding, and note its use."""
        for part, reasons in _above(file.study, path):
            if item.code in reasons:
                self._used.add((file.file, part, item.code))
                return reasons[item.code]
        return None

    def unneeded(
        self, file: StudyFile, checks: Mapping[str, Check]
    ) -> Iterator[tuple[Path, Finding]]:
        """Yield the acknowledgements of a record that no finding used."""
        for part, reasons in _acknowledging(file.study):
            for code in reasons:
                if (file.file, part, code) in self._used:
                    continue
                path = (*part, "acknowledged", code)
                known = checks.get(code)
                if known is None:
                    message = f"acknowledges {code}, which is no check's code"
                elif known.scope == "file" or code == UNNEEDED:
                    message = f"acknowledges {code}, which cannot be acknowledged"
                elif known.scope == "base" and not self._complete:
                    continue
                else:
                    message = f"acknowledges {code}, which is no longer raised here"
                yield path, Finding(path, message, "remove it")


document(
    UNNEEDED,
    """
    Acknowledged, but no longer there.

    What it checks
    --------------
    Every code under `acknowledged` is raised by the part that acknowledges it.
    Codes that need other records are looked at only where the folder has a
    `_base.yaml`, which says that all records are there.
    Neither this code nor one for a file that cannot be loaded can be acknowledged.

    Why it matters
    --------------
    An acknowledgement outlives the figure it was written for, and would silently
    swallow the next mistake at that place.

    Example
    -------
        - {endpoint: relapse, events: 5, n: 20, percent: "25",
           acknowledged: {E204: printed so}}

    5 of 20 is 25 %, so there is nothing to acknowledge.

    Source
    ------
    The same rule as for unused suppressions in linters (ruff, RUF100).
    """,
)
