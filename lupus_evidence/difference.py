"""What changed between two sets of records, field by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.models import Study

#: What tells one item of a list from its neighbours, by list.
_KEYS = {
    "results": ("endpoint", "name", "arm", "scope", "subgroup"),
    "measurements": ("measure", "name", "arm", "subgroup"),
    "appraisal": ("tool", "source"),
    "overlaps": ("study",),
}


@dataclass(frozen=True)
class FieldChange:
    """One field of one record that differs.

    Parameters
    ----------
    study : str
        The record.
    field : str
        Path of the field, list items named by what they are about.
    old, new : str or None
        Its values as text; None where it was not there.
    """

    study: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RecordsDifference:
    """What changed from one set of records to another.

    Parameters
    ----------
    added, removed : tuple of str
        Records only in the new set, and only in the old one.
    changes : tuple of FieldChange
        Fields of records in both.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changes: tuple[FieldChange, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """Records in both sets that are not the same."""
        return tuple(dict.fromkeys(change.study for change in self.changes))


def _label(name: str, item: dict[str, Any]) -> str:
    """Name a list's item by what it is about."""
    parts = [str(item[key]) for key in _KEYS[name] if item.get(key)]
    months = (item.get("at") or {}).get("months")
    if months is not None:
        parts.append(f"{months:g} months")
    elif (item.get("at") or {}).get("basis"):
        parts.append(str(item["at"]["basis"]))
    return ", ".join(parts)


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield every leaf of plain values with its path."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _fields(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        seen: Counter[str] = Counter()
        for number, part in enumerate(value, start=1):
            if path in _KEYS:
                label = _label(path, part)
                seen[label] += 1
                if seen[label] > 1:
                    label += f" ({seen[label]})"
            else:
                label = str(number)
            yield from _fields(part, f"{path}[{label}]")
    else:
        yield path, str(value)


def flat(study: Study) -> dict[str, str]:
    """Return every field of a record that is filled in, by its path."""
    return dict(_fields(study.model_dump(mode="json", exclude_defaults=True)))


def difference(old: EvidenceBase, new: EvidenceBase) -> RecordsDifference:
    """Return what changed from `old` to `new`.

    Parameters
    ----------
    old, new : EvidenceBase
        Two sets of records; files that could not be loaded count as not there.
    """
    before = {study.id: study for study in old.studies}
    after = {study.id: study for study in new.studies}
    changes = []
    for name in sorted(before.keys() & after.keys()):
        if before[name] == after[name]:
            continue
        was, now = flat(before[name]), flat(after[name])
        changes += [
            FieldChange(name, field, was.get(field), now.get(field))
            for field in dict.fromkeys((*was, *now))
            if was.get(field) != now.get(field)
        ]
    return RecordsDifference(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(changes),
    )
