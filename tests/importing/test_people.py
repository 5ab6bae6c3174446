import pytest

from lupus_evidence.importing.people import people

#: What files call one person, and the same person in a record.
ONE = {
    "Shannon, Claude E.": "Shannon CE",
    "Jayne, D.": "Jayne D",
    "Hoenicka,M.C.": "Hoenicka MC",
    "Wang, Xiao-Dong": "Wang XD",
    "Gilkeson, GS": "Gilkeson GS",
    "WANG, LI": "WANG L",
    "Laar, Jacob M. van": "van Laar JM",
    "de la Cruz, Maria": "de la Cruz M",
    "García López, María José": "García López MJ",
    "孙, 凌云": "孙 凌云",
    "Alexander,": "Alexander",
    "Doe, Jane&nbsp;J.": "Doe JJ",
    # initials apart, with points and hyphens, first or last
    "Brown C D": "Brown CD",
    "Brown C. D.": "Brown CD",
    "Brown CD": "Brown CD",
    "Smith J.A.B.": "Smith JAB",
    "Smith J.-P.": "Smith JP",
    "Smith J-P": "Smith JP",
    "Müller Ä. B.": "Müller ÄB",
    "Ivanov IuA": "Ivanov IuA",
    "van der Berg JM": "van der Berg JM",
    "C. D. Brown": "Brown CD",
    "Jane J. Doe": "Doe JJ",
    "A. Author-One": "Author-One A",
    "Dr. Jane J. Doe": "Doe JJ",
    # what stands behind a name
    "Smith, John A., Jr.": "Smith JA Jr",
    "Smith, Jr., John A.": "Smith JA Jr",
    "Smith Jr., John A.": "Smith JA Jr",
    "Smith, John A. Jr.": "Smith JA Jr",
    "Smith, John A Jr": "Smith JA Jr",
    "Smith, John A (Jr)": "Smith JA Jr",
    "Smith, John A. JR": "Smith JA Jr",
    "Smith JA, Jr.": "Smith JA Jr",
    "Smith JA Jr": "Smith JA Jr",
    "Thompson, F.R., III": "Thompson FR III",
    "Thompson III, F.R.": "Thompson FR III",
    "Thompson, III, F.R.": "Thompson FR III",
    "Thompson FR 3rd": "Thompson FR 3rd",
    "Smith, J., V": "Smith J V",
    "Smith, JR": "Smith JR",
    "Ivanov, II": "Ivanov II",
    "Nguyen, Thi V": "Nguyen TV",
    # degrees and roles
    "Smith, John, MD, PhD": "Smith J",
    "Smith, John MD": "Smith J",
    "Smith, John M.D.": "Smith J",
    "Smith, John, Ph. D.": "Smith J",
    "Smith, Jane, M.Ed.": "Smith J",
    "Smith, Jane M.Ed.": "Smith J",
    "Smith, M.Ed., Jane": "Smith J",
    "Smith, J. A., M.D., Jr.": "Smith JA Jr",
    "Smith JA, MD, PhD": "Smith JA",
    "Smith JA MD": "Smith JA",
    "Jane J. Smith, M.D.": "Smith JJ",
    "Hern, Matt, Ed": "Hern M",
    "Smith, MD": "Smith MD",
    "Smith, MPH": "Smith MPH",
    "Smith, Jane, MPH": "Smith J",
    "Levin, LA": "Levin LA",
    "LEE, DEREK E.": "LEE DE",
    "Doe, Ed": "Doe E",
    "H. Johnston, Fay": "Johnston FH",
    "Baldauf, Cristina and": "Baldauf C",
    "Massocato, GF": "Massocato GF",
    "Do, M": "Do M",
    "Ma, J": "Ma J",
}


@pytest.mark.parametrize("said", ONE)
def test_a_person_in_every_spelling(said):
    """Surname, initials and what distinguishes father and son; no degrees."""
    assert people(said) == ((ONE[said],), "")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Doe, Jane J.; Roe, Karl; Poe, Ana L.", ("Doe JJ", "Roe K", "Poe AL")),
        ("Doe J; Roe K;", ("Doe J", "Roe K")),
        ("Doe J, Roe K", ("Doe J", "Roe K")),
        ("Doe J, Roe KL, and Poe A", ("Doe J", "Roe KL", "Poe A")),
        ("Doe J, Jr, Roe K", ("Doe J Jr", "Roe K")),
        ("Doe, J., Roe, K. L.", ("Doe J", "Roe KL")),
        ("Doe, J. A., Roe, K., and Poe, A.", ("Doe JA", "Roe K", "Poe A")),
        ("Doe, Jane and Roe, Karl", ("Doe J", "Roe K")),
        ("Doe, J. & Roe, K.", ("Doe J", "Roe K")),
        ("Doe, J. &amp; Roe, K.", ("Doe J", "Roe K")),
        ("Doe, Jane | Roe, Karl", ("Doe J", "Roe K")),
        ("Smith, J Jr; Roe, K III", ("Smith J Jr", "Roe K III")),
        ("Doe J.; and Roe K.", ("Doe J", "Roe K")),
        ("Doe J/Roe K", ("Doe J", "Roe K")),
        ("J. Doe, K. Roe", ("Doe J", "Roe K")),
        ("Nath M. Bhatia R. D. Glew L.", ("Nath M", "Bhatia RD", "Glew L")),
        ("Puri J, Nath M. Bhatia R.", ("Puri J", "Nath M", "Bhatia R")),
    ],
)
def test_several_people_in_one_field_are_divided_where_that_is_certain(said, names):
    """Semicolons divide, and so do commas where every part is a surname's."""
    assert people(said) == (names, "")


@pytest.mark.parametrize(
    "said",
    [
        "Doe, Jane, Roe, Karl, Poe, Ana",
        "Doe, Jane, Roe",
        "Jane Doe, Karl Roe, Ana Poe",
        "Jane Doe and Karl Roe",
        "Karl Roe",
        "A, Arriagada Rodrigo",
        "B.K, Dovie Delali",
        "Miranda Jj, Corral L. Blackman A.",
    ],
)
def test_what_cannot_be_told_stays_as_it_is_with_a_word(said):
    """No author is made up: the file's own text is kept, and a person told."""
    names, doubt = people(said)
    assert names == (said,)
    assert repr(said) in doubt


@pytest.mark.parametrize(
    "said",
    [
        "EBMT Working Party",
        "European Group for Blood and Marrow Transplantation",
        "Autoimmune Diseases Working Party of the EBMT",
        "Dept of Medicine, Invented University",
        "AUSTRALASIAN INST MIN & MET",
        "EULAR",
        "Lupus UK",
        "Unesco",
    ],
)
def test_a_group_stays_whole(said):
    """Its last word is nobody's initials, and its commas divide nobody."""
    assert people(said) == ((said,), "")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Doe, J., et al.", ("Doe J",)),
        ("Doe J et al", ("Doe J",)),
        ("et al.", ()),
        ("[Anonymous]", ()),
        ("No authors listed", ()),
    ],
)
def test_an_open_list_and_nobody_are_no_authors(said, names):
    """What is no name is not carried over, and a person told."""
    found = people(said)
    assert found.names == names
    assert found.doubt


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("J Doe, K Roe, AB Poe", ("Doe J", "Roe K", "Poe AB")),
        ("P. J. Doe, J van der Berg", ("Doe PJ", "van der Berg J")),
        ("Doe, AB", ("Doe AB",)),
        ("A Doe", ("Doe A",)),
    ],
)
def test_initials_in_front_of_surnames(text, names):
    """As Google Scholar writes lists of authors."""
    assert people(text) == (names, "")


@pytest.mark.parametrize("sign", ["…", "..."])
def test_a_list_that_is_cut_off(sign):
    """What stands there is taken, and that it is not all is told."""
    found = people(f"J Doe, K Roe, {sign}")
    assert found.names == ("Doe J", "Roe K")
    assert found.doubt == f"the list ends with {sign!r}"
