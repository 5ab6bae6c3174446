"""The command line: parse, call one library function, print, exit status."""

from __future__ import annotations

import gc
import io
import os
import sys

#: Objects made before the collector looks for cycles, of which a command makes few.
#: With Python's 700, loading 10,000 records takes 4.7 s instead of 3.3.
_COLLECT_AFTER = 200_000
#: What shells report for a program ended by Ctrl-C: 128 + SIGINT.
INTERRUPTED = 130


def main() -> None:
    """Run the command line; whatever happens, end without a traceback."""
    gc.set_threshold(_COLLECT_AFTER)
    _open_closed_streams()
    _leave_code_pages()
    try:
        from lupus_evidence.cli.app import app

        try:
            app(prog_name="lupus-evidence")
        finally:
            sys.stdout.flush()
            gc.freeze()  # the process ends: nothing is worth a last collection
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        from lupus_evidence.cli.output import say, silence_stdout

        silence_stdout()
        if isinstance(error, BrokenPipeError):
            sys.exit(0)
        reason = (error.strerror or "unknown error").lower()
        say(f"lupus-evidence: standard output cannot be written: {reason}", error=True)
        sys.exit(2)


def _open_closed_streams() -> None:
    """Give a stream that the shell closed (``>&-``) somewhere to go."""
    if sys.stdout is not None and sys.stderr is not None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8", closefd=False))


def _leave_code_pages() -> None:
    """Make files and pipes UTF-8 for what the argument parser writes by itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace", newline="\n"
            )
