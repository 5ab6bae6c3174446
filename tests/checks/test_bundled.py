"""What the checks find in the records that come with the package."""

import pytest

from lupus_evidence.checks import run
from lupus_evidence.records.load import bundled_folder, load, load_paths


@pytest.fixture(scope="module")
def report():
    """Check the bundled records once."""
    return run(load())


def test_nothing_is_left_unacknowledged(report):
    """Every discrepancy of a source has its reason in the record."""
    unacknowledged = [item for item in report.diagnostics if item.acknowledged is None]
    assert unacknowledged == []
    assert report.exit_status(strict=True) == 0


@pytest.mark.parametrize(
    ("study", "code", "words"),
    [
        ("jayne-2004", "E204", "7 of 53 is 13.2 %, but 12 % is printed"),
        ("leng-2017", "E209", "reaches 100.9 %"),
        ("burt-2018", "W206", "no count of 26 people gives 71 %"),
        ("song-2011", "W211", "82.4 ± 9.2 % at 84 months is exactly 14 of 17"),
        ("song-2011", "W215", "3 had died, but 2 deaths are counted"),
        ("alchi-2013", "W304", "at 60 months of 28 people, with a median follow-up"),
        ("wang-2018", "E204", "28 of 81 is 34.6 %, but 34 % is printed"),
        ("huang-2019", "W206", "no count of 22 people gives 53 %"),
    ],
)
def test_known_discrepancy_is_found_by_the_checks_themselves(
    report, study, code, words
):
    """What readers of these papers stumbled over is found, and acknowledged."""
    found = [
        item
        for item in report.diagnostics
        if item.place.file.endswith(f"{study}.yaml") and item.code == code
    ]
    assert any(words in item.message for item in found)
    assert all(item.acknowledged for item in found)


def test_a_single_record_can_be_checked_by_itself():
    """Overlaps with records of the same folder are known though they are not loaded."""
    path = bundled_folder("studies") / "wang-2018.yaml"
    alone = run(load_paths([path]))
    assert (alone.records, alone.errors, alone.warnings) == (1, 0, 0)


def test_counts_are_those_of_the_records(report):
    """The summary counts what was loaded."""
    base = load()
    assert report.records == len(base.files)
    assert report.results == sum(len(study.results) for study in base.studies)
    assert report.checks_run > report.results
