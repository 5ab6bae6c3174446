"""The claims of a page as a claims file that a person corrects and audits."""

import pytest
import yaml

from lupus_evidence.reading.claims_read import (
    Read,
    ReadPage,
    Spot,
    claim_of,
    claims_file,
    claims_text,
    identifier,
)
from lupus_evidence.records.claims import ClaimsFile, Opinion, Source
from lupus_evidence.records.field_types import MAX_TEXT
from lupus_evidence.vocabulary import topic

SPOT = Spot("Half were well.", 3, 1, 15)


def read(kind="rate", spot=SPOT, **values):
    """Return a claim as read; a rate is of remissions."""
    if kind == "rate":
        values = {"endpoint": "any-remission"} | values
    return Read(spot, kind, **values)


def page(*claims, title="Cells for lupus"):
    """Return a page with some claims."""
    return ReadPage(title, 9, claims, (), of_condition=True)


def written(item, **sources):
    """Return what the file says of a claim, apart from its place."""
    values = claim_of(item, 1, sources).model_dump(exclude_defaults=True)
    return {
        name: value for name, value in values.items() if name not in ("id", "where")
    }


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Clinic Page", "clinic-page"),
        ("  A  clinic's (page)_2.html ", "a-clinic-s-page-2-html"),
        ("Lupus: 50 %", "lupus-50"),
        ("zz", "zz"),
        ("a9", "a9"),
        ("x", "article-x"),
        ("", "article-read"),
        ("狼疮", "article-read"),
        ("x" * 50, "x" * 50),
        ("x" * 51, "x" * 50),
        ("x" * 49 + " y", "x" * 49),
        ("x" * 48 + " yz", "x" * 48 + "-y"),
    ],
)
def test_any_name_makes_an_id(name, found):
    """Small letters, digits, single hyphens; two to fifty characters."""
    assert identifier(name) == found


@pytest.mark.parametrize(
    ("title", "name", "shown"),
    [
        ("Cells for lupus", "a.txt", "Cells for lupus"),
        (" Cells for lupus. ", "a.txt", "Cells for lupus"),
        ("", "leaflet.txt", "leaflet.txt"),
        (" . ", " leaflet. ", "leaflet"),
        ("", " . ", "An article"),
        ("x" * (MAX_TEXT + 1), "a.txt", "x" * MAX_TEXT),
    ],
)
@pytest.mark.parametrize("claims", [(), (read(percent="50"),)])
def test_the_article_is_called_by_its_title_or_else_its_name(
    title, name, shown, claims
):
    """Whether or not anything was claimed; never nameless, never too long."""
    file = claims_file(page(*claims, title=title), name)
    assert (file.article.title, file.article.kind) == (shown, "other")
    assert file.id == identifier(name)
    assert len(file.claims) == len(claims)


def test_claims_are_numbered_and_placed():
    """By the heading that they stand under, or else by their line."""
    below = Spot("It fell.", 7, 2, 9, "What we found")
    first = read(percent="50", cites="wang-2013")
    second = read("direction", below, measure="sledai", direction="falls")
    file = claims_file(page(first, second), "page")
    heads = [(claim.id, claim.says, claim.where, claim.cites) for claim in file.claims]
    assert heads == [
        ("claim-1", "Half were well.", "line 3", "wang-2013"),
        ("claim-2", "It fell.", "What we found", None),
    ]


def test_long_sentences_and_headings_are_cut_to_what_a_file_holds():
    """Such as a page without a single full stop."""
    spot = Spot("s" * (MAX_TEXT + 5), 1, 1, MAX_TEXT + 5, "h" * (MAX_TEXT + 5))
    claim = claim_of(read(spot=spot, percent="50"), 1, {})
    assert (claim.says, claim.where) == ("s" * MAX_TEXT, "h" * MAX_TEXT)


FIGURES = [
    # as printed
    ({"percent": "28.1"}, {"percent": "28.1"}),
    ({"percent": "70", "bound": "up-to"}, {"percent": "70", "bound": "up-to"}),
    ({"percent": "50", "to": "70"}, {"percent": "50", "to": "70"}),
    # a range's own bound says nothing more
    ({"percent": "50", "to": "70", "bound": "about"}, {"percent": "50", "to": "70"}),
    # a word, and what it is in percent
    ({"percent": "50", "amount": "half"}, {"amount": "half"}),
    ({"amount": "most"}, {"amount": "most"}),
    (
        {"percent": "66.7", "amount": "two-thirds", "bound": "about"},
        {"percent": "66.7", "bound": "about"},
    ),
    ({"amount": "nearly-all", "bound": "nearly"}, {"amount": "nearly-all"}),
    # people counted say all
    ({"events": 13, "people": 40}, {"events": 13, "people": 40}),
    ({"events": 0, "people": 20}, {"events": 0, "people": 20}),
    (
        {"percent": "60", "events": 12, "people": 20},
        {"percent": "60", "events": 12, "people": 20},
    ),
    (
        {"percent": "100", "amount": "all", "events": 16, "people": 16},
        {"events": 16, "people": 16},
    ),
    (
        {"amount": "nearly-all", "bound": "nearly", "events": 15, "people": 16},
        {"events": 15, "people": 16},
    ),
    # a word of people whose number is known, but not how many had it
    (
        {"percent": "50", "amount": "half", "people": 12},
        {"amount": "half", "people": 12},
    ),
    (
        {"amount": "none", "percent": "0", "people": 30},
        {"amount": "none", "people": 30},
    ),
    # how many, but not out of how many
    ({"events": 5}, {"events": 5}),
    ({"percent": "60", "events": 12}, {"percent": "60", "events": 12}),
    ({"percent": "0", "amount": "none", "events": 0}, {"amount": "none", "events": 0}),
    # more than there were: happenings, or two different groups
    (
        {"events": 30, "people": 20, "counts": "events"},
        {"events": 30, "counts": "events"},
    ),
    (
        {"percent": "50", "amount": "half", "events": 30, "people": 20},
        {"amount": "half", "events": 30},
    ),
]


@pytest.mark.parametrize(("values", "figure"), FIGURES)
def test_a_rate_is_written_once_in_the_form_that_says_most(values, figure):
    """Counts, else the figure as printed, else its word; never two."""
    (rate,) = written(read(**values))["figures"]
    assert rate == {"endpoint": "any-remission"} | figure


def test_a_rate_keeps_all_else_that_was_read():
    """Treatment, people treated, who, time, scope, and of whom it is a share."""
    item = read(
        therapy="msc",
        treated=87,
        who="kidney",
        scope="kidney",
        months=12.0,
        time="within",
        among="responders",
        percent="28",
    )
    assert written(item) == {
        "says": "Half were well.",
        "kind": "rate",
        "therapy": "msc",
        "people": 87,
        "who": "kidney",
        "figures": (
            {
                "endpoint": "any-remission",
                "scope": "kidney",
                "months": 12.0,
                "time": "within",
                "among": "responders",
                "percent": "28",
            },
        ),
    }


def test_a_change_is_written_with_its_values():
    """What, which way, from what to what, when."""
    item = read(
        "direction",
        therapy="uc-msc",
        measure="sledai",
        direction="falls",
        before="12.2",
        after="3.2",
        months=6.0,
    )
    assert written(item) == {
        "says": "Half were well.",
        "kind": "direction",
        "therapy": "uc-msc",
        "changes": (
            {
                "measures": ("sledai",),
                "direction": "falls",
                "before": "12.2",
                "after": "3.2",
                "months": 6.0,
            },
        ),
    }


@pytest.mark.parametrize(
    "item",
    [
        read(percent="50"),
        read("direction", measure="c3", direction="rises"),
    ],
)
def test_a_treatment_that_is_left_open_is_unspecified(item):
    """Stem cells of which the page does not say more."""
    assert written(item)["therapy"] == "unspecified"


SOURCE = Source(label="worldwide", value="9", unit="women-per-man")
OTHER = Source(label="Europe", value="3", unit="million-cells")


def test_a_claim_on_the_disease_goes_with_what_other_sources_give():
    """Of that quantity, and of no treatment."""
    item = read(
        "background",
        therapy="msc",
        percent="9",
        to="1",
        quantity="sex-ratio",
        unit="women-per-man",
    )
    sources = {"sex-ratio": [SOURCE], "incidence": [OTHER]}
    claim = claim_of(item, 4, sources)
    assert (claim.id, claim.kind, claim.quantity) == (
        "claim-4",
        "background",
        "sex-ratio",
    )
    printed = (str(claim.value), str(claim.to))
    assert (printed, claim.unit) == (("9", "1"), "women-per-man")
    assert (claim.therapy, claim.references) == (None, (SOURCE,))


@pytest.mark.parametrize(("therapy", "kept"), [("msc", "msc"), ("unspecified", None)])
def test_a_dose_is_held_against_the_doses_of_its_treatment(therapy, kept):
    """And not against other sources; of unspecified cells there is no dose."""
    item = read(
        "background",
        therapy=therapy,
        percent="100",
        quantity="cells-per-dose",
        unit="million-cells",
    )
    claim = claim_of(item, 1, {"cells-per-dose": [OTHER]})
    assert (claim.therapy, claim.references) == (kept, ())


def test_a_statement_goes_with_what_reviews_say_of_its_topic():
    """An account of a study keeps its people, their age and sex."""
    opinion = Opinion(says="Nobody knows yet.")
    item = read(
        "statement",
        therapy="msc",
        topic="study-account",
        people=40,
        age="31",
        female="90",
        words=("a word",),
    )
    claim = claim_of(item, 1, {"study-account": [opinion], "cure": []})
    assert (claim.kind, claim.topic, claim.therapies) == (
        "statement",
        "study-account",
        ("msc",),
    )
    printed = (str(claim.median_age), str(claim.female_percent))
    assert (claim.people, printed) == (40, ("31", "90"))
    assert (claim.words, claim.opinions) == (("a word",), (opinion,))


@pytest.mark.parametrize("therapy", ["unspecified", None])
def test_a_statement_on_stem_cells_is_one_on_all_that_are_compared(therapy):
    """It is answered from the records of each."""
    claim = claim_of(read("statement", therapy=therapy, topic="cure"), 1, {})
    assert claim.therapies == topic().compared
    assert len(claim.therapies) > 1


def test_sources_of_a_page_reach_each_claim():
    """By the quantity's and the topic's name."""
    ratio = read("background", percent="9", quantity="sex-ratio", unit="women-per-man")
    opinion = Opinion(says="Nobody is cured yet.")
    cure = read("statement", therapy="msc", topic="cure")
    sources = {"sex-ratio": [SOURCE], "cure": [opinion]}
    first, second = claims_file(page(ratio, cure), "page", sources).claims
    assert (first.references, second.opinions) == ((SOURCE,), (opinion,))


MIXED = page(
    read(therapy="msc", percent="28", months=12.0),
    read(therapy="msc", amount="half", months=5.5),
    read(therapy="msc", events=3, people=6),
    read("direction", therapy="msc", measure="c3", direction="rises", months=3.0),
    read("statement", therapy="msc", topic="cure"),
    title="Lupus-Zellen für alle",
)


def test_a_claims_file_is_read_back_as_it_was_written():
    """What a person gets to correct is the whole of what was read."""
    content = claims_file(MIXED, "page.txt")
    text = claims_text(content)
    assert ClaimsFile.model_validate(yaml.safe_load(text)) == content


def test_a_claims_file_is_pleasant_to_correct():
    """Months as people write them, no defaults, no escapes, the fields in order."""
    content = claims_file(MIXED, "page.txt")
    text = claims_text(content)
    assert text.startswith("# ")
    assert "Lupus-Zellen für alle" in text
    values = yaml.safe_load(text)
    assert list(values) == ["id", "article", "claims"]
    assert list(values["claims"][0])[:3] == ["id", "says", "where"]
    parts = [
        part
        for claim in values["claims"]
        for part in (*claim.get("figures", ()), *claim.get("changes", ()))
    ]
    assert [repr(part.get("months")) for part in parts] == ["12", "5.5", "None", "3"]
    assert "counts" not in parts[0]


def test_what_was_carried_over_is_told_by_place():
    """In words for people, each place once, in the order in which it was settled."""
    item = read(
        carried={
            "therapy": "sentence",
            "people": "sentence",
            "months": "heading",
            "cites": "study",
            "endpoint": "sentence",
        }
    )
    assert item.carried_from == (
        ("sentence", ("treatment", "number of people", "outcome")),
        ("heading", ("time",)),
        ("study", ("study",)),
    )
    assert read().carried_from == ()


def test_sentences_with_a_claim_are_counted_once():
    """By line and place: two of one line are two, two claims of one are one."""
    spots = [Spot("a", 1, 1, 1), Spot("b", 1, 9, 9), Spot("c", 2, 1, 1)]
    claims = [read(spot=spot) for spot in (*spots, spots[0])]
    assert page(*claims).with_claim == 3


def test_plain_values_of_what_is_read():
    """What nobody said is left open; a count is one of people, at its time."""
    item = read()
    assert (item.time, item.counts, item.words, item.could_be) == (
        "at",
        "people",
        (),
        (),
    )
    assert (dict(item.carried), SPOT.heading) == ({}, "")
