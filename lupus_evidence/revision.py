"""Records as they were at a git revision."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lupus_evidence.errors import RecordsNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def records_at(name: str, folder: Path | None) -> Iterator[Path]:
    """Give a folder of records: one that exists, or one as it was at a revision.

    Parameters
    ----------
    name : str
        A folder, or a git revision such as ``HEAD~3`` or a tag.
    folder : Path or None
        The folder whose state at that revision is meant; None where there is none.

    Raises
    ------
    RecordsNotFoundError
        If the name is neither, or there is no repository, or git is not there.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    if folder is None:
        raise RecordsNotFoundError(
            f"{name} is no folder, and there are no records here whose state at a "
            "revision could be meant: name their folder with --studies"
        )
    with tempfile.TemporaryDirectory(prefix="lupus-evidence-") as temporary:
        with tarfile.open(fileobj=io.BytesIO(_archive(name, folder))) as archive:
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


def _archive(revision: str, folder: Path) -> bytes:
    """Return a tar archive of a folder at a revision."""
    if revision.startswith("-"):
        raise RecordsNotFoundError(f"{revision!r} is neither a folder nor a revision")
    inside = _git(folder, "rev-parse", "--show-toplevel")
    if inside.returncode:
        raise RecordsNotFoundError(
            f"{revision} is no folder, and no revision: {folder} is in no git "
            f"repository{_reason(inside)}"
        )
    repository = os.fsdecode(inside.stdout).rstrip("\n")
    if _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise RecordsNotFoundError(
            f"{revision} is no folder, and no revision: the repository {repository} "
            "has no commits yet"
        )
    # No shell, and the revision cannot be an option.
    done = _git(folder, "archive", "--format=tar", revision, ".")
    if done.returncode:
        raise RecordsNotFoundError(
            f"{revision} is neither a folder nor a revision of {folder} in the "
            f"repository {repository}{_reason(done)}"
        )
    return done.stdout


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder."""
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise RecordsNotFoundError(
            "a revision was asked for, or a folder that is not there, and git is not "
            "installed to look for a revision"
        ) from error


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git says of a failure, in brackets."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f" ({lines[0]})" if lines else ""
