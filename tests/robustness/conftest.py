"""A way to test what may not be read or written, also where the tests run as root."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

#: The user "nobody", who owns no file.
NOBODY = 65534


@pytest.fixture
def as_nobody(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Return a context without root's rights; what it needs must be imported before."""

    @contextmanager
    def lowered() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        for folder in tmp_path.parents:  # pytest lets only root into its own
            if folder.name.startswith(("pytest-", "popen-")):
                folder.chmod(0o755)
        tmp_path.chmod(0o755)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return lowered
