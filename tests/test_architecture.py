"""The page on architecture names what there is, in the order that holds."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from test_house import LAYERS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lupus_evidence"
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
#: Names in code marks that begin with a package, such as `records.load.load`.
NAMED = sorted(
    set(re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)`", TEXT))
    | set(re.findall(r"`([a-z_]+/[a-z_/]+\.[a-z0-9]+)`", TEXT))
)


def rows_of(heading):
    """The first column of the table under a heading."""
    part = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return [name for cell in cells for name in re.findall("`([a-z_]+)`", cell)]


def test_every_package_stands_in_the_table_in_the_order_of_the_layers():
    """Lowest first, and none is forgotten."""
    rank = {name: place for place, layer in enumerate(LAYERS) for name in layer}
    listed = rows_of("The packages")
    assert set(listed) == set(rank) - {"__main__"}
    assert [rank[name] for name in listed] == sorted(rank[name] for name in listed)


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_exists(name):
    """A module, or what stands in one; a file of the package or the repository."""
    first, *rest = re.split(r"[./]", name)
    if "/" in name:
        assert (PACKAGE / name).is_file() or (ROOT / name).is_file()
    elif (PACKAGE / first).is_dir():
        found = import_module(f"lupus_evidence.{first}")
        for part in rest:
            if not hasattr(found, part):
                import_module(f"{found.__name__}.{part}")
            found = getattr(found, part)
