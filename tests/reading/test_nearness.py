"""How near things stand in a sentence, which treatment a figure has, who is counted."""

import pytest
from sentences import figure_at

from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.nearness import (
    Arms,
    arms_in,
    tolls,
    treatment_at,
    way_to_outcome,
    way_to_time,
)


@pytest.mark.parametrize(
    ("text", "stretch", "toll"),
    [
        # words alone
        ("they all then were well", "then were", 2),
        ("they all then were well", " ", 0),
        # two for a comma
        ("they were well, so it was", "well, so", 2 + 2),
        ("they, all, were well", "they, all,", 2 + 2 + 2),
        # twenty for a semicolon, a dash, a colon
        ("they were well; so it was", "well; so", 2 + 20),
        ("they were well \u2014 so it was", "well \u2014 so", 2 + 20),
        ("they were well: so it was; all", "well: so it was; all", 5 + 20 + 20),
        # two for an "and", none for a word that holds one
        ("they were well and so it was", "well and so", 3 + 2),
        ("a thousand hands were held", "thousand hands", 2),
        # eight where one is set against another, wherever in the stretch
        ("they were well while she was", "well while she", 3 + 8),
        ("they were well while she was", "while she", 2 + 8),
        ("they were well while she was", "well ", 1),
        ("well whereas but one was", "well whereas but one", 4 + 8 + 8),
        # nine for another figure
        ("relapse in 30 % of them", "in 30 % of", 3 + 9),
        ("relapse in 30 % of them", "30 % of", 2 + 9),
        ("relapse in 30 % of them", "in ", 1),
        ("of these 30 % and 40 % relapsed", "30 % and 40 %", 3 + 9 + 9 + 2),
        # an interval's numbers are none
        ("relapse (95 % CI 3 to 9 %) was", "relapse (95 % CI 3 to 9 %) was", 2),
    ],
)
def test_a_way_is_counted_in_words_with_tolls(text, stretch, toll):
    """By hand: a word is one, what parts clauses or is another figure costs more."""
    low = text.index(stretch)
    assert tolls(Mentions(text), low, low + len(stretch)) == toll


@pytest.mark.parametrize(
    ("text", "figure", "outcome", "way"),
    [
        # right behind the figure: four less
        ("Of these 50 % survived.", "50 %", "survived", -4),
        ("A 50 % five-year survival was seen.", "50 %", "survival", 2 - 4),
        ("Of these 50%survived.", "50%", "survived", -4),
        # led to it: half the words, four less
        ("Of these 50 % were in remission.", "50 %", "remission", 2 / 2 - 4),
        ("50 % of the patients had died.", "50 %", "died", 4 / 2 - 4),
        # further behind it
        ("50 %, as we had thought, died.", "50 %", "died", 4 + 2 + 2),
        ("50 % died or relapsed.", "50 %", "relapsed", 2 + 5),
        ("50 % died or relapsed or improved.", "50 %", "improved", 4 + 5 + 5),
        # before it, led to it
        ("Survival was 84 %.", "84 %", "survival", 1 / 2 - 4),
        ("Survival in these people was 84 %.", "84 %", "survival", 4 / 2 - 4),
        # before it, not led to it
        ("Survival, so we hear, 84 %.", "84 %", "survival", 3 + 2 + 2),
        ("Death, relapse so 5 %.", "5 %", "death", 2 + 2 + 5),
        # people stand seldom behind what they did: six more
        ("Death, so we hear, hit all patients.", "all", "death", 4 + 2 + 2 + 6),
        ("Death hit all patients.", "all", "death", (1 + 6) / 2 - 4),
        ("Death, so we hear, hit most patients.", "most", "death", 4 + 2 + 2 + 6),
        ("Death, so we hear, hit none.", "none", "death", 4 + 2 + 2 + 6),
        ("Death, so we hear, hit 5 of 9.", "5 of 9", "death", 4 + 2 + 2),
        ("Relapse then, and five died.", "five", "relapse", 2 + 2 + 2 + 6),
        # what is counted is a fever: as far as can be
        ("Adverse events were chest pain (40 %).", "40 %", "adverse", 60),
    ],
)
def test_the_way_to_an_outcome_is_shorter_where_something_leads_to_it(
    text, figure, outcome, way
):
    """Such as "50 % were in remission", and "survival was 84 %"."""
    mentions = Mentions(text)
    start = mentions.small.index(outcome)
    named = next(item for item in mentions.outcomes if item.start == start)
    assert way_to_outcome(mentions, figure_at(mentions, figure), named) == way


@pytest.mark.parametrize(
    ("text", "figure", "time", "way"),
    [
        ("50 % survived at two years.", "50 %", 24, 2 - 4),
        ("50 % survived, at two years.", "50 %", 24, 2 + 2),
        ("At two years 50 % survived.", "50 %", 24, 0),
        ("At two years, so, 50 % survived.", "50 %", 24, 1 + 2 + 2),
        ("After two years at 50 % it was.", "50 %", 24, 1),
        # past a semicolon or a dash it is hardly the figure's
        ("50 % survived; at two years it fell.", "50 %", 24, 2 + 20 + 60),
        ("At two years\u2014we hear\u2014 50 % survived.", "50 %", 24, 2 + 40 + 60),
        ("It rose; 50 % survived at two years; it fell.", "50 %", 24, 2 - 4),
        # how long people were followed is no visit
        ("Followed for two years 50 % survived.", "50 %", 24, 6),
        ("50 % survived over a follow-up of two years.", "50 %", 24, 6 + 6),
    ],
)
def test_the_way_to_a_time(text, figure, time, way):
    """Shorter where "at" or "after" leads to it, longer past a semicolon."""
    mentions = Mentions(text)
    (when,) = (item for item in mentions.times if item.months == time)
    assert way_to_time(mentions, figure_at(mentions, figure), when) == way


TREATMENTS = [
    # the nearest
    ("MSC put 30 % and HSCT put 60 % into remission.", "30 %", "msc"),
    ("MSC put 30 % and HSCT put 60 % into remission.", "60 %", "hsct"),
    ("Fifty percent relapsed.", "fifty", None),
    # a certain one before "stem cells"
    ("Stem cells: 50 % of those given MSC relapsed.", "50 %", "msc"),
    ("Stem cells put 50 % into remission after all; MSC did not.", "50 %", "msc"),
    ("Stem cells put 50 % into remission.", "50 %", "unspecified"),
    # what is compared, where it stands right at the figure
    ("MSC helped 60 %, against 20 % on placebo.", "60 %", "msc"),
    ("MSC helped 60 %, against 20 % on placebo.", "20 %", "placebo"),
    (
        "Of those given rituximab 20 % relapsed, of the rest given MSC none.",
        "20 %",
        "rituximab",
    ),
    ("Rituximab: 20 % relapsed, MSC: 10 %.", "20 %", "rituximab"),
    ("After MSC rituximab: 20 % relapsed.", "20 %", "msc"),
    ("Relapse was 20 % compared with 40 % given rituximab.", "40 %", "rituximab"),
    ("Relapse was 20 % compared with 40 % given rituximab.", "20 %", None),
    ("Relapse: 20 % (rituximab) and 10 % (MSC).", "20 %", "rituximab"),
    # alone in its sentence it is what people were given
    ("On placebo 20 % relapsed.", "20 %", "placebo"),
    ("20 % relapsed, as placebo tends to do.", "20 %", "placebo"),
    ("20 % relapsed, more than on rituximab.", "20 %", "rituximab"),
    ("Some had placebo; 20 % relapsed.", "20 %", None),
    ("20 % relapsed; placebo was given.", "20 %", None),
    # and a drug of before, or of the conditioning, never is
    ("20 % relapsed despite cyclophosphamide.", "20 %", None),
    ("20 % relapsed after rituximab.", "20 %", None),
    ("Of those refractory to rituximab 20 % responded.", "20 %", None),
    ("Some stopped rituximab, and 20 % relapsed.", "20 %", None),
    ("After HSCT conditioned with cyclophosphamide 20 % relapsed.", "20 %", "hsct"),
    ("Conditioned with cyclophosphamide, 20 % relapsed.", "20 %", None),
    # beside cells, where the sentence sets one against the other, and it is near
    ("Placebo put 20 % into remission while MSC did so in 60 %.", "20 %", "placebo"),
    ("Placebo put 20 % into remission, and MSC 60 % in all.", "20 %", "msc"),
    ("MSC helped 60 %, but rituximab a b c d e f g 20 %.", "20 %", "rituximab"),
    ("MSC helped 60 %, but rituximab a b c d e f g h 20 %.", "20 %", "msc"),
    ("MSC helped 60 %, but rituximab \u2014 we hear \u2014 20 %.", "20 %", "msc"),
    # a comparator behind a figure is nearer by four words
    ("Against MSC, a 20 % a b c d on placebo died.", "20 %", "placebo"),
    ("Against MSC, a 20 % a b c d e on placebo died.", "20 %", "placebo"),
    ("Against MSC, a 20 % a b c d e f on placebo died.", "20 %", "msc"),
    ("Against placebo a b 20 % a b c d on MSC died.", "20 %", "placebo"),
    ("Against placebo a b c 20 % a on MSC died.", "20 %", "msc"),
]


@pytest.mark.parametrize(("text", "figure", "name"), TREATMENTS)
def test_the_treatment_of_a_figure(text, figure, name):
    """The nearest or the one attached to it; no drug of before, no other figure's."""
    mentions = Mentions(text)
    found = treatment_at(mentions, figure_at(mentions, figure))
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        # numbered
        ("They got MSC (n = 24) or placebo (n = 22).", Arms(24, 22)),
        ("Placebo (n=22) or MSC (n=24) was given.", Arms(24, 22)),
        ("MSC, not rituximab (n = 24), or placebo (n = 22).", None),
        ("They got MSC (n = 24) or HSCT (n = 22).", None),
        ("They got MSC (n = 24), HSCT (n = 20) or placebo (n = 22).", None),
        ("They got MSC (n = 24) or HSCT (n = 24) or placebo (n = 24).", Arms(24, 24)),
        ("Lupus (n = 24); then placebo (n = 22).", Arms(24, 22)),
        # given
        ("There 21 received MSC and 11 received placebo.", Arms(21, 11)),
        ("Eleven people were given placebo, twenty-one were given MSC.", Arms(21, 11)),
        ("There 21 received MSC and 11 received them too.", None),
        ("There 21 received MSC and 11 received a lot of placebo.", None),
        ("There 21 received MSC, 20 received HSCT and 11 received placebo.", None),
        ("None, 0, received placebo and 21 received MSC.", None),
        # rated
        ("Of MSC, 16 of 37 responded, against 10 of 36 on placebo.", Arms(37, 36)),
        ("16 of 37 given MSC responded, 40 % on placebo.", None),
        ("16 of 37 given MSC responded but all 74, on placebo or not, lived.", None),
        ("We saw 16 of 37 respond, 10 of 36 on placebo.", Arms(37, 36)),
        # the first way that tells them apart counts
        ("MSC (n = 24) or placebo (n = 22): 11 of 23 and 9 of 21 died.", Arms(24, 22)),
        ("Forty people were given MSC.", None),
        ("Lupus is a disease.", None),
    ],
)
def test_the_people_of_both_arms_of_a_trial(text, arms):
    """Where one number is of the treatment and one of what it is compared with."""
    assert arms_in(Mentions(text)) == arms


@pytest.mark.parametrize(
    ("therapy", "people"),
    [("msc", 24), (None, 24), ("unspecified", 24), ("placebo", 22), ("rituximab", 22)],
)
def test_whatever_is_no_comparator_is_what_was_tried(therapy, people):
    """A drug or a placebo is the other arm."""
    assert Arms(24, 22).given(therapy) == people
