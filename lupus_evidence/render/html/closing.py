"""What stands at the end: trials without results, methods, receipt, citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.pages.sentences import receipt_facts
from lupus_evidence.render.html import anchors, lay
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.views.words import registry_link

if TYPE_CHECKING:
    from lupus_evidence.models import Study
    from lupus_evidence.report.page import Report

_OVERLAP = {
    "largest": "Studies that share people never stand in one figure together: of those "
    "the set with the most people is kept.",
    "latest": "Studies that share people never stand in one figure together: of those "
    "the latest reports are kept.",
    "keep-all": "Studies that share people stand in one figure together here, so some "
    "people are counted twice.",
}
_ONE_RESULT = "Of each study one result for each outcome and time."
_CHOICE = (
    "Rates with different kinds of denominator are not put together. Reports on fewer "
    "than {fewest} people, figures that include other diseases,{failing} and figures "
    "about part of the people are shown and not counted. What is no function of the "
    "visit, such as a death from the treatment, has one figure over all times; the "
    "best state ever reached is no state at a visit and stands apart."
)
_FAILING = " figures that fail a check of the records,"
_ONE_STUDY = (
    "Its own rate with an exact (Clopper-Pearson) interval. An estimate that is no "
    "count of people counts with its effective size p(1-p)/SE², never with more than "
    "the people it is about."
)
_BAYES = (
    "A Bayesian binomial-normal model: the studies' rates differ around a median rate. "
    "Shown are the median rate, which is that of a typical centre, its interval, and "
    "where the rate of a new centre would lie. What is said of 100 people is the mean "
    "rate over all centres. In simulations with up to moderate differences between "
    "studies (tau up to 1) a 95 % interval held the true median rate at least 92.9 % "
    "of the time. From two or three studies it rests on how much centres are assumed "
    "to differ, and so does, from three or four, the range for a new centre."
)
_CERTAINTY = (
    "After GRADE. Groups without a control start at low; imprecision, inconsistency "
    "and indirectness each take a level, whatever number of reasons they have. Nobody "
    "has judged the studies' risk of bias, so nothing is surer than moderate."
)
_DIFFERENCES = (
    "Only differences within one study are shown: they compare like with like, and "
    "only a draw by lot makes them fair. Therapies of different studies stand side by "
    "side, and what lies between them is no effect of one over the other."
)
_ARTICLES = (
    "Each claim is compared with the records by fixed rules; no verdict is written by "
    "hand."
)


def methods(report: Report) -> tuple[tuple[str, str], ...]:
    """Return how the figures came about: the step, and what is done.

    Parameters
    ----------
    report : Report
        The report.
    """
    receipt = report.comparison.receipt
    choice = _CHOICE.format(
        fewest=receipt.rules.min_n,
        failing="" if receipt.rules.include_failing else _FAILING,
    )
    several = (
        f"{_BAYES} Priors: {receipt.priors}."
        if receipt.method == "bayes"
        else f"Pooled by the estimator {receipt.method}, not by the default."
    )
    return (
        (
            "Which results count",
            f"{_ONE_RESULT} {_OVERLAP[receipt.rules.overlap]} {choice}",
        ),
        ("One study", _ONE_STUDY),
        ("Several studies", several),
        ("Differences", _DIFFERENCES),
        ("How sure", _CERTAINTY),
        ("Articles", _ARTICLES),
    )


def overlap_rule(report: Report) -> str:
    """Return what is done with studies that share people."""
    return _OVERLAP[report.comparison.receipt.rules.overlap]


@dataclass(frozen=True)
class TrialView:
    """A registered trial without a result.

    Parameters
    ----------
    id, anchor, title, therapies, design, people, start, status : str
        In words.
    numbers : tuple of str
        Registry numbers with their address.
    countries : str
        Their names.
    """

    id: str
    anchor: str
    title: str
    therapies: str
    design: str
    people: str
    start: str
    status: str
    numbers: tuple[str, ...]
    countries: str


def trial_views(report: Report) -> tuple[TrialView, ...]:
    """Return the registered trials without results, of any therapy.

    Parameters
    ----------
    report : Report
        The report.
    """
    return tuple(_trial(study) for study in report.unpublished)


def _trial(study: Study) -> TrialView:
    """Return one trial."""
    population, span = study.population, study.setting.recruitment
    people = ""
    if population.enrolled is not None:
        people = f"{population.enrolled} entered"
    elif population.planned is not None:
        people = f"{population.planned} planned"
    return TrialView(
        study.id,
        anchors.study(study.id),
        study.title,
        ", ".join(therapies_of(study, None)),
        study.design.replace("-", " "),
        people,
        span.start if span and span.start else "",
        study.registry_status or study.status,
        tuple(registry_link(number) for number in study.registrations),
        ", ".join(map(lay.country, study.setting.countries)),
    )


def receipt_pairs(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what the page rests on."""
    pairs = receipt_facts(report.comparison).pairs
    if report.base is None:
        return pairs
    return (*pairs, ("licence of the records", report.base.licence))


def search_notes(report: Report) -> tuple[str, ...]:
    """Return where and how the records were found."""
    return report.base.sources if report.base else ()


def citation(report: Report) -> str:
    """Return how to cite this page."""
    receipt = report.comparison.receipt
    return (
        "The lupus-evidence authors. lupus-evidence: published rates of stem-cell "
        f"treatment for lupus. Version {receipt.version}, records "
        f"{receipt.records_version or 'without version'} (hash {receipt.data_hash}), "
        f"last search {receipt.searched or 'not stated'}."
    )


def bibtex(report: Report) -> str:
    """Return the citation for reference managers."""
    receipt = report.comparison.receipt
    year = (receipt.records_version or "")[:4]
    fields = (
        ("author", "{The lupus-evidence authors}"),
        ("title", "lupus-evidence: published rates of stem-cell treatment for lupus"),
        ("version", receipt.version),
        *((("year", year),) if year.isdigit() else ()),
        ("note", f"records {receipt.records_version}, hash {receipt.data_hash}"),
    )
    body = ", ".join(f"{key} = {{{value}}}" for key, value in fields)
    return f"@software{{lupus-evidence, {body}}}"
