"""Names of the vocabulary and the phrases by which a text mentions them."""

from dataclasses import replace

import pytest

from lupus_evidence.reading.lexicon import vocabulary
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import Endpoint, Therapy, topic, using

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
