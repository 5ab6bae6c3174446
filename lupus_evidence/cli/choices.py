"""The choices of a selection, the same in every command that selects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.option_groups import with_options
from lupus_evidence.evidence.selection import FEWEST_PEOPLE, SelectionRules

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Scope


class Estimator(StrEnum):
    """Estimator of the pooled rates."""

    BAYES = "bayes"
    GLMM = "glmm"
    REML = "reml"
    PM = "pm"
    DL = "dl"
    ML = "ml"
    COMMON = "common"
    FREEMAN_TUKEY = "freeman-tukey"


class OverlapRule(StrEnum):
    """What happens to studies that share people."""

    LARGEST = "largest"
    LATEST = "latest"
    KEEP_ALL = "keep-all"


@dataclass(frozen=True)
class Choices:
    """What a person chose about the selection and pooling of results.

    Parameters
    ----------
    scopes : tuple of str
        What remission and response were judged on; every scope if empty.
    method : str
        Estimator of the pooled rates.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    rules : SelectionRules
        Which results enter.
    """

    scopes: tuple[Scope, ...]
    method: Method
    tau_prior: float
    rules: SelectionRules


@dataclass(frozen=True)
class _ResultOptions:
    """Which results enter, and how much centres may differ, as one types it."""

    tau_prior: Annotated[
        float,
        typer.Option(
            "--tau-prior",
            metavar="SCALE",
            min=0.01,
            max=10,
            help="How much centres may differ before any study is seen (see `explain "
            "tau`).",
        ),
    ] = 1.0
    overlap: Annotated[
        OverlapRule, typer.Option(help="Which of the studies that share people stay.")
    ] = OverlapRule.LARGEST
    reading: opt.ReadingOption = None
    design: opt.DesignOption = None
    min_n: Annotated[
        int,
        typer.Option(
            "--min-n",
            metavar="N",
            min=1,
            help="Pool only results about at least this many people.",
        ),
    ] = FEWEST_PEOPLE
    max_bias: opt.MaxBiasOption = None
    abstracts: Annotated[
        bool,
        typer.Option(
            "--include-abstracts/--exclude-abstracts",
            help="Keep studies known only from a conference abstract, or not.",
        ),
    ] = True
    failing: Annotated[
        bool,
        typer.Option(
            "--include-failing",
            help="Keep results that fail a check of the records (see `check`).",
        ),
    ] = False


@dataclass(frozen=True)
class _Options(_ResultOptions):
    """All choices as one types them."""

    scope: opt.ScopeOption = None
    method: Annotated[
        Estimator,
        typer.Option(help="How rates are pooled; `explain glmm` says what glmm is."),
    ] = Estimator.BAYES


def _choices(  # noqa: PLR0917 - one for each option
    tau_prior: float,
    overlap: OverlapRule,
    reading: list[str] | None,
    design: list[str] | None,
    min_n: int,
    max_bias: str | None,
    abstracts: bool,
    failing: bool,
    scope: list[str] | None = None,
    method: Estimator = Estimator.BAYES,
) -> Choices:
    """Return what was typed, after making sure that each name exists."""
    rules = SelectionRules(
        overlap=overlap.value,
        readings=opt.known_readings(reading),
        designs=opt.known_designs(design),
        min_n=min_n,
        max_bias=opt.known_limit(max_bias),
        include_abstracts=abstracts,
        include_failing=failing,
    )
    return Choices(opt.known_scopes(scope), method.value, tau_prior, rules)


def selects(
    *, pools: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the choices of a selection; it receives them as ``choices``.

    Parameters
    ----------
    pools : bool
        Whether rates judged on something are pooled: a scope and an estimator too.
    """
    return with_options("choices", _choices, _Options if pools else _ResultOptions)
