"""From the answers of a tool's domains to one answer, by the rule that its file names.

There are two rules. By the *worst*, the worst domain decides, and a lack of information
stands where no domain is decidedly bad. By *key items*, one known weakness in a domain
that matters most, or several in others, is a high risk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.appraisal.tools import NO_INFORMATION, KeyItems, Tool, Worst

if TYPE_CHECKING:
    from collections.abc import Mapping


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
