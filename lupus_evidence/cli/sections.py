"""The parts of a comparison that one asks for by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli.sharing import with_options

if TYPE_CHECKING:
    from collections.abc import Callable


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


def _flag(name: str, text: str) -> object:
    """Return the option that asks for one part."""
    return Annotated[bool, typer.Option(f"--{name}", help=text)]


_FLAGS = {
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
    "full": "The answer and all parts but the last three that need asking: "
    "differences, sensitivity, explain.",
}


class _Options:
    """The options as one types them; Typer reads their annotations."""


def with_sections() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the parts of a comparison as options, received as ``sections``."""
    options = {
        name.replace("-", "_"): _flag(name, text) for name, text in _FLAGS.items()
    }

    def made(**asked: bool) -> Sections:
        from lupus_evidence.pages.comparison_page import FULL

        full = bool(asked.pop("full"))
        names = {name.replace("_", "-") for name, wanted in asked.items() if wanted}
        return Sections(frozenset(names | set(FULL if full else ())), full)

    return with_options("sections", made, _Options, **options)
