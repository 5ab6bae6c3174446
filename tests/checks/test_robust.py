"""Checks meet any figures that a record can hold without failing."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase, StudyFile
from lupus_evidence.records.study import Study
from lupus_evidence.records.validation import validate

EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "valid").glob("*.yaml"))
TEXTS = [path.read_text(encoding="utf-8") for path in EXAMPLES]
RECORD = TEXTS[0]

_NUMBER = re.compile(r'(?<=[ "{\[])\d+(?:\.\d+)?(?=["\n,}\]])')
_PIECES = _NUMBER.split(RECORD)

numbers = st.one_of(
    st.integers(0, 60).map(str),
    st.sampled_from(["0", "1", "100", "101", "999999", "-1", "0.0", "12.345", "-0.5"]),
)


@settings(max_examples=200)
@given(st.dictionaries(st.integers(0, len(_PIECES) - 2), numbers, max_size=8))
def test_any_figures_give_findings_within_the_file(changes):
    """Whatever the numbers, every finding has a message and a line of the file."""
    figures = _NUMBER.findall(RECORD)
    for index, figure in changes.items():
        figures[index] = figure
    pairs = zip(_PIECES, [*figures, ""], strict=True)
    text = "".join(piece for pair in pairs for piece in pair)
    study = validate(Study, text, "doe-2020.yaml")
    if not isinstance(study, Study):
        return
    file = StudyFile(study, "doe-2020.yaml", text)
    report = run(EvidenceBase(".", (file,), (), None))
    lines = text.count("\n")
    for item in report.diagnostics:
        assert 1 <= item.place.line <= lines
        assert item.message
        assert item.code[0] == item.level[0].upper()
    assert report.errors + report.warnings == len(report.diagnostics)


def test_order_of_results_does_not_matter():
    """The same record with its results turned round raises the same codes."""
    text = TEXTS[0].replace("events: 11\n", "events: 10\n")
    study = validate(Study, text, "doe-2020.yaml")
    turned = study.model_copy(update={"results": study.results[::-1]})

    def raised(one):
        base = EvidenceBase(".", (StudyFile(one, "doe-2020.yaml", text),), (), None)
        return sorted(item.code for item in run(base).diagnostics)

    assert raised(study) == raised(turned)
    assert raised(study)
