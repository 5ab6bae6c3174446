"""The blanks of the template: what stands where a source says nothing, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lupus_evidence.template import study_template
from lupus_evidence.vocabulary import Topic, topic

#: Keys of a value from the record's top; "*" stands for any arm and any list item.
Path = tuple[str, ...]

_LINE = re.compile(
    r"(?P<indent> *)(?P<item>- )?(?P<key>[a-z_]+):"
    r"(?: (?P<mark>\[?\"?\.\.\.\"?\]?))? *(?:# *(?P<comment>.*))?"
)
_CONTINUED = re.compile(r" {8,}# *(?P<comment>.*)")


@dataclass(frozen=True)
class TemplateBlank:
    """A blank as the template writes it.

    Parameters
    ----------
    mark : str
        Three dots, in quotes or brackets where a text or a list is wanted.
    comment : tuple of str
        Lines that say what is wanted.
    """

    mark: str = "..."
    comment: tuple[str, ...] = ()


def template_blanks() -> dict[Path, TemplateBlank]:
    """Return every blank of the study template by its path."""
    return _blanks_of(topic())


@cache
def _blanks_of(now: Topic) -> dict[Path, TemplateBlank]:  # noqa: ARG001 - in force
    """Return the blanks of the template of the topic in force."""
    found: dict[Path, TemplateBlank] = {}
    parents: list[tuple[int, str]] = []
    last: Path = ()
    for line in study_template("new-study").splitlines():
        more = _CONTINUED.fullmatch(line)
        if more and last in found:
            before = found[last]
            found[last] = TemplateBlank(before.mark, (*before.comment, more["comment"]))
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            last = ()
            continue
        depth = len(match["indent"]) + len(match["item"] or "")
        parents = [parent for parent in parents if parent[0] < depth]
        if match["item"]:
            parents.append((len(match["indent"]) + 1, "*"))
        names = tuple(name for _, name in parents)
        last = (*names, match["key"])
        parents.append((depth, "*" if names == ("arms",) else match["key"]))
        if match["mark"]:
            comment = (match["comment"],) if match["comment"] else ()
            found[last] = TemplateBlank(match["mark"], comment)
    return found


def blank_at(path: Path) -> TemplateBlank:
    """Return the template's blank at a path, or a bare one where it has none."""
    return template_blanks().get(path, TemplateBlank())
