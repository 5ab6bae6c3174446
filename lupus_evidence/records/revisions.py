"""Records as they were at a git revision, and what changed between two sets of them."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from lupus_evidence.errors import RecordsNotFoundError
from lupus_evidence.records.load import EvidenceBase, bundled_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.records.study import Study


@dataclass(frozen=True)
class Tracked:
    """A folder of records that git keeps.

    Parameters
    ----------
    folder : Path
        The folder.
    repository : Path
        The repository that it stands in.
    """

    folder: Path
    repository: Path

    def __str__(self) -> str:
        inner = os.path.relpath(self.folder.resolve(), self.repository)
        return f"{inner}/ of the repository {self.repository}"


def repository_of(folder: Path | None, revisions: Sequence[str]) -> Tracked:
    """Return a folder of records with its repository.

    Parameters
    ----------
    folder : Path or None
        Of records; None for the bundled one, whose revisions are meant only by who
        stands in its repository.
    revisions : sequence of str
        Asked for, for messages.

    Raises
    ------
    RecordsNotFoundError
        If there is no repository, none with commits, or not the one we stand in.
    """
    neither = f"{revisions[0]} is neither a folder nor a revision"
    records = folder or bundled_folder("studies")
    if not records.is_dir():
        raise RecordsNotFoundError(f"{records} is not a folder of records")
    found = _said(records, "rev-parse", "--show-toplevel")
    if folder is None and (found is None or found != _top_here()):
        raise RecordsNotFoundError(
            f"{neither}: there are no records in ./studies, so name the folder whose "
            "revisions are meant with --studies DIR"
        )
    if found is None:
        raise RecordsNotFoundError(f"{neither}: {records} is in no git repository")
    if _said(records, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise RecordsNotFoundError(
            f"{neither}: the repository {found} has no commits yet"
        )
    return Tracked(records, Path(found))


def _top_here() -> str | None:
    """Return the repository that we stand in, if any."""
    return _said(Path(), "rev-parse", "--show-toplevel")


def _said(folder: Path, *words: str) -> str | None:
    """Return what git answers in a folder; None where it refuses."""
    done = _git(folder, *words)
    return None if done.returncode else done.stdout.decode(errors="replace").strip()


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, without a shell.

    Raises
    ------
    RecordsNotFoundError
        If git is not there.
    """
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise RecordsNotFoundError(
            "git is not installed, so that no revision can be looked for"
        ) from error


@contextmanager
def records_at(name: str, where: Tracked | None) -> Iterator[Path]:
    """Give a folder of records: one that exists, or one as it was at a revision.

    Parameters
    ----------
    name : str
        A folder, or a git revision such as ``HEAD~3`` or a tag.
    where : Tracked or None
        The folder whose state at that revision is meant; None where `name` is one.

    Raises
    ------
    RecordsNotFoundError
        If the name is neither.
    """
    if where is None or Path(name).is_dir():
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="lupus-evidence-") as temporary:
        with tarfile.open(fileobj=io.BytesIO(_archive(name, where))) as archive:
            _unpack(archive, Path(temporary))
        yield Path(temporary)


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the archive's plain files, by name only where a record could be."""
    for member in archive:
        content = archive.extractfile(member) if member.isfile() else None
        parts = PurePosixPath(member.name).parts
        if content is None or ".." in parts or member.name.startswith("/"):
            continue
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read())


def _archive(revision: str, where: Tracked) -> bytes:
    """Return a tar archive of a folder at a revision."""
    done = None
    if not revision.startswith("-"):  # which would be an option
        done = _git(where.folder, "archive", "--format=tar", revision, ".")
    if done is None or done.returncode:
        reason = (
            done.stderr.decode(errors="replace").strip().splitlines() if done else []
        )
        raise RecordsNotFoundError(
            f"{revision} is neither a folder nor a revision of {where}"
            + (f" ({reason[-1]})" if reason else "")
        )
    return done.stdout


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
