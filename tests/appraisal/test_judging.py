"""Which appraisal counts for a result, how it is drawn, each tool's overall rule."""

import pytest
from pydantic import ValidationError

from lupus_evidence.appraisal import (
    Score,
    accepted,
    judged_level,
    judgement,
    judgements,
    lights,
    overall,
    tools,
)
from lupus_evidence.records.study import Study

RESULTS = [
    {"endpoint": "relapse", "arm": "msc"},
    {"endpoint": "overall-survival", "arm": "msc"},
    {"endpoint": "complete-remission", "arm": "msc", "scope": "kidney"},
    {"endpoint": "relapse"},
]


def study(*appraisals, arms=("msc", "usual"), **fields):
    """Return a study with these appraisals."""
    return Study.model_validate(
        {
            "id": "doe-2020",
            "title": "An invented trial",
            "citation": {},
            "design": "randomised-trial",
            "status": "published",
            "reading": "primary-abstract",
            "population": {},
            "arms": {name: {"therapy": "msc"} for name in arms},
            "results": RESULTS,
            "appraisal": list(appraisals),
        }
        | fields
    )


def appraisal(level, tool="rob2", **fields):
    """Return an appraisal whose overall answer is given."""
    overall = {"answer": level, "because": "so judged"}
    return {"tool": tool, "by": "somebody", "overall": overall} | fields


def levels(one):
    """Return the level of each result."""
    return [judged_level(one, result) for result in one.results]


def test_nobody_judged():
    """A study without an appraisal has no level, which is not the level unknown."""
    assert levels(study()) == [None] * 4
    assert judgement(study()) is None


def test_one_about_the_whole_study_is_about_every_result():
    """Without `about`, an appraisal counts for all results."""
    one = study(appraisal("high"))
    assert levels(one) == ["high"] * 4
    assert judgement(one).level == "high"


def test_one_about_a_result_goes_before_one_about_the_study():
    """The closer one counts, whatever the order."""
    close = appraisal("low", about={"endpoint": "overall-survival"})
    for order in ((appraisal("high"), close), (close, appraisal("high"))):
        assert levels(study(*order)) == ["high", "low", "high", "high"]
    assert judgement(study(close)) is None


def test_arm_and_scope_are_held_against_the_result():
    """A figure of all arms is not one of an arm, unless there is only one."""
    about = {"arm": "msc"}
    one = study(appraisal("low", about=about))
    assert levels(one) == ["low", "low", "low", None]
    alone = study(appraisal("low", about=about), arms=("msc",))
    assert levels(alone) == ["low"] * 4
    kidney = study(appraisal("low", about={"scope": "kidney"}))
    assert levels(kidney) == [None, None, "low", None]


def test_our_own_goes_before_a_published_one():
    """Even where the published one is closer."""
    published = appraisal("high", source="Roe 2021", about={"endpoint": "relapse"})
    one = study(published, appraisal("low"))
    assert levels(one) == ["low"] * 4
    assert judgement(one, one.results[0]).own


def test_of_published_ones_the_fitting_tool_then_the_worst_counts():
    """A tool for the design goes first, then the judgement that is least kind."""
    names = {"source": "Roe 2021"}
    low = appraisal("low", **names)
    high = appraisal("high", **names)
    other = appraisal("critical", tool="robins-i", **names)
    assert levels(study(other, low))[0] == "low"
    assert levels(study(low, high, other))[0] == "high"


def test_without_an_overall_answer_the_rule_gives_it():
    """The answer says whether it was recorded or worked out."""
    domains = dict.fromkeys(tools()["rob2"].domains, "low")
    one = study({"tool": "rob2", "by": "somebody", "domains": domains})
    found = judgement(one)
    assert (found.level, found.by_rule) == ("low", True)
    recorded = judgement(study(appraisal("some-concerns", domains=domains)))
    assert (recorded.level, recorded.by_rule) == ("some", False)


def test_unknown_names_change_no_answer_and_break_nothing():
    """The checks name them; a judgement is made of the rest."""
    domains = {"randomisation": "odd", "no-domain": "low"}
    odd = {"tool": "rob2", "by": "x", "domains": domains, "overall": {"answer": "odd"}}
    one = study({"tool": "no-tool", "by": "x"}, odd)
    assert [item.tool.name for item in judgements(one)] == ["rob2"]
    assert levels(one) == ["unknown"] * 4


def test_lights_are_each_domain_and_the_whole():
    """A row of a traffic-light plot, to be read without colour."""
    domains = {
        "randomisation": {"answer": "low", "because": "x"},
        "measurement": {"answer": "some-concerns", "because": "x"},
        "selective-reporting": {"answer": "high", "because": "x"},
    }
    one = judgement(study({"tool": "rob2", "by": "x", "domains": domains}))
    row = lights(one)
    assert "".join(item.symbol for item in row) == "+??~xx"
    assert [item.level for item in row] == [
        *("low", "unknown", "unknown", "some", "high"),
        "high",
    ]
    assert [item.domain for item in row] == [*tools()["rob2"].domains, ""]
    assert row[3].word == "some concerns"


def test_what_does_not_apply_is_drawn_as_that():
    """Not applicable does no harm, and is not called good."""
    domains = {"site": {"answer": "not-applicable", "because": "x"}}
    item = {"tool": "jbi-case-series", "by": "x", "domains": domains}
    found = {light.domain: light for light in lights(judgement(study(item)))}
    assert (found["site"].symbol, found["site"].level) == ("-", "low")


@pytest.mark.parametrize(
    ("row", "score"),
    [
        # doi 10.1177/2325967121999642, table 2: Marteau 2011 and Otsuki 2017
        ("2 2 1 2 0 2 1 0", Score(10, 16)),
        ("2 2 1 2 0 2 2 0", Score(11, 16)),
        # a comparison: Pradhan 2015 in table 2 of ijssurgery.com/highwire/markup/12140
        ("2 0 2 2 0 1 0 0 2 2 2 1", Score(14, 24)),
    ],
)
def test_minors_adds_up_as_published(row, score):
    """The sum is the one that reviews print, out of 16 or 24."""
    minors = tools()["minors"]
    words = {str(item.score): name for name, item in minors.answers.items()}
    pairs = zip(minors.domains, row.split(), strict=False)
    domains = {name: {"answer": words[point]} for name, point in pairs}
    one = judgement(study({"tool": "minors", "by": "x", "domains": domains}))
    assert one.score == score


def test_a_sum_says_how_much_is_open():
    """No information is not the same as not reported, and gives no points."""
    one = judgement(
        study({"tool": "minors", "by": "x", "domains": {"aim": "adequate"}})
    )
    assert one.score == Score(2, 16, open=7)
    assert judgement(study(appraisal("low"))).score is None


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        ("low", {"low"}),
        ("some", {"low", "some"}),
        ("high", {"low", "some", "high", "unknown"}),
    ],
)
def test_what_is_not_known_may_be_high(limit, kept):
    """A limit keeps what is known to keep to it, and never what nobody judged."""
    every = ("low", "some", "high", "unknown", None)
    assert {level for level in every if accepted(level, limit)} == kept


def test_an_answer_alone_needs_no_braces():
    """``loss: no-information`` stands for an answer without a reason."""
    short = study({"tool": "minors", "by": "x", "domains": {"loss": "adequate"}})
    long = study(
        {"tool": "minors", "by": "x", "domains": {"loss": {"answer": "adequate"}}}
    )
    assert short == long


@pytest.mark.parametrize(
    "wrong",
    [
        "rob2",
        ["rob2"],
        {"tool": "rob2"},
        {"tool": "RoB 2", "by": "x"},
        {"tool": "rob2", "by": ""},
        {"tool": "rob2", "by": "x", "read": "abstract"},
        {"tool": "rob2", "by": "x", "domains": ["low"]},
        {"tool": "rob2", "by": "x", "domains": {"a b": "low"}},
        {"tool": "rob2", "by": "x", "domains": {"loss": 1}},
        {"tool": "rob2", "by": "x", "domains": {"loss": True}},
        {"tool": "rob2", "by": "x", "domains": {"loss": "\x1b[31m"}},
        {"tool": "rob2", "by": "x", "domains": {f"d{n}": "low" for n in range(51)}},
        {"tool": "rob2", "by": "x", "unprinted": [f"d{n}" for n in range(51)]},
        {"tool": "rob2", "by": "x", "overall": "low"},
        {"tool": "rob2", "by": "x", "about": {"endpoint": "no-endpoint"}},
        {"tool": "rob2", "by": "x", "about": {"time": 12}},
        {"tool": "rob2", "by": "x", "weight": 3},
    ],
)
def test_what_is_no_appraisal_is_refused(wrong):
    """Wrong types and unknown fields are found when a record is read."""
    with pytest.raises(ValidationError):
        study(wrong)


def test_no_study_has_hundreds_of_appraisals():
    """Every result is held against each of them."""
    with pytest.raises(ValidationError):
        study(*[appraisal("low", source="Roe")] * 51)


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
