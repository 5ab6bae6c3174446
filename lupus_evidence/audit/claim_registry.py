"""Where checks of claims files are kept: a code, a function, its manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.claims_files import ClaimsBase, LoadedClaims

if TYPE_CHECKING:
    from lupus_evidence.claims import Claim
    from lupus_evidence.load import EvidenceBase

Path = tuple[str | int, ...]
Problem = tuple[Path, str, str]


@dataclass(frozen=True)
class Surroundings:
    """What a claims file is checked against.

    Parameters
    ----------
    claims : ClaimsBase
        All claims files.
    base : EvidenceBase
        The records.
    """

    claims: ClaimsBase
    base: EvidenceBase


Check = Callable[[LoadedClaims, Surroundings], Iterator[Problem]]
CHECKS: dict[str, Check] = {}


def check(code: str) -> Callable[[Check], Check]:
    """Register a function as the check of a code."""

    def register(function: Check) -> Check:
        CHECKS[code] = function
        return function

    return register


def claims_of(item: LoadedClaims) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim with its path."""
    for index, claim in enumerate(item.content.claims):
        yield ("claims", index), claim
