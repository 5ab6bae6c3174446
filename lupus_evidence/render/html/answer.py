"""What a reader should know first, in a few sentences made from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.pages.phrases import count_of
from lupus_evidence.text import plural
from lupus_evidence.vocabulary import (
    ENDPOINTS,
    THERAPIES,
    family_of,
    therapy_includes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.summary import DirectEvidence
    from lupus_evidence.report.page import Report
    from lupus_evidence.vocabulary import Family

#: What a randomised result is told about first: the first of these, as a whole.
_TOLD_FIRST: tuple[Family, ...] = (
    "remission",
    "response",
    "survival",
    "harm",
    "other",
)


def key_points(report: Report) -> tuple[str, ...]:
    """Return what must be known before any figure: on whom they rest, what they lack.

    Parameters
    ----------
    report : Report
        The report.
    """
    return (*_people(report), *_side_by_side(report))


def more_points(report: Report) -> tuple[str, ...]:
    """Return what else a reader should know, below the fact box.

    Parameters
    ----------
    report : Report
        The report.
    """
    return (*_randomised(report), *_unpublished(report), *_shared(report))


def _people(report: Report) -> Iterator[str]:
    """Say how many people the figures are about."""
    parts = [
        f"{plural(item.people, 'person', 'people')} given "
        f"{THERAPIES[item.therapy].label} "
        f"in {plural(len(item.studies), 'study', 'studies')}"
        for item in report.comparison.people
    ]
    yield f"The figures below rest on {' and '.join(parts)}."


def _side_by_side(report: Report) -> Iterator[str]:
    """Say whether any study set the therapies side by side."""
    wanted = report.comparison.therapies

    def side(name: str) -> str | None:
        return next((item for item in wanted if therapy_includes(item, name)), None)

    both = {
        item.study
        for item in report.comparison.direct
        if len({side(name) for name in item.therapies} - {None}) > 1
    }
    if not both:
        yield (
            "No study here gave some people one of these treatments and other people "
            "another of them. The groups differ in many ways, so a difference between "
            "the columns does not show that one treatment works better."
        )


def _randomised(report: Report) -> Iterator[str]:
    """Tell the main result of each randomised trial."""
    trials: dict[str, list[DirectEvidence]] = {}
    for item in report.comparison.direct:
        if item.contrast.kind == "randomised":
            trials.setdefault(item.study, []).append(item)
    for study, items in trials.items():
        best = min(
            items,
            key=lambda item: (
                _TOLD_FIRST.index(family_of(item.endpoint)),
                not ENDPOINTS[item.endpoint].parts,
            ),
        )
        organ = "" if best.scope == "lupus" else f" of the {best.scope}"
        first, second = (THERAPIES[name].label for name in best.therapies)
        yield (
            f"In {study} chance decided who got {first} and who got {second}: "
            f"{ENDPOINTS[best.endpoint].label}{organ} in {count_of(best.first)} and in "
            f"{count_of(best.second)} people."
        )


def _unpublished(report: Report) -> Iterator[str]:
    """Say how many registered trials have not told their results."""
    trials = [
        item for item in report.comparison.registered if item.status != "withdrawn"
    ]
    if trials:
        people = sum(item.people or 0 for item in trials)
        verb = "has" if len(trials) == 1 else "have"
        yield (
            f"{plural(len(trials), 'more trial')} of these treatments, with at least "
            f"{plural(people, 'person', 'people')} entered or planned, {verb} no "
            "published result here."
        )


def _shared(report: Report) -> Iterator[str]:
    """Say how many reports are about the same people."""
    count = sum(
        item.study.id in report.sharing and item.study.status == "published"
        for item in report.studies
    )
    if count:
        twice = report.comparison.receipt.rules.overlap == "keep-all"
        yield (
            f"{plural(count, 'published report')} share people with another one. "
            + (
                "All of them are counted here, so some people are counted twice."
                if twice
                else "No figure counts anybody twice."
            )
        )
