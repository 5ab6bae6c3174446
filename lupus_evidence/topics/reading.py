"""The topic of a base, read from its ``_topic.yaml``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.files import (
    TOPIC_FILE,
    Diagnostic,
    Place,
    YamlProblem,
    read_text,
)
from lupus_evidence.records.validation import parse as parse_yaml
from lupus_evidence.records.validation import validate_value
from lupus_evidence.topics.file import BUNDLED, TopicFile, contradictions
from lupus_evidence.vocabulary import (
    Topic,
)

#: Outcomes that every topic has: what has no name of its own, and who was not seen.
_ALWAYS = ("other-harm", "lost-to-follow-up", "other")


def _merged(below: Any, above: Any) -> Any:  # noqa: ANN401 - values of YAML
    """Return one value laid over another: mappings entry by entry; null takes away."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    laid = {
        key: _merged(below.get(key), value)
        for key, value in above.items()
        if value is not None
    }
    kept = {key: value for key, value in below.items() if key not in above}
    order = [*(key for key in below if key in laid or key in kept), *laid]
    return {key: laid.get(key, kept.get(key)) for key in dict.fromkeys(order)}


def read_topic(
    text: str, shown: str, parse: Callable[[str], Any] = parse_yaml
) -> Topic | list[Diagnostic]:
    """Return the topic that a text describes, or everything wrong with it.

    Parameters
    ----------
    text : str
        YAML.
    shown : str
        The file's name in diagnostics.
    parse : callable, optional
        As in `validation.validate`.
    """
    known = _READ.get(text)
    if known is not None:
        return known
    file = _file(text, shown, parse)
    if not isinstance(file, TopicFile):
        return file
    wrong = [_diagnostic(text, shown, path, why) for path, why in contradictions(file)]
    if wrong:
        return wrong
    _READ[text] = file.topic()
    return _READ[text]


#: Topics by the text that says them: one object each, however often a base is loaded.
_READ: dict[str, Topic] = {}


def _file(
    text: str, shown: str, parse: Callable[[str], Any]
) -> TopicFile | list[Diagnostic]:
    """Return a topic's file with what it takes from the bundled one."""
    try:
        value = parse(text)
    except YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        return [Diagnostic(place, problem.code, "error", problem.message, problem.hint)]
    if isinstance(value, dict):
        below = {} if value.get("extends") != BUNDLED else _bundled_value(parse)
        outcomes = value.get("outcomes", {})
        if not below and isinstance(outcomes, dict):
            usual = _bundled_value(parse)["outcomes"]
            kept = {name: usual[name] for name in _ALWAYS if name not in outcomes}
            value = {**value, "outcomes": {**outcomes, **kept}}
        value = _merged(below, value)
    return validate_value(TopicFile, value, text, shown)


def _diagnostic(
    text: str, shown: str, path: tuple[str | int, ...], why: str
) -> Diagnostic:
    """Return what is wrong at a place of a topic."""
    from lupus_evidence.records.yamltext import position

    field = ".".join(map(str, path))
    place = Place(shown, *position(text, path))
    hint = "correct one of the two: see docs/topics.md"
    return Diagnostic(place, "E115", "error", f"{field}: {why}", hint)


def bundled_file() -> Path:
    """Return the file that says the bundled records' topic."""
    package = Path(__file__).parents[1]
    installed = package / "bundled" / "studies" / TOPIC_FILE
    return installed if installed.is_file() else package.parent / "studies" / TOPIC_FILE


@cache
def _bundled_text() -> str:
    """Return what the bundled topic's file says."""
    return bundled_file().read_text(encoding="utf-8")


def _bundled_value(parse: Callable[[str], Any]) -> dict[str, Any]:
    """Return the bundled topic as plain values."""
    value: dict[str, Any] = parse(_bundled_text())
    return value


def bundled_topic(parse: Callable[[str], Any] = parse_yaml) -> Topic:
    """Return the topic of the bundled records, from its own file.

    Parameters
    ----------
    parse : callable, optional
        As in `validation.validate`.

    Raises
    ------
    EvidenceError
        If the installed file is damaged.
    """
    found = read_topic(_bundled_text(), f"studies/{TOPIC_FILE}", parse)
    if isinstance(found, Topic):
        return found
    raise EvidenceError(f"{found[0].place}: {found[0].message}: install it again")


def unnamed_topic(parse: Callable[[str], Any] = parse_yaml) -> Topic:
    """Return the topic of a base that does not say what it is about.

    Its therapies, outcomes and times are the bundled ones, and no word of it names a
    condition.

    Parameters
    ----------
    parse : callable, optional
        As in `validation.validate`.
    """
    if _UNNAMED not in _READ:
        value = _merged(_bundled_value(parse), _NOT_SAID)
        _READ[_UNNAMED] = TopicFile.model_validate(value).topic(is_named=False)
    return _READ[_UNNAMED]


#: Stands for the text of a topic that nobody wrote.
_UNNAMED = ""
_NOT_SAID = {
    "title": "The treatments",
    "about": "Published rates of what happened after treatment",
    "condition": {"name": "the condition", "field": "affected", "scope": "disease"},
    "groups": None,
    "score": None,
}


def topic_beside(path: Path, parse: Callable[[str], Any] = parse_yaml) -> Topic | None:
    """Return the topic of the folder that a file or folder lies in, if one says it.

    Parameters
    ----------
    path : Path
        A record, or a folder of them; the nearest ``_topic.yaml`` above it counts.
    parse : callable, optional
        As in `validation.validate`.
    """
    file = topic_file(path)
    if file is None:
        return None
    text = read_text(file, str(file))
    if isinstance(text, Diagnostic):
        return None
    found = read_topic(text, str(file), parse)
    return found if isinstance(found, Topic) else None


def topic_file(path: Path) -> Path | None:
    """Return the nearest ``_topic.yaml`` of a folder, or of those that it lies in.

    Parameters
    ----------
    path : Path
        A record, or a folder of them.
    """
    whole = path.absolute()
    for folder in (whole, *whole.parents):
        file = folder / TOPIC_FILE
        with suppress(PermissionError):  # whoever reads the folder says so
            if file.is_file():
                return file
    return None
