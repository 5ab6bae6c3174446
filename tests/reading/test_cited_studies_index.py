"""The index of the records: what a sentence says of a study, and whom that can mean."""

import pytest
from invented import study_text

from lupus_evidence.reading.cited_studies import Cues, StudyIndex
from lupus_evidence.records.load import load

#: Forty letters, the shortest title that is looked for; the other has one fewer.
LONG = "Cord cells, a hope; in people with lupus"
SHORT = "Marrow cells: a hope in women with lupus"[:39]

#: By record: what differs from the invented one, then texts and their replacements.
MADE = (
    (
        {
            "id": "doe-2014",
            "year": 2014,
            "n": 120,
            "events": 30,
            "centre": "Oakham Clinic",
        },
    ),
    (
        {
            "id": "doe-2016",
            "year": 2016,
            "n": 25,
            "events": 5,
            "centre": "Oakham Clinic",
        },
        ("design:", "registrations: [NCT01234567]\ndesign:"),
        ("J Invented", "Lupus"),
    ),
    (
        {"id": "doe-2019", "year": 2019, "n": 60, "events": 6, "centre": "Elmton Unit"},
        ("title: An invented trial", f"title: '{LONG}'"),
        ("[CN]", "[US]"),
    ),
    (
        {"id": "doe-2020", "year": 2020, "n": 59, "events": 6, "therapy": "hsct"},
        ("title: An invented trial", f"title: '{SHORT}'"),
        ("[CN]", "[DE]"),
    ),
    (
        {"id": "roe-2021", "year": 2021, "n": 59, "events": 6, "centre": "Elmton Unit"},
        ("[Doe J]", "[Roe K]"),
        ("doi: 10.1000/roe-2021", "pmid: 123"),
        ("  treated: {therapy: msc, n: 59}", "  treated: {therapy: msc, n: 30}"),
        ("follow_up:", "  given: {therapy: placebo, n: 29}\nfollow_up:"),
        ("    n: 59\n", "    n: 30\n"),
    ),
    (
        {"id": "poe-2022", "year": 2022, "n": 77, "centre": "Oakham Clinic"},
        ("[Doe J]", "[Poe P]"),
        ("status: published", "status: registered"),
        ("design:", "registrations: [NCT02222222]\ndesign:"),
    ),
    (
        {"id": "web-2022", "year": 2022, "n": 99, "centre": "Webham Clinic"},
        ("status: published", "status: published\npublication: web-page"),
    ),
    ({"id": "moe-2011", "year": 2011, "n": 31}, ("[Doe J]", "[Moe M]")),
    (
        {"id": "moe-undated", "year": 2012, "n": 33},
        ("[Doe J]", "[Moe M]"),
        ("year: 2012, ", ""),
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The invented records by what pages call them."""
    records = tmp_path_factory.mktemp("records")
    for values, *changes in MADE:
        text = study_text(**values)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (records / f"{values['id']}.yaml").write_text(text, encoding="utf-8")
    base = load(records)
    assert len(base.files) == len(MADE), base.diagnostics
    return StudyIndex.of(base)


def cue(**said):
    """Return cues, each given as a tuple."""
    return Cues(**{name: frozenset(values) for name, values in said.items()})


def test_a_web_page_is_no_study_that_another_cites(index):
    """Every other report is, those that are only registered too."""
    ids = {study.id for study in index.studies}
    assert ids == {values["id"] for values, *_ in MADE} - {"web-2022"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doe et al. (2016) saw it.", {"authors": ["doe"], "years": [2016]}),
        ("A doe and a Doe are no authors.", {}),
        ("In Oakham it was seen.", {"places": ["oakham"]}),
        ("In Webham it was seen, at a Clinic.", {}),
        ("Chinese patients of 1999", {"places": ["CN"], "years": [1999]}),
        ("American patients got it.", {"places": ["US"]}),
        ("The American College of Rheumatology said so.", {}),
        ("It stood in J Invented.", {"places": ["J Invented", "invented"]}),
        ("It stood in Lupus.", {}),
        ("See nct01234567.", {"numbers": ["nct01234567"]}),
        ("See it (doi: 10.1000/D.7-A).", {"numbers": ["10.1000/d.7-a"]}),
    ],
)
def test_what_a_sentence_says_of_a_study(text, expected, index):
    """Authors with a word that makes them such, places, journals of two words."""
    assert index.cues(text, ()) == cue(**expected)


def test_people_are_those_that_the_sentence_counts(index):
    """They are handed on; some sign but a year can name a study."""
    assert index.cues("It was seen.", [12, 30]) == cue(people=[12, 30])
    for name in ("authors", "places", "people", "numbers"):
        assert cue(**{name: ["x"]}).some
    assert not cue(years=[2016]).some


def test_later_cues_are_added_but_people_take_their_place():
    """What is not said again stays."""
    first = cue(
        authors=["doe"], years=[2014], places=["CN"], people=[12], numbers=["a"]
    )
    second = cue(
        authors=["roe"], years=[2015], places=["US"], people=[20], numbers=["b"]
    )
    assert first.joined(second) == cue(
        authors=["doe", "roe"],
        years=[2014, 2015],
        places=["CN", "US"],
        people=[20],
        numbers=["a", "b"],
    )
    assert first.joined(Cues()) == first


@pytest.mark.parametrize(
    ("cues", "therapy", "named"),
    [
        # numbers name a study, whatever else is said
        ({"numbers": ["nct01234567"], "authors": ["roe"]}, "hsct", ["doe-2016"]),
        ({"numbers": ["10.1000/doe-2014"]}, None, ["doe-2014"]),
        ({"numbers": ["nct02222222"]}, None, ["poe-2022"]),
        # authors, of the treatment if any of theirs is
        ({"authors": ["doe"]}, "hsct", ["doe-2020"]),
        ({"authors": ["doe"]}, "msc", ["doe-2014", "doe-2016", "doe-2019"]),
        ({"authors": ["roe"]}, "hsct", ["roe-2021"]),
        ({"authors": ["doe"], "years": [2016]}, "msc", ["doe-2016"]),
        ({"authors": ["doe"], "people": [25]}, "msc", ["doe-2016"]),
        ({"authors": ["doe"], "years": [2014], "people": [25]}, "msc", ["doe-2014"]),
        ({"authors": ["doe"], "years": [2001]}, "msc", []),
        ({"authors": ["doe"], "years": [2001], "people": [25]}, "msc", ["doe-2016"]),
        # one of theirs is of no year that is known: it may be of this one
        ({"authors": ["moe"], "years": [2001]}, None, ["moe-2011", "moe-undated"]),
        # a town with people or a year; a year decides among those with so many people
        ({"places": ["oakham"], "people": [25]}, "msc", ["doe-2016"]),
        ({"places": ["elmton"], "people": [59]}, "uc-msc", ["roe-2021"]),
        ({"places": ["oakham"], "people": [25, 120]}, None, ["doe-2014", "doe-2016"]),
        (
            {"places": ["oakham"], "people": [25, 120], "years": [2014]},
            None,
            ["doe-2014"],
        ),
        ({"places": ["CN"], "years": [2016]}, "msc", ["doe-2016"]),
        ({"places": ["oakham"], "people": [26]}, "msc", []),
        ({"places": ["oakham", "CN"], "people": [31]}, "msc", []),
        # a country with people is too little, a town or a country alone names several
        ({"places": ["CN"], "people": [25]}, "msc", []),
        ({"places": ["oakham"]}, "msc", ["doe-2014", "doe-2016"]),
        ({"places": ["oakham", "CN"]}, "msc", ["doe-2014", "doe-2016"]),
        ({"places": ["US"]}, "msc", []),
        ({"places": ["DE"]}, "hsct", []),
        (
            {"places": ["CN"]},
            "msc",
            ["doe-2014", "doe-2016", "roe-2021", "moe-2011", "moe-undated"],
        ),
        # people alone: from sixty on, and of a known treatment
        ({"people": [60]}, "msc", ["doe-2019"]),
        ({"people": [59]}, "msc", []),
        ({"people": [60]}, None, []),
        ({"people": [60, 120]}, None, ["doe-2014", "doe-2019"]),
        ({"people": [60, 120], "years": [2014]}, "msc", ["doe-2014"]),
        ({"people": [60, 120], "years": [1999]}, "msc", ["doe-2014", "doe-2019"]),
        ({"people": [60]}, "unspecified", ["doe-2019"]),
        ({"people": [60]}, "hsct", []),
        # what is only registered has reported nothing
        ({"people": [77]}, "msc", []),
        ({}, "msc", []),
    ],
)
def test_which_records_cues_can_mean(cues, therapy, named, index):
    """One, several of which none is surely meant, or none."""
    found = index.named(cue(**cues), therapy)
    assert sorted(found) == sorted(named)


@pytest.mark.parametrize(
    ("known", "people", "therapy", "found"),
    [
        (["doe-2014", "doe-2016"], [25], None, ("doe-2016",)),
        (["doe-2014", "doe-2016"], [25, 120], "msc", ("doe-2014", "doe-2016")),
        (["doe-2014", "doe-2016"], [25], "hsct", ()),
        (["doe-2014"], [25], None, ()),
        (["doe-2014"], [], None, ()),
        (["roe-2021"], [29], "bm-msc", ("roe-2021",)),
    ],
)
def test_of_the_records_named_before_those_with_so_many_people(
    known, people, therapy, found, index
):
    """Enrolled, analysed or in an arm, and given the treatment."""
    assert index.of_known(known, people, therapy) == found


@pytest.mark.parametrize(
    ("cues", "therapy", "found"),
    [
        ({"places": ["CN"], "people": [25]}, "msc", ("doe-2016",)),
        ({"places": ["CN"], "people": [25]}, "hsct", ()),
        ({"places": ["US"], "people": [25]}, "msc", ()),
        ({"places": ["CN"], "people": [26]}, "msc", ()),
        ({"places": ["CN"], "people": [77]}, "msc", ()),  # only registered
        ({"places": ["CN"]}, "msc", ()),
    ],
)
def test_a_country_and_a_number_of_people_may_mean_a_record(
    cues, therapy, found, index
):
    """Published, of the treatment, with so many people."""
    assert index.possible(cue(**cues), therapy) == found


@pytest.mark.parametrize(
    ("page", "record"),
    [
        (f"A page. {LONG.upper()}. By Doe J.", "doe-2019"),
        ("Cord cells - a hope - in people with lupus", "doe-2019"),
        ("Cord cells, a hope; in mice with lupus", None),
        (SHORT, None),  # so short a title may stand anywhere
        ("An invented trial of lupus", None),
        ("It is registered as NCT01234567).", "doe-2016"),
        ("doi: 10.1000/DOE-2014.", "doe-2014"),
        ("It is registered as NCT02222222.", None),  # has reported nothing
        ("NCT01234567, or 10.1000/doe-2014", None),  # it reports neither alone
        ("Nothing of it.", None),
        ("", None),
    ],
)
def test_the_record_of_which_a_page_is_the_report(page, record, index):
    """By title, however it is set, by DOI or registration; exactly one."""
    assert index.of_page(page) == record


def test_what_the_people_of_a_record_were_given(index):
    """Not what others got for comparison."""
    assert index.therapies_of("roe-2021") == ("msc",)
    assert index.therapies_of("doe-2020") == ("hsct",)
    assert index.therapies_of("nobody") == ()


RESULTS = """\
  - {endpoint: relapse, arm: treated, at: 12, events: 13, n: 40, among: treated}
  - {endpoint: relapse, arm: treated, at: 24, percent: "32.5", among: treated}
  - {endpoint: death, arm: treated, events: 2, n: 40, among: treated}
  - {endpoint: infection, arm: treated, at: 12, note: Some had one.}
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Two records with results of their own, the second of the times but one."""
    records = tmp_path_factory.mktemp("reports")
    for name, lines in (("doe-2014", RESULTS), ("roe-2015", RESULTS.split("  -")[1])):
        text = study_text(id=name, n=40, year=int(name[-4:]))
        text += lines if lines == RESULTS else f"  -{lines}"
        (records / f"{name}.yaml").write_text(text, encoding="utf-8")
    base = load(records)
    assert len(base.files) == 2, base.diagnostics
    return StudyIndex.of(base)


@pytest.mark.parametrize(
    ("endpoint", "figure", "months", "found"),
    [
        # a whole percentage may be off by half
        ("relapse", ("33", (None, None)), 24.0, ["doe-2014"]),
        ("relapse", ("32", (None, None)), 24.0, ["doe-2014"]),
        ("relapse", ("33", (None, None)), 12.0, ["doe-2014", "roe-2015"]),
        ("relapse", ("33.1", (None, None)), 12.0, []),
        ("relapse", ("34", (None, None)), 24.0, []),
        # at its time, else at any
        ("relapse", ("33", (None, None)), 48.0, ["doe-2014", "roe-2015"]),
        ("relapse", ("33", (None, None)), None, ["doe-2014", "roe-2015"]),
        # people
        ("relapse", (None, (13, 40)), 12.0, ["doe-2014", "roe-2015"]),
        ("relapse", ("90", (13, 40)), 12.0, ["doe-2014", "roe-2015"]),
        ("relapse", (None, (12, 40)), 12.0, []),
        ("relapse", ("33", (12, 40)), 12.0, ["doe-2014", "roe-2015"]),
        ("relapse", (None, (13, None)), 12.0, []),
        ("relapse", (None, (None, None)), 12.0, []),
        # a result without a time, and one without a number
        ("death", ("5", (None, None)), 12.0, ["doe-2014"]),
        ("death", ("5", (None, None)), None, ["doe-2014"]),
        ("infection", ("5", (None, None)), 12.0, []),
        ("infection", (None, (None, None)), 12.0, []),
        ("no-relapse", ("33", (None, None)), 12.0, []),
    ],
)
def test_which_records_report_a_figure(endpoint, figure, months, found, reports):
    """Of that outcome, by its percentage or its people."""
    names = ["doe-2014", "roe-2015"]
    answer = reports.reporting(names, endpoint, *figure, months)
    assert list(answer) == found
    assert reports.reporting([], endpoint, *figure, months) == ()
