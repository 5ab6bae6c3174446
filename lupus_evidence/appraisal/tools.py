"""The tools of appraisal as data: one file in ``tools/`` for each.

A tool says which domains it asks about, which answers it knows, which common level each
answer stands for, and by which rule the answers make one. The words on screen are those
of the file.

There are two rules. By the *worst*, the worst domain decides, and a lack of information
stands where no domain is decidedly bad. By *key items*, one known weakness in a domain
that matters most, or several in others, is a high risk.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lupus_evidence.records.field_types import Identifier, Text
from lupus_evidence.records.study_parts import Citation, Record
from lupus_evidence.vocabulary import BIAS, BiasLevel, Design

#: The answer that every tool has.
NO_INFORMATION = "no-information"
#: What the rule of key items gives.
_KEY_ITEMS_GIVE = ("low", "some", "high", "unknown")


class AnswerWords(Record):
    """One answer of a tool."""

    word: Text
    """On screen."""
    level: BiasLevel
    """The common level it stands for."""
    robvis: Text
    """As the R package robvis, and the figures of RevMan, call it."""
    symbol: Text | None = None
    """Where it is drawn otherwise than its level."""
    score: int | None = None
    """Points, in a tool that adds its answers up."""

    @property
    def drawn(self) -> str:
        """The one character that stands for it without colour."""
        return self.symbol or BIAS[self.level].symbol


class ToolDomain(Record):
    """One thing that a tool asks about."""

    label: Text
    """On screen."""
    question: Text
    """What is asked, in our own words."""
    comparative: bool = False
    """Whether it is asked only where groups are compared."""


class Worst(Record):
    """A rule by which the worst domain decides."""

    name: Literal["worst"]
    """The rule."""
    order: tuple[Identifier, ...]
    """The answers, the best first."""
    decisive: tuple[Identifier, ...]
    """Answers that decide even where another domain has no information."""
    own: bool = False
    """Whether it is this project's rule, for want of one of the tool."""
    source: Text
    """Where the rule is from."""

    def names(self) -> tuple[str, ...]:
        """Return the answers that the rule speaks of."""
        return (*self.order, *self.decisive)


class KeyItems(Record):
    """A rule by which a few items decide, and the others add to it."""

    name: Literal["key-items"]
    """The rule."""
    key: tuple[Identifier, ...]
    """Domains of which one is enough."""
    bad: tuple[Identifier, ...]
    """Answers that are a known weakness."""
    unclear: tuple[Identifier, ...]
    """Answers that leave it open."""
    aside: tuple[Identifier, ...] = ()
    """Domains that do not bias a figure and are not asked."""
    tolerated: int
    """Weaknesses in other domains that do not make the risk high."""
    own: bool = False
    """Whether it is this project's rule, for want of one of the tool."""
    source: Text
    """Where the rule is from."""

    def names(self) -> tuple[str, ...]:
        """Return the answers that the rule speaks of."""
        return (*self.bad, *self.unclear)


class Tool(Record):
    """A tool of appraisal."""

    name: Identifier
    """As records name it."""
    label: Text
    """On screen."""
    about: Text
    """What it judges, in one sentence."""
    citation: Citation
    """Where it was published."""
    designs: tuple[Design, ...]
    """Designs that it was made for."""
    domains: dict[Identifier, ToolDomain]
    """What it asks about, in its own order."""
    answers: dict[Identifier, AnswerWords]
    """What one may answer."""
    overall: dict[Identifier, AnswerWords] = Field(default_factory=dict)
    """What one may answer over all domains; the same where left out."""
    rule: Annotated[Worst | KeyItems, Field(discriminator="name")]
    """How the answers make one."""
    robvis: Text
    """The template of robvis for it; `Generic` takes any domains by their headings."""

    @property
    def overall_answers(self) -> dict[str, AnswerWords]:
        """What one may answer over all domains."""
        return self.overall or self.answers

    @property
    def scored(self) -> bool:
        """Whether it adds its answers up."""
        return any(item.score is not None for item in self.answers.values())

    def asked(self, *, comparing: bool) -> tuple[str, ...]:
        """Return the domains that have to be answered.

        Parameters
        ----------
        comparing : bool
            Whether the study compares groups.
        """
        return tuple(
            name
            for name, domain in self.domains.items()
            if comparing or not domain.comparative
        )

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        """Refuse a file whose parts do not fit each other."""
        answers, rule = self.answers, self.rule
        wanted = {NO_INFORMATION, *rule.names()} - answers.keys()
        if isinstance(rule, KeyItems):
            wanted |= {*rule.key, *rule.aside} - self.domains.keys()
            wanted |= {*_KEY_ITEMS_GIVE} - self.overall_answers.keys()
        if wanted:
            raise ValueError(f"the tool {self.name} lacks {', '.join(sorted(wanted))}")
        return self


_SUFFIX = ".yaml"


def _files() -> dict[str, str]:
    """Return the text of every tool's file by the tool's name, in order of name."""
    from importlib import resources

    folder = resources.files("lupus_evidence.appraisal").joinpath("tools")
    return {
        item.name.removesuffix(_SUFFIX): item.read_text(encoding="utf-8")
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(_SUFFIX)
    }


@cache
def tools() -> dict[str, Tool]:
    """Return every tool by its name, in order of name."""
    from lupus_evidence.records.yamltext import parse

    return {name: Tool.model_validate(parse(text)) for name, text in _files().items()}


def tool_names() -> tuple[str, ...]:
    """Return the names of all tools."""
    return tuple(tools())


def tool_of(name: str) -> Tool | None:
    """Return a tool by its name, or None if there is none.

    Parameters
    ----------
    name : str
        As a record gives it.
    """
    return tools().get(name)


def overall(tool: Tool, answers: Mapping[str, str]) -> str:
    """Return the overall answer that a tool's rule gives.

    Parameters
    ----------
    tool : Tool
        The tool.
    answers : mapping of str to str
        Answers by domain. A domain without one, or with one that the tool does not
        know, has no information; those asked only of comparisons may be left out.
    """
    found = {
        name: answers[name] if answers.get(name) in tool.answers else NO_INFORMATION
        for name, domain in tool.domains.items()
        if name in answers or not domain.comparative
    }
    if isinstance(tool.rule, Worst):
        return _worst(tool.rule, found)
    return _by_key_items(tool, tool.rule, found)


def _worst(rule: Worst, answers: Mapping[str, str]) -> str:
    """Return the worst answer, or that there is no information."""
    given = [rule.order.index(item) for item in answers.values() if item in rule.order]
    worst = rule.order[max(given)] if given else NO_INFORMATION
    if worst in rule.decisive or len(given) == len(answers):
        return worst
    return NO_INFORMATION


def _by_key_items(tool: Tool, rule: KeyItems, answers: Mapping[str, str]) -> str:
    """Return the level that weaknesses, and what is not known, leave."""
    counted = {name: item for name, item in answers.items() if name not in rule.aside}
    weak = [name for name, item in counted.items() if item in rule.bad]
    if len(weak) > rule.tolerated or not set(weak).isdisjoint(rule.key):
        return "high"
    if any(counted.get(name) in rule.unclear for name in rule.key):
        return "unknown"
    sound = all(tool.answers[item].level == "low" for item in counted.values())
    return "low" if sound else "some"
