"""What the argument parser refuses, in our own words: what was given, what is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from lupus_evidence.errors import EvidenceError, nearest

#: The parser's refusals, by the class that all of them share.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]

#: What a value that is a number should be, by the word for it on help pages, and one
#: that is right.
_TAKEN = {
    "MONTHS": ("months", "60"),
    "YEAR": ("a year", "2015"),
    "N": ("a whole number", "10"),
    "COLUMNS": ("a number of columns", "80"),
    "SCALE": ("a number", "0.5"),
}
_QUOTED = re.compile(r"'([^']*)'")
_COUNT = re.compile(r"[1-9][0-9]*")
_EXTRA = re.compile(r"extra arguments? ?(?:\(s\) ?)?\((.*)\)")


class WrongUseError(EvidenceError):
    """A command line that cannot be understood."""


def in_own_words(
    error: Any,  # noqa: ANN401 - the parser's own, which has no public type
    command: Any,  # noqa: ANN401 - Typer's command
    given: Mapping[str, Any],
    page: str = "",
) -> WrongUseError:
    """Return a refusal by the argument parser as one of ours.

    Parameters
    ----------
    error : UsageError
        What the parser says.
    command : Command
        The command that refused.
    given : mapping
        Values as typed, by parameter.
    page : str
        The command's name, whose help page has more; empty for the program's own.
    """
    kind, item = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        said = _no_option(error.option_name, command)
    elif kind == "BadOptionUsage":
        said = _value_or_none(error.option_name, command)
    elif kind == "MissingParameter" and item is not None:
        said = f"{_shown(item)} is missing: {getattr(item, 'help', None) or ''}"
    elif kind == "BadParameter" and item is not None:
        said = _unfit(error.message, item, given.get(item.name), page)
    else:
        extra = _EXTRA.search(error.message)
        said = f"{extra[1]!r} is more than is asked for" if extra else error.message
    end = "" if said.endswith((".", "?")) else "."
    call = f"lupus-evidence {page} --help".replace("  ", " ")
    return WrongUseError(f"{said}{end} See `{call}`")


def _options(command: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a command's options by how they are typed."""
    return {name: item for item in command.params for name in item.opts}


def _no_option(name: str, command: Any) -> str:  # noqa: ANN401
    """Say that an option does not exist, and which ones are near."""
    known = (each for each in _options(command) if each.startswith("--"))
    near = nearest(name.lstrip("-"), {each[2:]: each for each in known})
    hint = f". Did you mean {near}?" if near else ""
    return f"there is no option {name}{hint}"


def _value_or_none(name: str, command: Any) -> str:  # noqa: ANN401
    """Say that an option takes a value that is missing, or takes none."""
    item = _options(command).get(name)
    if item is None or getattr(item, "is_flag", False):
        return f"{name} takes no value"
    return f"{name} needs a value: {item.help}"


def _unfit(message: str, item: Any, value: Any, page: str) -> str:  # noqa: ANN401
    """Say what a parameter takes, and that it was given something else."""
    values = value if isinstance(value, (list, tuple)) else [value]
    typed = [str(each) for each in values if each is not None]
    taken = _number(item)
    if "not one of" in message and (quoted := _QUOTED.findall(message)):
        typed, taken = quoted[:1], _either(quoted[1:])
    wrong = [each for each in typed if not _COUNT.fullmatch(each)] or typed
    but = f", and was given {wrong[0]!r}" if wrong else ""
    subject = page if "|" in str(item.metavar) and _is_argument(item) else _shown(item)
    return f"{subject} takes {taken}{but}"


def _number(item: Any) -> str:  # noqa: ANN401 - Typer's parameter
    """Return which numbers a parameter takes, and one of them."""
    word = str(item.metavar or "another value")
    if word not in _TAKEN:
        return word
    taken, example = _TAKEN[word]
    limits = getattr(item, "type", item)  # earlier versions of Typer keep them there
    low, high = getattr(limits, "min", None), getattr(limits, "max", None)
    if high is not None:
        taken += f" from {low} to {high}"
    elif low is not None and word != "MONTHS":  # nobody asks from which month on
        taken += f" from {low} on"
    return f"{taken}, such as {example}"


def _either(names: Sequence[str]) -> str:
    """Return names as a choice: "a, b or c"."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _is_argument(item: Any) -> bool:  # noqa: ANN401 - Typer's parameter
    """Tell whether a parameter is given by its place alone."""
    return bool(item.param_type_name == "argument")


def _shown(item: Any) -> str:  # noqa: ANN401 - Typer's parameter
    """Return how a person writes a parameter: --at, or STUDY."""
    if _is_argument(item):
        return _either(str(item.metavar or item.name.upper()).split("|"))
    return str(max(item.opts, key=len))
