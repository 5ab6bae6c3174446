"""Names of the vocabulary and the phrases by which a text mentions them."""

import re
from dataclasses import replace

import pytest

from lupus_evidence.reading.lexicon import (
    Mention,
    is_of_topic,
    literals,
    lower,
    vocabulary,
    whole_words,
    without_overlaps,
)
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import Condition, Endpoint, Therapy, topic, using

BLUE_NOSE = Endpoint(
    "blue-nose",
    "a blue nose",
    "harm",
    good=False,
    verb="had a blue nose",
    also=("nasal blueness",),
)
MOSS = Therapy("moss", "powdered moss (PM)", also=("mosses",))


def mentioned(kind, text):
    """The names that a text mentions."""
    return [item.name for item in vocabulary(kind).mentions(text)]


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("outcomes", "A blue nose in a third", "blue-nose"),
        ("outcomes", "nasal blueness in a third", "blue-nose"),
        ("therapies", "After powdered moss, half", "moss"),
        ("therapies", "After mosses, half", "moss"),
    ],
)
@pytest.mark.parametrize("bundled", [True, False])
def test_a_name_without_a_list_is_read_by_its_own_words(
    kind, text, name, bundled, monkeypatch
):
    """An entry in the topic is enough, in the bundled topic as in one that goes on."""
    usual = bundled_topic()
    now = replace(
        usual,
        endpoints={**usual.endpoints, "blue-nose": BLUE_NOSE},
        therapies={**usual.therapies, "moss": MOSS},
    )
    if bundled:
        place = "lupus_evidence.reading.lexicon.bundled_topic"
        monkeypatch.setattr(place, lambda: now)
    with using(now):
        assert mentioned(kind, text) == [name]
    assert mentioned(kind, text) == []


@pytest.mark.parametrize("word", ["other", "another outcome", "lost to follow-up"])
def test_words_that_say_too_little_mention_no_outcome(word):
    """An empty list is read by nothing."""
    assert {"other", "lost-to-follow-up"} <= set(topic().endpoints)
    assert mentioned("outcomes", f"{word} in a third") == []


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((0, 4), (3, 6), True),
        ((0, 9), (3, 6), True),
        ((3, 6), (3, 6), True),
        ((0, 3), (3, 6), False),
        ((0, 2), (3, 6), False),
    ],
)
def test_mentions_overlap_where_they_share_a_character(one, other, shared):
    """Whichever is asked; side by side is not enough."""
    first, second = Mention(*one, "a"), Mention(*other, "b")
    assert first.overlaps(second) is shared
    assert second.overlaps(first) is shared


def test_of_overlapping_mentions_the_earlier_and_longer_are_kept():
    """In order; a mention of nothing is none."""
    kept = [Mention(0, 6, "z"), Mention(6, 8, "b"), Mention(9, 12, "c")]
    dropped = [Mention(0, 4, "a"), Mention(5, 9, "d"), Mention(8, 8, "e")]
    dropped += [Mention(10, 14, "f"), Mention(7, 30, "g")]
    assert list(without_overlaps([*dropped, *reversed(kept)])) == kept


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("SLE and Lupus", "sle and lupus"),
        # the small dotted I is two characters
        ("\u0130stanbul SLE", "\u0130stanbul sle"),
    ],
)
def test_small_letters_stay_in_their_places(text, small):
    """A place in the one text is the same place in the other."""
    assert lower(text) == small
    assert len(lower(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stem cells", ["stem cells"]),
        ("stem-cell", ["stem-cell"]),
        ("stem \u2010 \u2011cells", ["stem \u2010 \u2011cells"]),
        ("stemcells", []),
        ("nonstem cells and stem cells2", []),
        (
            "auto immune autoimmune auto-immune",
            ["auto immune", "autoimmune", "auto-immune"],
        ),
        ("a (b)", ["a (b"]),
        ("half a", ["half"]),
        ("half b", []),
    ],
)
def test_phrases_are_found_as_whole_words_however_they_are_parted(text, found):
    """A space is any spaces or hyphens, and one with a question mark also none."""
    phrases = [r"stem cell(s)?", r"auto ?immune", r"a \(b", "half(?! b)"]
    shape = re.compile(whole_words(phrases))
    assert shape.groups == 0
    assert [match[0] for match in shape.finditer(text)] == found


def test_longer_words_of_a_list_come_first():
    """So that "more than" is not found in "no more than"."""
    words = list(literals("bounds"))
    assert [len(word) for word in words] == sorted(map(len, words), reverse=True)
    assert literals("bounds")["no more than"] == "up-to"
    assert literals("bounds")["more than"] == "over"


def test_capitals_are_found_as_capitals_only():
    """A phrase that begins with one stands for an abbreviation."""
    assert mentioned("other_diseases", "People with MS or RA") == ["other_diseases"] * 2
    assert mentioned("other_diseases", "12 ms or a ra") == []
    assert mentioned("other_diseases", "Diabetes") == ["other_diseases"]


LACK = replace(bundled_topic().condition, name="gout", also=("podagra", "uric gout"))


def test_the_condition_is_that_of_the_topic():
    """Found by its own words where no list knows it; lupus is then another disease."""
    text = "Lupus, SLE, LN, gout, podagra and uric  gout"
    assert len(mentioned("condition", text)) == 3
    with using(replace(bundled_topic(), condition=LACK)):
        assert [
            text[item.start : item.end]
            for item in vocabulary("condition").mentions(text)
        ] == ["gout", "podagra", "uric  gout"]
        assert len(mentioned("other_diseases", text)) == 3
    assert mentioned("other_diseases", text) == []


def test_a_topic_s_own_condition_is_no_other_disease():
    """Whether by its name or by another word for it; the rest of the list stays."""
    text = "Crohn's disease, diabetes and strokes"
    assert len(mentioned("other_diseases", text)) == 3
    crohn = Condition("Crohn's disease", "crohn", also=("diabetes",))
    with using(replace(bundled_topic(), condition=crohn)):
        (other,) = vocabulary("other_diseases").mentions(text)
        assert text[other.start : other.end] == "strokes"
        assert mentioned("condition", "crohn's disease") == ["condition"]


@pytest.mark.parametrize(
    ("kind", "field", "name", "text"),
    [
        ("outcomes", "endpoints", "relapse", "a third relapsed"),
        ("therapies", "therapies", "rituximab", "after rituximab half"),
        ("measures", "measures", "proteinuria", "proteinuria fell"),
        ("who", "scopes", "kidney", "with lupus nephritis"),
    ],
)
def test_a_name_that_the_topic_has_not_is_not_found(kind, field, name, text):
    """Though the lists have words for it; the other names are found as ever."""
    usual = bundled_topic()
    assert set(mentioned(kind, text)) == {name}
    rows = {key: row for key, row in getattr(usual, field).items() if key != name}
    with using(replace(usual, **{field: rows})):
        assert name not in mentioned(kind, text)
    with using(replace(usual)):
        assert set(mentioned(kind, text)) == {name}


def test_stem_cells_mean_nothing_where_no_treatment_is_of_cells():
    """Neither "stem cells" nor "their own cells"."""
    usual = bundled_topic()
    text = "stem cells, later their own cells, and placebo"
    assert mentioned("therapies", text) == ["unspecified", "own-cells", "placebo"]
    drugs = {name: row for name, row in usual.therapies.items() if not row.cells}
    with using(replace(usual, therapies=drugs)):
        assert mentioned("therapies", text) == ["placebo"]
        assert mentioned("people", "12 patients") == ["people"]


def test_phrases_of_a_topic_are_added_to_its_lists():
    """To a name that has a list, and to one that has only its own words."""
    usual = bundled_topic()
    phrases = {
        "outcomes": {"relapse": ("went( all)? sour",), "blue-nose": ("turned blue",)},
        "therapies": {},
    }
    endpoints = {**usual.endpoints, "blue-nose": BLUE_NOSE}
    with using(replace(usual, endpoints=endpoints, phrases=phrases)):
        text = "It went all sour, relapsed, turned blue or had a blue nose; some died."
        expected = ["relapse", "relapse", "blue-nose", "blue-nose", "death"]
        assert mentioned("outcomes", text) == expected
        assert mentioned("therapies", "hsct") == ["hsct"]


@pytest.mark.parametrize(
    ("outcome", "known"),
    [
        ("relapse", True),
        ("blue-nose", True),
        ("infection", False),
        ("serious", True),  # a word of the lists that names no outcome
    ],
)
def test_an_outcome_of_the_lists_counts_if_the_topic_has_it(outcome, known):
    """What is in no vocabulary is left to those who know what it means."""
    usual = bundled_topic()
    rows = {key: row for key, row in usual.endpoints.items() if key != "infection"}
    with using(replace(usual, endpoints={**rows, "blue-nose": BLUE_NOSE})):
        assert is_of_topic(outcome) is known
    assert is_of_topic("infection")
