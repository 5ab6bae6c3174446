"""What the manual says of how well articles are read is what comes out."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_manual_has_the_table_of_the_benchmark():
    """Precision and recall of each part, as `benchmarks/reading.py --table` prints."""
    spec = importlib.util.spec_from_file_location(
        "benchmark_of_the_manual", ROOT / "benchmarks" / "reading.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    printed = module.table(module.scores())
    del sys.modules[spec.name]
    assert printed in (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
