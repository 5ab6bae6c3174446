"""Templates of new records: every part commented, blanks to fill in."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.textfiles import TOPIC_FILE
from lupus_evidence.topics import read_topic
from lupus_evidence.vocabulary import Topic, topic, using

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The longest name of a field.
_MAX_FIELD = 60
#: What YAML takes for text without quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ '-]*[a-z0-9]")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def study_template(name: str) -> str:
    """Return the template of a study file.

    Parameters
    ----------
    name : str
        The record's id: lower-case letters, digits and single hyphens.

    Raises
    ------
    EvidenceError
        If the name cannot be an id.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise EvidenceError(
            f"{name!r} cannot be a study's name: use lower-case letters, digits and "
            "single hyphens, such as doe-2026"
        )
    file = resources.files("lupus_evidence.templates").joinpath("study.yaml")
    text = file.read_text(encoding="utf-8").replace("STUDY-ID", name)
    return _worded(text)


#: Names of therapies that a template shows.
_MOST_THERAPIES = 4


def _of_each_family(now: Topic) -> Iterator[str]:
    """Yield the first outcome of each family."""
    seen: dict[str, str] = {}
    for name in now.shown_endpoints:
        seen.setdefault(now.endpoints[name].family, name)
    yield from seen.values()


def _worded(text: str) -> str:
    """Return a template with the topic's fields and names in their places."""
    now = topic()
    own = [f"  # {name}: 60" for name, group in now.groups.items() if group.brief]
    if now.score is not None:
        own.append(f'  # {now.score.field}: {{mean: "12.2", sd: "3.3"}}')
    places = {
        "CONDITION-FIELD: ...": f"{now.condition.field}: ...".ljust(20),
        "CONDITION": now.condition.name,
        "  # GROUPS\n": "".join(f"{line}\n" for line in own),
        "THERAPIES": ", ".join(list(now.therapies)[:_MOST_THERAPIES]),
        "OUTCOMES": ", ".join(_of_each_family(now)),
        "MEASURE": next(iter(now.measures), "..."),
    }
    for place, words in places.items():
        text = text.replace(place, words)
    return text


#: Where each file of a new base goes, and its template.
_OF_A_BASE = {
    "studies/_topic.yaml": "topic.yaml",
    "README.md": "README.md",
    ".githooks/pre-commit": "pre-commit",
    ".github/workflows/check.yml": "check.yml",
}
#: The first record of a new base.
_FIRST = "doe-2026"


def _said(text: str, words: dict[str, str], *, yaml: bool) -> str:
    """Return a template with words in their places."""

    def word(match: re.Match[str]) -> str:
        return _in_yaml(words[match[0]]) if yaml else words[match[0]]

    return re.sub(rf"\b(?:{'|'.join(words)})\b", word, text)


def _in_yaml(text: str) -> str:
    """Return a text as it stands behind a key."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def base_templates(condition: str, title: str = "") -> dict[str, str]:
    """Return the files of a new base, by their place in its folder.

    Parameters
    ----------
    condition : str
        What people have, within a sentence: "systemic sclerosis".
    title : str
        A few words; made from the condition where empty.

    Raises
    ------
    EvidenceError
        If the condition has no letter, or takes more than a line.
    """
    field = re.sub(r"[^a-z0-9]+", "_", condition.lower()).strip("_")
    if not field[:1].isalpha() or len(field) > _MAX_FIELD or "\n" in condition + title:
        raise EvidenceError(
            "--condition takes a name as it stands within a sentence, such as systemic "
            f"sclerosis, and was given {condition!r}"
        )
    head = title or f"Treatment of {condition}"
    words = {
        "TITLE": head,
        "ABOUT": f"Published rates of what happened after treatment of {condition}",
        "CONDITION": condition,
        "FIELD": field,
    }
    folder = resources.files("lupus_evidence.templates").joinpath("base")
    files: dict[str, str] = {}
    for place, name in _OF_A_BASE.items():
        text = folder.joinpath(name).read_text(encoding="utf-8")
        files[place] = _said(text, words, yaml=place.endswith(TOPIC_FILE))
    found = read_topic(files[f"studies/{TOPIC_FILE}"], TOPIC_FILE)
    if not isinstance(found, Topic):
        raise EvidenceError(f"{condition!r} cannot be a condition: {found[0].message}")
    with using(found):
        files[f"studies/{_FIRST}.yaml"] = study_template(_FIRST)
    return files
