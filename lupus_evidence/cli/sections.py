"""The parts of an answer that one asks for by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli.option_groups import with_options

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


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
