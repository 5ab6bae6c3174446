"""``python -m lupus_evidence`` is the same as ``lupus-evidence``."""

from __future__ import annotations

from lupus_evidence.cli import main

if __name__ == "__main__":
    main()
