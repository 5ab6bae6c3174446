"""Records as they were at a git revision."""

from __future__ import annotations

import io
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
def records_at(name: str, folder: Path) -> Iterator[Path]:
    """Give a folder of records: one that exists, or one as it was at a revision.

    Parameters
    ----------
    name : str
        A folder, or a git revision such as ``HEAD~3`` or a tag.
    folder : Path
        The folder whose state at that revision is meant.

    Raises
    ------
    RecordsNotFoundError
        If the name is neither, or git is not there.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
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
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "."]
    try:
        # No shell, and the revision cannot be an option.
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise RecordsNotFoundError(
            f"{revision} is no folder, and git is not installed to look for a revision"
        ) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise RecordsNotFoundError(
            f"{revision} is neither a folder nor a revision of {folder}"
            + (f" ({reason[-1]})" if reason else "")
        )
    return done.stdout
