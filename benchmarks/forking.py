"""Run functions in forked processes with limits, a few at a time."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Key = TypeVar("Key")

#: Bytes of address space that one process may have.
MEMORY = 8_000_000_000
#: How many times its processor seconds a process may take by the clock.
PATIENCE = 10


def run_all(
    tasks: Mapping[Key, Callable[[], object]],
    jobs: int,
    seconds: Callable[[Key], int],
) -> Iterator[tuple[Key, Any]]:
    """Yield each task's key and answer; "stopped" or "died" where there is none.

    Parameters
    ----------
    tasks : mapping
        What to call, by key; answers are pickled.
    jobs : int
        Processes at one time.
    seconds : callable
        Processor time that a task may take.
    """
    gc.freeze()  # a child's collections need not copy what it shares with this process
    scratch = Path(tempfile.mkdtemp(prefix="lupus-evidence-mutants-"))
    waiting = iter(tasks.items())
    running: dict[int, tuple[Key, Path]] = {}
    number = 0
    try:
        while True:
            while len(running) < jobs:
                task = next(waiting, None)
                if task is None:
                    break
                number += 1
                folder = scratch / str(number)
                folder.mkdir()
                child = os.fork()
                if child == 0:
                    _work(task[1], folder, seconds(task[0]))
                running[child] = (task[0], folder)
            if not running:
                return
            child, status = os.waitpid(-1, 0)
            key, folder = running.pop(child)
            answer = folder / "answer"
            if answer.exists():
                yield key, pickle.loads(answer.read_bytes())  # noqa: S301 - our own
            else:
                timed = {signal.SIGXCPU, signal.SIGPROF, signal.SIGALRM, signal.SIGKILL}
                stopped = os.WIFSIGNALED(status) and os.WTERMSIG(status) in timed
                yield key, "stopped" if stopped else "died"
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _work(task: Callable[[], object], folder: Path, seconds: int) -> None:
    """Call a task in a fresh child, silently, write its answer and end."""
    os.setsid()  # no terminal whose signals could stop it
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds * PATIENCE)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    tempfile.tempdir = str(folder)
    os.environ["TMPDIR"] = str(folder)
    try:
        part = folder / "part"
        part.write_bytes(pickle.dumps(task()))
        part.rename(folder / "answer")
    finally:
        os._exit(0)
