"""What a register says of a study now that a record has from an earlier time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lupus_evidence.importing.completing import is_missing
from lupus_evidence.importing.writing import Inline
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lupus_evidence.importing.writing import Node

#: When the register last changed the entry, as `registry_status` has it.
_ENTERED = re.compile(r"\(entry of (?P<date>[0-9]{4}(?:-[0-9]{2}){0,2})\)")
#: Notes about dates that an import wrote.
_DATES = re.compile(
    r"(?:Primary completion|End of study) [0-9-]+(?: \(\w+\))?"
    r"(?:, end of study [0-9-]+(?: \(\w+\))?)?\."
)


class Change(NamedTuple):
    """A value that a register gives now.

    Parameters
    ----------
    name : str
        What it is, in words.
    path : tuple of str or int
        Where it goes.
    node : Node
        The value.
    """

    name: str
    path: tuple[str | int, ...]
    node: Node


def changes(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> tuple[list[Change], list[str]]:
    """Return what is to change in the record of a register's entry.

    Parameters
    ----------
    recorded : mapping
        The record's fields.
    entry : mapping
        Fields of a record made from the entry as it is now.

    Returns
    -------
    tuple
        The changes, and in words what a person has to decide.
    """
    said, now = recorded.get("registry_status"), entry.get("registry_status")
    before, after = _entered(said), _entered(now)
    if before and after and after < before[: len(after)]:
        older = f"nothing: the file's entry of {after} is older than that of {before}"
        return [], [older]
    people, left = _people(recorded, entry)
    return [
        *_status(said, now),
        *_start(recorded, entry),
        *_completion(recorded, entry),
        *people,
        *_dates(recorded.get("notes"), entry.get("notes")),
    ], left


def _entered(said: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """Return when a register last changed an entry; empty if a record does not say."""
    found = _ENTERED.search(said) if isinstance(said, str) else None
    return found["date"] if found else ""


def _status(said: Any, now: Any) -> Iterator[Change]:  # noqa: ANN401 - as above
    """Yield the status; what a person wrote behind the register's words stays."""
    if not isinstance(now, str) or is_missing(now):
        return
    text = said if isinstance(said, str) else ""
    if text.startswith(now):
        return
    own = _ENTERED.search(text)
    more = text[own.end() :] if own else ""
    yield Change("status", ("registry_status",), f"{now}{more}")


def _start(recorded: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Change]:
    """Yield when people began to be treated."""
    setting = recorded.get("setting")
    dates = setting.get("recruitment") if isinstance(setting, dict) else None
    given = (entry.get("setting") or {}).get("recruitment")
    now = given.values.get("start") if isinstance(given, Inline) else None
    if now is None:
        return
    known = dates.get("start") if isinstance(dates, dict) else None
    if is_missing(dates):
        yield Change("start", ("setting", "recruitment"), Inline({"start": now}))
    elif str(known) != str(now):
        yield Change("start", ("setting", "recruitment", "start"), now)


def _completion(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield when the trial ended or is to end."""
    given, known = entry.get("completion"), recorded.get("completion")
    if not isinstance(given, Inline):
        return
    before = known if isinstance(known, dict) else {}
    if {key: str(value) for key, value in before.items()} != {
        key: str(value) for key, value in given.values.items()
    }:
        yield Change("end", ("completion",), given)


def _people(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> tuple[list[Change], list[str]]:
    """Return how many people are planned or enrolled, and what does not fit."""
    known, given = recorded.get("population"), entry.get("population") or {}
    known = known if isinstance(known, dict) else {}
    found: list[Change] = []
    left: list[str] = []
    for name in ("planned", "enrolled"):
        now, before = given.get(name), known.get(name)
        if type(now) is not int or now == before:
            continue
        fewer = [
            key
            for key in (topic().condition.field, "analysed", "female", *topic().groups)
            if name == "enrolled" and type(known.get(key)) is int and known[key] > now
        ]
        if fewer:
            told = f"enrolled {now}, below the {known[fewer[0]]} of {fewer[0]}"
            left.append(told)
        elif name == "planned" and is_missing(before) and "enrolled" in known:
            left.append(f"planned {now}, beside enrolled {known['enrolled']}")
        else:
            found.append(Change(name, ("population", name), now))
    return found, left


def _dates(notes: Any, given: Any) -> Iterator[Change]:  # noqa: ANN401 - as above
    """Yield when the study ends, where an earlier import wrote a note of it."""
    if not isinstance(notes, list):
        return
    now = next((text for text in given or () if _DATES.fullmatch(str(text))), None)
    for at, note in enumerate(notes):
        if isinstance(note, str) and _DATES.fullmatch(note) and now not in (None, note):
            yield Change("dates", ("notes", at), str(now))
