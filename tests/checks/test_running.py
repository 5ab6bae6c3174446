"""What `run` reports: order, counts, exit status; any figures, and no failure."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import study_text

from lupus_evidence.checks import run
from lupus_evidence.checks.running import checked_evidence, failing_results
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
    assert report.whose.endswith(f"{tmp_path.name}/")
    assert report.summary == (
        f"0 records in {report.whose}, 0 results, 0 checks: "
        "0 errors, 0 warnings, 0 acknowledged"
    )
    assert report.exit_status(strict=True) == 0


def test_summary_counts_with_commas_and_singulars(tmp_path):
    """One is singular, thousands have a comma, files that failed are named."""
    broken = "id: ["
    report = report_of(tmp_path, doe_2020=study_text(events=21), broken=broken)
    assert report.summary.startswith(f"1 record in {report.whose}, 1 result, ")
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


#: Two arms, an error in neither: whoever changes a line knows what it is about.
SOUND = """\
id: doe-2020
title: An invented trial
citation: {authors: [Doe J], year: 2020, doi: 10.1000/1}
design: cohort
status: published
reading: primary-abstract
population: {enrolled: 40, lupus: 40}
arms:
  one: {therapy: msc, n: 20}
  two: {therapy: hsct, n: 20}
results:
  - {endpoint: relapse, arm: one, at: 12, events: 5, n: 20, among: treated, where: T1}
  - {endpoint: death, arm: two, at: 12, events: 5, n: 20, among: treated, where: T1}
  - {endpoint: infection, at: 12, events: 5, n: 40, among: treated, where: T1}
measurements:
  - measure: sledai
    arm: one
    at: 12
    baseline: {mean: "10", low: "2", high: "20"}
    value: {mean: "5", low: "2", high: "9"}
    where: T1
"""
OVERLAP = "overlaps: [{study: roe-2021, certainty: likely, because: one hospital}]\n"


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        ("", "", set()),
        # of one result: five of four people
        ("events: 5, n: 20, among: treated, where: T1}\n  - {endpoint: death",
         "events: 5, n: 4, among: treated, where: T1}\n  - {endpoint: death", {0}),
        # of an arm, and of all arms together: more with lupus than were treated
        ("hsct, n: 20}", "hsct, n: 20, lupus: 21}", {1, 2}),
        # of the population: every result
        ("enrolled: 40, lupus: 40", "enrolled: 40, lupus: 41", {0, 1, 2}),
        # of a measurement: no result. A mean outside its range
        ('mean: "5"', 'mean: "15"', set()),
        # only a warning: no place in the source
        (", where: T1}", "}", set()),
        # a record that is not there
        ("results:\n", f"{OVERLAP}results:\n", {0, 1, 2}),
    ],
)  # fmt: skip
def test_which_results_an_error_is_about(tmp_path, old, new, failing):
    """Its own, those of its arm, or all of them; of a measurement or a warning none."""
    text = SOUND.replace(old, new, 1) if old else SOUND
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    base = load(tmp_path)
    codes = failing_results(base)
    assert set(codes) == {("doe-2020", index) for index in failing}
    assert all(code[0] == "E" for each in codes.values() for code in each)
    assert bool(run(base).diagnostics) == bool(old)


def test_a_part_of_a_base_is_no_worse_than_the_whole(tmp_path):
    """Naming a record that was left out of the question is no error."""
    text = SOUND.replace("results:\n", f"{OVERLAP}results:\n")
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    other = study_text(id="roe-2021", events=21, centre="Other, Town")
    (tmp_path / "roe-2021.yaml").write_text(other, encoding="utf-8")
    base = load(tmp_path)
    assert failing_results(base) == {("roe-2021", 0): ("E203",)}
    one = base.part([file for file in base.files if file.study.id == "doe-2020"])
    assert failing_results(one) == failing_results(base)


def test_what_a_record_gives_a_reason_for_fails_no_result(tmp_path):
    """An acknowledged error is a discrepancy of the source."""
    text = study_text(events=21) + "    acknowledged: {E203: episodes are printed}\n"
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    assert failing_results(load(tmp_path)) == {}


def test_records_that_wait_to_be_read_are_counted_with_their_blanks():
    """Nothing is said of them where there are none."""
    report = type(run(EvidenceBase("", (), (), None)))
    waiting = (SimpleNamespace(blanks=3), SimpleNamespace(blanks=4))
    assert report((), 1, 1, 1, unread=waiting).summary.endswith(
        "; 2 records to read, 7 blanks left"
    )
    assert "to read" not in report((), 1, 1, 1).summary


def test_evidence_knows_which_results_fail(tmp_path):
    """Twenty-one of twenty people are in no figure of the therapy."""
    (tmp_path / "doe-2020.yaml").write_text(study_text(events=21), encoding="utf-8")
    evidence = checked_evidence(load(tmp_path), "msc")
    (item,) = evidence.of("complete-remission", "doe-2020")
    assert item.fails == ("E203",)


def test_a_record_to_be_read_is_no_mistake_and_is_counted(tmp_path):
    """Its blanks are no findings; the summary says how many wait."""
    blank = study_text().replace("status: published", "status: to-read")
    report = report_of(tmp_path, doe_2020=blank.replace("year: 2020", "year: ..."))
    assert report.diagnostics == ()
    assert [item.id for item in report.unread] == ["doe-2020"]
    assert report.summary.endswith("; 1 record to read, 1 blank left")
