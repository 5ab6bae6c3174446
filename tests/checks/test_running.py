"""What `run` reports: order, counts, exit status; any figures, and no failure."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import study_text

from lupus_evidence.checks import run
from lupus_evidence.records.load import EvidenceBase, StudyFile, load
from lupus_evidence.records.study import Study
from lupus_evidence.records.validation import validate


def report_of(folder, **texts):
    """Write records and check them."""
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return run(load(folder))


def found(report):
    """Return code and line of every finding."""
    return [(item.code, item.place.line) for item in report.diagnostics]


def test_empty_folder_is_fine(tmp_path):
    """No records, no findings, and a summary that says so."""
    report = report_of(tmp_path)
    assert report.summary == (
        f"0 records in {tmp_path}/, 0 results, 0 checks: "
        "0 errors, 0 warnings, 0 acknowledged"
    )
    assert report.exit_status(strict=True) == 0


def test_summary_counts_with_commas_and_singulars(tmp_path):
    """One is singular, thousands have a comma, files that failed are named."""
    broken = "id: ["
    report = report_of(tmp_path, doe_2020=study_text(events=21), broken=broken)
    assert report.summary.startswith(f"1 record in {tmp_path}/, 1 result, ")
    assert report.summary.endswith(
        ": 2 errors, 0 warnings, 0 acknowledged; 1 file not loaded"
    )
    many = type(report)((), 1, 1, 1973).summary
    assert many == (
        "1 record, 1 result, 1,973 checks: 0 errors, 0 warnings, 0 acknowledged"
    )


@pytest.mark.parametrize(("events", "status"), [(20, 0), (21, 1)])
def test_an_error_fails_strict_or_not(tmp_path, events, status):
    """Twenty of twenty people pass, twenty-one do not."""
    report = report_of(tmp_path, doe_2020=study_text(events=events))
    assert report.exit_status() == status
    assert report.exit_status(strict=True) == status


def test_warnings_fail_only_when_strict(tmp_path):
    """A warning alone is exit status 0, or 1 under --strict."""
    text = study_text().replace("    where: Abstract\n", "")
    report = report_of(tmp_path, doe_2020=text)
    assert [item.code for item in report.diagnostics] == ["W503"]
    assert (report.exit_status(), report.exit_status(strict=True)) == (0, 1)


def test_findings_are_in_order_of_file_and_line(tmp_path):
    """Loading's problems and the checks' come in one list, by place."""
    report = report_of(
        tmp_path,
        doe_2020=study_text(events=21),
        aaa="id: [",
        zzz="- a list",
        roe_2021=study_text(id="roe-2021", events=22, centre="Other, Town"),
    )
    places = [item.place for item in report.diagnostics]
    assert places == sorted(places)
    assert [item.code for item in report.diagnostics] == [
        "E102",
        "E203",
        "E203",
        "E107",
    ]


def test_acknowledged_finding_is_kept_with_its_reason(tmp_path):
    """It is counted as acknowledged, not as an error, and says why."""
    text = study_text(events=21) + "    acknowledged: {E203: episodes are printed}\n"
    report = report_of(tmp_path, doe_2020=text)
    (item,) = report.diagnostics
    assert (item.code, item.level) == ("E203", "error")
    assert item.acknowledged == "episodes are printed"
    assert (report.errors, report.warnings, report.acknowledged) == (0, 0, 1)
    assert report.exit_status(strict=True) == 0


def test_study_can_acknowledge_for_all_its_parts(tmp_path):
    """A reason at the top covers every result."""
    text = study_text(events=21) + "acknowledged: {E203: episodes are printed}\n"
    report = report_of(tmp_path, doe_2020=text)
    assert (report.errors, report.acknowledged) == (0, 1)


def test_acknowledgement_covers_only_its_own_result(tmp_path):
    """The same mistake in the next result is still an error."""
    text = study_text(events=21) + "    acknowledged: {E203: episodes are printed}\n"
    second = text[text.index("  - endpoint") : text.index("    acknowledged")]
    second = second.replace("complete-remission", "relapse")
    report = report_of(tmp_path, doe_2020=text + second)
    assert (report.errors, report.acknowledged) == (1, 1)


def test_file_problem_cannot_be_acknowledged(tmp_path):
    """An unknown field stays an error whatever the record says."""
    text = study_text() + "colour: red\nacknowledged: {E110: never mind}\n"
    report = report_of(tmp_path, doe_2020=text)
    assert found(report)[0][0] == "E110"
    assert report.errors == 1


def test_own_reason_of_a_result_goes_before_the_studys(tmp_path):
    """The study's reason is then unneeded, and that is said at its place."""
    text = study_text(events=21) + (
        "    acknowledged: {E203: of the result}\nacknowledged: {E203: of the study}\n"
    )
    report = report_of(tmp_path, doe_2020=text)
    assert [item.acknowledged for item in report.diagnostics] == ["of the result", None]
    assert [item.code for item in report.diagnostics] == ["E203", "W509"]


def test_overlap_can_be_acknowledged_as_none(tmp_path):
    """Two reports of one centre whose people are known to differ are left alone."""
    other = study_text(id="roe-2021", year=2021) + (
        "acknowledged: {W408: entered after the first report was closed}\n"
    )
    report = report_of(tmp_path, doe_2020=study_text(), roe_2021=other)
    assert found(report) == [("W408", 7)]
    assert report.acknowledged == 1


def test_acknowledgement_that_needs_other_records_is_left_alone_without_them(tmp_path):
    """A record checked by itself cannot show that an overlap is no longer there."""
    text = study_text() + "acknowledged: {W408: other people}\n"
    assert not report_of(tmp_path, doe_2020=text).diagnostics
    base = "version: '1'\nsearched: 2026-11\nsources: [here]\nlicence: CC0-1.0\n"
    (tmp_path / "_base.yaml").write_text(base, encoding="utf-8")
    assert [item.code for item in run(load(tmp_path)).diagnostics] == ["W509"]


def test_number_of_checks_grows_with_what_there_is_to_look_at(tmp_path):
    """A check counts where it had something to look at, once for each thing."""
    one = report_of(tmp_path, doe_2020=study_text()).checks_run
    text = study_text()
    more = text + text[text.index("  - endpoint") :].replace(
        "complete-remission", "relapse"
    )
    two = report_of(tmp_path, doe_2020=more).checks_run
    bare = text[: text.index("results:")] + "notes: [nothing yet]\n"
    none = report_of(tmp_path, doe_2020=bare).checks_run
    assert none < one < two
    assert two - one < one - none


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
