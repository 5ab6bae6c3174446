"""What a sentence is told by what stands before it on its page."""

import pytest

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.page import laid_out
from lupus_evidence.reading.reader import read_claims, sentences, told_sentences

NO_RECORDS = StudyIndex(())


def page(text):
    """Return a page of Markdown."""
    return page_of(text.encode(), "article", ".md")


def said(text, index=NO_RECORDS):
    """Return the sentences of a page of Markdown."""
    return list(told_sentences(page(text), index))


def last(text):
    """Return what the last sentence of a page is told."""
    return said(text)[-1].told


def claims(text):
    """Return treatment and where it stands of each claim of a page."""
    found = read_claims(page(text), NO_RECORDS).claims
    return [(claim.therapy, claim.carried.get("therapy")) for claim in found]


def test_sentences_stand_under_the_heading_above():
    """A heading under the one before it; what a speaker says under no name."""
    text = (
        "# Cells for lupus\n\nNobody knows.\n\n## Harms\n\nNobody died. All were "
        "well.\n\n## Anna wrote:\n\nSo it was.\n"
    )
    assert [(item.spot.text, item.spot.heading) for item in said(text)] == [
        ("Cells for lupus", ""),
        ("Nobody knows.", "Cells for lupus"),
        ("Harms", "Cells for lupus"),
        ("Nobody died.", "Harms"),
        ("All were well.", "Harms"),
        ("So it was.", "Harms"),
    ]
    assert said("# Anna said\n\nHalf.")[0].spot.text == "Anna said"


GIVEN = "MSC were given."


@pytest.mark.parametrize(
    ("text", "therapy", "where"),
    [
        ("Half relapsed.", None, None),
        (f"{GIVEN} Half relapsed.", "msc", "sentence"),
        (f"{GIVEN}\n\nHalf relapsed.", "msc", "sentence"),
        ("# MSC\n\nHalf relapsed.", "msc", "title"),
        ("# MSC\n\n## HSCT\n\nDead.\n\n## Results\n\nHalf relapsed.", "msc", "title"),
        ("# Lupus\n\n## MSC\n\nHalf relapsed.", "msc", "heading"),
        (
            f"# Lupus\n\n## A\n\nIll.\n\n## B\n\n{GIVEN}\n\n## C\n\nHalf.",
            "msc",
            "sentence",
        ),
        # what a section said is over
        ("# Lupus\n\n## MSC\n\nIll.\n\n## B\n\nHalf relapsed.", None, None),
        ("# Lupus\n\n## MSC\n\nIll.\n\n## Bob wrote:\n\nHalf.", "msc", "heading"),
        # what the first three paragraphs said is not
        (f"# Lupus\n\n{GIVEN}\n\n## A\n\nHalf relapsed.", "msc", "sentence"),
        (
            f"# Lupus\n\n{GIVEN}\n\n## A\n\nIll.\n\nHSCT was given.\n\n## B\n\nHalf.",
            *("hsct", "sentence"),
        ),
        (
            f"# A\n\n{GIVEN}\n\n## A\n\nI.\n\nI.\n\nHSCT was given.\n\n## B\n\nHalf.",
            *("msc", "sentence"),
        ),
        (f"# Lupus\n\nA.\n\nB.\n\nC.\n\n{GIVEN}\n\n## A\n\nHalf.", "msc", "sentence"),
        # a kind of what the title says; not another
        (
            "# MSC\n\nUmbilical cord MSC were given.\n\n## A\n\nHalf relapsed.",
            *("uc-msc", "sentence"),
        ),
        ("# MSC\n\nHSCT was given.\n\n## A\n\nHalf relapsed.", "msc", "title"),
        ("# Stem cells\n\nHSCT was given.\n\n## A\n\nHalf.", "hsct", "sentence"),
        ("# Umbilical cord MSC\n\nMSC were given.\n\n## A\n\nHalf.", "uc-msc", "title"),
    ],
)
def test_a_treatment_holds_until_a_heading(text, therapy, where):
    """Longer where the title or the lead of the page speaks of it."""
    told = last(text)
    assert (told.therapy, told.since.get("therapy")) == (therapy, where)


OF_FORTY = "MSC were given to 40 people with lupus."


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (f"{OF_FORTY} Half relapsed.", 40),
        (f"{OF_FORTY}\n\nHalf relapsed.", 40),
        (f"# A\n\n{OF_FORTY}\n\n## Safety\n\nHalf relapsed.", 40),
        (f"# A\n\n{OF_FORTY}\n\n## 2.1 The main results:\n\nHalf relapsed.", 40),
        (f"# A\n\n{OF_FORTY}\n\n## SAFETY\n\nHalf relapsed.", 40),
        (f"# A\n\n{OF_FORTY}\n\n## Costs\n\nHalf relapsed.", None),
        (f"# A\n\n{OF_FORTY}\n\n## Costs of safety\n\nHalf relapsed.", None),
        # of another treatment nothing is known yet
        (f"{OF_FORTY} HSCT killed half.", None),
        (f"{OF_FORTY} Umbilical cord MSC killed half.", 40),
    ],
)
def test_people_stay_the_same_in_the_parts_of_a_report(text, people):
    """Until another section, or another treatment."""
    assert last(text).people == people


@pytest.mark.parametrize(
    ("text", "therapy"),
    [
        ("MSC:\n\n- HSCT killed one.\n- half relapsed", "msc"),
        ("MSC:\n\n- HSCT killed one.\n- of these half relapsed", "hsct"),
        ("MSC:\n\n- HSCT killed one.\n- The same study: half relapsed", "hsct"),
        ("MSC:\n\n- HSCT:\n- half relapsed", "hsct"),
        ("MSC:\n\n- HSCT killed one.\n\nHalf relapsed.", "hsct"),
        ("MSC:\n\n- HSCT killed one.\n\nIll.\n\n- half relapsed", "hsct"),
        ("MSC.\n\n- half\n- HSCT killed one.\n- half\n- relapsed", "msc"),
    ],
)
def test_items_of_a_list_do_not_tell_one_another(text, therapy):
    """Each goes on from what leads the list in, unless it says that it does not."""
    assert last(text).therapy == therapy


def test_animals_and_their_illness_are_of_one_paragraph():
    """What a sentence says of them; a heading's holds below it."""
    mice = "Mice were given MSC."
    assert last(f"{mice} Half relapsed.").animals is True
    assert last(f"{mice}\n\nHalf relapsed.").animals is False
    ill = "They had multiple sclerosis."
    assert last(f"{ill} Half relapsed.").disease == "other"
    assert last(f"{ill}\n\nHalf relapsed.").disease is None
    assert last("# A\n\n## In multiple sclerosis\n\nHalf.").disease == "other"


def test_a_second_title_is_a_heading():
    """What the first one says holds below it too."""
    parts = [("title", "MSC"), ("title", "HSCT"), ("heading", "A"), ("item", "Half.")]
    found = list(told_sentences(laid_out(parts, "", "docx"), NO_RECORDS))
    assert found[-1].told.therapy == "msc"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("MSC were given to 40 people.", {40}),
        ("Of 40 people 12 of 39 relapsed.", {40, 39}),
        ("MSC were given to 40 people. Of them 12 of 39 relapsed.", set()),
        ("MSC were given to 40 people. In another study 12 of 39 relapsed.", {39}),
    ],
)
def test_people_of_a_sentence_may_name_a_study(text, people):
    """Those of its figures too, where nobody was spoken of before."""
    assert said(text)[-1].cues.people == people


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # lupus, or no disease at all
        ("After MSC 30 % of people with lupus relapsed.", True),
        ("After MSC 30 % of people relapsed.", True),
        ("After MSC 30 % of people with multiple sclerosis relapsed.", False),
        (
            "After MSC 30 % of people relapsed.\n\nMultiple sclerosis is another.",
            False,
        ),
        (
            "After MSC 30 % of people relapsed.\n\nMultiple sclerosis is not lupus.",
            True,
        ),
        ("After MSC 30 % of people with several autoimmune diseases relapsed.", False),
    ],
)
def test_a_page_of_other_diseases_alone_has_no_claims(text, read):
    """Its sentences are counted all the same."""
    found = read_claims(page(text), NO_RECORDS)
    assert found.of_condition is read
    assert bool(found.claims) is read
    assert found.sentences == len(said(text))


#: A claim that leaves open which cells.
OPEN = "In lupus 30 % were in remission after stem cell treatment."


@pytest.mark.parametrize(
    ("named", "therapy"),
    [
        ("", "unspecified"),
        ("MSC are cells.", "msc"),
        ("UC-MSC are cells.", "uc-msc"),
        ("UC-MSC are MSC.", "msc"),
        # two of three are not enough, three of four are, and two of two
        ("MSC are cells. MSC are old. HSCT is new.", "unspecified"),
        ("MSC are cells. MSC are old. MSC are big. HSCT is new.", "msc"),
        ("MSC are cells. MSC are old.", "msc"),
        ("MSC are big, MSC are old, MSC cost. HSCT is new. HSCT costs.", "unspecified"),
        # drugs are no cells
        ("MSC are cells. Cyclophosphamide is a drug.", "msc"),
    ],
)
def test_a_page_may_be_about_one_kind_of_cells(named, therapy):
    """Then cells of a kind that is not told are these."""
    where = None if therapy == "unspecified" else "page"
    assert claims(f"# A\n\n## B\n\n{OPEN}\n\n## C\n\n{named}")[0] == (therapy, where)


def test_what_a_sentence_names_is_not_the_pages():
    """Nor what was named just before it."""
    after = "MSC are big. MSC are old. MSC cost."
    text = f"In lupus 30 % relapsed after HSCT. Then 40 % of them died.\n\n{after}"
    assert claims(text)[0] == ("hsct", None)
    assert claims(text)[1][0] == "hsct"


@pytest.mark.parametrize(
    "block",
    [
        "Wang et al.[12] found that half were well.",
        "It was ok. but nobody knew.",
        "They gave 50 mg. a day.",
        "The U.S. Government paid.",
        "the u.s. government paid.",
        "At 4 p.m. they left.",
        "12. Half were well.",
        "Patient no. 7 was ill.",
        "J. Doe was ill.",
        "Dr. Wang treated 87 people with lupus, and all of them were well in the end.",
        "Of all of those people with lupus whom they saw there, Dr. Wang treated 87.",
    ],
)
def test_points_of_abbreviations_end_nothing(block):
    """Also where a note stands behind them; nor do the numbers of a list."""
    assert [item.text for item in sentences(block)] == [block]


@pytest.mark.parametrize(
    "parts",
    [
        ["They were 12.", "Half were well."],
        ["It was 50 %.", "nobody died."],
        ["Was it good?", "yes."],
        ["It was good!", "they said."],
        ["It is ok.", "Nobody died."],
        ["He said no.", "Nobody died."],
        ["It took 5 yrs.", "Half died."],
        ["(It was so, etc.)", "nobody died."],
        [
            "Half were ill, so we gave 50 of them what they call vitamin C.)",
            "half died.",
        ],
        ["It was bad.", "Half were ill.[3]", "Half died."],
    ],
)
def test_points_and_other_marks_end_a_sentence(parts):
    """Behind a figure or a unit too, and before small letters where words are long."""
    assert [item.text for item in sentences(" ".join(parts))] == parts


UNITS = ("etc", "inc", "Ltd", "mo", "yr", "yrs", "mos", "wk", "pts", "no")


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_ends_a_sentence_but_before_a_figure(unit):
    """As in "after 6 mo. They", but not in "no. 12"."""
    assert len(sentences(f"It was 5 {unit}. They were well.")) == 2
    assert len(sentences(f"It was {unit}. 12 of them.")) == 1


@pytest.mark.parametrize(
    ("block", "parts"),
    [
        ("Half were well. - Nobody died.", ["Half were well.", "Nobody died."]),
        ("Half [12] – Nobody died.", ["Half [12]", "Nobody died."]),
        ("It was so. • One. • Two.", ["It was so.", "One.", "Two."]),
        ("Half were well - Nobody died.", ["Half were well - Nobody died."]),
        ("Half were well. - nobody died.", ["Half were well. - nobody died."]),
    ],
)
def test_items_that_were_put_into_one_line_are_parted(block, parts):
    """By their dashes and dots, behind a point."""
    assert [item.text for item in sentences(block)] == parts


@pytest.mark.parametrize(
    ("block", "sizes"),
    [
        ("a" * 1_500, [1_500]),
        ("a" * 1_501, [1_500, 1]),
        ("a" * 3_200, [1_500, 1_500, 200]),
        ("abcd " * 400, [1_499, 499]),
        ("abcd " * 700, [1_499, 1_494, 504]),
        ("a" * 750 + " " + "b" * 1_000, [750, 1_000]),
        ("a" * 749 + " " + "b" * 1_000, [1_500, 250]),
        ("a" * 800 + " " + "b" * 100 + " " + "c" * 1_000, [901, 1_000]),
        ("It was bad. " + "a" * 1_600, [11, 1_500, 100]),
    ],
)
def test_what_has_no_end_is_cut(block, sizes):
    """At a blank in the second half of what a sentence may be at most."""
    assert [len(item.text) for item in sentences(block)] == sizes
