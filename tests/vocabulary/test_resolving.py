"""Names as people type them, and what is answered where a word is no name."""

import pytest

from lupus_evidence.errors import AmbiguousNameError, UnknownNameError
from lupus_evidence.vocabulary import resolving, topic


@pytest.mark.parametrize(
    ("word", "therapy"),
    [
        ("HSCT", "hsct"),
        ("ASCT", "hsct"),
        ("AHSCT", "hsct"),
        ("autologous transplant", "hsct"),
        ("Own stem cells", "hsct"),
        ("MSC", "msc"),
        ("Mesenchymal", "msc"),
        ("umbilical cord", "uc-msc"),
        ("Umbilical-Cord MSC", "uc-msc"),
        ("wharton's jelly", "uc-msc"),
        ("Wharton’s Jelly", "uc-msc"),
        ("CAR T", "car-t"),
        ("CAR-T cells", "car-t"),
        ("cart", "car-t"),
        ("own msc", "auto-msc"),
    ],
)
def test_therapies_are_known_by_other_words(word, therapy):
    """Abbreviations, names on the screen and words of patients, in any case."""
    assert resolving.therapies().resolve(word) == (therapy,)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stem cells", {"hsct", "allo-hsct", "msc"}),
        ("stem-cells", {"hsct", "allo-hsct", "msc"}),
        ("BMT", {"hsct", "allo-hsct"}),
        ("autologous", {"hsct", "auto-msc"}),
        ("transplant", {"hsct", "allo-hsct"}),
    ],
)
def test_a_word_that_is_said_of_several_is_answered_with_these(word, meant):
    """Nobody guesses whose cells were meant."""
    with pytest.raises(AmbiguousNameError) as refused:
        resolving.therapies().resolve(word)
    assert set(refused.value.names) == meant
    assert all(name in str(refused.value) for name in meant)


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("survival", ["overall-survival", "disease-free-survival"]),
        ("Remission", ["complete-remission", "partial-remission", "any-remission"]),
        ("response", ["major-response", "partial-response", "any-response"]),
        ("harm", ["death", "treatment-related-mortality", "relapse"]),
        ("harms", ["death", "treatment-related-mortality", "relapse"]),
    ],
)
def test_a_family_stands_for_its_endpoints(word, members):
    """All of them, the first ones first, and nothing of another family."""
    found = resolving.endpoints().resolve(word)
    assert [name for name in found if name in members] == members
    assert len({topic().endpoints[name].family for name in found}) == 1


def test_where_one_endpoint_is_needed_a_family_names_its_own():
    """A forest is of one endpoint: a person is told which there are."""
    with pytest.raises(AmbiguousNameError, match=r"major-response, .* or no-relapse"):
        resolving.endpoints().resolve_one("response")
    assert resolving.endpoints().resolve_one("TRM") == "treatment-related-mortality"


@pytest.mark.parametrize(
    ("lexicon", "word", "name"),
    [
        (resolving.designs, "RCT", "randomised-trial"),
        (resolving.designs, "Randomized trial", "randomised-trial"),
        (resolving.designs, "Case series", "case-series"),
        (resolving.scopes, "Renal", "kidney"),
        (resolving.statuses, "Published", "published"),
        (resolving.readings, "full text", "primary-full-text"),
    ],
)
def test_names_of_every_kind_are_known_in_any_case(lexicon, word, name):
    """Also with spaces, American spelling, or a common word for it."""
    assert lexicon().resolve(word) == (name,)


def test_an_unknown_word_is_answered_with_one_name_or_with_all():
    """One near name if there is one, by its other words too; else what there is."""
    with pytest.raises(UnknownNameError, match=r"Did you mean hsct\?$"):
        resolving.therapies().resolve("HSCTT")
    with pytest.raises(UnknownNameError, match=r"Did you mean msc\?$"):
        resolving.therapies().resolve("mesenchimal")
    with pytest.raises(UnknownNameError) as refused:
        resolving.therapies().resolve("zzz")
    assert all(name in str(refused.value) for name in topic().therapies)


def test_no_other_word_hides_a_name():
    """What records write is what it says, and a word said of several is of several."""
    for lexicon in (resolving.therapies(), resolving.endpoints()):
        assert not {resolving.folded(name) for name in lexicon.names} & {
            spelling
            for spelling, meant in lexicon.spellings.items()
            if resolving.folded(spelling) not in map(resolving.folded, meant)
        }
    for row in (*topic().therapies.values(), *topic().endpoints.values()):
        lexicon = (
            resolving.therapies()
            if row.name in topic().therapies
            else resolving.endpoints()
        )
        for word in row.also:
            assert lexicon.resolve(word) == (row.name,), word
        for word in row.loosely:
            assert len(lexicon.spellings[resolving.folded(word)]) > 1, word
