"""The wording of an audit: one reviewed text holds every sentence of its templates.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/pages``, then read the
difference.
"""

import ast
import os
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes
from pages.audit_samples import SAMPLES

from lupus_evidence.audit.verdicts import FINDINGS, Finding
from lupus_evidence.documents.text import listed
from lupus_evidence.pages.audit_page import EVIDENCE_WORDS, finding_text
from lupus_evidence.pages.templates import environment, has_sentence, sentence
from lupus_evidence.records.field_types import Reported
from lupus_evidence.vocabulary import topic

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "audit_sentences.txt"
RULES = HERE.parents[1] / "lupus_evidence" / "audit"
#: Rates are told of so many people; the only numbers that are words.
UNIT = re.compile(r"100,?000|[Oo]f 100 people")
#: Said only of a topic whose treatments are no cells.
OTHER_TOPIC = "a treatment"


def tree_of(template):
    """Return a template as a tree."""
    return environment().parse(environment().loader.get_source(None, template)[0])


def macros(template):
    """Return the names of a template's macros for others."""
    found = tree_of(template).find_all(nodes.Macro)
    return {macro.name for macro in found if macro.name[0] != "_"}


def rows(template, samples):
    """Yield code and sentence of every sample, the short form behind the whole."""
    for code, given in samples.items():
        short = f"{code}-in-brief"
        brief = template == EVIDENCE_WORDS and has_sentence(template, short)
        for name in (code, short) if brief else (code,):
            for values, named in given:
                yield name, sentence(template, name, *values, **named)


def snapshot():
    """Return every sentence of every template, each behind its code."""
    parts = []
    for template, samples in SAMPLES.items():
        lines = [f"{name}: {text}".rstrip() for name, text in rows(template, samples)]
        parts.append("\n".join([f"== {template} ==", *dict.fromkeys(lines)]))
    return "\n\n".join(parts) + "\n"


def agreed(template):
    """Return the snapshot's lines of one template as pairs of code and sentence."""
    text = GOLDEN.read_text(encoding="utf-8")
    _, _, rest = text.partition(f"== {template} ==\n")
    lines = rest.partition("\n\n")[0].splitlines()
    return [tuple(line.split(":", 1)) for line in lines]


def test_every_sentence_is_as_agreed():
    """Rewording a sentence changes one line of the snapshot and no other test."""
    text = snapshot()
    if os.environ.get("LUPUS_EVIDENCE_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", SAMPLES)
def test_no_sentence_is_forgotten(template):
    """Every macro has a line, and no line is of a macro that is gone."""
    lines = {code.replace("-", "_") for code, _ in agreed(template)}
    assert lines == macros(template)


def written(template):
    """Yield every piece of text that a template may put into a sentence."""
    for node in tree_of(template).find_all((nodes.TemplateData, nodes.CondExpr)):
        ends = (node,) if isinstance(node, nodes.TemplateData) else (
            node.expr1, node.expr2)  # fmt: skip
        texts = (getattr(end, "data", getattr(end, "value", "")) for end in ends)
        yield from (" ".join(text.split()) for text in texts if isinstance(text, str))


@pytest.mark.parametrize("template", SAMPLES)
def test_no_branch_is_forgotten(template):
    """Whatever words a template holds stand somewhere in the snapshot."""
    text = f"{GOLDEN.read_text(encoding='utf-8')} {OTHER_TOPIC}".casefold()
    missing = [piece for piece in written(template) if piece.casefold() not in text]
    assert missing == []


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
    whole = {name for name in macros("evidence.j2") if not name.endswith("_in_brief")}
    assert whole == {name.replace("-", "_") for name in named}
    brief = macros("evidence.j2") - whole
    assert {name.removesuffix("_in_brief") for name in brief} <= whole


@pytest.mark.parametrize("template", SAMPLES)
def test_no_template_holds_a_number(template):
    """Whatever number a sentence tells, it was given."""
    tree = tree_of(template)
    texts = [item.data for item in tree.find_all(nodes.TemplateData)]
    constants = [item.value for item in tree.find_all(nodes.Const)]
    texts += [text for text in constants if isinstance(text, str)]
    numbers = [text for text in texts if re.search(r"\d", UNIT.sub("", text))]
    assert set(numbers) <= set(SAMPLES)


def test_a_sentence_without_its_values_is_refused():
    """A value that is missing is an error, never an empty place."""
    with pytest.raises(UndefinedError):
        sentence("findings.j2", "rounding", printed=Reported("52.4"))
    with pytest.raises(TypeError):
        finding_text(Finding("rounding", {"strange": 1}))


def test_what_a_claims_file_says_stays_text():
    """Signs of a template, braces and control characters in a value do nothing."""
    part = "{{ 7 * 7 }} # heading \x1b[31m\nsecond line"
    said = finding_text(Finding("part-not-checkable", {"part": part}))
    plain = finding_text(Finding("part-not-checkable", {"part": "this"}))
    shown = r"{{ 7 * 7 }} # heading \x1b[31m second line"
    assert said == plain.replace("this", shown)


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_in_a_sentence(names, words):
    """Commas, and one "and" before the last."""
    assert listed(names) == words


#: How a sentence about people goes on, by kind of outcome.
TELLING = {
    "survival": r"were alive\b",
    "remission": r"were (not )?in (complete or partial |complete |partial )?remission$",
    "response": r"(did not respond|responded|had a (major|partial) response|"
    r"had not relapsed)$",
    "harm": r"(had|got|became|lost|died|relapsed)\b",
    "other": r"were (off|lost)\b|had another outcome$",
}


@pytest.mark.parametrize("endpoint", topic().endpoints.values(), ids=topic().endpoints)
def test_each_outcome_can_stand_in_a_sentence_about_people(endpoint):
    """No label stands where a verb belongs: people died, they had no death."""
    did = sentence("audit_words.j2", "did", endpoint.name)
    assert re.match(TELLING[endpoint.family], did)


def test_no_two_outcomes_are_told_alike():
    """A reader can tell a serious infection from an infection."""
    told = [sentence("audit_words.j2", "did", name) for name in topic().endpoints]
    assert len(set(told)) == len(told)
