"""The tools as data: what each asks, what it answers, where it was published."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lupus_evidence.appraisal import tool_names, tool_of, tools
from lupus_evidence.appraisal.tools import NO_INFORMATION, Tool
from lupus_evidence.vocabulary import BIAS, BIAS_LEVELS

ALL = pytest.mark.parametrize("tool", tools().values(), ids=lambda item: item.name)

#: Names that records rest on: they may be added to and never change.
DOMAINS = {
    "rob2": "randomisation deviations missing-data measurement selective-reporting",
    "robins-i": "confounding selection classification deviations missing-data "
    "measurement selective-reporting",
    "jbi-case-series": "inclusion-criteria condition-measured condition-identified "
    "consecutive complete demographics clinical-information outcomes site statistics",
    "minors": "aim consecutive prospective endpoints unbiased-assessment "
    "follow-up-period loss sample-size control-group contemporary baseline "
    "comparison-statistics",
}
ANSWERS = {
    "rob2": "low some-concerns high no-information",
    "robins-i": "low moderate serious critical no-information",
    "jbi-case-series": "yes no unclear not-applicable no-information",
    "minors": "adequate inadequate not-reported no-information",
}
DOIS = {
    "rob2": "10.1136/bmj.l4898",
    "robins-i": "10.1136/bmj.i4919",
    "jbi-case-series": "10.11124/JBISRIR-D-19-00099",
    "minors": "10.1046/j.1445-2197.2003.02748.x",
}


def test_each_file_is_a_tool_of_its_name():
    """A tool is found by the name of its file; nothing else is one."""
    assert set(tool_names()) >= set(DOMAINS)
    assert all(name == tool.name for name, tool in tools().items())
    assert tool_of("rob3") is None


@pytest.mark.parametrize("name", DOMAINS)
def test_domains_answers_and_paper_of_the_tools(name):
    """The names of domains and answers are those that records use, in their order."""
    tool = tools()[name]
    assert list(tool.domains) == DOMAINS[name].split()
    assert list(tool.answers) == ANSWERS[name].split()
    assert tool.citation.doi == DOIS[name]


@ALL
def test_every_tool_has_no_information_and_only_common_levels(tool):
    """A lack of information can always be said, and it is not known what it hides."""
    assert tool.answers[NO_INFORMATION].level == "unknown"
    words = (*tool.answers.values(), *tool.overall_answers.values())
    assert {item.level for item in words} <= set(BIAS_LEVELS)
    assert all(len(item.drawn) == 1 for item in words)


@ALL
def test_a_level_is_told_without_colour(tool):
    """Answers of different levels are drawn with different characters."""
    drawn = {item.drawn: item.level for item in tool.answers.values()}
    assert all(drawn[item.drawn] == item.level for item in tool.answers.values()), (
        "one character stands for one level"
    )


def test_minors_asks_four_things_only_of_comparisons():
    """Eight items for one group, twelve for two."""
    minors = tools()["minors"]
    assert len(minors.asked(comparing=False)) == 8
    assert len(minors.asked(comparing=True)) == 12


def test_rules_of_our_own_say_so():
    """Where the tool has no overall rule, its file says whose rule it is."""
    own = {name for name, tool in tools().items() if tool.rule.own}
    assert own == {"jbi-case-series", "minors"}


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {"low": {"word": "low", "level": "low", "robvis": "Low"}}},
        {
            "rule": {
                "name": "worst",
                "order": ["low", "odd"],
                "decisive": [],
                "source": "x",
            }
        },
        {"rule": {"name": "best", "source": "x"}},
        {"domains": {"aim": {"label": "aim"}}},
    ],
    ids=["no-information", "rule", "unknown rule", "question"],
)
def test_a_file_whose_parts_do_not_fit_is_refused(changes):
    """A new tool that lacks something is found when it is read, not when it is used."""
    sound = tools()["rob2"].model_dump(exclude_none=True)
    with pytest.raises(ValidationError):
        Tool.model_validate(sound | changes)


@ALL
def test_the_page_about_the_tools_names_everything(tool):
    """docs/appraisal.md has each tool, its paper, its domains and its answers."""
    path = Path(__file__).parents[2] / "docs" / "appraisal.md"
    page = path.read_text(encoding="utf-8")
    (row,) = [
        line for line in page.splitlines() if line.startswith(f"| `{tool.name}`:")
    ]
    assert tool.label in row
    assert str(tool.citation.doi) in row
    named = {*tool.domains, *tool.answers} - {NO_INFORMATION}
    assert not [name for name in named if f"`{name}`" not in row]


def test_the_page_about_the_tools_shows_each_level_as_it_is_drawn():
    """The sign of each level in docs/appraisal.md is the one on the screen."""
    path = Path(__file__).parents[2] / "docs" / "appraisal.md"
    page = path.read_text(encoding="utf-8")
    for level, words in BIAS.items():
        assert f"| `{level}` | `{words.symbol}` |" in page
