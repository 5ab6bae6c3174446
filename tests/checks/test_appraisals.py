"""What `check` says of appraisals, in its words, and that they fail no figure."""

import re

import pytest
from invented import study_text

from lupus_evidence.appraisal import tools
from lupus_evidence.checks import run
from lupus_evidence.checks.running import failing_results
from lupus_evidence.records.load import load

HEAD = study_text() + "appraisal:\n"


def found(folder, text):
    """Return code, place and message of everything found in a record."""
    (folder / "doe-2020.yaml").write_text(HEAD + text, encoding="utf-8")
    return run(load(folder)).diagnostics


def test_the_nearest_tool_is_offered(tmp_path):
    """A misspelt tool is one finding with its line, and the other checks are quiet."""
    (item,) = found(tmp_path, "  - {tool: rob-2, by: us}\n")
    assert (item.code, item.place.line, item.place.column) == ("E409", 22, 6)
    assert item.message == "there is no tool named 'rob-2'. Did you mean rob2?"


def test_answers_of_the_tool_are_named(tmp_path):
    """An answer that is like none is followed by those that there are."""
    text = """\
  - tool: jbi-case-series
    by: Roe 2021
    source: Roe 2021
    domains: {consecutive: {answer: perhaps}}
    unprinted: [inclusion-criteria, condition-measured, condition-identified, complete,
                demographics, clinical-information, outcomes, site, statistics]
"""
    (item,) = found(tmp_path, text)
    assert item.code == "E411"
    assert "there is no answer of JBI case series named 'perhaps'" in item.message
    assert "There are: yes, no, unclear, not-applicable, no-information" in item.message


def test_what_the_rule_gives_is_said(tmp_path):
    """A departure is named with both answers and what settles it."""
    lines = "\n".join(
        f"      {name}: {{answer: adequate, because: told}}"
        for name in tools()["minors"].asked(comparing=False)
    )
    text = f"  - tool: minors\n    by: us\n    domains:\n{lines}\n"
    assert not found(tmp_path, text)
    (item,) = found(tmp_path, f"{text}    overall: {{answer: high}}\n")
    assert item.code == "E517"
    assert item.message == "high overall, but the rule of MINORS gives low"
    assert not found(tmp_path, f"{text}    overall: {{answer: high, because: odd}}\n")


def test_a_mistake_in_an_appraisal_fails_no_figure(tmp_path):
    """The figures of a record stand, whatever is wrong with its appraisal."""
    assert found(tmp_path, "  - {tool: rob-2, by: us}\n")
    assert not failing_results(load(tmp_path))


def test_a_departing_study_may_acknowledge_the_tool(tmp_path):
    """A review that used another tool is acknowledged like a figure."""
    text = """\
  - tool: rob2
    by: Roe 2021
    source: Roe 2021, table 2
    unprinted: [randomisation, deviations, missing-data, measurement,
                selective-reporting]
    overall: {answer: high}
acknowledged: {W519: Roe 2021 used it for single groups too}
"""
    (item,) = found(tmp_path, text)
    assert (item.code, item.acknowledged is not None) == ("W519", True)


@pytest.mark.parametrize(
    "text",
    [
        "  - 1\n",
        "  - [a, b]\n",
        "  - {tool: null, by: us}\n",
        "  - {tool: rob2, by: us, domains: {randomisation: null}}\n",
        "  - {tool: rob2, by: us, domains: {randomisation: [low]}}\n",
        "  - {tool: rob2, by: us, domains: 3}\n",
        "  - {tool: rob2, by: us, overall: [low]}\n",
        "  - {tool: rob2, by: us, about: relapse}\n",
        '  - {tool: rob2, by: "\\e[31mred", domains: {randomisation: "\\e[0m"}}\n',
        "  - {tool: rob2, by: us, unprinted: {a: b}}\n",
        f"  - {{tool: rob2, by: us, source: x, unprinted: [{'ab, ' * 20_000}ab]}}\n",
        "".join("  - {tool: rob2, by: us}\n" for _ in range(5_000)),
    ],
)
def test_hostile_appraisals_are_findings(tmp_path, text):
    """Wrong types, escapes and thousands of items become diagnostics, in words."""
    diagnostics = found(tmp_path, text)
    assert diagnostics
    assert {item.code for item in diagnostics} <= {"E110", "E111", "E112"}
    assert not any("\x1b" in item.message for item in diagnostics)


def test_many_wrong_names_are_named_at_once(tmp_path):
    """Fifty appraisals with fifty odd domains are answered for one by one."""
    domains = ", ".join(f"dom-{n}: odd" for n in range(50))
    one = f"  - {{tool: rob2, by: us, source: x, domains: {{{domains}}}}}\n"
    codes = {item.code for item in found(tmp_path, one * 50)}
    assert codes == {"E410", "E411", "E515", "W519"}


def test_each_question_that_was_left_out_is_named(tmp_path):
    """Whoever completes the appraisal reads which, and not those answered."""
    asked = tools()["minors"].asked(comparing=False)
    answered, *left = asked
    answer = f"{{{answered}: {{answer: adequate, because: told}}}}"
    (item,) = found(tmp_path, f"  - {{tool: minors, by: us, domains: {answer}}}\n")
    assert (item.code, item.place.line) == ("E515", 22)
    assert item.message.endswith(" about " + ", ".join(left))


def test_a_second_appraisal_of_the_same_names_the_first_by_its_number(tmp_path):
    """Counted from 1, as people count."""
    lines = "\n".join(
        f"      {name}: {{answer: adequate, because: told}}"
        for name in tools()["minors"].asked(comparing=False)
    )
    one = f"  - tool: minors\n    by: us\n    domains:\n{lines}\n"
    (item,) = found(tmp_path, one + one)
    assert (item.code, item.place.line) == ("E518", 22 + one.count("\n"))
    assert re.findall("[0-9]+", item.message) == ["1"]
