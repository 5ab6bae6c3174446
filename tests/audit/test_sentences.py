"""Sentences and their values: one template a code, every number from its values."""

import ast
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from audit.made import REMISSION, rate
from jinja2 import UndefinedError, nodes

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.verdicts import FINDINGS, Finding
from lupus_evidence.documents.text import number, percent
from lupus_evidence.pages.audit_page import evidence_text, finding_text
from lupus_evidence.pages.templates import environment, sentence
from lupus_evidence.records.field_types import Reported
from lupus_evidence.records.load import load

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "lupus_evidence" / "audit"
TEMPLATES = ("audit_words.j2", "sources.j2", "findings.j2", "verdicts.j2")
#: Rates are told of so many people; the only numbers that are words.
UNIT = re.compile(r"100,?000|[Oo]f 100 people")


@pytest.fixture(scope="module")
def told():
    """Every verdict and finding of three articles: text and values."""
    base, found = load(), []
    for name in (None, "second-article.yaml", "thirty-claims.yaml"):
        claims = load_claims([HERE / name] if name else None)
        for article in audit(base, claims).articles:
            for claim in article.claims:
                verdict = claim.verdict
                values = tuple(item.values for item in verdict.sentences)
                found.append((evidence_text(verdict), values))
                found += [(finding_text(f), f.values) for f in verdict.findings]
    return found


def macros(template):
    """Return the names of a template's macros for others."""
    tree = environment().parse(environment().loader.get_source(None, template)[0])
    return {macro.name for macro in tree.find_all(nodes.Macro) if macro.name[0] != "_"}


def test_every_finding_has_its_sentence_and_no_sentence_is_idle():
    """The template of findings holds one macro for each code and no other."""
    assert macros("findings.j2") == {code.replace("-", "_") for code in FINDINGS}


def test_every_sentence_of_a_verdict_stands_in_its_template():
    """What the rules name is there; what is there, they name."""
    named = {
        text
        for path in RULES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence"
        if isinstance(node.args[0], ast.Constant)
        for text in [node.args[0].value]
    }
    # told by the name of a finding or of a variable
    named |= {"not-in-cited-study", "no-denominator", "no-harm-data"}
    named |= {"events-not-people", "other-people-asked"}
    named |= {"survival-curve", "survival-curve-ends"}
    whole = {name for name in macros("verdicts.j2") if not name.endswith("_in_brief")}
    assert whole == {name.replace("-", "_") for name in named}
    brief = macros("verdicts.j2") - whole
    assert {name.removesuffix("_in_brief") for name in brief} <= whole


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_holds_a_number(template):
    """Whatever number a sentence tells, it was given."""
    tree = environment().parse(environment().loader.get_source(None, template)[0])
    written = [item.data for item in tree.find_all(nodes.TemplateData)]
    constants = [item.value for item in tree.find_all(nodes.Const)]
    written += [text for text in constants if isinstance(text, str)]
    numbers = [text for text in written if re.search(r"\d", UNIT.sub("", text))]
    assert set(numbers) <= set(TEMPLATES)


def spellings(value):
    """Yield how a number may be printed: rounded, in percent, in years."""
    yield from (number(value, decimals) for decimals in (0, 1, 2))
    yield f"{value:,}"
    yield percent(value).strip("<>")
    yield number(value / 12)


def parts_of(value):
    """Return the parts of a value that has any."""
    if isinstance(value, Mapping):
        return tuple(value.values())
    if isinstance(value, (tuple, list)):
        return value
    if is_dataclass(value):
        return tuple(getattr(value, field.name) for field in fields(value))
    return tuple(value.model_dump().values())  # of a claims file or a record


def numbers_in(value):
    """Yield every number in the values of a sentence as a sentence may print it."""
    match value:
        case bool() | None:
            return
        case int() | float():
            yield from spellings(value)
        case str():
            yield from re.findall(r"\d[\d.,]*\d|\d", value)
        case Reported():
            yield str(value).lstrip("-")
        case _:
            for part in parts_of(value):
                yield from numbers_in(part)
            if isinstance(value, (tuple, list)):
                yield str(len(value))


def test_every_number_that_is_told_is_one_of_the_values(told):
    """No sentence counts or works out anything of its own but how many it lists."""
    assert len(told) > 300
    for text, values in told:
        known = set(numbers_in(values))
        if isinstance(values, tuple):  # studies that went one way, and the other
            for item in values:
                both = [item.get("agreeing", ()), item.get("contrary", ())]
                known |= {str(len(both[0]) + len(both[1]))}
                known |= {str(both[1].count(way)) for way in both[1]}
        shown = re.findall(r"\d[\d.,]*\d|\d", UNIT.sub("", text))
        assert set(shown) <= known, (text, set(shown) - known)


def test_a_sentence_without_its_values_is_refused():
    """A value that is missing is an error, never an empty place."""
    with pytest.raises(UndefinedError):
        sentence("findings.j2", "rounding", printed=Reported("52.4"))
    with pytest.raises(TypeError):
        finding_text(Finding("rounding", {"strange": 1}))


def test_the_sentence_follows_the_values():
    """The same macro says another thing of other values."""
    up = {"printed": Reported("52.4"), "article": Reported("53")}
    down = {"printed": Reported("52.4"), "article": Reported("52")}
    assert finding_text(Finding("rounding", up)) == (
        "The study prints 52.4 %; the article rounds up to 53 %."
    )
    assert finding_text(Finding("rounding", down)) == (
        "The study prints 52.4 %; the article rounds down to 52 %."
    )


def test_what_a_claims_file_says_stays_text():
    """Signs of a template, braces and control characters in a value do nothing."""
    text = "{{ 7 * 7 }} # heading \x1b[31m\nsecond line"
    assert finding_text(Finding("part-not-checkable", {"part": text})) == (
        "Not compared: {{ 7 * 7 }} # heading \\x1b[31m second line."
    )


@pytest.mark.parametrize(
    ("lupus", "n", "end"),
    [
        (60, 20, " at 1 year; 60 had been treated."),
        # everybody is in the figure, and people with other diseases besides
        (20, 60, " at 1 year."),
    ],
)
def test_those_treated_are_told_where_they_are_more(world, lupus, n, end):
    """A figure of 60 people with any disease is not one of the 20 with lupus."""
    mixed = ", lupus_specific: false" if lupus < n else ""
    world.study(
        "doe-2015",
        f"{REMISSION}, events: 10, n: {n}{mixed}",
        lupus=lupus,
        arms=f"  cells: {{therapy: msc, n: {max(n, lupus)}, lupus: {lupus}}}",
        n=max(n, lupus),
    )
    who = ", who: several-diseases" if mixed else ""
    verdict = world.verdict(rate("17" if mixed else "50", more=who))
    assert evidence_text(verdict).endswith(end)
