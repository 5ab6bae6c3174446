"""Many reports and long records: nothing is lost where not every pair is looked at."""

import difflib
import re
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.checks import run
from lupus_evidence.checks.checked_parts import once_a_study
from lupus_evidence.checks.rules import LISTED
from lupus_evidence.checks.survival import survival_against_deaths
from lupus_evidence.records.load import EvidenceBase, StudyFile
from lupus_evidence.records.study import Study
from lupus_evidence.vocabulary import therapy_includes

BARE = {
    "title": "An invented study",
    "design": "cohort",
    "status": "published",
    "reading": "primary-abstract",
    "population": {"lupus": 20},
    "results": [{"endpoint": "relapse", "events": 5, "n": 20}],
}
DATES = st.sampled_from(("2001", "2003-02", "2003-05-09", "2003-05", "2004", "2006-01"))
REPORTS = st.lists(
    st.fixed_dictionaries(
        {
            "start": DATES,
            "end": DATES,
            "therapy": st.sampled_from(("msc", "uc-msc", "bm-msc", "hsct", "placebo")),
            "centres": st.lists(st.sampled_from("ABC"), unique=True, max_size=2),
            "overlap": st.integers(0, 9),
            "year": st.integers(2007, 2009),
        }
    ),
    max_size=10,
)


def files_of(reports):
    """Return records of invented reports, each maybe with one recorded overlap."""
    files = []
    for number, each in enumerate(reports):
        study = Study.model_validate(
            BARE
            | {
                "id": f"doe-{number}",
                "citation": {"year": each["year"]},
                "setting": {
                    "centres": each["centres"],
                    "recruitment": {"start": each["start"], "end": each["end"]},
                },
                "arms": {"all": {"therapy": each["therapy"], "n": 20}},
                "overlaps": [
                    {
                        "study": f"doe-{each['overlap']}",
                        "certainty": "likely",
                        "because": "invented",
                    }
                ],
            }
        )
        files.append(StudyFile(study, f"{study.id}.yaml", "{}"))
    return tuple(files)


def meet(one, two):
    """Tell by definition whether two reports may share people: the slow way."""
    if not set(one["centres"]) & set(two["centres"]):
        return False
    same = therapy_includes(one["therapy"], two["therapy"]) or therapy_includes(
        two["therapy"], one["therapy"]
    )

    def not_after(first, second):
        shorter = min(len(first), len(second))
        return first[:shorter] <= second[:shorter]

    return (
        same
        and one["therapy"] != "placebo"
        and not_after(one["start"], two["end"])
        and not_after(two["start"], one["end"])
    )


@settings(max_examples=150, deadline=None)
@given(REPORTS)
def test_every_pair_is_found_without_looking_at_every_pair(reports):
    """What is asked equals what the definition says of each pair of reports."""
    expected = set()
    for a, b in combinations(range(len(reports)), 2):
        recorded = reports[a]["overlap"] == b or reports[b]["overlap"] == a
        if meet(reports[a], reports[b]) and not recorded:
            later = max(a, b, key=lambda i: (reports[i]["year"], i))
            expected.add((later, a + b - later))
    report = run(EvidenceBase(".", files_of(reports), (), None))
    found = {
        (int(item.place.file[4:-5]), int(name))
        for item in report.diagnostics
        if item.code == "W408"
        for name in re.findall(r"doe-(\d+) \(", item.message)
    }
    assert found == expected


def alike(count, **fields):
    """Return so many reports of one hospital, in the same years."""
    report = {"start": "2001", "end": "2004", "therapy": "msc", "centres": ["A"]}
    files = files_of([report | {"overlap": 0, "year": 2009}] * count)
    return tuple(
        StudyFile(item.study.model_copy(update=fields), item.file, item.text)
        for item in files
    )


def test_many_alike_reports_are_named_in_part_and_counted_whole():
    """A message names twenty others and says how many more there are."""
    files = alike(100, registrations=("NCT00000001",), overlaps=())
    report = run(EvidenceBase(".", files, (), None))
    for code in ("W407", "W408"):
        found = {
            item.place.file: item.message
            for item in report.diagnostics
            if item.code == code
        }
        assert len(found) == 99
        longest = found["doe-99.yaml"]
        assert longest.count("doe-") == LISTED
        assert f" and {99 - LISTED} more" in longest


def test_a_recorded_overlap_is_not_counted_among_many():
    """The number of others leaves out those that the record names itself."""
    report = run(EvidenceBase(".", alike(100), (), None))  # all name the first
    (message,) = (
        item.message
        for item in report.diagnostics
        if (item.place.file, item.code) == ("doe-99.yaml", "W408")
    )
    assert "doe-0 " not in message
    assert f" and {98 - LISTED} more" in message


COUNTS = st.lists(
    st.tuples(
        st.sampled_from(("overall-survival", "death")),
        st.integers(1, 4),
        st.integers(0, 20),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_survival_is_held_against_all_deaths_without_looking_at_all(counts):
    """A percentage is named if, and only if, some number of deaths excludes it."""
    results = [
        {"endpoint": name, "at": at, "n": 20}
        | ({"events": number} if name == "death" else {"percent": str(5 * number)})
        for name, at, number in counts
    ]
    values = BARE | {"id": "doe-1", "citation": {}, "arms": {"all": {"therapy": "msc"}}}
    study = Study.model_validate(values | {"results": results})
    expected = [
        index
        for index, (name, at, alive) in enumerate(counts)
        if name == "overall-survival"
        and any(
            (until <= at and 5 * alive - 0.5 > 100 * (20 - dead) / 20)
            or (until >= at and 20 - alive > dead)
            for other, until, dead in counts
            if other == "death"
        )
    ]
    found = survival_against_deaths(study) or ()
    assert [item.path[1] for item in found] == expected


def test_a_question_about_the_whole_study_is_answered_once():
    """Ten thousand parts of a record do not each go through the whole of it."""
    asked = []

    @once_a_study
    def answer(study):
        asked.append(study)
        return len(asked)

    first, second = (item.study for item in alike(2))
    assert [answer(first), answer(first), answer(second), answer(second)] == [
        1,
        1,
        2,
        2,
    ]
    assert asked == [first, second]


def test_an_unknown_arm_is_not_answered_with_a_hundred_names():
    """The hint names twenty arms and counts the rest."""
    (file,) = alike(1, overlaps=())
    arms = {f"arm-{number}": {"therapy": "msc"} for number in range(100)}
    study = Study.model_validate(
        file.study.model_dump(exclude_defaults=True)
        | {"arms": arms, "results": [{"endpoint": "relapse", "arm": "absent"}]}
    )
    base = EvidenceBase(".", (StudyFile(study, "doe-0.yaml", "{}"),), (), None)
    (hint,) = (item.hint for item in run(base).diagnostics if item.code == "E401")
    assert hint.count("arm-") == LISTED
    assert "and 80 more" in hint


def test_thousands_of_unknown_names_are_not_each_compared(monkeypatch):
    """The nearest names are looked for at first, and then no more."""
    asked = []

    def compared(name, known, **_named):
        asked.extend((name, other) for other in known)
        return list(known)[:1]

    monkeypatch.setattr(difflib, "get_close_matches", compared)
    overlaps = [
        {"study": f"eod-{number}", "certainty": "likely", "because": "invented"}
        for number in range(1_000)
    ]
    (file,) = alike(1)
    values = file.study.model_dump(exclude_defaults=True) | {"overlaps": overlaps}
    study = Study.model_validate(values)
    base = EvidenceBase(".", (StudyFile(study, "doe-0.yaml", "{}"),), (), None)
    found = [item for item in run(base).diagnostics if item.code == "E402"]
    assert len(found) == 1_000
    assert sum("Did you mean doe-0?" in item.message for item in found) == len(asked)
    assert 0 < len(asked) <= 100
