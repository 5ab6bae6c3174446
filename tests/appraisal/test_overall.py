"""The overall rule of each tool against published examples and its paper."""

import pytest

from lupus_evidence.appraisal import overall, tools

ROB2, ROBINS, JBI, MINORS = (
    tools()[name] for name in ("rob2", "robins-i", "jbi-case-series", "minors")
)


def judged(tool, row):
    """Return the overall answer to answers given in the tool's order."""
    words = {item.robvis: name for name, item in tool.answers.items()}
    answers = [words[cell] for cell in row.split(",")]
    return tool.overall_answers[
        overall(tool, dict(zip(tool.domains, answers, strict=False)))
    ].robvis


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Low,Low,Low,Low,Low", "Low"),
        ("Some concerns,Low,Low,Low,Low", "Some concerns"),
        ("No information,Low,Some concerns,Low,Low", "Some concerns"),
        ("Low,Low,High,Low,Some concerns", "High"),
        ("High,High,Low,Low,Some concerns", "High"),
        ("Low,High,Some concerns,Low,Low", "High"),
        ("Low,Some concerns,Some concerns,High,Low", "High"),
        ("Low,Some concerns,Low,Low,Low", "Some concerns"),
        ("Low,Low,High,Low,Low", "High"),
        # not in robvis's example: nothing bad is known, and not everything is told
        ("No information,Low,Low,Low,Low", "No information"),
    ],
)
def test_rob2_as_the_example_data_of_robvis(row, expected):
    """The worst domain decides: data_raw/data_rob2.csv of the R package robvis."""
    assert judged(ROB2, row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # data_raw/data_robins_i.csv of robvis
        ("Moderate,Critical,Low,Low,Moderate,Moderate,Moderate", "Critical"),
        ("Moderate,Serious,Low,Serious,Low,Low,Low", "Serious"),
        ("Serious,Moderate,Low,Low,Moderate,Moderate,Low", "Serious"),
        ("Moderate,Moderate,Low,Moderate,Moderate,Serious,Moderate", "Serious"),
        ("Moderate,Low,Serious,Moderate,Low,Serious,Moderate", "Serious"),
        # doi 10.1155/2020/8736509, table 2
        ("Low,Low,Low,Low,Low,Low,Moderate", "Moderate"),
        ("Serious,Low,Low,Low,Moderate,Low,Low", "Serious"),
        # Sterne 2016, table 2
        ("Low,Low,Low,Low,Low,Low,Low", "Low"),
        ("Moderate,No information,Low,Low,Low,Low,Low", "No information"),
        ("Serious,No information,Low,Low,Low,Low,Low", "Serious"),
        ("Critical,No information,Low,Low,Low,Low,Low", "Critical"),
    ],
)
def test_robins_i_as_its_paper_and_published_tables(row, expected):
    """The worst domain decides; no information stands unless the risk is serious."""
    assert judged(ROBINS, row) == expected


def answers(tool, good, **changes):
    """Return one answer to all of a tool's questions for one group, but for some."""
    found = dict.fromkeys(tool.asked(comparing=False), good)
    return found | {name.replace("_", "-"): item for name, item in changes.items()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "low"),
        ({"site": "not-applicable"}, "low"),
        ({"site": "no"}, "some"),
        ({"site": "unclear"}, "some"),
        ({"site": "no", "statistics": "no"}, "high"),
        ({"consecutive": "no"}, "high"),
        ({"complete": "no"}, "high"),
        ({"outcomes": "no"}, "high"),
        ({"complete": "unclear"}, "unknown"),
        ({"outcomes": "no-information", "site": "no"}, "unknown"),
        ({"outcomes": "unclear", "consecutive": "no"}, "high"),
    ],
)
def test_jbi_by_our_own_rule(changes, expected):
    """One picked group, or two weaknesses, is a high risk; what matters may be open."""
    assert overall(JBI, answers(JBI, "yes", **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "low"),
        ({"aim": "inadequate", "sample_size": "not-reported"}, "low"),
        ({"prospective": "inadequate"}, "some"),
        ({"unbiased_assessment": "not-reported"}, "some"),
        ({"prospective": "inadequate", "endpoints": "inadequate"}, "high"),
        ({"consecutive": "inadequate"}, "high"),
        ({"loss": "inadequate"}, "high"),
        ({"loss": "not-reported"}, "unknown"),
        ({"consecutive": "no-information"}, "unknown"),
        ({"baseline": "inadequate"}, "high"),
        ({"contemporary": "not-reported"}, "unknown"),
    ],
)
def test_minors_by_our_own_rule(changes, expected):
    """Who was included and lost decides, and whether groups can be compared."""
    assert overall(MINORS, answers(MINORS, "adequate", **changes)) == expected


@pytest.mark.parametrize("tool", tools().values(), ids=lambda item: item.name)
def test_without_answers_nothing_is_known(tool):
    """No answers, and answers that the tool does not know, say nothing."""
    level = tool.overall_answers[overall(tool, {})].level
    assert level == "unknown"
    odd = dict.fromkeys(tool.domains, "odd") | {"no-domain": "low"}
    assert tool.overall_answers[overall(tool, odd)].level == "unknown"
