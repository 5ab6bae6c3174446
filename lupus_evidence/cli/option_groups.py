"""Options that several commands share, declared once and received as one value.

The choices of a selection, and the parts of an answer that one asks for by name.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.evidence.selection import (
    FEWEST_PEOPLE,
    OverlapRule,
    SelectionRules,
)
from lupus_evidence.stats.pooling import Method  # noqa: TC001 - Typer reads it

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from lupus_evidence.vocabulary import Scope

    Command = Callable[..., None]


@dataclass(frozen=True)
class _Group:
    """Options that a command receives as one argument."""

    name: str
    made: Callable[..., Any]
    options: tuple[str, ...]

    def value(self, given: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever is made
        """Return the argument, and take its options out of what was typed."""
        return self.made(**{option: given.pop(option) for option in self.options})


def with_options(
    name: str,
    made: Callable[..., Any],
    options: type,
    **more: Any,  # noqa: ANN401 - an annotation has no type of its own
) -> Callable[[Command], Command]:
    """Give a command a group of options, which it receives as one argument.

    Parameters
    ----------
    name : str
        The argument that receives them; it is not an option itself.
    made : callable
        Makes the value from the options, by name.
    options : type
        A dataclass whose annotated fields are the options.
    **more : annotation
        Options made at run time, off or None by default; they come first.
    """
    hints = get_type_hints(options, include_extras=True)
    shared = [
        inspect.Parameter(
            key,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if get_args(hint)[0] is bool else None,
        )
        for key, hint in more.items()
    ]
    shared += [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=item.default)
        for key, item in inspect.signature(options).parameters.items()
    ]
    hints |= more

    group = _Group(name, made, tuple(item.name for item in shared))

    def decorate(command: Command) -> Command:
        own = inspect.signature(command).parameters
        known = get_type_hints(command, include_extras=True)

        inner: Command = getattr(command, "behind_groups", command)
        groups: tuple[_Group, ...] = (group, *getattr(command, "option_groups", ()))

        @wraps(inner)
        def run(**given: Any) -> None:  # noqa: ANN401 - what was typed
            received = [item.name for item in groups]
            values = [item.value(given) for item in groups]
            inner(**given, **dict(zip(received, values, strict=True)))

        parameters = []
        for key, item in own.items():
            if key == name:
                parameters += shared
            else:
                parameters.append(item)
        typed = [
            item.replace(annotation=hints.get(item.name, known.get(item.name)))
            for item in parameters
        ]
        run.__signature__ = inspect.Signature(typed)  # type: ignore[attr-defined]
        run.__annotations__ = {item.name: item.annotation for item in typed}
        del run.__wrapped__  # or Typer would read the command behind
        run.behind_groups, run.option_groups = inner, groups  # type: ignore[attr-defined]
        return run

    return decorate


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
    ] = "largest"
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
        Method,
        typer.Option(help="How rates are pooled; `explain glmm` says what glmm is."),
    ] = "bayes"


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
    method: Method = "bayes",
) -> Choices:
    """Return what was typed, after making sure that each name exists."""
    rules = SelectionRules(
        overlap=overlap,
        readings=opt.known_readings(reading),
        designs=opt.known_designs(design),
        min_n=min_n,
        max_bias=opt.known_limit(max_bias),
        include_abstracts=abstracts,
        include_failing=failing,
    )
    return Choices(opt.known_scopes(scope), method, tau_prior, rules)


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


@dataclass(frozen=True)
class Sections:
    """Which parts were asked for.

    Parameters
    ----------
    names : frozenset of str
        Names of sections.
    full : bool
        Whether the answer and every part that needs no further computing.
    """

    names: frozenset[str]
    full: bool


def flags_of(parts: Mapping[str, str]) -> dict[str, object]:
    """Return an option for each part of an answer.

    Parameters
    ----------
    parts : mapping of str to str
        What each part says, by its name.
    """
    return {
        name.replace("-", "_"): Annotated[bool, typer.Option(f"--{name}", help=text)]
        for name, text in parts.items()
    }


def asked_parts(asked: Mapping[str, bool]) -> frozenset[str]:
    """Return the names of the parts whose options were given."""
    return frozenset(name.replace("_", "-") for name, wanted in asked.items() if wanted)


class NoOptions:
    """Nothing beside the options that are made from names; Typer reads annotations."""


@dataclass(frozen=True)
class Drawing:
    """How a picture is asked for.

    Parameters
    ----------
    sections : frozenset of str
        Names of the parts that were asked for.
    full : bool
        Whether all of them were.
    notes : bool
        Whether what to mind stands below it.
    plain : bool
        Whether it is drawn with plain letters only.
    """

    sections: frozenset[str]
    full: bool
    notes: bool
    plain: bool

    def shown(self, every: Collection[str], *, to_screen: bool) -> frozenset[str]:
        """Return the parts that follow; a file has all of them unasked.

        Parameters
        ----------
        every : collection of str
            All that there are.
        to_screen : bool
            Whether no file is written.
        """
        return frozenset(every) if self.full or not to_screen else self.sections


@dataclass(frozen=True)
class _DrawingOptions:
    """The options of every picture, as one types them."""

    full: Annotated[
        bool, typer.Option("--full", help="All of these; a file has them unasked.")
    ] = False
    notes: Annotated[
        bool,
        typer.Option(
            "--notes/--no-notes", help="Say below the picture what to mind, or not."
        ),
    ] = True
    plain: Annotated[
        bool, typer.Option("--ascii", help="Draw with plain letters only.")
    ] = False


def draws(
    parts: Mapping[str, str],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a picture; it receives them as ``drawing``.

    Parameters
    ----------
    parts : mapping of str to str
        What one can ask for beside the picture, by its name.
    """

    def made(*, full: bool, notes: bool, plain: bool, **asked: bool) -> Drawing:
        return Drawing(asked_parts(asked), full, notes, plain)

    return with_options("drawing", made, _DrawingOptions, **flags_of(parts))


_FLAGS = {
    "findings": "The answer as a summary-of-findings table, in GRADE's layout.",
    "trials": "What studies with two arms found.",
    "people": "Who the people behind the figures were.",
    "rates": "Every figure with its mean, new centre and certainty.",
    "plain": "The main figures as sentences.",
    "certainty": "How sure anyone can be, each reason counted.",
    "left-out": "Published results that are in no figure, and why.",
    "registered": "Trials without a published result.",
    "differences": "Unadjusted differences between therapies, which are no effects of "
    "treatment.",
    "sensitivity": "Each figure under every other choice; what moves is marked.",
    "explain": "What became of every study in every figure, by file and line.",
    "receipt": "What the figures rest on: version, hash, methods, choices.",
    "full": "The answer and all parts but those that need asking: findings, "
    "differences, sensitivity, explain.",
}


def with_sections() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the parts of a comparison as options, received as ``sections``."""

    def made(**asked: bool) -> Sections:
        from lupus_evidence.pages.comparison_page import FULL

        full = bool(asked.pop("full"))
        return Sections(asked_parts(asked) | set(FULL if full else ()), full)

    return with_options("sections", made, NoOptions, **flags_of(_FLAGS))
