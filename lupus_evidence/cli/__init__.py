"""The command line: parse, call one library function, print, exit status."""

from __future__ import annotations

import gc

#: Objects made before the collector looks for cycles. A command runs for a moment and
#: makes few; Python's 700 costs a tenth of the start-up.
_COLLECT_AFTER = 200_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_COLLECT_AFTER)
    from lupus_evidence.cli.app import app

    app(prog_name="lupus-evidence")
