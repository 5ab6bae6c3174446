"""A rate that other people than those asked about have is named, with whom it is of."""

import pytest
from audit.made import REMISSION, rate, values


@pytest.mark.parametrize(
    ("children", "subgroup"), [(False, "women"), (True, None), (True, "women")]
)
def test_the_other_group_is_described(world, children, subgroup):
    """How many they are, which part of the study, and whether they were children."""
    part = f", subgroup: {subgroup}" if subgroup else ""
    world.study("doe-2015", f"{REMISSION}, events: 12, n: 30{part}")
    if children:
        path = world.records / "doe-2015.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("lupus: 60}", "lupus: 60, children: true}"))
    told = values(world.verdict(rate(40)), "other-group")
    assert told == {
        "study": "doe-2015",
        "people": 30,
        "subgroup": subgroup,
        "children": children,
    }
