"""Which record a page means: by author, year, place, people, registration."""

import pytest
from invented import study_text

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.reader import read_claims
from lupus_evidence.records.load import load

#: Three reports of one author, a fourth by another; all but one of mesenchymal cells.
MADE = (
    {"id": "doe-2014", "year": 2014, "n": 120, "events": 30, "centre": "Oakham Clinic"},
    {"id": "doe-2016", "year": 2016, "n": 25, "events": 5, "centre": "Oakham Clinic"},
    {"id": "doe-2019", "year": 2019, "n": 70, "events": 7, "centre": "Elmton Hospital"},
    {
        "id": "roe-2021",
        "year": 2021,
        "n": 70,
        "events": 35,
        "centre": "Elmton Hospital",
        "therapy": "hsct",
    },
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The invented records by what pages call them."""
    records = tmp_path_factory.mktemp("records")
    for values in MADE:
        text = study_text(**values)
        if values["id"] == "roe-2021":
            text = text.replace("[Doe J]", "[Roe K]")
        if values["id"] == "doe-2016":
            text = text.replace("design:", "registrations: [NCT01234567]\ndesign:")
        (records / f"{values['id']}.yaml").write_text(text, encoding="utf-8")
    base = load(records)
    assert len(base.files) == len(MADE), base.diagnostics
    return StudyIndex.of(base)


def resting(text, index):
    """Return on which records each claim of a text rests, or could rest."""
    page = read_claims(page_of(text.encode(), "article", ".txt"), index)
    assert page.claims
    return [claim.cites or set(claim.could_be) for claim in page.claims]


@pytest.mark.parametrize(
    ("text", "record"),
    [
        # author and year
        ("Doe et al. (2016) gave lupus patients MSC; half relapsed.", "doe-2016"),
        ("In 2014 Doe and colleagues gave MSC in lupus; half died.", "doe-2014"),
        ("Half of lupus patients relapsed after MSC (Doe 2019).", "doe-2019"),
        ("Dr. Roe gave lupus patients HSCT; half relapsed.", "roe-2021"),
        # author and people
        ("Doe's team gave 25 people with lupus MSC; half relapsed.", "doe-2016"),
        ("Doe's team gave 70 people with lupus MSC; half relapsed.", "doe-2019"),
        # place and people
        ("In Oakham 25 people with lupus were given MSC; half died.", "doe-2016"),
        ("In Elmton 70 people with lupus were given MSC; half died.", "doe-2019"),
        ("In Elmton 70 people with lupus were given HSCT; half died.", "roe-2021"),
        # place and year
        ("In Oakham, in 2016, half of lupus patients died after MSC.", "doe-2016"),
        # many people say enough, with the treatment
        ("Of 120 lupus patients given MSC, 30 died.", "doe-2014"),
        ("Of 70 lupus patients given HSCT, 30 died.", "roe-2021"),
        # registration and DOI
        ("In NCT01234567 half of lupus patients died after MSC.", "doe-2016"),
        ("Half of lupus patients died after MSC (10.1000/doe-2019).", "doe-2019"),
    ],
)
def test_a_study_that_is_named_well_enough_is_known(text, record, index):
    """Two signs, or one that no other study has."""
    assert resting(text, index) == [record]


@pytest.mark.parametrize(
    "text",
    [
        "Of 25 lupus patients given MSC, 5 died.",  # few people are in many studies
        "Of 33 lupus patients given MSC, 5 died.",
        "Of 900 lupus patients given MSC, 5 died.",  # no study had so many
        "Half of lupus patients died after MSC.",
        "Doe (1999) gave lupus patients MSC; half died.",  # no report of that year
        "In 2016, half of lupus patients died after MSC.",  # a year alone
        "We hold that doe is a deer; half of lupus patients died after MSC.",
    ],
)
def test_what_names_no_study_rests_on_none(text, index):
    """Neither surely nor perhaps."""
    assert resting(text, index) == [set()]


def test_of_several_studies_none_is_taken(index):
    """They are named as those that it could rest on, without other treatments."""
    text = "Doe's team gave lupus patients MSC; 17 % died."
    assert resting(text, index) == [{"doe-2014", "doe-2016", "doe-2019"}]
    oakham = "In Oakham lupus patients were given MSC; 17 % died."
    assert resting(oakham, index) == [{"doe-2014", "doe-2016"}]


def test_of_several_studies_the_one_that_reports_the_figure_is_taken(index):
    """Marked as known by its figure: a quarter of 120 were in complete remission."""
    text = "Doe's team gave lupus patients MSC; 25 % were in complete remission."
    page = read_claims(page_of(text.encode(), "x", ".txt"), index)
    (claim,) = page.claims
    assert claim.cites == "doe-2014"
    assert claim.carried["cites"] == "figure"


def test_a_study_is_carried_to_the_sentences_that_go_on_about_it(index):
    """Until another is spoken of."""
    text = (
        "Doe et al. (2016) gave 25 lupus patients MSC. Half relapsed. "
        "Another team, that of Roe (2021), gave 70 lupus patients HSCT. A third died."
    )
    page = read_claims(page_of(text.encode(), "x", ".txt"), index)
    assert [claim.cites for claim in page.claims] == ["doe-2016", "roe-2021"]
    assert [claim.carried["cites"] for claim in page.claims] == ["sentence"] * 2
    assert [claim.people for claim in page.claims] == [25, 70]


def test_a_study_tells_which_cells_were_given(index):
    """Where the page says only "stem cells"."""
    text = "Roe (2021) gave lupus patients stem cells; half relapsed."
    page = read_claims(page_of(text.encode(), "x", ".txt"), index)
    (claim,) = page.claims
    assert (claim.cites, claim.therapy) == ("roe-2021", "hsct")
    assert claim.carried["therapy"] == "study"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (
            "Alchi (2013) reported on HSCT in lupus: five-year survival was 81 %.",
            "alchi-2013",
        ),
        (
            (
                "Burt and colleagues (2006) treated 50 lupus patients with their own "
                "stem cells; 50 % were disease-free at five years."
            ),
            "burt-2006",
        ),
        (
            "In Nanjing 87 people with lupus got MSC, and 94 % survived.",
            "wang-2013",
        ),
        (
            (
                "In four Chinese hospitals 40 people with lupus were given cord cells; "
                "32.5 % had a major clinical response."
            ),
            "wang-2014",
        ),
        (
            "Of 81 lupus patients given MSC, 84 % were alive at five years.",
            "wang-2018",
        ),
    ],
)
def test_the_bundled_records_are_known_as_papers_and_pages_name_them(text, record):
    """Authors, places and numbers of people as the abstracts print them."""
    assert resting(text, StudyIndex.of(load())) == [record]
