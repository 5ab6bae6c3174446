import pytest

from lupus_evidence.importing.result_table import (
    COLUMNS,
    is_of_results,
    is_own,
    result_places,
)


@pytest.mark.parametrize(
    "header",
    [
        "study,therapy,endpoint,events,n,months",
        "Study;Treatment;Outcome;Events;Total;Time (months)",
        "Trial|Intervention|Outcome measure|No. of events|No. of patients",
        "Study,Outcome,%",
    ],
)
def test_plain_tables_are_known(header):
    """A study, an outcome and a number are enough, whatever their headings' case."""
    names = header.replace(";", ",").replace("|", ",").split(",")
    assert is_of_results(names)
    assert not is_own(names)


def test_other_tables_are_not():
    """Lists of citations have studies, and lists of outcomes have no numbers."""
    assert not is_of_results(["Title", "Authors", "Study", "Notes", "Published Year"])
    assert not is_of_results(["Trial", "Outcome", "Comment"])


def test_our_own_columns():
    """Each is itself, and the first of two of one kind counts."""
    assert is_own([*COLUMNS, "caution"])
    assert result_places(COLUMNS) == {name: at for at, name in enumerate(COLUMNS)}
    assert result_places(["n", "Total", "Time"]) == {"n": 0, "time": 2}
